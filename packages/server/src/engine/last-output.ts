// What the step before printed, as a declared check may judge it: the stored bytes, whole, with the hash that the agent reported.
// In: the state and the step that hangs on a condition. Out: the text, or why a person has to look. Never a part of an output.
import { TextDecoder } from "node:util";
import { type ExecutionState, judgedOutput, judgedStep, type LastOutput, type StepState } from "@dd0c/core";
import { sha256 } from "../app/context.ts";
import { listOutput, type TenantTx } from "../db/index.ts";

const maxBatches = 2_000;

export async function lastOutput(tx: TenantTx, state: ExecutionState, step: StepState): Promise<LastOutput> {
  const judged = judgedStep(state, step);
  if ("unusable" in judged) return judged;
  const { stepExecutionId, attempt } = judged;
  const batches = await listOutput(tx, { stepExecutionId, attempt, limit: maxBatches });
  const parts = batches.filter(({ stream }) => stream === "stdout").sort((a, b) => a.firstByte - b.firstByte);
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  return judgedOutput(judged, { stdout: new TextDecoder().decode(bytes), sha256: sha256(bytes) });
}
