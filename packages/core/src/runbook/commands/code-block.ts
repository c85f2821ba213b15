// Reads one code block: which of its lines are commands, which are the output they print, or that it is neither.
// A block with its tag and the sentence before it goes in; statements and output come out. The tag alone never decides for a command.

import type { CommandContext, CommandLanguage } from "../types.ts";
import type { CodeBlock } from "../source/block-tree.ts";
import { opens } from "../meaning/shell-openers.ts";
import type { SourceLine } from "../source/source-line.ts";
import {
  firstWord,
  looksLikeCommandLine,
  looksLikePowerShell,
  looksLikeSentence,
  looksLikeSql,
  looksLikeUnknownProgram,
  withoutPrefixes,
} from "./command-shape.ts";
import { isDiffHead, isElision, looksLikeData, looksLikeOutput, looksLikeSettings } from "./output-lines.ts";
import { programKind } from "./programs.ts";
import { type Prompted, readAnglePrompt, readAngleSql, readPrompt, readRootPrompt } from "./prompts.ts";
import { splitConsole } from "./split-console.ts";
import { splitPowerShell } from "./split-powershell.ts";
import { splitSql } from "./split-sql.ts";
import { splitStatements } from "./split-statements.ts";
import type { CodeReading, FoundStatement, Statement } from "./statement.ts";
import { readTranscript } from "./transcript.ts";

type Tag = "shell" | "sql" | "powershell" | "console" | "script" | "data" | "open";

const TAGS: readonly (readonly [Tag, RegExp])[] = [
  ["sql", /^(?:sql|psql|pgsql|postgres(?:ql)?|mysql|plpgsql|tsql)$/],
  ["powershell", /^(?:powershell|ps1?|pwsh|posh|cmd|bat|batch|dos)$/],
  ["console", /^(?:ruby|rb|irb|erb)$/],
  ["script", /^(?:python3?|py|pycon|ipython|javascript|js|mongo(?:sh)?|redis|lua|groovy|elixir|iex|php|perl)$/],
  ["shell", /^(?:8?sh|shel|shell|bash|zsh|ksh|fish|shell-?script|terminal|commandline|cli)$/],
  ["open", /^(?:|console|shell-?session|shellsession|sh-?session|text|txt|plain|plaintext|none|nocode|raw|code|copy|[jt]sx)$/],
];

const OUTPUT_INTRO =
  /(?:\boutput\b|\b(?:fails?|failed|failing|dies|died|crash(?:es|ed)|complain(?:s|ed)|aborts|aborted) with\b[^.]{0,60}:\s*$|\bsimilar to\b|\bsomething like\b(?: this| that)?\W*$|\bshould (?:now |then )?(?:print|show|return|say|output|display|look like)\b[^.]{0,30}$|\blooks? like\b|\byou (?:should|will|would|may|might|can)(?: now)? (?:then )?see\b|\bexpected (?:result|response)\b|\b(?:returns?|prints?|displays?|shows?|responds?|yields?)(?: (?:something|a|an|the) .{0,40})?:\s*$|\bsample response\b|\b(?:result|results|response)\b[^.]{0,40}:\s*$|\bmight be like\b|\bscreenshot\b|\bas follows\b.{0,3}$|ausgabe|resultado|sortie|saída)/i;
const COMMAND_INTRO = /\b(?:run|execute|use|using|running|with|command|commands|type|enter|issue|invoke|try|example)\b[^.]{0,80}:?\s*$/i;
const WEAK_OUTPUT_INTRO = /\b(?:error|message|log|logs|example|alert|event)\b[^.]{0,60}:\s*$/i;

const NEITHER: CodeReading = { statements: [], output: [] };

