// What several runs of one runbook suggest about its text: types only. Names are the wire names (snake_case).
// A suggestion exists only with a text that was parsed again and gives the steps that it means; nothing applies it but a person.

/** What is meant, by lasting step ids. The same divergence always gives the same change: it is what a dismissal names. */
export type SuggestedChange =
  | { readonly kind: "remove"; readonly step_ids: readonly string[] }
  | { readonly kind: "edit"; readonly step_id: string; readonly from: string; readonly to: string }
  /** `after`: null for the beginning. */
  | { readonly kind: "add"; readonly after: string | null; readonly command: string }
  | { readonly kind: "reorder"; readonly step_id: string; readonly after: string | null };

/** A change that enough runs agree about. */
export interface SupportedChange {
  readonly change: SuggestedChange;
  /** Executions that did it, newest first. */
  readonly runs: readonly string[];
  /** Executions that could have. */
  readonly of: number;
}

/** Lines of the text that something else takes the place of. */
export interface SourceSpan {
  /** 1-based; the first line that goes. Where none goes, the line in front of which the new ones stand. */
  readonly start_line: number;
  /** The line after the last that goes. */
  readonly end_line: number;
  readonly lines: readonly string[];
}

export interface Suggestion extends SupportedChange {
  /** One sentence and a question, with the labels of the version. */
  readonly summary: string;
  readonly spans: readonly SourceSpan[];
  /** The whole text with the spans in place. */
  readonly proposed_text: string;
}

/** A command line of the current version. */
export interface VersionStep {
  readonly stepId: string;
  /** 1..n over document steps; `sub` 0..n-1 over the commands of one. */
  readonly order: number;
  readonly sub: number;
  readonly label: string;
  readonly command: string | null;
  readonly description: string;
}
