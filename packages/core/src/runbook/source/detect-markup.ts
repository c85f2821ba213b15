// Tells reStructuredText and AsciiDoc from Markdown and plain text by marks that only they have.
// Lines go in, the markup language or null comes out. Two kinds of marks are asked for: one alone stands in many other texts.

import type { SourceLine } from "./source-line.ts";

export type Markup = "rst" | "asciidoc";

const HEAD_LINES = 600;
const MARKDOWN_HEADING = /^#{1,6}\s+\S/;
const FENCE = /^\s*(?:`{3,}|~{3,})/;

export function detectMarkup(lines: readonly SourceLine[]): Markup | null {
  const head = outsideFences(lines.slice(0, HEAD_LINES).map((line) => line.text));
  const markdown =
    head.filter((text) => MARKDOWN_HEADING.test(text)).length +
    (lines.length > 0 && head.length < lines.slice(0, HEAD_LINES).length ? 1 : 0);
  if (isAsciidoc(head, markdown)) return "asciidoc";
  return isRst(head, markdown) ? "rst" : null;
}

function outsideFences(texts: readonly string[]): readonly string[] {
  let inside = false;
  return texts.filter((text, index) => {
    const mark = FENCE.test(text) && !isUnderlined(texts, index - 1);
    if (mark) inside = !inside;
    return !mark && !inside;
  });
}

const DIRECTIVE = /^\s*\.\. (?:[a-z][\w+-]*(?::[a-z][\w+-]*)?)::(?:\s|$)/;
const TARGET = /^\.\. _[^:]+:/;
const UNDERLINE = /^([=\-~^"'*+#`.:])\1{2,}\s*$/;
const ROLE =
  /(?:^|[\s(]):(?:ref|doc|command|program|code|file|term|kbd|samp|option|envvar|any|numref|guilabel|menuselection|mod|class|func|py:\w+):`[^`]+`/;
const RST_ITEM = /^\s*#\.\s+\S/;
const RST_FIELD = /^:(?:author|date|version|status|audience|organization|contact|owner|revision|copyright)s?:\s/i;

function isRst(texts: readonly string[], markdown: number): boolean {
  const count = (pattern: RegExp): number => texts.filter((text) => pattern.test(text)).length;
  const directives = count(DIRECTIVE) + count(TARGET);
  const titles = texts.filter((text, index) => isUnderlined(texts, index) && text.trim() !== "").length;
  const literals = texts.filter(
    (text, index) => /::\s*$/.test(text) && (texts[index + 1] ?? "").trim() === "" && /^\s+\S/.test(texts[index + 2] ?? ""),
  ).length;
  const kinds = [directives, titles, literals, count(ROLE), count(RST_ITEM), count(RST_FIELD)].filter((found) => found > 0).length;
  const strong = directives + literals + count(ROLE) + count(RST_ITEM);
  return strong > 0 && kinds >= 2 && markdown <= Math.floor(strong / 4);
}

function isUnderlined(texts: readonly string[], index: number): boolean {
  const title = texts[index] ?? "";
  const under = (texts[index + 1] ?? "").trimEnd();
  return /^\S/.test(title) && !UNDERLINE.test(title) && UNDERLINE.test(under) && under.length >= Math.max(3, title.trimEnd().length - 1);
}

const TITLE = /^={1,6}\s+\S(?:.*[^=\s])?\s*$/;
const BLOCK =
  /^\[(?:source|listing|NOTE|TIP|WARNING|IMPORTANT|CAUTION|cols|options|%|\.|\[|#|,\s*\w+\s*\]|id=|role=|discrete|horizontal|abstract|quote|verse|example)[^\]]*\]\]?\s*$/;
const ADMONITION = /^(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): \S/;
const ENTRY = /^:!?[a-z][\w-]*!?:(?:\s|$)/;
const MACRO =
  /^(?:include|image|ifdef|ifndef|endif|ifeval|toc)::\S*\[.*\]\s*$|\b(?:xref|link|kbd|btn):\S{0,300}\[[^\]]{0,300}\]|<<[\w-]{1,100}(?:,[^>]{1,300})?>>/;
const DELIMITED = /^(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\|={3,}|--|\+)\s*$/;
const DOTTED = /^\.{1,5}\s+\S/;
const BLOCK_TITLE = /^\.[A-Z][\w ]*$/;

function isAsciidoc(texts: readonly string[], markdown: number): boolean {
  const count = (pattern: RegExp): number => texts.filter((text) => pattern.test(text)).length;
  const titles = count(TITLE);
  const own = [
    count(BLOCK),
    count(ENTRY),
    count(MACRO),
    count(DELIMITED) > 1 ? 1 : 0,
    count(DOTTED),
    count(BLOCK_TITLE),
    count(ADMONITION),
  ];
  const kinds = own.filter((found) => found > 0).length;
  if (markdown > titles) return false;
  return titles > 0 ? kinds >= 1 : count(BLOCK) > 0 && kinds >= 3;
}