/** The mark of another block that lost its partner: nobody types it. */
const STRAY_MARK = /^\s*(?:`{3,}|~{3,})\w*\s*$/;

/** A block without commands right behind one with commands shows what they print, unless its tag says that it is something else. */
export function isShownBelow(block: CodeBlock): boolean {
  return block.fenced ? /^(?:|text|txt|console|plain|plaintext|output|none|json)$/.test(block.info.trim().toLowerCase()) : true;
}

/** @param intro - the sentence just before the block, empty when there is none */
export function readCodeBlock(block: CodeBlock, intro: string): CodeReading {
  const { tag, lines: marked } = readTag(block);
  const lines = marked.filter((line) => !STRAY_MARK.test(line.text));
  if (lines.every((line) => line.text.trim() === "")) return NEITHER;
  const output: CodeReading = { statements: [], output: lines };
  if (tag === "data") return OUTPUT_INTRO.test(intro) ? output : (readMistagged(lines) ?? NEITHER);
  return readPrompted(lines, tag) ?? readTyped(lines, tag, block.fenced, intro) ?? (announcesOutput(intro) ? output : NEITHER);
}

/** A block without prompts: null when it is not told what it is. */
function readTyped(lines: readonly SourceLine[], tag: Tag, fenced: boolean, intro: string): CodeReading | null {
  if (isFileContent(lines, tag, intro) || isScriptFile(lines, tag) || looksLikeSettings(lines.map((line) => line.text))) return NEITHER;
  if (tag === "script") return readScript(lines, intro);
  if (announcedAsOutput(lines, tag, intro)) return { statements: [], output: lines };
  return readUnprompted(lines, tag, fenced, intro);
}

/** Typed at a language's own prompt if the words above say so; lines that are all calls of programs have the wrong tag. */
function readScript(lines: readonly SourceLine[], intro: string): CodeReading {
  if (areProgramCalls(lines)) return withoutOutput(splitStatements(lines, isShellComment), "shell", false);
  return SHELL_INTRO.test(intro) ? reading(splitConsole(lines), "repl", "console") : NEITHER;
}

/** Every line, but for blank ones and those in which a call goes on. */
function areProgramCalls(lines: readonly SourceLine[]): boolean {
  const filled = lines.filter(({ text }) => text.trim() !== "");
  return filled.length > 0 && filled.every((line, index) => isProgramCall(line) || (index > 0 && /^\s+-/.test(line.text)));
}

function isProgramCall({ text }: SourceLine): boolean {
  return programKind(firstWord(withoutPrefixes(text))) === "plain" && /^\s*[\w./-]+ +[\w./<$-]/.test(text) && looksLikeCommandLine(text);
}

/** "Add this to `gitlab.rb`:", "a row in the `pg_hba.conf` file": what follows goes into a file. */
const FILE_VERB =
  /\b(?:add|adding|append|insert|put|paste|place|set|edit|change|modify|update|contains?|contents?|containing|looks? like)\b/i;
const FILE_NAME =
  /[\w-]+\.(?:rb|conf|cnf|cfg|ini|ya?ml|json|toml|tf|tfvars|env|properties|xml|py|hcl|service|repo|list|rego)(?![a-z])|[`"'][^`"'\s]*[/.][^`"'\s]*[`"'] file\b|\/etc\/\S+|\bcrontab\b|\b(?:config(?:uration)? file|section|stanza)\b/i;
/** What follows is typed at the prompt of a language. */
const SHELL_INTRO = /\b(?:shell|console|prompt|repl|interactive|orm|session|type|enter)\b/i;

/** "Add the following content:" */
const CONTENT_INTRO =
  /\b(?:add|paste|put|insert|write|enter)\b[^.]{0,20}\b(?:the following|this) (?:contents?|text|lines?|script|configuration|config|code)\b[^.]{0,40}$/i;

function isFileContent(lines: readonly SourceLine[], tag: Tag, intro: string): boolean {
  if (CONTENT_INTRO.test(intro)) return true;
  if (!FILE_VERB.test(intro) || !FILE_NAME.test(intro)) return false;
  if (tag === "console" || tag === "script") return true;
  const first = lines.find((line) => line.text.trim() !== "" && !isComment(line.text))?.text ?? "";
  return tag === "open" && (isWordlike(first) || !looksLikeCommandLine(first));
}

/** An ordinary word, or a setting of a variable: both stand in files as well. */
function isWordlike(line: string): boolean {
  return programKind(firstWord(withoutPrefixes(line))) === "wordlike" || /^\s*[A-Za-z_]\w*=\S*\s*$/.test(line);
}

/** Under a tag of another language: a transcript that opens with its prompt; or `kubectl edit x` on top of the YAML it shows. */
function readMistagged(lines: readonly SourceLine[]): CodeReading | null {
  const first = lines.findIndex((line) => line.text.trim() !== "" && !isComment(line.text));
  const text = lines[first]?.text ?? "";
  const typed = readPrompt(text);
  if (typed !== null) return looksLikeCommandLine(typed.text) ? readTranscript(lines, readPrompt) : null;
  if (areProgramCalls(lines)) return withoutOutput(splitStatements(lines, isShellComment), "shell", false);
  if (first < 0 || programKind(firstWord(withoutPrefixes(text))) !== "plain" || !/^\s*\S+ +[a-z][\w-]* +\S/.test(text)) return null;
  const [statement] = splitStatements(lines.slice(first), isShellComment);
  return statement === undefined ? null : { ...reading([statement], "local", "shell"), output: [] };
}

/** A program with its interpreter's name on top is to be saved, not typed. */
function isScriptFile(lines: readonly SourceLine[], tag: Tag): boolean {
  return (tag === "console" || tag === "script") && /^#!/.test(lines[0]?.text ?? "");
}

/** The tag in lower case without attributes (`bash title="x"`, `{code} bash`); a language name on the first body line counts too. */
function readTag(block: CodeBlock): { readonly tag: Tag; readonly lines: readonly SourceLine[] } {
  const info = block.info
    .replace(/^\{code(?:-block)?\}/, "")
    .trim()
    .replace(/^\{?\.?/, "");
  const name = (/^[\w+-]*/.exec(info)?.[0] ?? "").toLowerCase();
  const first = name === "" ? nameOnFirstLine(block) : null;
  return first === null ? { tag: tagOf(name), lines: block.lines } : { tag: tagOf(first), lines: block.lines.slice(1) };
}

/** `bash` alone on the first line of a fence; `:::mysql`, as some page generators want it. */
function nameOnFirstLine({ fenced, lines }: CodeBlock): string | null {
  const first = lines[0]?.text.trim().toLowerCase() ?? "";
  if (fenced && /^(?:bash|shell|sh|sql|console|yaml|json|powershell)$/.test(first)) return first;
  return /^(?::::|#!)([a-z]+)$/.exec(first)?.[1] ?? null;
}

function tagOf(name: string): Tag {
  return TAGS.find(([, pattern]) => pattern.test(name))?.[0] ?? "data";
}

/** With a prompt anywhere in the block, only prompted lines are commands. */
function readPrompted(lines: readonly SourceLine[], tag: Tag): CodeReading | null {
  const read = promptReader(lines, tag);
  return read === null ? null : readTranscript(lines, read);
}

type PromptReader = (line: string) => Prompted | null;

/** Whose prompts the block has; null where it has none. A mark that could be something else counts only if the whole block speaks for it. */
function promptReader(lines: readonly SourceLine[], tag: Tag): PromptReader | null {
  if (lines.some((line) => readInputMark(line.text) !== null)) return readMarkedInput;
  if (lines.some((line) => readPrompt(line.text) !== null)) return opensClient(lines) ? readClientPrompt : shellReader(lines);
  const filled = lines.filter((line) => line.text.trim() !== "");
  if (readAngleSql(filled[0]?.text ?? "") !== null) return readAngleSql;
  if (tag === "console" && showsRubyConsole(filled)) return readRubyPrompt;
  return tag === "sql" ? null : markReader(filled);
}

/** `:input: incus list`: how a documentation generator marks what is typed in a terminal. */
function readInputMark(line: string): Prompted | null {
  const text = /^:input: +(\S.*)$/.exec(line)?.[1];
  return text === undefined ? null : { text, context: "local", language: "shell" };
}

function readMarkedInput(line: string): Prompted | null {
  return readInputMark(line) ?? readPrompt(line);
}

/** Every line behind a `>`, or some behind a root's `#` and no command without one. */
function markReader(filled: readonly SourceLine[]): PromptReader | null {
  if (filled.every((line) => /^\s*>/.test(line.text))) return readAnglePrompt;
  const bare = filled.some((line) => !/^\s*(?:#|\w+=\S*$)/.test(line.text) && looksLikeCommandLine(line.text));
  return !bare && filled.some((line) => readRootPrompt(line.text) !== null) ? readRootPrompt : null;
}

/** `> x` and, somewhere, `=> y`. */
function showsRubyConsole(filled: readonly SourceLine[]): boolean {
  return filled.some(({ text }) => /^\s*=>/.test(text)) && filled.some(({ text }) => /^> \S/.test(text));
}

function shellReader(lines: readonly SourceLine[]): PromptReader {
  return opensShell(lines) ? readAnyPrompt : readPrompt;
}

/** `$ psql ... pgbouncer`, then `> PAUSE pg1`: the client that was opened draws a prompt of its own. */
function opensClient(lines: readonly SourceLine[]): boolean {
  return lines.some(({ text }) => /^\s*> \S/.test(text)) && lines.some(({ text }) => opens(readPrompt(text)?.text ?? "") === "repl");
}

function readRubyPrompt(line: string): Prompted | null {
  const text = /^> (\S.*)$/.exec(line)?.[1];
  return text === undefined ? null : { text, context: "repl", language: "console" };
}

function readClientPrompt(line: string): Prompted | null {
  return readPrompt(line) ?? readAnglePrompt(line);
}

const SHELL_OPENER =
  /\b(?:oc|kubectl) (?:debug|rsh|exec)\b|\b(?:ssh|chroot|docker exec|podman exec|sudo (?:su|-i|-s)|su -|toolbox|gitlab-psql|psql)\b/;

/** Inside a shell opened on another machine, `#` is a prompt. */
function opensShell(lines: readonly SourceLine[]): boolean {
  return lines.some((line) => SHELL_OPENER.test(line.text));
}

function readAnyPrompt(line: string): Prompted | null {
  const root = readPrompt(line) === null ? readRootPrompt(line) : null;
  return root === null ? readPrompt(line) : { ...root, context: "remote" };
}

function announcesOutput(intro: string): boolean {
  return OUTPUT_INTRO.test(intro) || WEAK_OUTPUT_INTRO.test(intro);
}

const SAYS_OUTPUT =
  /(?<!\b(?:in|from|of|by) (?:the |its |this |that )?)\boutput\b[^.]{0,40}:\s*$|^\W*(?:ausgabe|salida|sortie|saída)\b.{0,40}:\s*$/i;

/** "It should look like:" before a block whose first line is no clear command. */
function announcedAsOutput(lines: readonly SourceLine[], tag: Tag, intro: string): boolean {
  if (!OUTPUT_INTRO.test(intro) || (COMMAND_INTRO.test(intro) && !SAYS_OUTPUT.test(intro))) return false;
  const first = lines.find((line) => line.text.trim() !== "" && !/^\s*#/.test(line.text));
  if (first === undefined) return true;
  if (tag === "open") return !looksLikeCommandLine(first.text) || SAYS_OUTPUT.test(intro);
  return !looksLikeCommandLine(first.text);
}

function readUnprompted(lines: readonly SourceLine[], tag: Tag, fenced: boolean, intro: string): CodeReading | null {
  const first = lines.find((line) => line.text.trim() !== "" && !isComment(line.text));
  if (first === undefined || isDiffHead(first.text)) return null;
  switch (languageOf(lines, first, tag)) {
    case "sql":
      return readSql(lines);
    case "powershell":
      return withoutOutput(splitPowerShell(lines, isComment), "powershell", true);
    case "console":
      return reading(splitConsole(lines), "repl", "console");
    case "shell":
      return isShell(lines, first, tag, fenced) || isOrdered(first.text, intro)
        ? withoutOutput(splitStatements(lines, isShellComment), "shell", tag === "shell")
        : null;
  }
}

/** `Sidekiq::Queue.new` */
const RUBY_CALL = /^\s*[A-Z]\w*(?:::[A-Z]\w*)+\.\w+/;

function languageOf(lines: readonly SourceLine[], first: SourceLine, tag: Tag): CommandLanguage {
  if (tag === "sql" || (tag !== "powershell" && (looksLikeSql(sqlHead(lines, first)) || opensWithMeta(lines, first)))) return "sql";
  if (tag === "powershell" || looksLikePowerShell(first.text)) return "powershell";
  if (tag === "open" && RUBY_CALL.test(first.text)) return "console";
  return tag === "console" ? "console" : "shell";
}

/** `\c shop` on top of a query. */
function opensWithMeta(lines: readonly SourceLine[], first: SourceLine): boolean {
  return /^\s*\\[a-z]/i.test(first.text) && lines.some(({ text }) => looksLikeSql(text));
}

/** A shell tag needs no known program, only lines that are no data; without one the first line must look like a command. */
function isShell(lines: readonly SourceLine[], first: SourceLine, tag: Tag, fenced: boolean): boolean {
  if (tag === "shell") return !looksLikeData(lines.map((line) => line.text));
  if (looksLikeCommandLine(first.text) || (!fenced && /^[A-Z]:\\/.test(first.text.trim()))) return true;
  return looksLikeUnknownProgram(first.text) && (fenced || /^\s*(?:sudo )?[a-z][\w.-]+ --?[A-Za-z]/.test(first.text));
}

/** "... by running the following command:" above two or three words nobody here knows. */
function isOrdered(first: string, intro: string): boolean {
  const shape = /^\s*[a-z][\w.-]*(?: [\w.:/<>$-]*[\w/>$]){1,5}\s*$/;
  return /\b(?:run|running|execute|executing|commands?)\b[^.]{0,40}:\s*$/i.test(intro) && shape.test(first) && !looksLikeSentence(first);
}

/** The first statement on one line, so that `SELECT` alone on its line is seen with what follows. */
function sqlHead(lines: readonly SourceLine[], first: SourceLine): string {
  const from = lines.indexOf(first);
  const text = lines
    .slice(from, from + 12)
    .map((line) => line.text.trim())
    .join(" ");
  return /^(?:select|with|insert|update|delete|create|alter|explain)\b/i.test(text) ? text.slice(0, 600) : first.text;
}

function isComment(line: string): boolean {
  return /^\s*(?:#|--|\/\/|::|rem\b)/i.test(line) || isElision(line);
}

function isShellComment(line: string): boolean {
  return /^\s*(?:#|\/\/)/.test(line) || isElision(line);
}

function reading(statements: readonly Statement[], context: CommandContext, language: CommandLanguage): CodeReading {
  return { statements: statements.map((statement) => ({ ...statement, context, language, confidence: 1 })), output: [] };
}

const SQL_START =
  /^(?:\\|\(?\s*(?:select|with|insert|update|delete|create|alter|drop|explain|truncate|vacuum|analyze|reindex|grant|revoke|show|set|reset|begin|commit|rollback|end|start|savepoint|copy|call|do|exec(?:ute)?|prepare|declare|fetch|close|lock|cluster|comment|refresh|merge|use|desc(?:ribe)?|kill|flush|optimize|check|repair|rename|replace|load|import|export|attach|detach|pragma|listen|notify|values|table|reassign|discard|checkpoint|go|print|if|pause|resume|reload|suspend|db\.|purge|change|stop|unlock|checksum|dbcc|backup|restore)\b)/i;

/** `sudo -u postgres psql` on top of its queries is typed in a shell. */
function readSql(lines: readonly SourceLine[]): CodeReading {
  const isShellLine = ({ text }: SourceLine): boolean =>
    programKind(firstWord(withoutPrefixes(text))) === "plain" && !looksLikeSql(text) && !/;\s*$/.test(text);
  const until = lines.findIndex((line) => line.text.trim() !== "" && !isShellLine(line));
  const opening = splitStatements(lines.slice(0, Math.max(0, until)), isShellComment);
  const asked = withoutTables(splitSql(lines.slice(Math.max(0, until))));
  return { ...asked, statements: [...reading(opening, "local", "shell").statements, ...asked.statements] };
}

/** Result tables under a query are no statements. */
function withoutTables(statements: readonly Statement[]): CodeReading {
  const asked = statements.filter((statement) => SQL_START.test(statement.text));
  const shown = statements.filter((statement) => !SQL_START.test(statement.text));
  return { ...reading(asked, "local", "sql"), output: shown.map(({ text, line }) => ({ text, line })) };
}

/** Cuts statements that look like what the commands before them print; the first statement is always a command. */
function withoutOutput(all: readonly Statement[], language: CommandLanguage, tagged: boolean): CodeReading {
  const statements: FoundStatement[] = [];
  const output: SourceLine[] = [];
  for (const [index, statement] of all.entries()) {
    const head = statement.text.split("\n", 1)[0] ?? "";
    const command =
      index === 0 ? !looksLikeOutput(head) : isNextCommand(head, tagged, output.length > 0) || callsAgain(head, statements, output);
    if (command)
      statements.push({ ...statement, context: "local", language: looksLikeSql(statement.text) ? "sql" : language, confidence: 1 });
    else output.push({ text: statement.text, line: statement.line });
  }
  return { statements, output };
}

/** `acme approve b` right below `acme approve a`: the same program with the same verb, before anything is printed. */
function callsAgain(head: string, statements: readonly FoundStatement[], output: readonly SourceLine[]): boolean {
  const opening = /^\S+ \S+ /.exec(head)?.[0];
  return output.length === 0 && opening !== undefined && statements.at(-1)?.text.startsWith(opening) === true;
}

/** Behind output only a known program starts a new command; under a shell tag any line may, unless it looks like output. */
function isNextCommand(head: string, tagged: boolean, afterOutput: boolean): boolean {
  if (!looksLikeOutput(head) && (looksLikeCommandLine(head) || looksLikeUnknownProgram(head))) return true;
  return tagged && !afterOutput && !looksLikeOutput(head) && !/^\s*[A-Z][a-z]+ [a-z]/.test(head);
}
