// What a look-up printed, as one text, for the engine that reads a count or a value out of it. Masked by the agent before it got here.
// In: the agent's last word about an attempt. Out: the whole standard output, or null for other steps and for what is not here whole.
import { isLookUp } from "@dd0c/core";
import type { AgentFrame, StepResult as WireResult } from "@dd0c/protocol/agent";
import { listOutput, readExecution, type TenantTx } from "../db/index.ts";

type StepRef = NonNullable<AgentFrame["step"]>;

/** A list of a hundred thousand paths; what is longer is not known. */
const maxBytes = 10_000_000;
const pageSize = 200;

export async function readLookOutput(tx: TenantTx, ref: StepRef, result: WireResult): Promise<string | null> {
  const state = await readExecution(tx, ref.executionId);
  const step = state?.steps.find((each) => each.stepExecutionId === ref.stepExecutionId);
  if (step === undefined || !isLookUp(step) || result.truncated || result.stdoutBytes > maxBytes) return null;
  const parts: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const page = await listOutput(tx, { stepExecutionId: ref.stepExecutionId, attempt: ref.attempt, after, limit: pageSize });
    parts.push(...page.filter(({ stream }) => stream === "stdout").map(({ bytes }) => bytes));
    if (page.length < pageSize) break;
    after = page.at(-1)?.arrival ?? after;
  }
  const whole = Buffer.concat(parts);
  // A batch that did not arrive would make a smaller number.
  return whole.length === result.stdoutBytes ? whole.toString("utf8") : null;
}
