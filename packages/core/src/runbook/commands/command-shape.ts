// Tells whether a line of text has the shape of a command: a program this parser knows, a path, an assignment, a shell construct or SQL.
// Used for lines whose place (untagged block, prose, inline code) does not say so by itself. It never changes the text.

import type { CommandLanguage } from "../types.ts";
import { remember } from "../remember.ts";
import { isPowerShell, PROSE_WORDS, programKind } from "./programs.ts";

const PREFIX =
  /^(?:(?:sudo|doas|nohup|time|exec|command|then|do|else|!)\s+(?:-[a-zA-Z]\s+(?:\w+\s+)?)?|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"'()]*)\s+)/;
const ASSIGNMENT = /^(?:export\s+|declare\s+(?:-\w+\s+)?|local\s+|set\s+-x\s+)?[A-Za-z_]\w*=(?:$|\S)/;
const CONSTRUCT =
  /^(?:for\s+\w+\s+in\b|while\s+(?:true|:|!|read|\[|[a-z]|IFS=\S*\s+read)|until\s+(?:\[|!|[a-z])|if\s+(?:\[|!|test\b|grep\b|command\b)|case\s+\S+\s+in\b|\.\s+\S*\/\S+|\[\[?\s+(?!\])(?![^\]]{0,200}\]\s+[^\s&|;)\]])|function\s+\w+|[\w-]+\(\)\s*\{)/;
const SQL =
  /^(?:select\s+(?:.+\bfrom\b|pg_\w+\s*\(|.+;\s*$|\*|\w+\s*\(|$)|with\s+\w+\s+as\s*\(|insert\s+into\b|update\s+[\w."<>]+\s+set\b|delete\s+from\b|(?:create|alter|drop)\s+(?:table|index|unique|database|user|role|extension|view|materialized|schema|sequence|or\s+replace|publication|subscription|function|login|system|type|default\s+privileges|policy|trigger|server|foreign|procedure|rule|tablespace|group|domain|aggregate|statistics|routine|event)\b|explain\s+(?:\(|analyze\b|select\b|update\b|delete\b)|truncate\s+(?:table\s+)?[\w."]+\s*;|vacuum\b.*;|analyze\s+\w+\s*;|reindex\s+(?:table|index|database|concurrently)\b|grant\s+.+\bto\b|revoke\s+.+\bfrom\b|show\s+[\w\s]+;|show\s+(?:global |session |full )?(?:variables|status|processlist|grants|create|columns|index|binary|slave|master|replica)\b.*(?:;|\\G\s*$)|set\s+\w+\s*(?:=|to)\s*.+;|(?:begin|commit|rollback)\s*;|kill\s+(?:query\s+)?\d+\s*;|call\s+\w[\w.]*\s*(?:\(|;)|(?:start|stop|reset|change)\s+(?:slave|replica|master|group_replication)\b|(?:un)?lock\s+tables\b|flush\s+(?:tables|privileges|logs|hosts|status)\b|purge\s+binary\s+logs\b|dbcc\s+\w+|backup\s+(?:log|database)\s|restore\s+(?:log|database|filelistonly|headeronly)\s|exec(?:ute)?\s+(?:\w+\.){0,2}(?:sp_|xp_)\w+|use\s+\[?\w+\]?\s*;|(?:optimize|checksum|repair)\s+table\s)/i;
/** First words of the pattern above. */
const SQL_VERBS: ReadonlySet<string> = new Set(
  (
    "select with insert update delete create alter drop explain truncate vacuum analyze reindex grant revoke show set begin commit rollback kill call " +
    "use start stop reset change lock unlock flush purge dbcc backup restore exec execute optimize checksum repair"
  ).split(" "),
);

/** `app.apps.example.org` alone on a line is an address. */
export function isHostName(line: string): boolean {
  return /^\s*[\w$<>{}-]+(?:\.[\w<>-]+){2,}\s*$/.test(line);
}

/** The text without `sudo`, `VAR=x` and the like in front of the program. */
export function withoutPrefixes(text: string): string {
  let rest = text.trimStart();
  for (let round = 0; round < 8; round++) {
    const prefix = PREFIX.exec(rest);
    if (prefix === null) return rest;
    rest = rest.slice(prefix[0].length);
  }
  return rest;
}

export function looksLikeSql(text: string): boolean {
  const statement = text.trim();
  return SQL_VERBS.has(/^[a-z]*/i.exec(statement)?.[0].toLowerCase() ?? "") && SQL.test(statement);
}

export function looksLikePowerShell(text: string): boolean {
  const first = firstWord(text);
  return isPowerShell(first) || /^\$[A-Za-z_]\w*\s*=\s*(?:\S+-|[[("'\d@{$])/.test(text.trim());
}

/** The language of a command that stands alone. */
export function languageOf(text: string): CommandLanguage {
  if (looksLikeSql(text)) return "sql";
  return looksLikePowerShell(text) ? "powershell" : "shell";
}

export function firstWord(text: string): string {
  return /^\S*/.exec(text.trimStart())?.[0] ?? "";
}

/** Shell constructs and assignments: shapes that prose never has. */
export function isConstruct(text: string): boolean {
  return CONSTRUCT.test(text) || ASSIGNMENT.test(text);
}

/** `key = value`, the head of a section (`ruby {`), assignments in columns as in fstab, `psql (15.6)`. */
const NO_COMMAND = /^[\w.-]+\s+=\s|^step \d+[a-z]?\b|^\w+ \{$|^\w+=\S+(?:\s{2,}\S+){2}|^\w+ \(\d[\w.]*\)/;

/** `etcd-manager-ctl --backup-store=x list`: a program nobody here knows, with an option. Only for lines of code blocks. */
export function looksLikeUnknownProgram(line: string): boolean {
  const text = withoutPrefixes(line).trim();
  return UNKNOWN_PROGRAM.test(text) && !looksLikeSentence(text) && !NO_COMMAND.test(text);
}

/** A command by its program, known here or not. */
export function looksLikeAnyCommand(line: string): boolean {
  return looksLikeCommandLine(line) || looksLikeUnknownProgram(line);
}

const UNKNOWN_PROGRAM =
  /^(?:[a-z][\w.-]*|\{[a-z][\w-]*\})(?:(?:\s+[^\s-]\S*){0,6}\s+--?[A-Za-z][\w-]*(?:[\s=]|$)|(?: [a-z][\w:-]*){0,3} \[[a-z][\w-]*(?:\|[\w-]+)+\](?: |$)|(?: [a-z][\w:-]*){0,3} <[a-z][\w -]*>)/;

/**
 * Whether a whole line of a code block is a command.
 * A wordlike program (`find`, `date`) counts alone or with arguments that are no sentence.
 */
export const looksLikeCommandLine: (line: string) => boolean = remember(isCommandLine);

function isCommandLine(line: string): boolean {
  const text = line.trim();
  if (text === "" || text.length > 8000 || NO_COMMAND.test(text)) return false;
  if (isConstruct(text)) return !isField(text);
  if (looksLikeSql(text) || isKeywordCall(text)) return true;
  if (PIPED.test(text) && !looksLikeSentence(text)) return true;
  const rest = withoutPrefixes(text);
  return !isHostName(rest) && startsWithProgram(rest, /^sudo\s+\S/.test(text));
}

/** `WRKACTJOB SBS(QBATCH) SEQ(*STS)`: how commands of IBM i are written. */
export function isKeywordCall(text: string): boolean {
  return KEYWORD_CALL.test(text.trim());
}

const KEYWORD_CALL = /^[A-Z][A-Z0-9]{4,9}(?: [A-Z]{2,10}\([^()]*\))+$/;

/** `DELETE _cold/live-2024`: typed in the console of a search engine. */
export function isIndexRequest(text: string): boolean {
  return /^(?:GET|PUT|POST|DELETE|HEAD) \/?(?:_[a-z]\w*|[\w.*<>-]+\/_[a-z]\w*)(?:[/?]\S*)?$/.test(text);
}

/** `qshape deferred | head`: what is piped into a filter is printed by a program, whatever its name. */
const PIPED =
  /^[a-z][\w.-]*(?: (?!\S*:\s)[\w./:=@<>-]+)* \| ?(?:sudo )?(?:grep|egrep|head|tail|wc|sort|awk|sed|less|more|jq|xargs|cut|uniq|tee|column)(?:\s|$)/;

/** `notAfter=Mar  3 2025`, `ExecStart=/usr/bin/x -y`: what stands behind the value of a variable is no program. */
function isField(text: string): boolean {
  const rest = /^[A-Za-z_]\w*=[^\s"'`$()]*\s+(?=\S)/.test(text) ? withoutPrefixes(text) : "";
  return rest !== "" && programKind(firstWord(rest)) === null && !UNKNOWN_PROGRAM.test(rest);
}

function startsWithProgram(text: string, behindSudo: boolean): boolean {
  const kind = programKind(firstWord(text));
  if (kind === "path" || /^"[A-Za-z]:\\[^"]+\.(?:exe|bat|cmd|ps1)"\s/.test(text)) return true;
  return (kind !== null || behindSudo) && !looksLikeSentence(text);
}

/** Words only, many of them words of a sentence, perhaps with its full stop: prose. */
export const looksLikeSentence: (line: string) => boolean = remember(isSentence);

function isSentence(line: string): boolean {
  const text = (/[<"'#]/.test(line) ? line.replace(/<[^<>]*>|"[^"]*"|'[^']*'/g, "x").replace(/\s#.*$/, "") : line).trim();
  const tokens = text.split(/\s+/);
  if (tokens.length < 2) return false;
  if (/[\u3041-\u3096]{2}|。$/.test(text)) return true;
  const prose = tokens.filter((token) => PROSE_WORDS.has(token.toLowerCase().replace(/[.,:;]$/, ""))).length;
  if (isLongProse(tokens.length, prose) && !HAS_OPTION.test(text)) return true;
  if (isCode(text, prose)) return false;
  return prose >= 2 || isShortPhrase(tokens, prose) || (/[a-z]{2}[.!?]$/.test(text) && tokens.length > 3);
}

const HAS_OPTION = /\s-{1,2}[A-Za-z]/;
const SHELL_SIGN = /[|;=$]|\\$/;

/** Signs of a shell, or a path among words that are none of a sentence. */
function isCode(text: string, prose: number): boolean {
  return HAS_OPTION.test(text) || SHELL_SIGN.test(text) || (/\S\/\S/.test(text) && prose < 2);
}

/** Eight words and more, at least a fifth of them words of a sentence: signs of a shell may stand between them. */
function isLongProse(words: number, prose: number): boolean {
  return words >= 8 && prose >= 3 && prose / words >= 0.2;
}

/** "find the", "check whether": the second word gives it away. */
function isShortPhrase(tokens: readonly string[], prose: number): boolean {
  const [program = "", second = ""] = tokens;
  const subcommand = tokens.length === 2 ? /^(?:status|version|info)$/ : /^(?:cluster|server|container|role|session|pod|status)$/;
  if (subcommand.test(second) && programKind(program) === "plain") return false;
  return prose === 1 && tokens.length <= 4 && PROSE_WORDS.has(second.toLowerCase());
}
