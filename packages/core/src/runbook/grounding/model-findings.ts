// What a language model may contribute to a runbook, once it was checked: proposals, questions, prerequisites, descriptions of variables.
// There is no step among them and no order of steps: findings stand beside a ParsedRunbook and never inside it. All have origin "model".

import type { PrerequisiteType } from "../types.ts";

/** A model's answer as the gateway hands it over: of the right shape, and nothing else is known about it. */
export interface ModelAnswer {
  readonly proposals: readonly { readonly command: string; readonly line: number | null; readonly description: string }[];
  readonly questions: readonly {
    readonly step_order: number | null;
    readonly question: string;
    readonly suggestion: string | null;
  }[];
  readonly prerequisites: readonly { readonly type: PrerequisiteType; readonly description: string }[];
  readonly variables: readonly { readonly name: string; readonly description: string }[];
}

/** A command that the source holds and the parser did not take. It runs only once its author makes it a step. */
export interface GroundedProposal {
  readonly grounded: true;
  readonly origin: "model";
  /** The source's own repaired text, byte for byte; never the model's. */
  readonly command: string;
  /** First and last physical line of the source, 1-based. */
  readonly line: number;
  readonly end_line: number;
  /** The model's words about it. */
  readonly description: string;
}

/** A command that the source does not hold: shown apart, never safe, written into the text by its author or not at all. */
export interface UngroundedProposal {
  readonly grounded: false;
  readonly origin: "model";
  /** The model's text without invisible characters. */
  readonly command: string;
  readonly description: string;
}

export type Proposal = GroundedProposal | UngroundedProposal;

export interface ModelQuestion {
  readonly origin: "model";
  /** Null where it is about the runbook as a whole. */
  readonly step_order: number | null;
  readonly issue: string;
  readonly suggestion: string | null;
}

export interface ModelPrerequisite {
  readonly origin: "model";
  readonly type: PrerequisiteType;
  readonly description: string;
}

/** For a variable that the parser found. */
export interface VariableNote {
  readonly origin: "model";
  readonly name: string;
  readonly description: string;
}

export interface ModelFindings {
  readonly proposals: readonly Proposal[];
  readonly questions: readonly ModelQuestion[];
  readonly prerequisites: readonly ModelPrerequisite[];
  readonly variables: readonly VariableNote[];
}

export const noFindings: ModelFindings = { proposals: [], questions: [], prerequisites: [], variables: [] };
