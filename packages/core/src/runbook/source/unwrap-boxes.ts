// Unwraps what documentation tools add to Markdown: MkDocs' indented admonitions and tabs, ":::" boxes, tab components, highlight tags.
// Lines go in and come out one to one, plus blank ones; the body of an indented box moves left, or Markdown would take it for code.

import { sectionKind } from "../meaning/sections.ts";
import { labelOf } from "./labelled-box.ts";
import { type SourceLine, withText } from "./source-line.ts";

const INDENTED = /^(\s*)(?:!!!|\?\?\?\+?|===[+!]?)\s+["'\w]/;
const COLONS = /^(\s*):{3,}\s*(?:\{[^}]*\}|[\w-]+)?(?:\[([^\]]+)\])?(?:\s+(.*?))?\s*$/;
const COLON_BOX = /^\s*:{3,}\s*(?:$|\{|[a-z][\w-]*(?:\s|\[|$))/;
/** Opening tags of one tab, with the words on it. */
const TAB =
  /^\s*(?:<TabItem\b[^>]*?\blabel=\{?["']([^"']+)["']|<Tab\b[^>]*?\b(?:title|label|name)=\{?["']([^"']+)["']|\{\{[<%]\s*tab(?:\s+(?:name=|title=|tabName=|header=)?["']([^"']+)["'])?|\{%\s*tab\s+(?:title=)?["']?([^"'%]+?)["']?\s*%\})/;
const TAB_END = /^\s*(?:<\/Tab(?:Item|s)?>|\{\{[<%]\s*\/tabs?\s*[%>]\}\}|\{%\s*end_?tabs?\s*%\})/;
const HIGHLIGHT =
  /^(\s*)(?:\{\{[<%]\s*highlight\s+"?([\w+-]+)"?[^}]*[%>]\}\}|\{%-?\s*(?:highlight|code)\s+(?:lang=)?"?([\w+-]+)"?[^%]*%\})\s*$/;
const HIGHLIGHT_END = /^(\s*)(?:\{\{[<%]\s*\/highlight\s*[%>]\}\}|\{%-?\s*end(?:highlight|code)\s*-?%\})\s*$/;
const FENCE = /^[\s>]*(?:[-*+]\s+|\d{1,9}[.)]\s+)?(`{3,}|~{3,})[^`]*$/;
/** How far a tab is looked through for words of its own. */
const TAB_REACH = 400;

export function unwrapBoxes(source: readonly SourceLine[]): readonly SourceLine[] {
  const lines = source.map(asFence);
  const result: SourceLine[] = [];
  const boxes: Box[] = [];
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    leaveBoxes(boxes, line.text);
    const moved = withText(line, movedLeft(line.text, boxes));
    const mark = FENCE.exec(line.text)?.[1] ?? null;
    if (fence !== null) {
      if (closesFence(line.text, fence)) fence = null;
      result.push(moved);
      continue;
    }
    fence = mark;
    const label = mark === null ? boxLabel(lines, index, boxes) : null;
    if (label === null) result.push(moved);
    else
      result.push(withText(moved, label === "" ? "" : movedLabel(moved.text, boxes, label)), withText(moved, blankIn(moved.text, boxes)));
  }
  return result;
}

/** An indented body. */
interface Box {
  /** Least indentation of its lines. */
  readonly indent: number;
  /** It stands apart: the section that its title names ends with it. */
  readonly quoted: boolean;
}

function asFence(line: SourceLine): SourceLine {
  if (!/[{]/.test(line.text)) return line;
  const opening = HIGHLIGHT.exec(line.text);
  if (opening !== null) return withText(line, `${opening[1] ?? ""}\`\`\`\`${opening[2] ?? opening[3] ?? ""}`);
  const closing = HIGHLIGHT_END.exec(line.text);
  return closing === null ? line : withText(line, `${closing[1] ?? ""}\`\`\`\``);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function leaveBoxes(boxes: Box[], text: string): void {
  if (text.trim() === "") return;
  const indent = indentOf(text);
  while ((boxes.at(-1)?.indent ?? 0) > indent) boxes.pop();
}

/** Every box moves its body left by four; a quoted one marks it. */
function movedLeft(text: string, boxes: readonly Box[]): string {
  if (boxes.length === 0) return text;
  const body = text.slice(Math.min(indentOf(text), 4 * boxes.length));
  const quoted = boxes.find((box) => box.quoted);
  if (quoted === undefined) return body;
  const outer = " ".repeat(Math.max(0, quoted.indent - 4));
  return `${outer}> ${body.slice(Math.min(indentOf(body), outer.length))}`;
}

function movedLabel(moved: string, boxes: readonly Box[], label: string): string {
  const indent = moved.slice(0, indentOf(moved));
  const quote = boxes.at(-1)?.quoted === true && !moved.trimStart().startsWith("> ") ? "> " : (/^\s*> /.exec(moved)?.[0].trimStart() ?? "");
  return indent + quote + label;
}

function blankIn(moved: string, boxes: readonly Box[]): string {
  return boxes.some((box) => box.quoted) ? `${moved.slice(0, indentOf(moved))}>` : "";
}

function closesFence(text: string, mark: string): boolean {
  const bare = text.trim();
  return bare.length >= mark.length && bare === (mark[0] ?? "").repeat(bare.length);
}

/** What to write instead of a line that only opens or closes a box: its label, or nothing. Null for every other line. */
function boxLabel(lines: readonly SourceLine[], index: number, boxes: Box[]): string | null {
  const text = lines[index]?.text ?? "";
  const indented = INDENTED.exec(text);
  if (indented !== null) return openIndented(lines, index, boxes, (indented[1] ?? "").length);
  if (COLON_BOX.test(text)) return titleLabel(firstOf(COLONS.exec(text)?.slice(2))).label;
  const tab = TAB.exec(text);
  if (tab === null) return TAB_END.test(text) ? "" : null;
  return tabLabel(firstOf(tab.slice(1)), lines, index, (line) => TAB.test(line) || TAB_END.test(line));
}

/** The one group that matched. */
function firstOf(groups: readonly (string | undefined)[] = []): string {
  return groups.find((group) => group !== undefined) ?? "";
}

function openIndented(lines: readonly SourceLine[], index: number, boxes: Box[], indent: number): string {
  const text = lines[index]?.text ?? "";
  const title = /["']([^"']+)["']\s*$/.exec(text)?.[1] ?? "";
  const isTab = text.trimStart().startsWith("===");
  const { label, named } = isTab ? { label: "", named: false } : titleLabel(title);
  boxes.push({ indent: indent + 4, quoted: named && !boxes.some((box) => box.quoted) });
  if (!isTab) return label;
  return tabLabel(title, lines, index, (line) => line.trim() !== "" && indentOf(line) <= indent);
}

/** A title that names a section is one; other words speak of what follows. */
function titleLabel(title: string): { readonly label: string; readonly named: boolean } {
  const words = title.replace(/^[{}\s]+|[{}\s]+$/g, "");
  if (words === "" || /^[\w-]+=/.test(words)) return { label: "", named: false };
  const named = sectionKind(words) !== null;
  return { label: named ? `**${words.replace(/[:：]\s*$/, "")}**` : labelOf(words), named };
}

/** Tabs of nothing but code are ways to do one step; where they hold words the label says whose words they are. */
function tabLabel(label: string, lines: readonly SourceLine[], index: number, ends: (line: string) => boolean): string {
  return label !== "" && holdsWords(lines.slice(index + 1, index + TAB_REACH), ends) ? `**${label}**` : "";
}

function holdsWords(lines: readonly SourceLine[], ends: (line: string) => boolean): boolean {
  let fence: string | null = null;
  for (const { text } of lines) {
    if (fence !== null) {
      if (closesFence(text, fence)) fence = null;
      continue;
    }
    if (ends(text)) return false;
    fence = FENCE.exec(text)?.[1] ?? null;
    if (fence === null && text.trim() !== "") return true;
  }
  return false;
}
