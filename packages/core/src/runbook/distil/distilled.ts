// What a distiller hands back: a draft in the parser's own shape, what was left out and why, and the same draft as Markdown to edit and save.
// A walk with its notes goes in, a Distilled comes out. A model may later reword it through `reword`; it never adds, drops or changes a command.

import { assemble } from "../assemble.ts";
import { writeMarkdown } from "../markdown/write-markdown.ts";
import { parserVersion } from "../parse-runbook.ts";
import type { ReaderText } from "../source/reader-text.ts";
import type { Walk } from "../steps/walk.ts";
import type { ParsedRunbook, ParseError } from "../types.ts";
import type { Judged } from "./judge-attempts.ts";

export type DistilKind = "chat" | "postmortem";

/** Something of the source that is not in the draft. */
export interface DistilNote {
  /** Physical line of the source. */
  readonly line: number;
  /** The command as written, or the sentence. */
  readonly text: string;
  readonly reason: string;
}

export interface Distilled {
  readonly kind: DistilKind;
  /** Commands are spans of the source with their physical lines; nobody's name is kept. */
  readonly runbook: ParsedRunbook;
  /** By line. */
  readonly notes: readonly DistilNote[];
  /** The draft to edit; its author saves it like any other text. */
  readonly markdown: string;
}

export type DistilResult = { readonly ok: true; readonly distilled: Distilled } | { readonly ok: false; readonly error: ParseError };

export interface Draft {
  readonly kind: DistilKind;
  readonly reader: ReaderText;
  readonly walk: Walk;
  readonly title: string | null;
  readonly notes: readonly DistilNote[];
  /** Takes the names of people out of a sentence. */
  readonly anonymous: (text: string) => string;
}

export function toDistilled({ kind, reader, walk, title, notes, anonymous }: Draft): DistilResult {
  if (walk.steps.length === 0) return refuse("Nobody tells of a command that was run and helped.");
  const nameless = walk.steps.map((step) => ({ ...step, description: anonymous(step.description) }));
  const { lines, sourceType, warnings } = reader;
  const runbook = assemble({ walk: { ...walk, steps: nameless }, title, sourceType, parserVersion, warnings, lines });
  const told = {
    ...runbook,
    prerequisites: runbook.prerequisites.map((one) => ({ ...one, description: anonymous(one.description) })),
    branches: runbook.branches.map((one) => ({ ...one, condition: anonymous(one.condition) })),
    ambiguities: runbook.ambiguities.map((one) => ({ ...one, issue: anonymous(one.issue) })),
  };
  const sorted = [...notes].sort((a, b) => a.line - b.line);
  return { ok: true, distilled: { kind, runbook: told, notes: sorted, markdown: writeMarkdown(told).text } };
}

export function refuse(message: string): DistilResult {
  return { ok: false, error: { code: "PARSE_FAILED", message } };
}

/** One note per command that is no step. */
export function notesOf(judged: readonly Judged[]): readonly DistilNote[] {
  return judged.flatMap(({ attempt, verdict }) =>
    verdict.is === "kept" ? [] : attempt.commands.map(({ text, line }) => ({ line, text, reason: verdict.reason })),
  );
}

/** Better words for a draft, from a person or a model. Steps are named by their order; what is not named keeps its words. */
export interface Rewording {
  readonly title?: string;
  readonly descriptions: readonly { readonly order: number; readonly description: string }[];
}

const MAX_DESCRIPTION = 2000;

/** The same steps and commands under other words. Unknown orders and empty words are left out. */
export function reword(distilled: Distilled, { title, descriptions }: Rewording): Distilled {
  const words = new Map(descriptions.map(({ order, description }) => [order, description.trim().slice(0, MAX_DESCRIPTION)]));
  const steps = distilled.runbook.steps.map((step) => ({ ...step, description: words.get(step.order) || step.description }));
  const runbook = { ...distilled.runbook, title: title?.trim().slice(0, 300) || distilled.runbook.title, steps };
  return { ...distilled, runbook, markdown: writeMarkdown(runbook).text };
}
