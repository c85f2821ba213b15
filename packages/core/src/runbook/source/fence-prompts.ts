// Puts terminal transcripts and commands that stand below a list item into code blocks, so that line ends, `#` and `>` in them mean what
// a terminal meant. Lines go in; they come out with the marks of a block around each run, every line with its physical number.

import { firstWord, isConstruct, looksLikeCommandLine, looksLikeSentence, withoutPrefixes } from "../commands/command-shape.ts";
import { looksLikeOutput } from "../commands/output-lines.ts";
import { isPowerShell, programKind } from "../commands/programs.ts";
import { readPrompt, readRootPrompt } from "../commands/prompts.ts";
import { feedLine, inHereDocument, newShellState } from "../commands/shell-state.ts";
import { followFences } from "./fences.ts";
import { type SourceLine, textAt, withText } from "./source-line.ts";

const ITEM = /^(\s*(?:[-*+]|\d{1,3}[.)])\s+)\S/;
/** The command goes on in the next line. */
const CONTINUES = /[\\|]\s*$|&&\s*$/;
const NEW_BLOCK = /^\s*(?:```|~~~|#{1,6} \S|(?:[-*+]|\d{1,3}[.)])\s+\p{L}{2,})/u;

/** How far the end of a here-document is looked for. */
const MAX_DOCUMENT_LINES = 300;
const MAX_AHEAD = 3_000;

/** `#` in front of commands: prompts of root, where they outnumber headings. */
export function hasRootPrompts(lines: readonly SourceLine[]): boolean {
  const marked = lines.filter((line) => /^#{1,6} \S/.test(line.text));
  const prompts = marked.filter((line) => readRootPrompt(line.text) !== null);
  return prompts.length >= 2 && prompts.length * 2 > marked.length;
}

/** What the whole text tells about its commands. */
export interface TranscriptHabits {
  /** `#` is root's prompt in this text. */
  readonly root: boolean;
  /** The text has no fences of its own: bare commands below an item are in no block either. */
  readonly plain: boolean;
}

/** The lines with a block around every run of commands; what lies in a fence already stays as it is. */
export function fencePrompts(lines: readonly SourceLine[], { root, plain }: TranscriptHabits): readonly SourceLine[] {
  const reader = lineReader(root, plain);
  const fenced = followFences(lines);
  const result: SourceLine[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    const end = fenced[index] === true ? index : runEnd(lines, index, reader);
    if (end === index) {
      result.push(line);
      index++;
      continue;
    }
    result.push(...fence(lines, index, end, reader));
    index = end;
  }
  return result;
}

interface LineReader {
  readonly isPrompt: (text: string) => boolean;
  readonly root: boolean;
  readonly plain: boolean;
  /** Lines that may still be read ahead in vain for the end of a here-document. */
  ahead: number;
}

function lineReader(root: boolean, plain: boolean): LineReader {
  return { root, plain, ahead: MAX_AHEAD, isPrompt: (text) => readPrompt(text) !== null || (root && isRootPrompt(text)) };
}

/** Where `#` is root's prompt, whatever is no sentence is a command. */
function isRootPrompt(text: string): boolean {
  return readRootPrompt(text) !== null || (/^# [a-z][\w.-]* \S/.test(text) && !looksLikeSentence(text.slice(2)));
}

/** Index behind the last line of the run that starts here; `start` itself when none does. */
function runEnd(lines: readonly SourceLine[], start: number, reader: LineReader): number {
  const text = textAt(lines, start);
  if (reader.isPrompt(text)) return transcriptEnd(lines, start, reader);
  const document = text.includes("<<") && isBareCommand(text) ? hereDocumentEnd(lines, start, reader) : start;
  if (document > start) return document;
  return reader.plain && isBelowItem(lines, start) && isBareCommand(text) ? bareEnd(lines, start) : start;
}

/** Behind the word that ends the document: its lines are no paragraphs, items or commands, whatever they look like. */
function hereDocumentEnd(lines: readonly SourceLine[], start: number, reader: LineReader): number {
  const state = newShellState();
  const last = Math.min(lines.length, start + MAX_DOCUMENT_LINES, start + reader.ahead);
  for (let index = start; index < last; index++) {
    const text = textAt(lines, index);
    if (/^\s*````/.test(text)) return start;
    const end = feedLine(state, text);
    if (index === start && !inHereDocument(state)) return start;
    if (end === "complete") return index + 1;
  }
  reader.ahead -= Math.max(0, last - start);
  return start;
}

function transcriptEnd(lines: readonly SourceLine[], start: number, reader: LineReader): number {
  const indent = indentOf(textAt(lines, start));
  let end = start + 1;
  for (let index = start + 1; index < lines.length; index++) {
    const text = textAt(lines, index);
    if (text.trim() === "") continue;
    const gap = index - end;
    const between = gap === 0 && !NEW_BLOCK.test(text) && reader.isPrompt(textAt(lines, index + 1));
    if (gap > 1 || (!between && !belongs(text, indent, gap > 0, reader))) break;
    end = index + 1;
  }
  return end;
}

/** Behind a blank line only a further prompt goes on with the transcript, or output that is indented like it. */
function belongs(text: string, indent: number, behindBlank: boolean, { isPrompt, root }: LineReader): boolean {
  if (isPrompt(text)) return indentOf(text) === indent;
  if (root && /^# \S/.test(text)) return true;
  if (NEW_BLOCK.test(text) || indentOf(text) < indent) return false;
  if (behindBlank) return indent > 0 && isPlainlyOutput(text);
  return indentOf(text) >= indent + 2 || !isProse(text);
}

/** Looks like output, and is neither said by somebody nor the announcement of what comes next. */
function isPlainlyOutput(text: string): boolean {
  return looksLikeOutput(text) && !/:\s*$/.test(text) && !isProse(text);
}

/** A line of words under a transcript: somebody speaks again. */
function isProse(text: string): boolean {
  if (/^\s*\d{1,2}:\d{2}\s+\p{Ll}/u.test(text)) return true;
  const known = programKind(firstWord(withoutPrefixes(text))) !== null;
  return !known && looksLikeSentence(text) && /^\s*\p{L}+ \p{L}+ /u.test(text);
}

/** The line above, continuations left aside, is a list item or the words of one. */
function isBelowItem(lines: readonly SourceLine[], index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 6); at--) {
    const text = textAt(lines, at);
    if (text.trim() === "" || /^\s*(?:```|~~~)/.test(text)) return false;
    if (ITEM.test(text)) return true;
  }
  return false;
}

/** A whole line that is plainly typed: a known program with arguments, or an assignment. */
function isBareCommand(text: string): boolean {
  const bare = text.trim();
  if (ITEM.test(text) || !looksLikeCommandLine(bare) || looksLikeSentence(bare)) return false;
  if (isConstruct(bare)) return true;
  const word = firstWord(withoutPrefixes(bare));
  if (/^[A-Z]/.test(word) && !isPowerShell(word)) return false;
  const kind = programKind(word);
  return kind === "wordlike" ? /\s--?[A-Za-z]|[|/$<=]/.test(bare) : kind !== null && (/\s/.test(bare) || kind === "path");
}

/** Commands, their continuations and what they print, up to a blank line, the next item or words. */
function bareEnd(lines: readonly SourceLine[], start: number): number {
  let end = start + 1;
  while (end < lines.length && isTypedOrPrinted(textAt(lines, end), textAt(lines, end - 1))) end++;
  return end;
}

/** What a broken command goes on with is typed, whatever it looks like. */
function isTypedOrPrinted(text: string, above: string): boolean {
  if (text.trim() === "") return false;
  if (CONTINUES.test(above)) return true;
  if (NEW_BLOCK.test(text) || isProse(text)) return false;
  return isBareCommand(text) || looksLikeOutput(text);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** The block stands where the item that it belongs to holds its text. */
function fence(lines: readonly SourceLine[], start: number, end: number, { root }: LineReader): readonly SourceLine[] {
  const run = lines.slice(start, end);
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const own = indentOf(first.text);
  const indent = " ".repeat(anchorOf(lines, start, own));
  const body = run.map((line) => withText(line, indent + promptOf(line.text.slice(Math.min(own, indentOf(line.text))), root)));
  return [
    { text: "", line: first.line },
    { text: `${indent}\`\`\`\`console`, line: first.line },
    ...body,
    { text: `${indent}\`\`\`\``, line: last.line },
    { text: "", line: last.line },
  ];
}

/** In a block of its own `# cmd` would be a comment again. */
function promptOf(text: string, root: boolean): string {
  return root && isRootPrompt(text) ? text.replace(/^#/, "$") : text;
}

/** Column of the text of the item above, as long as nothing further left has begun since. */
function anchorOf(lines: readonly SourceLine[], start: number, own: number): number {
  let blank = false;
  for (let at = start - 1; at >= Math.max(0, start - 80); at--) {
    const text = textAt(lines, at);
    if (text.trim() === "") {
      blank = true;
      continue;
    }
    const column = itemColumn(text);
    if (column !== null && (indentOf(text) < own || !blank)) return column;
    if (indentOf(text) === 0 && blank) return own >= 4 ? own : 0;
  }
  return 0;
}

/** Where the text of an item begins, behind its marker. */
function itemColumn(text: string): number | null {
  return ITEM.exec(text)?.[1]?.length ?? null;
}
