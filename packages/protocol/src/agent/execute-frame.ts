// One dispatch of the engine as it goes over the wire. In: the dispatch and its signed grant. Out: the message. Nothing is added or left out:
// the server sends it, and an agent that goes on under a capsule admits the very same message.

import type { StepDispatch } from "@dd0c/core";
import type { ExecuteStep, SignedDocument } from "./generated/agent.ts";

/** @param grant undefined exactly where nobody was asked */
export function executeStepOf(dispatch: StepDispatch, grant: SignedDocument | undefined): ExecuteStep {
  const { run, executionId, stepExecutionId, attempt } = dispatch;
  return {
    step: { executionId, stepExecutionId, attempt },
    command: dispatch.command,
    digest: dispatch.digest,
    risk: dispatch.risk,
    automatic: grant === undefined,
    grant,
    notAfterMs: dispatch.notAfterMs,
    timeoutMs: run.timeoutMs,
    workingDirectory: run.workingDirectory ?? undefined,
    runAs: run.runAs ?? undefined,
    environment: run.environment.map(([name, value]) => ({ name, value })),
    trustLevel: dispatch.trustLevel,
    patternVersion: dispatch.patternVersion,
  };
}
