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

export function rewriteJira(lines: readonly SourceLine[]): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let open: string | null = null;
  let depth = 0;
  for (const line of lines) {
    const block = BLOCK.exec(line.text);
    const indent = " ".repeat(4 * depth);
    if (open !== null) {
      const end = line.text.indexOf(`{${open}}`);
      if (end < 0) result.push(withText(line, indent + line.text));
      else {
        if (line.text.slice(0, end).trim() !== "") result.push(withText(line, indent + line.text.slice(0, end)));
        result.push(withText(line, `${indent}\`\`\`\``), withText(line, ""));
        open = null;
      }
    } else if (block !== null) {
      open = closesItself(block[3] ?? "", block[1] ?? "") ? null : (block[1] ?? "code");
      result.push(withText(line, ""), withText(line, `${indent}\`\`\`\`${languageOf(block[1], block[2])}`));
      const rest = (block[3] ?? "").replace(`{${block[1] ?? ""}}`, "");
      if (rest.trim() !== "") result.push(withText(line, indent + rest));
      if (open === null) result.push(withText(line, `${indent}\`\`\`\``), withText(line, ""));
    } else {
      depth = depthAt(line.text, depth);
      result.push(withText(line, rewriteLine(line.text)));
    }
  }
  return result;
}

function closesItself(rest: string, name: string): boolean {
  return rest.includes(`{${name}}`);
}

/** `{code:bash|title=x}`; a bare block says nothing about its language. */
function languageOf(name: string | undefined, parameters: string | undefined): string {
  if (name === "noformat") return "text";
  const first = /^[a-z]\w*$/i.exec((parameters ?? "").split("|")[0] ?? "")?.[0] ?? "";
  return first.toLowerCase();
}

/** How deep the list goes that the line is in; a blank line ends it. */
function depthAt(text: string, before: number): number {
  const marks = ITEM.exec(text)?.[1]?.length;
  if (marks !== undefined) return marks;
  return text.trim() === "" || HEADING.test(text) ? 0 : before;
}

function rewriteLine(text: string): string {
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
