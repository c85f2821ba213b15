// The words of the scanner: what a verdict says and what a plan is.
// Text goes in (scan.ts), a Verdict comes out; everything later in the pipeline reads only these shapes.

/** Order of severity: safe < caution < unknown < dangerous. The strictest of several always wins. */
export type Risk = "safe" | "caution" | "unknown" | "dangerous";

/** Half-open range of UTF-16 offsets into the scanned text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One finding: which rule spoke, about which characters, and what would make it safe. */
export interface Reason {
  readonly ruleId: string;
  readonly risk: Risk;
  readonly span: Span;
  readonly message: string;
  readonly saferAlternative?: string;
}

/** The thing a human must type before a dangerous step runs. */
export interface Target {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * What undoes a reversible change: a command that is known already, or a proven read (it may print secrets) whose output
 * must be captured first and then stands in `command` as `{capture}`.
 */
export type Inverse =
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "capture"; readonly capture: string; readonly command: string };

/** Where one output stream of a process goes: the member's own stdout, its own stderr, or nowhere. */
export type Sink = "stdout" | "stderr" | "null";

/** Where standard input comes from. "inherit" is the pipe of the previous member, or nothing for the first. */
export type Stdin = { readonly kind: "inherit" } | { readonly kind: "null" } | { readonly kind: "text"; readonly text: string };

/** One process: argv[0] is looked up in a fixed PATH by the executor; no shell ever sees it. */
export interface PlanCommand {
  readonly argv: readonly string[];
  /** Assignment prefixes, in order. */
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly stdin: Stdin;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Processes joined by pipes, left to right; at least one. */
export interface PlanPipeline {
  readonly members: readonly PlanCommand[];
}

/** `first && a || b`: evaluated left to right with equal precedence, as a shell does. */
export interface PlanAndOr {
  readonly first: PlanPipeline;
  readonly rest: readonly { readonly op: "&&" | "||"; readonly pipeline: PlanPipeline }[];
}

/** And-or lists separated by `;` or a newline; at least one. */
export interface Plan {
  readonly lists: readonly PlanAndOr[];
}

/** Why a text has no plan, with a runnable form where one is known. */
export interface NotRunnable {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** The scanner's answer about one text. `plan` and `notRunnable` exclude each other. */
export interface Verdict {
  readonly risk: Risk;
  /** Never empty: a safe verdict names the rules that proved it. */
  readonly reasons: readonly Reason[];
  readonly plan?: Plan;
  readonly notRunnable?: NotRunnable;
  readonly targets: readonly Target[];
  readonly inverse?: Inverse;
  /**
   * Exit codes that are an answer and not a failure, one entry per pipeline member of the plan in order of
   * appearance (grep 1, diff 1, systemctl status 3). 0 is always an answer and is not listed.
   */
  readonly answerCodes: readonly (readonly number[])[];
  /** Prints secrets or key material. */
  readonly sensitive: boolean;
  /** May never end by itself. */
  readonly unbounded: boolean;
  readonly patternVersion: string;
}
