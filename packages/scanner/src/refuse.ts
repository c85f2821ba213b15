// Raw text -> what forbids reading it at all: first stage of the scan, before any parser sees the text.
// Control characters, invisible characters, broken UTF-16 and size. One pass over the characters, no regular expressions.

export interface TextProblem {
  readonly ruleId: string;
  readonly message: string;
  readonly at: number;
}

export const maxBytes = 65_536;

/** Constructs that cost the parser more than linear time or stack when repeated, and how many of each may stand in one text. */
const maxConstructs = 300;
const costly: readonly string[] = ["$(", "${", "<<", "<(", ">(", "()", "`", "coproc", "$["];

/** Too many of one costly construct. Short texts cannot hold that many. */
function constructProblem(text: string): TextProblem | undefined {
  if (text.length <= maxConstructs) return undefined;
  for (const construct of costly) {
    let count = 0;
    for (let at = text.indexOf(construct); at >= 0; at = text.indexOf(construct, at + 1)) {
      if (++count > maxConstructs) return { ruleId: "limit.constructs", message: `More than ${maxConstructs} times ${construct}.`, at };
    }
  }
  return undefined;
}

/** The first thing in `text` that nothing readable contains; undefined when there is none. */
export function textProblem(text: string): TextProblem | undefined {
  if (text.length > maxBytes) return { ruleId: "limit.bytes", message: `Longer than ${maxBytes} bytes.`, at: 0 };
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 32 && code < 127) continue;
    const problem = codeProblem(text, code, i);
    if (problem !== undefined) return problem;
    bytes += extraBytes(code);
  }
  if (bytes > maxBytes) return { ruleId: "limit.bytes", message: `Longer than ${maxBytes} bytes.`, at: 0 };
  return constructProblem(text);
}

/** How many UTF-8 bytes a UTF-16 unit takes beyond the first; a surrogate is half of a four-byte character. */
function extraBytes(code: number): number {
  if (code < 0x80) return 0;
  return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
}

/** Characters outside printable ASCII that may not be shown as they are. */
export function mustBeEscaped(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code < 32 || code > 126) && codeProblem(text, code, at) !== undefined;
}

function codeProblem(text: string, code: number, at: number): TextProblem | undefined {
  if (code === 9 || code === 10) return undefined;
  if (code < 32 || (code >= 127 && code < 160))
    return { ruleId: "text.control", message: "A control character, which a terminal may hide.", at };
  if (isInvisible(text, code, at)) return { ruleId: "text.invisible", message: "An invisible or direction-changing character.", at };
  return isLoneSurrogate(text, code, at) ? { ruleId: "text.encoding", message: "Broken UTF-16.", at } : undefined;
}

/** Soft hyphen, fillers, joiners, direction marks, zero-width characters, byte order mark: first and last of each range. */
const invisible: readonly (readonly [from: number, to: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
];

function isInvisible(text: string, code: number, at: number): boolean {
  if (invisible.some(([from, to]) => code >= from && code <= to)) return true;
  // Tag characters, U+E0000 to U+E00FF.
  return code === 0xdb40 && (text.charCodeAt(at + 1) & 0xff00) === 0xdc00;
}

export function isLoneSurrogate(text: string, code: number, at: number): boolean {
  if (code < 0xd800 || code > 0xdfff) return false;
  const high = code <= 0xdbff;
  const other = text.charCodeAt(high ? at + 1 : at - 1);
  return high ? !(other >= 0xdc00 && other <= 0xdfff) : !(other >= 0xd800 && other <= 0xdbff);
}

/** `text` with the refused characters taken out, to see what stands behind them. */
export function withoutRefused(text: string): string {
  let kept = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13) kept += "\n";
    else if (code < 127 ? code >= 32 || code === 9 || code === 10 : codeProblem(text, code, i) === undefined) kept += text[i] ?? "";
  }
  return kept;
}
