// After a restart: what the journal knows and the server has not acknowledged goes into the outbox again.
// In: the journal of an earlier life. Out: last frames of its steps. A step that was running then is never started again here.

import { errorTable } from "@dd0c/core";
import type { Journal, JournalRecord, StrandedStep } from "@dd0c/executor";
import type { Outbox, StepFrame } from "./outbox.ts";
import { tableCode } from "./refusal-codes.ts";
import { refusedFrame, resultFrame, unknownOutcomeFrame } from "./step-frames.ts";
import { type RememberedStep, rememberedStep } from "./step-memory.ts";
import type { Survivors } from "./survivors.ts";

export interface RecoverOptions {
  readonly journal: Journal;
  readonly outbox: Outbox;
  /** Steps that were running when the agent died. */
  readonly stranded: readonly StrandedStep[];
  readonly survivors: Survivors;
}

export const unknownMessage = "The agent was restarted while the step ran; how it ended is not known.";
const notStartedMessage = "The agent was restarted before it started the step; nothing ran.";

/**
 * Fills the outbox; returns before steps whose processes are still alive are settled, because those are reported when they are gone.
 */
export async function recover(options: RecoverOptions): Promise<void> {
  const { journal, outbox, stranded, survivors } = options;
  for (const id of new Set(journal.unacknowledged().flatMap(stepIdOf))) {
    const records = journal.recordsOf(id);
    const remembered = rememberedStep(records);
    if (remembered === undefined) continue;
    const processes = stranded.find(({ stepExecutionId }) => stepExecutionId === id);
    if (processes === undefined) await settle(journal, outbox, remembered, records);
    else survivors.watch(remembered.step, processes);
  }
}

async function settle(journal: Journal, outbox: Outbox, remembered: RememberedStep, records: readonly JournalRecord[]): Promise<void> {
  const last = lastFrame(remembered, records);
  if (last !== undefined) return outbox.finish(remembered.step, last);
  await journal.append({ type: "refused", stepExecutionId: remembered.step.stepExecutionId, code: "DISPATCH_LATE" });
  outbox.finish(remembered.step, refusedFrame("DISPATCH_LATE", notStartedMessage, remembered));
}

/** The frame that the newest ending calls for; undefined when the step was received and nothing more. */
export function lastFrame(remembered: RememberedStep, records: readonly JournalRecord[]): StepFrame | undefined {
  const since = records.findLastIndex(({ type }) => type === "received");
  const ending = records.slice(since).findLast(({ type }) => type === "finished" || type === "outcome_unknown" || type === "refused");
  if (ending?.type === "finished") return resultFrame(ending.result, remembered.pipelines, Date.parse(ending.at));
  if (ending?.type === "outcome_unknown") return unknownOutcomeFrame(unknownMessage);
  if (ending?.type !== "refused") return undefined;
  const code = tableCode(ending.code);
  return refusedFrame(code, errorTable[code].meaning, remembered);
}

function stepIdOf(record: JournalRecord): readonly string[] {
  return "stepExecutionId" in record ? [record.stepExecutionId] : [];
}
