// What a run did beside what its runbook says: types only. Names are the wire names (snake_case): these are the recorded bytes of `divergence.detected`.
// Written once by divergence-report.ts after an execution; readers ignore unknown fields, fields are only ever added.
import type { MttrSince } from "../execution/mttr.ts";
import type { ExecutionStatus } from "../execution/types.ts";

/**
 * `left_out`: an answered condition left it out, as the runbook says. `not_reached`: the run ended before it.
 * `typed`: it was skipped and its command entered by hand at its place. `moved`: the same at another place.
 */
export type StepFate = "ran" | "edited" | "skipped" | "left_out" | "not_reached" | "typed" | "moved";

/** One command line of the runbook, with all its tries. */
export interface ReportedStep {
  readonly step_id: string;
  /** The first try. */
  readonly step_execution_id: string;
  readonly label: string;
  /** As it stands in the runbook; null for a step without a command. */
  readonly command: string | null;
  readonly description: string;
  readonly fate: StepFate;
  readonly tries: number;
  readonly waited_ms: number;
  readonly ran_ms: number;
}

export interface SkippedStep {
  readonly step_id: string;
  readonly step_execution_id: string;
  readonly label: string;
  readonly reason: string | null;
}

export interface ModifiedCommand {
  readonly step_id: string;
  readonly step_execution_id: string;
  readonly label: string;
  /** With the values of the run. */
  readonly original_command: string;
  /** What ran instead. */
  readonly command: string;
  /** The same for every run: placeholders where values stood. Null where that cannot be told, or a value of the run is in the new words. */
  readonly proposed: string | null;
}

export interface UnlistedAction {
  /** Null for what was done elsewhere and declared. */
  readonly step_execution_id: string | null;
  readonly kind: "command" | "description";
  readonly text: string;
  /** `engine`: entered in this run. `declared`: a person told it. */
  readonly observed_by: "engine" | "declared";
  /** The last step of the runbook that ran before it; null where none did. */
  readonly after_step_id: string | null;
  readonly after_label: string | null;
  /** The step of the runbook that has the same command and was run as well. */
  readonly repeats_label: string | null;
  readonly proposed: string | null;
}

/** A step whose command was run at another place than the runbook gives it. */
export interface ReorderedStep {
  readonly step_id: string;
  readonly step_execution_id: string;
  readonly label: string;
  readonly after_step_id: string | null;
  readonly after_label: string | null;
}

export interface FailedThenWorked {
  readonly step_id: string;
  readonly label: string;
  readonly tries: number;
  readonly worked_with: "same" | "edited";
}

/** Milliseconds of wall time; the four parts add up to `total_ms`. */
export interface RunTimes {
  readonly total_ms: number;
  /** From the first record of the run to the moment somebody started it. */
  readonly before_start_ms: number;
  readonly running_ms: number;
  /** Waiting for a person: checklist, approval, a pause, a step done by hand, a condition. */
  readonly waiting_ms: number;
  /** Waiting for the agent: offline, or the step was sent and had not begun. */
  readonly agent_ms: number;
}

/** Beside the parts of the run: how long the incident lasted (execution/mttr.ts). Absent in reports of earlier releases. */
export interface ReportedTimes extends RunTimes {
  /** Null where the run did not complete. */
  readonly mttr_seconds?: number | null;
  readonly mttr_since?: MttrSince | null;
}

export interface DivergenceReport {
  readonly report_version: 1;
  readonly execution_id: string;
  readonly runbook_id: string;
  readonly version_id: string;
  readonly ended: ExecutionStatus;
  /** Something of the lists below is not empty. */
  readonly diverged: boolean;
  readonly steps: readonly ReportedStep[];
  readonly skipped_steps: readonly SkippedStep[];
  readonly modified_commands: readonly ModifiedCommand[];
  /** Null: not observed. Nothing watches what is done outside the run, so that no list could claim to be empty. */
  readonly unlisted_actions: readonly UnlistedAction[] | null;
  readonly reordered_steps: readonly ReorderedStep[];
  readonly failed_then_worked: readonly FailedThenWorked[];
  readonly times: ReportedTimes;
}
