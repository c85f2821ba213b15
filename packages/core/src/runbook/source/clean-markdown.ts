// Makes pasted text into the Markdown it was meant to be: front matter out, typographic bullets in, admonitions and template tags unwrapped.
// Lines go in, lines with their physical numbers come out, ready for the block tree. It must never join or reorder lines.

import { type RunbookWarning } from "../types.ts";
import { repairFences } from "./fences.ts";
import { blankHiddenText } from "./hidden-text.ts";
import { type SourceLine, withText } from "./source-line.ts";

export interface CleanMarkdown {
  readonly lines: readonly SourceLine[];
  /** From the front matter; null when it has none. */
  readonly title: string | null;
  readonly warnings: readonly RunbookWarning[];
}

const BULLET = /^(\s*)[•‣◦▪●–—·∙](\s+)(?=\S)/;
const BARE_BULLET = /^(\s*)[•‣◦▪●](?=\S)/;
const TEMPLATE_ONLY = /^\s*(?:\{\{[<%].*[>%]\}\}|\{%.*%\}|<%.*%>)\s*$/;
const ADMONITION = /^(\s*)(?:!!!|\?\?\?\+?|===)\s+["'\w]/;
const CIRCLED = "①②③④⑤⑥⑦⑧⑨";

/** @param isRewritten - the lines were written by a rewriter, which has left out what is hidden: markup in them is text */
export function cleanMarkdown(source: readonly SourceLine[], isRewritten = false): CleanMarkdown {
  const matter = isRewritten ? { lines: source, title: null } : withoutFrontMatter(source);
  const fenced = repairFences(isRewritten ? source : unwrapAdmonitions(matter.lines));
  const revealed = isRewritten
    ? { lines: fenced.lines, hiddenAt: [] }
    : blankHiddenText(fenced.lines, (index) => fenced.inFence[index] === true);
  const lines = revealed.lines.map((line, index) => (fenced.inFence[index] === true ? line : cleanLine(line)));
  const warnings: RunbookWarning[] = [...revealed.hiddenAt.map(hiddenWarning), ...fenced.unclosedAt.map(unclosedWarning)];
  return { lines, title: matter.title, warnings };
}

export function hiddenWarning(line: number): RunbookWarning {
  return { code: "HIDDEN_TEXT", message: "Text that a reader of the page would not see was left out.", line };
}

export function unclosedWarning(line: number): RunbookWarning {
  return { code: "UNCLOSED_FENCE", message: "This code block is never closed; its end was guessed.", line };
}

function cleanLine(line: SourceLine): SourceLine {
  if (TEMPLATE_ONLY.test(line.text)) return withText(line, "");
  const text = line.text
    .replace(/\s*<br\s*\/?>\s*$/i, "  ")
    .replace(BULLET, "$1-$2")
    .replace(BARE_BULLET, "$1- ")
    .replace(/^(\s*)([①②③④⑤⑥⑦⑧⑨])\s*/, (_, indent: string, digit: string) => `${indent}${CIRCLED.indexOf(digit) + 1}. `)
    .replace(/^(\s*[-*+]\s+)(?:☐|⬜|🔲)\s*/u, "$1[ ] ")
    .replace(/^(\s*[-*+]\s+)(?:☑|✅|☒)\s*(?=\S)/u, "$1[x] ");
  return withText(line, text);
}

interface FrontMatter {
  readonly lines: readonly SourceLine[];
  readonly title: string | null;
}

/** YAML (`---`) or TOML (`+++`) at the very start; its lines become blank so that numbers stay. */
function withoutFrontMatter(lines: readonly SourceLine[]): FrontMatter {
  const fence = lines[0]?.text.trimEnd();
  if (fence !== "---" && fence !== "+++") return { lines, title: null };
  const end = lines.findIndex((line, index) => index > 0 && index < 200 && line.text.trimEnd() === fence);
  if (end < 0) return { lines, title: null };
  const head = lines.slice(1, end);
  if (!head.every((line) => /^\s*$|^\s*#|^\s*- |^\s|^[\w.-]+\s*[:=]/.test(line.text))) return { lines, title: null };
  const title = head
    .map((line) => /^title\s*[:=]\s*["']?(.*?)["']?\s*$/.exec(line.text)?.[1])
    .find((found) => found !== undefined && found !== "");
  return { lines: lines.map((line, index) => (index <= end ? withText(line, "") : line)), title: title ?? null };
}

/** MkDocs' `!!! note` and `=== "Tab"`: the indented body moves left, or Markdown would take it for code. */
function unwrapAdmonitions(lines: readonly SourceLine[]): readonly SourceLine[] {
  const result: SourceLine[] = [];
  let body: number | null = null;
  for (const line of lines) {
    const indent = line.text.length - line.text.trimStart().length;
    if (body !== null && line.text.trim() !== "" && indent < body) body = null;
    const opening = ADMONITION.exec(line.text);
    const shifted = body === null ? line : withText(line, line.text.slice(Math.min(indent, 4)));
    if (opening === null) {
      result.push(shifted);
      continue;
    }
    result.push(withText(line, admonitionTitle(line.text)));
    result.push(withText(line, ""));
    body = (opening[1] ?? "").length + 4;
  }
  return result;
}

function admonitionTitle(text: string): string {
  const title = /"([^"]+)"/.exec(text)?.[1] ?? "";
  return text.trimStart().startsWith("===") && title !== "" ? `**${title}**` : title;
}
