// Rewrites the markup of issue trackers ("h2.", "{code}", "# item", "||head||") into Markdown.
// Lines go in and come out one to one with their physical numbers, but for the blank lines around blocks; unknown marks are left as they are.

import { type SourceLine, withText } from "./source-line.ts";

const HEADING = /^h([1-6])\.\s+(.*)$/;
const BLOCK = /^\s*\{(code|noformat)(?::([^}]*))?\}\s*(.*)$/;
const FRAME = /^\s*\{(?:panel|quote|info|note|warning|tip|color|expand)(?::[^}]*)?\}\s*(.*)$/;
const ITEM = /^([#*-]{1,6})\s+(?=\S)/;

/** Headings or blocks that only this markup has. */
export function isJira(lines: readonly SourceLine[]): boolean {
  const headings = lines.filter(({ text }) => HEADING.test(text)).length;
  const blocks = lines.filter(({ text }) => BLOCK.test(text)).length;
  return headings >= 2 || (headings >= 1 && blocks >= 1) || blocks >= 2;
}

/** What the lines above leave to the next one. */
interface State {
  /** Name of the block that is still open. */
  open: string | null;
  /** How deep the list goes that the line is in. */
  depth: number;
}

/** The lines as Markdown. A block stands as deep as the item above it, or it would end the list. */
export function rewriteJira(lines: readonly SourceLine[]): readonly SourceLine[] {
  const state: State = { open: null, depth: 0 };
  return lines.flatMap((line) => rewriteLine(line.text, state).map((text) => withText(line, text)));
}

function rewriteLine(text: string, state: State): readonly string[] {
  if (state.open !== null) return codeLine(text, state.open, state);
  const block = BLOCK.exec(text);
  if (block !== null) return openBlock(block, state);
  state.depth = depthAt(text, state.depth);
  return [rewriteText(text)];
}

/** A line of the block, or its last one. */
function codeLine(text: string, name: string, state: State): readonly string[] {
  const end = text.indexOf(`{${name}}`);
  if (end < 0) return [indentOf(state) + text];
  state.open = null;
  const behind = text.slice(end + name.length + 2);
  return [
    ...codeBeside(text.slice(0, end), state),
    ...closingFence(state),
    ...(behind.trim() === "" ? [] : [rewriteText(behind.trimStart())]),
  ];
}

/** A block may close on the line that it opens on. */
function openBlock([, name = "code", parameters = "", rest = ""]: RegExpExecArray, state: State): readonly string[] {
  const mark = `{${name}}`;
  const closes = rest.includes(mark);
  state.open = closes ? null : name;
  const fence = `${indentOf(state)}\`\`\`\`${languageOf(name, parameters)}`;
  return ["", fence, ...codeBeside(rest.replace(mark, ""), state), ...(closes ? closingFence(state) : [])];
}

/** Code on the line of a mark; most marks stand alone. */
function codeBeside(code: string, state: State): readonly string[] {
  return code.trim() === "" ? [] : [indentOf(state) + code];
}

function closingFence(state: State): readonly string[] {
  return [`${indentOf(state)}\`\`\`\``, ""];
}

function indentOf({ depth }: State): string {
  return " ".repeat(4 * depth);
}

/** `{code:bash|title=x}`; a bare block says nothing about its language. */
function languageOf(name: string, parameters: string): string {
  if (name === "noformat") return "text";
  const first = /^[a-z]\w*$/i.exec(parameters.split("|")[0] ?? "")?.[0] ?? "";
  return first.toLowerCase();
}

/** How deep the list goes that the line is in; a blank line ends it. */
function depthAt(text: string, before: number): number {
  const marks = ITEM.exec(text)?.[1]?.length;
  if (marks !== undefined) return marks;
  return text.trim() === "" || HEADING.test(text) ? 0 : before;
}

function rewriteText(text: string): string {
  const heading = HEADING.exec(text);
  if (heading !== null) return `${"#".repeat(Number(heading[1]))} ${inline(heading[2] ?? "")}`;
  const frame = FRAME.exec(text);
  if (frame !== null) return inline(frame[1] ?? "");
  const marks = ITEM.exec(text)?.[1];
  if (marks !== undefined && !/^-{2,}$/.test(marks)) {
    const marker = marks.endsWith("#") ? "1.  " : "-   ";
    return " ".repeat(4 * (marks.length - 1)) + marker + inline(text.slice(marks.length).trimStart());
  }
  return inline(text.startsWith("||") ? text.replace(/\|\|/g, "|") : text);
}

function inline(text: string): string {
  return text
    .replace(/\{\{([^{}]+)\}\}/g, "`$1`")
    .replace(/\{(?:color|quote|panel|info|note|warning|tip)(?::[^{}]*)?\}/g, "")
    .replace(/^\((?:!|i|\/|x|\?|\*)\)\s*/, "")
    .replace(/^-(\p{L}[^-]*\S)-(?=\s|$)/u, "~~$1~~")
    .replace(/\[([^|[\]]+)\|([^[\]\s]+)\]/g, "[$1]($2)")
    .replace(/(^|\s)\*(\S[^*]*\S|\S)\*(?=[\s.,:;)]|$)/g, "$1**$2**");
}
