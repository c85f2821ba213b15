// Finds how the source spells a command whose entities a rewriter has decoded: "a && b" stands there as "a &amp;&amp; b".
// Physical lines go in, a function from a found statement to the same statement with the spelling of the source comes out. Its text stays.

import type { FoundStatement } from "../commands/statement.ts";
import { decodeHtml } from "./html-entities.ts";
import type { SourceLine } from "./source-line.ts";

/** Lines on which nothing was found so often are left alone: a page on one line must not be searched once per command. */
const MAX_MISSES = 20;

interface SearchedLine {
  readonly raw: string;
  /** The line as a reader sees it, and where each of its characters begins in the raw one. */
  readonly decoded: string;
  readonly starts: readonly number[];
  from: number;
  misses: number;
}

export function sourceSpelling(source: readonly SourceLine[]): (statement: FoundStatement) => FoundStatement {
  const searched = new Map<number, SearchedLine | null>();
  const lineAt = (line: number): SearchedLine | null => {
    const known = searched.get(line);
    if (known !== undefined) return known;
    const made = searchedLine(source[line - 1]?.text ?? "");
    searched.set(line, made);
    return made;
  };
  return (statement) => {
    if (!statement.literal) return statement;
    const lines = statement.verbatim.split("\n");
    const spelled = lines.map((text, index) => spelledOn(lineAt(statement.line + index), text));
    const verbatim = spelled.join("\n");
    return verbatim === statement.verbatim ? statement : { ...statement, verbatim };
  };
}

/** Null when the line spells everything as it is read. */
function searchedLine(raw: string): SearchedLine | null {
  if (!/&[#A-Za-z]/.test(raw)) return null;
  const starts: number[] = [];
  const decoded: string[] = [];
  let at = 0;
  const keep = (text: string, from: number, width: number): void => {
    decoded.push(text);
    for (let unit = 0; unit < text.length; unit++) starts.push(from + unit * width);
  };
  for (const reference of raw.matchAll(/&(?:#x?[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/gi)) {
    keep(raw.slice(at, reference.index), at, 1);
    keep(decodeHtml(reference[0]), reference.index, 0);
    at = reference.index + reference[0].length;
  }
  keep(raw.slice(at), at, 1);
  starts.push(raw.length);
  return { raw, decoded: decoded.join(""), starts, from: 0, misses: 0 };
}

function spelledOn(line: SearchedLine | null, text: string): string {
  const wanted = text.trim();
  if (line === null || wanted === "" || line.misses >= MAX_MISSES) return text;
  const found = line.decoded.indexOf(wanted, line.from);
  if (found < 0) {
    line.misses++;
    return text;
  }
  line.from = found;
  const spelled = line.raw.slice(line.starts[found], line.starts[found + wanted.length]);
  return text.replace(wanted, () => spelled);
}
