// Tells output from commands: columns, time stamps, key-value listings, JSON, tables, elisions.
// Looks at single lines of a code block; used only where no prompt and no tag decides.

import { firstWord, isHostName, looksLikeCommandLine } from "./command-shape.ts";

const OUTPUT_SHAPES: readonly RegExp[] = [
  /^\s*(?:Exec(?:Start|Stop|Reload)\w*|WantedBy|WorkingDirectory|EnvironmentFile)=/,
  /^\s*(?:OK|PONG|QUEUED|Done|SUCCESS|Success(?:ful(?:ly)?)?|active|inactive|enabled|disabled|healthy|unhealthy|running)[.!]?\s*$/,
  /^\s*\*\*[^*]+\*\*\s*$/,
  /^\s*(?:\.{3,}|…|\[\.{3}\]|<\.{3}>|\(\.{3}\))\s*$/,
  /^\s*[[{(]?\d{4}[-/]\d{2}[-/]\d{2}[T ,]/,
  /^\s*\[?\d{1,2}:\d{2}(?::\d{2})?\b/,
  /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\w{1,3}\b/,
  /^\s*[{[]\s*(?:$|["{[])/,
  /^\s*[}\]]+[,;]?\s*$/,
  /^\s*"[^"]*"\s*(?:[:,]|$)/,
  /^\s*(?:\+[-=]{2,}|\|.*\||[-=]{3,}|[╭┌│├╰└┏┃].*)/,
  /^\s*-{2,} +-{2,}/,
  /^\s*<\/?[a-z][\w:-]*(?:\s[^<>]*)?\/?>\s*\S*\s*$/i,
  /^\s*(?:ERROR|Error|WARN(?:ING)?|Warning|INFO|FATAL|panic|Traceback|fatal|error):?\b(?!\.)/,
  /^\s*[A-Z][A-Z0-9_()%/-]+(?: {1,}[A-Z][A-Z0-9_()%/-]+){2,}\s*$/,
  /^\s*[A-Z][\w()%/-]*(?: \w+)?(?:\t| {2,})\S/,
  /^\s*[A-Z][\w ./()-]{0,40}:(?:\s{2,}\S|\s*$|\s+\S+\s*$)/,
  /^\s*[\w./@:-]+ {2,}\S+(?: {2,}|\t)\S/,
  /^\s*\(\d+ rows?\)\s*$/,
  /^\s*\d[\d.,]*(?:[KMGTi%]+B?)?(?:\s|$)/,
  /^\s*[a-z][\w.-]*\/[\w.-]+\s+(?:created|configured|unchanged|deleted|patched|scaled|labeled|restarted|condition met|edited|annotated|\d+\/\d+)/,
  /^\s*[\w./-]+:\s(?!.*[|;])\S/,
  /^\s*- [\w"']+/,
];

/** Column headings and tabulated values: at least two gaps of two blanks. */
const COLUMNS = /\S(?: {2,}|\t+)\S.*?\S(?: {2,}|\t+)\S/;

export function looksLikeOutput(line: string): boolean {
  const text = line.trimEnd();
  if (text.trim() === "") return false;
  if (/^\w+ \w+!$/.test(text.trim()) || /^\s*[\w./@:-]+(?: {2,}|\t+)(?!-)[\w.%/-]+(?:(?: {2,}|\t+)\S.*)?$/.test(text)) return true;
  if (looksLikeCommandLine(text)) return false;
  return OUTPUT_SHAPES.some((shape) => shape.test(text)) || COLUMNS.test(text);
}

/** A line that is only an elision, or holds one where arguments would be: never a runnable command. */
export function isElision(line: string): boolean {
  return /^\s*(?:\.{2,}|…|\[\.{3}\]|<snip>|\[snip\])\s*$/.test(line);
}

/** Dockerfiles, YAML and the like under a shell tag. */
export function looksLikeData(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  if (filled.length === 0) return true;
  const data = filled.filter((line) => isDataLine(line)).length;
  return data === filled.length || (data / filled.length > 0.6 && !filled.some((line) => looksLikeCommandLine(line)));
}

/** `datadir=/x`, `log-error=/y`: settings, of which some cannot be shell variables. */
export function looksLikeSettings(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== "" && !/^\s*[#;]/.test(line) && !/^\s*\[[\w .-]+\]\s*$/.test(line));
  const names = filled.map((line) => /^\s*([\w.-]+)\s*=(?!=)/.exec(line)?.[1]);
  return filled.length > 0 && names.every((name) => name !== undefined) && names.some((name) => name !== undefined && /[.-]/.test(name));
}

/** The first lines of a patch. */
export function isDiffHead(line: string): boolean {
  return /^\s*(?:diff --git |(?:---|\+\+\+) [ab]\/)/.test(line);
}

function isDataLine(line: string): boolean {
  if (/^(?:FROM|RUN|COPY|ENTRYPOINT|CMD|WORKDIR|EXPOSE|LABEL|ARG|ENV)\s/.test(line)) return true;
  if (looksLikeCommandLine(line)) return false;
  return (
    isHostName(line) ||
    isDiffHead(line) ||
    /^\s*(?:- )?[\w."'/-]+:(?:\s|$)/.test(line) ||
    /^\s*- \S/.test(line) ||
    /^[+@-]{1,3} /.test(line) ||
    looksLikeOutput(line) ||
    /^https?:\/\/\S+$/.test(firstWord(line))
  );
}
