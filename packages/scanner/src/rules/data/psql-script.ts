// What psql reads -> its SQL and its client commands apart, and what each client command means. Lexes quotes and comments as psql does and
// gives up (undefined) where two readings are possible. Judges no SQL: that goes to the SQL scanner.
import { compareRisk } from "../../risk.ts";
import type { Finding } from "../../rule.ts";

interface PsqlScript {
  /** The statements, with a semicolon where a client command like \g sent them. */
  readonly sql: string;
  /** Each client command with its arguments, from its backslash to the end of its line. */
  readonly commands: readonly string[];
}

/** Where the quote or comment that begins at `at` ends; `at` itself when none begins there; -1 when it cannot be told. */
function skipQuoted(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === "'" || char === '"') return skipQuote(text, at, char);
  if (text.startsWith("--", at)) return endOfLine(text, at);
  if (text.startsWith("/*", at)) return skipComment(text, at);
  return char === "$" ? skipDollarQuote(text, at) : at;
}

function skipDollarQuote(text: string, at: number): number {
  const tag = /[\w$]/.test(text.charAt(at - 1)) ? undefined : /^\$([A-Za-z_]\w{0,60})?\$/.exec(text.slice(at, at + 64))?.[0];
  if (tag === undefined) return at;
  const end = text.indexOf(tag, at + tag.length);
  return end < 0 ? -1 : end + tag.length;
}

function skipQuote(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text.charAt(i) === "\\" && text.charAt(i + 1) === quote) return -1;
    if (text.charAt(i) === "\\" && text.charAt(i + 1) === "\\") i += 1;
    else if (text.charAt(i) === quote && text.charAt(i + 1) === quote) i += 1;
    else if (text.charAt(i) === quote) return i + 1;
  }
  return -1;
}

/** Comments nest. */
function skipComment(text: string, at: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return -1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Takes a script of psql apart; undefined when its quotes cannot be told. */
export function splitPsqlScript(text: string): PsqlScript | undefined {
  const commands: string[] = [];
  let sql = "";
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const next = skipQuoted(text, at);
    if (next < 0) return undefined;
    if (next > at) at = next;
    else if (text.charAt(at) !== "\\") at += 1;
    else {
      const end = endOfLine(text, at);
      const command = text.slice(at, end);
      sql += text.slice(from, at) + (sends.test(command) ? ";" : "");
      commands.push(command);
      from = end;
      at = end;
    }
  }
  return { sql: sql + text.slice(from), commands };
}

const sends = /^\\(g|gx|gdesc|watch|crosstabview|;)/;

/** Client commands that describe objects or change how results look. */
const describing =
  /^\\(d[A-Za-z]*[+Sx]*|l[+x]*|list[+x]*|z[S+x]*|sf\+?|sv\+?|conninfo\+?|x|a|t|H|C|f|pset|timing|encoding|echo|qecho|warn|h|help|\?|copyright|errverbose|p|print|r|reset|q|quit|lo_list\+?|g|gx|gdesc|crosstabview|;|(o|out|s) )$/;
const harmlessVariable =
  /^\\(set|unset)\s+(ON_ERROR_STOP|VERBOSITY|ECHO|QUIET|FETCH_COUNT|SHOW_CONTEXT|ON_ERROR_ROLLBACK|HIDE_TABLEAM|HIDE_TOAST_COMPRESSION)\b[\s\w.-]*$/;

const meanings: readonly (readonly [name: RegExp, finding: Finding])[] = [
  [/^\\gexec$/, { risk: "dangerous", why: "\\gexec runs what the query returns as statements" }],
  [/^\\(e|edit|ef|ev)$/, { risk: "dangerous", why: "opens an editor and runs what it leaves" }],
  [/^\\password$/, { risk: "dangerous", why: "changes a password" }],
  [/^\\lo_(unlink|export|import)$/, { risk: "dangerous", why: "removes, reads or writes large objects and files" }],
  [/^\\watch$/, { risk: "caution", why: "\\watch repeats the query without end", unbounded: true, safer: "leave \\watch out" }],
  [/^\\(i|ir|include|include_relative)$/, { risk: "unknown", why: "runs a file that is not seen here" }],
  [/^\\(o|out|w|write|s)$/, { risk: "caution", why: "writes a file", safer: "leave the file out" }],
  [/^\\cd$/, { risk: "caution", why: "changes the working directory" }],
];

const MAX_LENGTH = 4_096;
const MAX_COMMANDS = 20;

/** What one line of client commands means; undefined when it only describes. `copied` gets the SQL of a \copy. */
export function judgePsqlCommand(line: string, copied: (sql: string) => void): Finding | undefined {
  if (line.length <= MAX_LENGTH && line.split("\\").length <= MAX_COMMANDS) return judgeFirst(line, copied);
  return { risk: "unknown", why: "is a line of client commands that is too long to look at" };
}

function judgeFirst(command: string, copied: (sql: string) => void): Finding | undefined {
  if (command.startsWith("\\!")) return { risk: "dangerous", why: "\\! runs a command of the shell" };
  const name = /^\\([?;]|[^\s\\|'"`]*)/.exec(command)?.[0] ?? command;
  const rest = command.slice(name.length);
  if (rest.includes("`")) return { risk: "dangerous", why: "backticks run a command of the shell" };
  if (name === "\\copy") return judgeCopy(rest, copied);
  if (rest.trimStart().startsWith("|")) return { risk: "dangerous", why: "feeds the result to a command of the shell" };
  const again = rest.indexOf("\\");
  if (again < 0) return judgeNamed(name, rest.trim());
  return stricter(judgeNamed(name, rest.slice(0, again).trim()), judgeFirst(rest.slice(again), copied));
}

function stricter(one: Finding | undefined, other: Finding | undefined): Finding | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareRisk(one.risk, other.risk) >= 0 ? one : other;
}

function judgeNamed(name: string, words: string): Finding | undefined {
  if (/^\\g(x|desc)?$/.test(name) && words !== "")
    return { risk: "caution", why: "writes the result to a file", safer: "leave the file out" };
  if (describing.test(name) || describing.test(`${name} ${words}`)) return undefined;
  if (harmlessVariable.test(`${name} ${words}`)) return undefined;
  const known = meanings.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? { risk: "unknown", why: `the client command ${name.slice(0, 20)} is not on the list of those that only describe` };
}

/** \copy reads or writes a file of the client; its query is judged as COPY. */
function judgeCopy(rest: string, copied: (sql: string) => void): Finding | undefined {
  if (/\b(to|from)\s+program\b/i.test(rest)) return { risk: "dangerous", why: "\\copy runs a program of the shell" };
  const parts = /^([\s\S]+)\sto\s+(p?stdout|'[^']*'|[^\s']+)(\s[\s\S]*)?$/i.exec(rest);
  if (parts === null) {
    copied(`COPY${rest.replace(/\sfrom\s+('[^']*'|\S+)/i, " FROM STDIN")}`);
    return { risk: "caution", why: "\\copy adds rows" };
  }
  copied(`COPY ${parts[1] ?? ""} TO STDOUT ${parts[3] ?? ""}`);
  return /^p?stdout$/i.test(parts[2] ?? "") ? undefined : { risk: "caution", why: "\\copy writes a file", safer: "\\copy ... to stdout" };
}
