// The questions a runbook leaves to its author, the answers to them, and the runbook with the answers in it: types only.
// Names are the wire names, as in ../types.ts. An answer never holds a command: it can only choose among what the source says.

import type { Ambiguity, CommandMention, ParsedRunbook, RunbookCommand, RunbookStep, VariableSource } from "../types.ts";

/** Where a variable's value comes from, in the author's words. `field` belongs to source `alert` alone. */
export interface VariableReading {
  readonly source: VariableSource;
  /** The alert field it is filled from. */
  readonly field?: string | undefined;
  readonly description?: string | undefined;
}

/** `key` names the question; see question-key.ts for what keeps it the same. */
export type Answer =
  | { readonly kind: "ambiguity"; readonly key: string; readonly text: string }
  | { readonly kind: "mention"; readonly key: string; readonly accepted: boolean }
  | ({ readonly kind: "variable"; readonly key: string } & VariableReading);

/** A vague instruction; the answer is shown with the step during a run. */
export interface AmbiguityQuestion {
  readonly kind: "ambiguity";
  readonly key: string;
  readonly step_order: number;
  readonly line: number;
  readonly issue: string;
  readonly suggestion?: string;
  /** null: open. */
  readonly answer: string | null;
}

/** A command in the prose that may be one to run. */
export interface MentionQuestion {
  readonly kind: "mention";
  readonly key: string;
  /** The step that mentions it; once it is accepted, the step it stands in. */
  readonly step_order: number | null;
  readonly line: number;
  readonly end_line?: number;
  /** The command, exactly as it would run. */
  readonly text: string;
  readonly confidence: number;
  readonly reason: string;
  /** null: open. */
  readonly answer: boolean | null;
}

/** What a variable is and where its value comes from. */
export interface VariableQuestion {
  readonly kind: "variable";
  readonly key: string;
  readonly line: number;
  readonly name: string;
  readonly placeholder: string;
  /** What the parser made of it. */
  readonly read: VariableReading;
  /** The parser's reading says enough to run; asked only so that the author may correct it. */
  readonly optional: boolean;
  /** null: as the parser read it. */
  readonly answer: VariableReading | null;
}

export type Question = AmbiguityQuestion | MentionQuestion | VariableQuestion;

export interface AnsweredCommand extends RunbookCommand {
  /** The source only mentions it; the author made it a step. */
  readonly accepted?: true;
}

export interface AnsweredStep extends RunbookStep {
  readonly commands: readonly AnsweredCommand[];
  /** What the author answered to a question about this step; never read by a scanner, an advisor or the engine. */
  readonly clarification?: string;
}

/** An answered question stays where it was, with its answer: so that the same answers applied again change nothing. */
export interface AnsweredAmbiguity extends Ambiguity {
  readonly clarification?: string;
}

export interface AnsweredMention extends CommandMention {
  readonly accepted?: boolean;
}

/** A parsed runbook with its author's answers in it; one without answers is one too. */
export interface AnsweredRunbook extends ParsedRunbook {
  readonly steps: readonly AnsweredStep[];
  readonly ambiguities: readonly AnsweredAmbiguity[];
  readonly mentions: readonly AnsweredMention[];
}
