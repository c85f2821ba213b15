// What a look-up printed, as one text, for the engine that reads a count or a value out of it. Masked by the agent before it got here.
// In: the agent's last word about an attempt. Out: the whole standard output, or null for other steps and for what is not here whole.
import { isLookUp } from "@dd0c/core";
import type { AgentFrame, StepResult as WireResult } from "@dd0c/protocol/agent";
import { listOutput, readExecution, type TenantTx } from "../db/index.ts";

type StepRef = NonNullable<AgentFrame["step"]>;

/** A list of a hundred thousand paths; what is longer is not known. */
const maxBytes = 10_000_000;
const pageSize = 200;

const isLook = async (tx: TenantTx, ref: StepRef): Promise<boolean> => {
  const state = await readExecution(tx, ref.executionId);
  return state?.steps.some((step) => step.stepExecutionId === ref.stepExecutionId && isLookUp(step)) ?? false;
};

export async function readLookOutput(tx: TenantTx, ref: StepRef, result: WireResult): Promise<string | null> {
  if (result.truncated || result.stdoutBytes > maxBytes || !(await isLook(tx, ref))) return null;
  const whole = await allOutput(tx, ref);
  // A batch that did not arrive would make a smaller number.
  return whole.length === result.stdoutBytes ? whole.toString("utf8") : null;
}

async function allOutput(tx: TenantTx, { stepExecutionId, attempt }: StepRef): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const page = await listOutput(tx, { stepExecutionId, attempt, after, limit: pageSize });
    parts.push(...page.filter(({ stream }) => stream === "stdout").map(({ bytes }) => bytes));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return Buffer.concat(parts);
    after = last.arrival;
  }
}
