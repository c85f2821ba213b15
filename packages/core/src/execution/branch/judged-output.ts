// Which output a declared check may judge: that of the runbook's own step in front, whole and unchanged. In: the state, the step that hangs on
// the condition, and what somebody kept of the output. Out: the output, or why a person has to look. Never a part of one.
import type { ExecutionState, StepResult, StepState } from "../types.ts";
import type { LastOutput } from "./declared-check.ts";

/** Longer outputs are for people. */
const maxBytes = 1_048_576;

/** The step in front in its last try, and how it ended. */
export interface JudgedStep {
  readonly stepExecutionId: string;
  readonly attempt: number;
  readonly result: StepResult;
}

type Unusable = Extract<LastOutput, { readonly unusable: string }>;

export function judgedStep(state: ExecutionState, step: StepState): JudgedStep | Unusable {
  const before = state.steps.slice(0, state.steps.indexOf(step)).findLast(({ origin }) => origin === "runbook");
  const result = before?.result;
  if (before === undefined || result == null) return { unusable: "The step before printed nothing that was seen." };
  if (before.status !== "completed" && before.status !== "failed") return { unusable: "The step before did not run to its end." };
  if (result.truncated || result.stdoutBytes > maxBytes) return { unusable: "The output of the step before is too long to judge." };
  return { stepExecutionId: before.stepExecutionId, attempt: before.attempt, result };
}

/** `sha256` is that of the kept bytes: what was kept must be what was reported. */
export function judgedOutput(
  { stepExecutionId, attempt, result }: JudgedStep,
  kept: { readonly stdout: string; readonly sha256: string },
): LastOutput {
  if (kept.sha256 !== result.stdoutHash) return { unusable: "The stored output of the step before is not the one that was reported." };
  return { stepExecutionId, attempt, stdout: kept.stdout, sha256: kept.sha256, exitCode: result.exitCode };
}
