// Writes a plain sentence as Markdown that a reader, and our parser, takes for the same sentence.
// The parser's plain text goes in, one line of Markdown comes out; code spans stay as they are unless their marks are to go.

/** A run of backticks and what it encloses up to the next run of the same length. */
const CODE_SPAN = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g;

/** How much of a sentence may look like a command: as written, with bold in place of code marks, or with every program's name broken up. */
export type ProseForm = "as_written" | "without_code_marks" | "without_commands";

const escapeInner = (text: string): string =>
  text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "\\\\")
    .replace(/&(?=(?:amp|lt|gt|quot|apos|nbsp|#39|#34|#x27);)/gi, "&amp;")
    .replace(/<(?=[A-Za-z/!])/g, "&lt;")
    .replace(/\](?=[([])/g, "]\\")
    .replace(/\*|~~|__|(?<=^|[\s(])_(?=\S)/g, (mark) => `\\${mark[0] ?? ""}${mark.length > 1 ? `\\${mark[1] ?? ""}` : ""}`);

/** What would start a block, or be the prompt of a terminal, where a line starts. */
const escapeStart = (text: string): string =>
  text.replace(/^(\d{1,9})(?=[.)](?:\s|$))/, "$1\\").replace(/^(?=#{1,6}(?:\s|$)|[-+=>|~$%])/, "\\");

/** Letters that no program's name goes on with: the first one of each word becomes a reference to itself. */
const breakWords = (text: string): string =>
  text.replace(/(?<![\w&#;])(?:[a-z./~$<](?=\S)|[A-Z](?=[A-Z]))/g, (first) => `&#${String(first.codePointAt(0))};`);

/** One line of Markdown that reads as `text`. */
export const escapeProse = (text: string, form: ProseForm = "as_written"): string => {
  const line = text.replace(/\s+/g, " ").trim();
  if (form === "without_commands") return breakWords(line.replace(/[`*_\\[\]]/g, ""));
  let written = "";
  let from = 0;
  for (const span of line.matchAll(CODE_SPAN)) {
    const code = span[2] ?? "";
    const bold = `**${escapeInner(code.trim())}**`;
    written += escapeInner(line.slice(from, span.index)) + (form === "as_written" ? span[0] : bold);
    from = span.index + span[0].length;
  }
  return escapeStart(written + escapeInner(line.slice(from)));
};
