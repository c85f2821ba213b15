// What an agent says about a step, in the engine's words. In: a frame. Out: commands of the executor. Read by the server for every agent,
// and by the agent itself where it goes on with a run under a capsule. It judges nothing.

import type { ExecutionCommand, StepResult } from "@dd0c/core";
import type { AgentFrame, StepRef, StepResult as WireResult } from "./generated/agent.ts";

type FrameBody = NonNullable<AgentFrame["frame"]>;

const resultOf = (value: WireResult): StepResult => ({
  exitCode: value.exitCode ?? null,
  members: value.members.map((each) => ({
    pipeline: each.pipeline,
    member: each.member,
    exitCode: each.exitCode ?? null,
    signal: each.signal ?? null,
  })),
  durationMs: value.durationMs,
  stdoutHash: value.stdoutSha256 === "" ? null : value.stdoutSha256,
  stderrHash: value.stderrSha256 === "" ? null : value.stderrSha256,
  stdoutBytes: value.stdoutBytes,
  stderrBytes: value.stderrBytes,
  truncated: value.truncated,
  message: value.message ?? null,
});

function resultReports(ref: StepRef, value: WireResult, stdout: string | null): readonly ExecutionCommand[] {
  const { stepExecutionId, attempt } = ref;
  const hashes = { stdoutHash: value.stdoutSha256, stderrHash: value.stderrSha256 };
  return [
    { type: "agent-output", stepExecutionId, attempt, ...hashes },
    { type: "agent-result", stepExecutionId, attempt, result: resultOf(value), timedOut: value.timedOut, stdout },
  ];
}

/**
 * What a frame tells the engine; nothing where it only adds facts.
 * @param stdout of a look-up: what it printed, whole and masked
 */
export function reportsOf(ref: StepRef, frame: FrameBody, nowMs: number, stdout: string | null): readonly ExecutionCommand[] {
  const { stepExecutionId, attempt } = ref;
  switch (frame.$case) {
    case "stepStarted":
      return [{ type: "agent-accepted", stepExecutionId, attempt, atMs: nowMs }];
    case "stepRefused":
      return [{ type: "agent-refused", stepExecutionId, attempt, code: frame.value.code, message: frame.value.message }];
    case "stepResult":
      return resultReports(ref, frame.value, stdout);
    case "outcomeUnknown":
      return [{ type: "outcome-unknown", stepExecutionId, attempt, cause: "agent_reported" }];
    default:
      return [];
  }
}
