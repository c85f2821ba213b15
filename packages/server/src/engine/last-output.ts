// What the step before printed, as a declared check may judge it: the stored bytes, whole, with the hash that the agent reported.
// In: the state and the step that hangs on a condition. Out: the text, or why a person has to look. Never a part of an output.
import { TextDecoder } from "node:util";
import { type ExecutionState, type LastOutput, type StepState } from "@dd0c/core";
import { sha256 } from "../app/context.ts";
import { listOutput, type TenantTx } from "../db/index.ts";

/** Longer outputs are for people. */
const maxBytes = 1_048_576;
const maxBatches = 2_000;

/** The runbook's own step in front of this one, in its last try. */
const stepBefore = (state: ExecutionState, step: StepState): StepState | undefined =>
  state.steps.slice(0, state.steps.indexOf(step)).findLast(({ origin }) => origin === "runbook");

export async function lastOutput(tx: TenantTx, state: ExecutionState, step: StepState): Promise<LastOutput> {
  const before = stepBefore(state, step);
  const result = before?.result;
  if (before === undefined || result == null) return { unusable: "The step before printed nothing that was seen." };
  if (before.status !== "completed" && before.status !== "failed") return { unusable: "The step before did not run to its end." };
  if (result.truncated || result.stdoutBytes > maxBytes) return { unusable: "The output of the step before is too long to judge." };
  const { stepExecutionId, attempt } = before;
  const batches = await listOutput(tx, { stepExecutionId, attempt, limit: maxBatches });
  const parts = batches.filter(({ stream }) => stream === "stdout").sort((a, b) => a.firstByte - b.firstByte);
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  const hash = sha256(bytes);
  if (hash !== result.stdoutHash) return { unusable: "The stored output of the step before is not the one that was reported." };
  return { stepExecutionId, attempt, stdout: new TextDecoder().decode(bytes), sha256: hash, exitCode: result.exitCode };
}
