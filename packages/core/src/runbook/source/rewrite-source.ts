// Picks the rewriter for text whose structure is not written in Markdown: HTML, Confluence, a copied page, a spreadsheet, other markup languages.
// Lines and the source type go in; Markdown lines with what was left out come out. Text that no rewriter knows goes through as it is.

import type { SourceType } from "../types.ts";
import { detectMarkup } from "./detect-markup.ts";
import { rewriteAsciidoc } from "./rewrite-asciidoc.ts";
import { rewriteHtml } from "./rewrite-html.ts";
import { rewriteNotion } from "./rewrite-notion.ts";
import { fenceGutters } from "./code-gutters.ts";
import { isRenderedPage, rewritePage } from "./rewrite-page.ts";
import { rewriteRst } from "./rewrite-rst.ts";
import { rewriteTabbed, rewriteTabbedRows } from "./rewrite-tabbed.ts";
import type { SourceLine } from "./source-line.ts";

export interface Rewritten {
  readonly lines: readonly SourceLine[];
  /** Named by the source itself apart from its headings; null when it is not. */
  readonly title: string | null;
  /** Physical lines on which hidden text starts. */
  readonly hiddenAt: readonly number[];
  /** Physical lines on which a code block starts that nothing closes. */
  readonly unclosedAt: readonly number[];
  /** Markup left in the lines is text that a reader sees. */
  readonly isMarkdown: boolean;
}

export function rewriteSource(lines: readonly SourceLine[], sourceType: SourceType): Rewritten {
  if (sourceType === "html" || sourceType === "confluence") return { ...rewriteHtml(lines), isMarkdown: false };
  if (sourceType === "markdown" || sourceType === "text") {
    const sheet = rewriteTabbed(lines);
    if (sheet !== null) return unchanged(sheet);
    const markup = detectMarkup(lines);
    if (markup === "rst") return { ...unchanged([]), ...rewriteRst(lines) };
    if (markup === "asciidoc") return { ...unchanged([]), ...rewriteAsciidoc(lines) };
  }
  if (sourceType === "notion") return unchanged(rewriteNotion(lines));
  const tabled = rewriteTabbedRows(lines);
  return unchanged(isRenderedPage(tabled) ? rewritePage(tabled) : fenceGutters(tabled));
}

export function unchanged(lines: readonly SourceLine[]): Rewritten {
  return { lines, title: null, hiddenAt: [], unclosedAt: [], isMarkdown: true };
}
