// Recognises the prompt in front of a command in a terminal transcript and says whose prompt it is.
// One line goes in; the text behind the prompt with its context and language comes out, or null. Prompts are never part of a command.

import type { CommandContext, CommandLanguage } from "../types.ts";
import { firstWord, looksLikeCommandLine, looksLikeSentence, looksLikeSql, withoutPrefixes } from "./command-shape.ts";
import { programKind } from "./programs.ts";

export interface Prompted {
  readonly text: string;
  readonly context: CommandContext;
  readonly language: CommandLanguage;
}

interface PromptShape {
  readonly pattern: RegExp;
  readonly context: CommandContext;
  readonly language: CommandLanguage;
}

const shell = (pattern: RegExp): PromptShape => ({ pattern, context: "local", language: "shell" });
const remote = (pattern: RegExp): PromptShape => ({ pattern, context: "remote", language: "shell" });
const repl = (pattern: RegExp, language: CommandLanguage = "console"): PromptShape => ({ pattern, context: "repl", language });

/** In order; the text behind the match is the command. */
const SHAPES: readonly PromptShape[] = [
  { pattern: /^\s*PS [A-Za-z]:\\[^>\n]{0,200}>\s?/, context: "local", language: "powershell" },
  { pattern: /^\s*PS> ?/, context: "local", language: "powershell" },
  { pattern: /^\s*(?:\[PS\] )?[A-Z]:\\[^>\n]{0,200}>\s?/, context: "local", language: "powershell" },
  shell(/^\s*(?:\([\w.-]{1,40}\) )?\$ +(?=\S)/),
  shell(/^\s*➜\s+(?:~|\S*\/\S*|\S+(?= git:\())(?:\s+git:\([^)]*\)(?:\s+✗)?)?\s+(?=\S)/),
  shell(/^\s*\$(?=(?:sudo|kubectl|oc|aws|docker|helm|git|curl|systemctl|ssh|cd|ls|cat)\b)/),
  shell(/^\s*(?:➜|λ)\s+[^\s→]+\s+[^→\n]{0,60}→\s+(?=\S)/),
  shell(/^\s*(?:[╰└][─-]*\s*)?(?:❯|➜|➤|λ)\s+(?=\S)/),
  remote(/^\s*(?:sh|bash)-\d[\d.]*[$#] ?/),
  remote(/^\s*(?:\([\w.-]+\)\s*)?(?:root|core)@[\w.-]+:?[^$#\n]{0,100}[#$] ?/),
  shell(/^\s*[\w.-]+@[\w.-]+ [^\s%]{1,60} % (?=\S)/),
  shell(/^\s*:?~[^$#\n]{0,60}[$#] (?=\S)/),
  shell(/^\s*(?:\([\w.-]+\)\s*)?\(?[\w.-]+@[\w.-]+\)?[: ][^$#>\n]{0,100}[$#] (?=\S)/),
  shell(/^\s*[\w.-]+@[\w.-]+[$#>] ?(?=\S)/),
  shell(/^\s*[\w.-]{1,30}\][$#] (?=\S)/),
  remote(/^\s*[a-z][\w.-]*:[~/][^$#\s]{0,60}[$#] (?=\S)/),
  shell(/^\s*\[[\w.-]+@[\w.-]+ [^\]\n]{0,100}\][$#] ?/),
  remote(/^\s*[a-z][\w.-]*::(?:[\w-]+::)*\*?> ?(?=\S)/i),
  remote(/^\s*[A-Za-z][\w.-]*\((?:conf|if|vlan|router|vty|line)[\w.-]*\)# ?(?=\S)/),
  remote(
    /^\s*(?!mysql\b|irb\b|test\b)[A-Za-z][\w.-]*[#>] ?(?=(?:show|configure|conf t|ping|write mem|copy run|reload|display|interface|undo|commit|no shut\w*)\b)/,
  ),
  repl(/^\s*(?:mysql|MariaDB \[[^\]]{0,60}\]|sqlite|cqlsh(?::\w+)?|clickhouse[\w :-]{0,40}|SQL)> ?/, "sql"),
  repl(/^\s*[a-z]\w*(?:=|-|=\*)[#>] ?/, "sql"),
  repl(/^\s*[A-Z]\w*=\*?# ?/, "sql"),
  repl(/^\s*crm\(\w+\)[\w/-]*# ?(?=\S)/),
  repl(/^\s*(?!(?:INFO|NOTE|NOTICE|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|EOF)>)[A-Z][A-Z0-9_-]{2,15}> ?(?=\S)/),
  repl(/^\s*(?:irb|pry)(?:\([^)\n]{0,40}\):?[\d:]*)?[>*"'] ?/),
  repl(/^\s*[a-z][\w.-]*:\d{2,5}(?:\[\d+\])?(?:\(\w+\))?> ?(?=\S)/i),
  repl(/^\s*(?:[\w-]+ ){0,2}\[(?:direct|mongos|primary|secondary)[^\]\n]{0,40}\] [\w-]+> ?/i),
  repl(/^\s*\[\d+\] (?:pry|[\w-]+)\([^)\n]{0,60}\)> ?/),
  repl(/^\s*(?:>>> |\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d+(?:\[\d+\])?> ?|redis [^>\n]{0,60}> ?)/),
  repl(
    /^\s*(?:gpg|mongo|mongosh|test|rs\d+:\w+|iex\(\d+\)|ftp|sftp|gdb|crash|etcd|zk|admin|nomad|influx|opentsdb|ksql|vtysh|virsh|telnet|smtp)> ?/,
  ),
];

/** Every prompt ends in one of these; most lines of prose have none. */
const PROMPT_END = /[$#>%❯➜➤λ*"']/;
const MAX_PROMPT_LENGTH = 240;

const PERCENT = /^\s*% +(?=\S)/;
const HOST = /^\s*(?:([a-z][\w.-]*)(?:\s?#|\$)|([a-z][\w.-]*\d) \$) (?=\S)/i;
const ROOT = /^\s*# ?(?=\S)/;
const ANGLE = /^\s*> ?/;

/** The text behind a prompt that can be told from the line alone; `# ` and `> ` need their surroundings. */
export function readPrompt(line: string): Prompted | null {
  if (!PROMPT_END.test(line.slice(0, MAX_PROMPT_LENGTH))) return null;
  for (const { pattern, context, language } of SHAPES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const text = line.slice(match[0].length);
    return text.trim() === "" ? null : { text, context, language };
  }
  return readPercentPrompt(line) ?? readHostPrompt(line);
}

/** A line that is a command by its prompt or by its shape. */
export function readsAsCommand(line: string): boolean {
  return readPrompt(line) !== null || (looksLikeCommandLine(line) && !looksLikeSentence(line));
}

function readPercentPrompt(line: string): Prompted | null {
  const percent = PERCENT.exec(line);
  if (percent === null) return null;
  const text = line.slice(percent[0].length);
  return programKind(firstWord(text)) === null ? null : { text, context: "local", language: "shell" };
}

/** `mon-a# cat keyring`, `jump2$ ssh x`, `template1# select ...`: a name and its mark, then something that is a command. */
function readHostPrompt(line: string): Prompted | null {
  const host = HOST.exec(line);
  if (host === null) return null;
  const text = line.slice(host[0].length);
  if (looksLikeSql(text)) return { text, context: "repl", language: "sql" };
  const isHost = programKind(host[1] ?? host[2] ?? "") === null;
  return isHost && looksLikeCommandLine(text) ? { text, context: "remote", language: "shell" } : null;
}

/**
 * A `#` in front of a command typed as root, as opposed to a comment: what follows starts with a known program in lower case and is no
 * sentence.
 */
export function readRootPrompt(line: string): Prompted | null {
  const match = ROOT.exec(line);
  if (match === null) return null;
  const text = line.slice(match[0].length);
  const bare = withoutPrefixes(text);
  const kind = programKind(firstWord(bare));
  if (/^cd [\w.-]+$/.test(bare.trim())) return { text, context: "local", language: "shell" };
  if (kind === "path" && /^\/etc\/\S*$/.test(bare.trim())) return null;
  const isCommand = kind !== null && /^[a-z./]/.test(bare) && hasArgumentShape(bare, kind === "wordlike");
  return isCommand ? { text, context: "local", language: "shell" } : null;
}

/** `> ` in front of every line is the prompt of some interactive program; inside a statement it is a continuation. */
export function readAnglePrompt(line: string): Prompted | null {
  const match = ANGLE.exec(line);
  if (match === null) return null;
  const text = line.slice(match[0].length);
  return text.trim() === ""
    ? null
    : { text, context: looksLikeCommandLine(text) ? "local" : "repl", language: looksLikeCommandLine(text) ? "shell" : "console" };
}

/** `> SELECT ...`: what stands behind the mark says that a database client drew it. */
export function readAngleSql(line: string): Prompted | null {
  const text = /^\s*> +(\S.*)$/.exec(line)?.[1] ?? "";
  return looksLikeSql(text) ? { text, context: "repl", language: "sql" } : null;
}

function hasArgumentShape(text: string, strict: boolean): boolean {
  if (looksLikeSentence(text) || /[.!?:]$/.test(text.trim())) return false;
  const args = text.trim().split(/\s+/).slice(1);
  if (args.length === 0) return !strict;
  return strict ? args.some((arg) => /^-|^[~./$]|[/=<]|\d/.test(arg)) : true;
}
