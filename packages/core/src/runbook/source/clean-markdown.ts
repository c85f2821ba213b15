// Makes pasted text into the Markdown it was meant to be: front matter out, typographic bullets in, boxes, components and template tags unwrapped.
// Lines go in, lines with their physical numbers come out, ready for the block tree. It must never join or reorder lines.

import { type RunbookWarning } from "../types.ts";
import { repairFences } from "./fences.ts";
import { withoutFrontMatter } from "./front-matter.ts";
import { blankHiddenText } from "./hidden-text.ts";
import { rewriteIslands } from "./html-islands.ts";
import { withoutInvisible } from "./invisible-text.ts";
import { type SourceLine, withText } from "./source-line.ts";
import { unwrapBoxes } from "./unwrap-boxes.ts";

export interface CleanMarkdown {
  readonly lines: readonly SourceLine[];
  /** From the front matter; null when it has none. */
  readonly title: string | null;
  readonly warnings: readonly RunbookWarning[];
}

const BULLET = /^(\s*)[•‣◦▪●–—·∙](\s+)(?=\S)/;
const BARE_BULLET = /^(\s*)[•‣◦▪●](?=\S)/;
const TEMPLATE_ONLY = /^\s*(?:\{\{[<%].*[>%]\}\}|\{%.*%\}|<%.*%>)\s*$/;
/** A component on a line of its own: `<Tabs groupId="cloud">`, `</TabItem>`. */
const COMPONENT_ONLY = /^\s*<\/?[A-Z][\w.]*(?:\s[^<>]*)?\/?>\s*$/;
const MODULE_LINE = /^(?:import\s+(?:[\w*{}$,\s]+\s+from\s+)?["'][^"']+["'];?|export\s+(?:const|let|default|function)\s.*)\s*$/;
const ALERT_MARK = /^(\s*>\s*)\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|DANGER)\][+-]?\s*/i;
const CIRCLED = "①②③④⑤⑥⑦⑧⑨";

/** @param isRewritten - the lines were written by a rewriter, which has left out what is hidden: markup in them is text */
export function cleanMarkdown(source: readonly SourceLine[], isRewritten = false): CleanMarkdown {
  const matter = isRewritten ? { lines: source, title: null } : withoutFrontMatter(source);
  const islands = isRewritten ? { lines: source, hiddenAt: [] } : rewriteIslands(unwrapBoxes(matter.lines));
  const fenced = repairFences(islands.lines);
  const revealed = isRewritten
    ? { lines: fenced.lines, hiddenAt: [] }
    : blankHiddenText(fenced.lines, (index) => fenced.inFence[index] === true);
  const isModule = !isRewritten && usesComponents(revealed.lines);
  const warnings: RunbookWarning[] = [
    ...[...islands.hiddenAt, ...revealed.hiddenAt].map(hiddenWarning),
    ...fenced.unclosedAt.map(unclosedWarning),
  ];
  const lines = revealed.lines.map((line, index) => {
    if (fenced.inFence[index] === true) return line;
    const visible = withoutInvisible(line);
    if (visible !== line) warnings.push(invisibleWarning(line.line));
    return cleanLine(visible, isModule);
  });
  return { lines, title: matter.title, warnings };
}

/** MDX: lines of a script between those of the page. */
function usesComponents(lines: readonly SourceLine[]): boolean {
  return lines.some((line) => COMPONENT_ONLY.test(line.text)) || lines.some((line) => /^import\s.*\sfrom\s+["'][@./]/.test(line.text));
}

function invisibleWarning(line: number): RunbookWarning {
  return { code: "INVISIBLE_CHARACTERS", message: "Invisible characters in this text were removed.", line };
}

export function hiddenWarning(line: number): RunbookWarning {
  return { code: "HIDDEN_TEXT", message: "Text that a reader of the page would not see was left out.", line };
}

export function unclosedWarning(line: number): RunbookWarning {
  return { code: "UNCLOSED_FENCE", message: "This code block is never closed; its end was guessed.", line };
}

/** `7.- Borrar`, `3.) Check`: an item that Markdown does not know. */
const ODD_NUMBER = /^(\s*\d{1,3})\.(?:[-–—]|\))\s+(?=\S)/;
/** Every pattern below needs one of these. */
const MAY_BE_REWRITTEN = /[<\[•‣◦▪●–—·∙①②③④⑤⑥⑦⑧⑨☐⬜🔲☑✅☒]/u;

function cleanLine(line: SourceLine, isModule: boolean): SourceLine {
  if (TEMPLATE_ONLY.test(line.text) || COMPONENT_ONLY.test(line.text)) return withText(line, "");
  if (isModule && MODULE_LINE.test(line.text)) return withText(line, "");
  // Not one pattern with blanks in front: a line of blanks would be tried from every one of them.
  const broken = /<br\s*\/?>\s*$/i.test(line.text) ? `${line.text.replace(/<br\s*\/?>\s*$/i, "").trimEnd()}  ` : line.text;
  const numbered = ODD_NUMBER.test(broken) ? broken.replace(ODD_NUMBER, "$1. ") : broken;
  if (!MAY_BE_REWRITTEN.test(numbered)) return withText(line, numbered);
  const text = numbered
    .replace(/<\/?(?:del|s|strike)>/gi, "~~")
    .replace(ALERT_MARK, "$1")
    .replace(BULLET, "$1-$2")
    .replace(BARE_BULLET, "$1- ")
    .replace(/^(\s*)([①②③④⑤⑥⑦⑧⑨])\s*/, (_, indent: string, digit: string) => `${indent}${CIRCLED.indexOf(digit) + 1}. `)
    .replace(/^(\s*)([-*+]\s+)?(?:☐|⬜|🔲)\s*/u, (_, indent: string, mark = "- ") => `${indent}${mark}[ ] `)
    .replace(/^(\s*[-*+]\s+)(?:☑|✅|☒)\s*(?=\S)/u, "$1[x] ");
  return withText(line, text);
}
