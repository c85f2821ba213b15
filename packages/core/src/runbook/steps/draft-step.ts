// A step while it is being collected: the pieces of source that belong to it, before they are read for outputs, branches and variables.
// Written by the walk over the block tree, read by the passes in meaning/.

import type { FoundStatement } from "../commands/statement.ts";
import type { SourceLine } from "../source/source-line.ts";
import type { Alternative, SectionKind } from "../types.ts";

export interface Section {
  readonly title: string | null;
  readonly kind: SectionKind | null;
  /** The section is one way of several (a platform, a tab). */
  readonly alternative: Alternative | null;
  readonly level: number;
  /** Named by a bold or short line, not by a heading. */
  readonly pseudo: boolean;
}

export interface DraftStep {
  description: string;
  /** Prose that belongs to the step, Markdown as written, the description's lines included. */
  readonly prose: SourceLine[];
  readonly commands: FoundStatement[];
  /** Lines of code blocks that show what the commands print. */
  readonly output: SourceLine[];
  readonly section: Section;
  start: number;
  end: number;
  /** Condition of the list item or heading that it is nested in. */
  readonly condition: string | null;
}

export function newDraft(section: Section, description: string, start: number, end: number, condition: string | null = null): DraftStep {
  return { description, prose: [], commands: [], output: [], section, start, end, condition };
}

/** Widens the step to lines that turned out to belong to it. */
export function extendTo(draft: DraftStep, start: number, end: number): void {
  draft.start = Math.min(draft.start, start);
  draft.end = Math.max(draft.end, end);
}
