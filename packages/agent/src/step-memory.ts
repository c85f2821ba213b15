// What the journal remembers about a dispatch beside what the executor writes: whose it was and how its plan is cut.
// In: a dispatch, or records read back. Out: the record, or the step it was about. No command text is ever written here.

import type { JournalEntry, JournalRecord } from "@dd0c/executor";
import type { StepRef } from "@dd0c/protocol/agent";
import type { ReadDispatch } from "./own-reading.ts";
import { pipelineSizes } from "./step-frames.ts";

type Received = Extract<JournalEntry, { readonly type: "received" }>;

export interface RememberedStep {
  readonly step: StepRef;
  readonly pipelines: readonly number[];
  readonly risk: string;
  readonly patternVersion: string;
}

export function receivedEntry(read: ReadDispatch): Received {
  const { step, dispatch, own, plan, settings } = read;
  return {
    type: "received",
    stepExecutionId: step.stepExecutionId,
    detail: {
      agent: settings.agentId,
      executionId: step.executionId,
      attempt: String(step.attempt),
      grant: read.grantSha256,
      digest: dispatch.digest,
      serverRisk: dispatch.risk,
      risk: own.risk,
      patternVersion: read.patternVersion,
      pipelines: plan === null ? "" : pipelineSizes(plan).join(","),
    },
  };
}

/** The dispatch that the last `received` record of a step was about, or undefined without one. */
export function rememberedStep(records: readonly JournalRecord[]): RememberedStep | undefined {
  const received = records.findLast((record) => record.type === "received");
  if (received === undefined || received.type !== "received") return undefined;
  const { executionId = "", attempt = "", pipelines = "", risk = "", patternVersion = "" } = received.detail;
  return {
    step: { executionId, stepExecutionId: received.stepExecutionId, attempt: Number(attempt) },
    pipelines: pipelines === "" ? [] : pipelines.split(",").map(Number),
    risk,
    patternVersion,
  };
}

/** True if a dispatch of this attempt was received before, or any attempt of the step was started. */
export function isRemembered(records: readonly JournalRecord[], step: StepRef): boolean {
  return records.some((record) => {
    if (record.type === "spawning") return true;
    return (
      record.type === "received" && record.detail["executionId"] === step.executionId && record.detail["attempt"] === String(step.attempt)
    );
  });
}
