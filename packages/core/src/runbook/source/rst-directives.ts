// Writes the body of a reStructuredText directive: code as a fenced block, boxes and tabs as their text, what is not shown as nothing.
// A directive and its body go in, Markdown lines with their physical numbers come out.

import { sectionKind } from "../meaning/sections.ts";
import { labelOf } from "./labelled-box.ts";
import { rstInline } from "./rst-inline.ts";
import type { SourceLine } from "./source-line.ts";

const OPTION = /^\s*:[\w-]+:(?:\s.*)?$/;
const CODE = /^(?:code-block|code|sourcecode|parsed-literal|prompt|literal|console|shell|command-output|program-output|doctest|testcode)$/;
const BOX =
  /^(?:note|warning|tip|important|caution|danger|attention|hint|error|seealso|admonition|topic|sidebar|rubric|deprecated|versionadded|versionchanged|todo|container|compound|only|epigraph|highlights|dropdown|collapse|card|grid|grid-item|tab|group-tab|tab-item|tabs|tab-set|rst-class|class|centered|hlist|glossary|figure|details)$/;
/** Titled by their argument. */
const TITLED = /^(?:admonition|topic|sidebar|rubric|dropdown|collapse|card|tab|group-tab|tab-item|details|centered)$/;
const UNSHOWN =
  /^(?:raw|index|meta|highlight|toctree|contents|image|include|literalinclude|tabularcolumns|default-role|role|sectnum|target-notes|currentmodule|module|only-html|sectionauthor|codeauthor)$/;
export interface Directive {
  readonly name: string;
  readonly words: string;
  readonly line: SourceLine;
}

/** What a directive's body becomes, and whether a reader sees it. */
export interface WrittenDirective {
  readonly lines: readonly SourceLine[];
  readonly hidden: boolean;
}

/** @param rewrite - reads a body that is text */
export function writeDirective(
  directive: Directive,
  body: readonly SourceLine[],
  rewrite: (lines: readonly SourceLine[]) => readonly SourceLine[],
): WrittenDirective {
  const { name, words, line } = directive;
  const options = body.findIndex((each) => !OPTION.test(each.text));
  const content = outdented(options < 0 ? [] : body.slice(options));
  if (UNSHOWN.test(name)) {
    const hidden = name === "raw" && content.some((each) => each.text.trim() !== "");
    return { lines: [{ text: "", line: line.line }], hidden };
  }
  const isCode = CODE.test(name) || name === "code-tab";
  return { lines: isCode ? fence(content, /^[\w+-]*/.exec(words)?.[0] ?? "", line) : writeBox(directive, rewrite(content)), hidden: false };
}

/** A box whose title names a section is a quote, so that the section ends with it. */
function writeBox({ name, words, line }: Directive, inner: readonly SourceLine[]): readonly SourceLine[] {
  const blank = { text: "", line: line.line };
  const isTab = name.includes("tab");
  if (words === "" || (isTab && holdsCodeAlone(inner)) || !BOX.test(name)) return [blank, ...inner, blank];
  const title = rstInline(words);
  if (!TITLED.test(name)) return [blank, { ...line, text: title }, blank, ...inner, blank];
  const named = name !== "rubric" && sectionKind(title) !== null;
  if (!named) return [blank, { ...line, text: isTab || name === "rubric" ? `**${title}**` : labelOf(title) }, blank, ...inner, blank];
  const quoted = inner.map((each) => ({ ...each, text: `> ${each.text}` }));
  return [blank, { ...line, text: `> **${title}**` }, { ...line, text: ">" }, ...quoted, blank];
}

function holdsCodeAlone(lines: readonly SourceLine[]): boolean {
  let inside = false;
  for (const { text } of lines) {
    if (/^\s*`{6,}/.test(text)) inside = !inside;
    else if (!inside && text.trim() !== "") return false;
  }
  return true;
}

/** Without the indentation that all lines share. */
export function outdented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const filled = lines.filter((line) => line.text.trim() !== "");
  const shared = filled.reduce((least, line) => Math.min(least, line.text.length - line.text.trimStart().length), Number.POSITIVE_INFINITY);
  return lines.map((line) => ({ ...line, text: line.text.trim() === "" ? "" : line.text.slice(shared) }));
}

export function fence(code: readonly SourceLine[], info: string, at: SourceLine): readonly SourceLine[] {
  const first = code.findIndex((line) => line.text.trim() !== "");
  const last = code.findLastIndex((line) => line.text.trim() !== "");
  if (first < 0) return [{ text: "", line: at.line }];
  const body = code.slice(first, last + 1);
  const start = body[0]?.line ?? at.line;
  const end = body.at(-1)?.line ?? start;
  const longest = body.reduce((most, { text }) => Math.max(most, /^\s*(`+)/.exec(text)?.[1]?.length ?? 0), 5);
  const mark = "`".repeat(longest + 1);
  return [
    { text: "", line: start },
    { text: mark + info.toLowerCase(), line: start },
    ...body.map((line) => ({ ...line, literal: true })),
    { text: mark, line: end },
    { text: "", line: end },
  ];
}
