// The name that a runbook's text gives itself, read off its first lines: for a folder of files, where parsing every page would cost a cold start.
// The parser's title is the better one wherever a parsed runbook is at hand.

const head = 4_000;
const FRONT_MATTER = /^---\n([\s\S]*?)\n---(?:\n|$)/;

/** The heading that a line is, marked in front or underlined by the next line. */
function headingOf(line: string, next: string): string | undefined {
  const marked = /^#{1,2}\s+(.+?)\s*#*$/.exec(line)?.[1];
  if (marked !== undefined) return marked;
  return /^(?:=+|-{3,})\s*$/.test(next) && line.trim() !== "" ? line.trim() : undefined;
}

/** The `title` of the front matter, else the first heading; null where neither is. */
export function runbookTitle(text: string): string | null {
  const start = text
    .slice(0, head)
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
  const matter = FRONT_MATTER.exec(start)?.[1] ?? "";
  const named = /^title:\s*["']?(.+?)["']?\s*$/m.exec(matter)?.[1];
  if (named !== undefined) return named;
  const lines = start.replace(FRONT_MATTER, "").split("\n");
  for (const [at, line] of lines.entries()) {
    const title = headingOf(line, lines[at + 1] ?? "");
    if (title !== undefined) return title.replace(/[`*]/g, "");
  }
  return null;
}
