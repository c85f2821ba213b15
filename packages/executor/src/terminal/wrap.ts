// Text for a terminal of a certain width. Words go in, lines come out. A command is never broken here: what somebody decides about,
// or copies, stays one line, and the terminal folds it.
import { visible } from "./paint.ts";

export const narrowest = 40;
const widest = 100;

/** Columns to write into; 80 where the terminal does not say. */
export const widthOf = (columns: number | undefined): number =>
  columns === undefined || columns === 0 ? 80 : Math.max(narrowest, Math.min(widest, columns));

/** Prose in lines of at most `width` columns; a word that is longer stands alone. Line breaks of the text stay. */
export const wrapText = (text: string, width: number): readonly string[] =>
  visible(text)
    .replaceAll("\t", " ")
    .split("\n")
    .flatMap((paragraph) => wrapParagraph(paragraph, width));

const wrapParagraph = (paragraph: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ").filter((each) => each !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
};

const labelWidth = 10;

/** A word in the margin and prose beside it. */
export const labelled = (label: string, text: string, width: number, indent = 2): readonly string[] =>
  wrapText(text, width - indent - labelWidth).map(
    (line, at) => `${" ".repeat(indent)}${(at === 0 ? label : "").padEnd(labelWidth)}${line}`,
  );

/** A word in the margin and a command, each of its own lines whole. */
export const labelledCommand = (label: string, command: string, indent = 2): readonly string[] =>
  visible(command)
    .split("\n")
    .map((line, at) => `${" ".repeat(indent)}${(at === 0 ? label : "").padEnd(labelWidth)}${line}`);

/** Prose under the rest. */
export const sentence = (text: string, width: number): readonly string[] => wrapText(text, width - 2).map((line) => `  ${line}`);
