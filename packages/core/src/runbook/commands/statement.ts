// The shapes between a piece of source text and a RunbookCommand: statements of a code block and commands found in a sentence.

import type { SourceLine } from "../source/source-line.ts";
import type { CommandContext, CommandLanguage } from "../types.ts";

/** A statement as it stands in the source, before repairs. */
export interface Statement {
  /** Continuations joined by one blank; other line ends kept. */
  readonly text: string;
  /** The same lines as written, joined by line ends. */
  readonly verbatim: string;
  readonly line: number;
  readonly endLine: number;
  /** The source protected it from markup: entities mean themselves. */
  readonly literal: boolean;
}

export interface FoundStatement extends Statement {
  readonly context: CommandContext;
  readonly language: CommandLanguage;
  /** 0..1; 1 when its place leaves no doubt. */
  readonly confidence: number;
}

/** A command of a paragraph. */
export interface PlacedCommand extends FoundStatement {
  /** Offsets in the paragraph's joined text, marks included. */
  readonly start: number;
  readonly end: number;
}

export interface CodeReading {
  readonly statements: readonly FoundStatement[];
  /** Lines that the commands print, or the whole block when it is announced as output. */
  readonly output: readonly SourceLine[];
}
