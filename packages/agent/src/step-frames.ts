// What happened to a step, in the words of the protocol. In: refusals, output pieces and results of this agent. Out: frames.

import type { ErrorCode } from "@dd0c/core";
import type { OutputChunk, RunResult } from "@dd0c/executor";
import { OutputStream, type StepResult } from "@dd0c/protocol/agent";
import type { Plan, Risk } from "@dd0c/scanner";
import type { StepFrame } from "./outbox.ts";
import type { ReadDispatch } from "./own-reading.ts";

/** A frame must stay well below the largest message that the server takes. */
const maxChunkBytes = 256 << 10;

export function refusedFrame(
  code: ErrorCode,
  message: string,
  seen: { readonly risk: string; readonly patternVersion: string },
): StepFrame {
  return { $case: "stepRefused", value: { code, message, ...seen } };
}

export function acceptedFrame(read: ReadDispatch, risk: Risk): StepFrame {
  return { $case: "stepAccepted", value: { digest: read.dispatch.digest, risk, patternVersion: read.patternVersion } };
}

export function unknownOutcomeFrame(message: string): StepFrame {
  return { $case: "outcomeUnknown", value: { message } };
}

/** One piece of output as frames; a long one is cut. */
export function outputFrames(piece: OutputChunk): readonly StepFrame[] {
  const stream = piece.stream === "stdout" ? OutputStream.STDOUT : OutputStream.STDERR;
  if (piece.kind === "elided") {
    const value = { stream, offset: piece.offset, data: Buffer.alloc(0), omittedBytes: piece.omittedBytes };
    return [{ $case: "stepOutput", value }];
  }
  const frames: StepFrame[] = [];
  for (let at = 0; at < piece.bytes.length; at += maxChunkBytes) {
    const data = Buffer.from(piece.bytes.subarray(at, at + maxChunkBytes));
    frames.push({ $case: "stepOutput", value: { stream, offset: piece.offset + at, data, omittedBytes: 0 } });
  }
  return frames;
}

/** @param pipelines number of members of each pipeline of the plan, in order of appearance */
export function resultFrame(result: RunResult, pipelines: readonly number[], finishedAtMs: number): StepFrame {
  const places = pipelines.flatMap((members, pipeline) => Array.from({ length: members }, (_, member) => ({ pipeline, member })));
  const members = result.members.map((each, index) => ({
    ...(places[index] ?? { pipeline: 0, member: index }),
    ...(each.exitCode === null ? {} : { exitCode: each.exitCode }),
    ...(each.signal === null ? {} : { signal: each.signal }),
    ...(each.spawnError === undefined ? {} : { spawnError: each.spawnError }),
  }));
  const notSpawned = result.members.some(({ spawnError }) => spawnError !== undefined);
  const message = [
    ...(notSpawned ? ["The operating system refused to start a program."] : []),
    ...(result.note === undefined ? [] : [result.note]),
  ].join(" ");
  const value: StepResult = {
    ...(result.exitCode === null ? {} : { exitCode: result.exitCode }),
    members,
    durationMs: result.durationMs,
    stdoutSha256: result.stdoutSha256,
    stderrSha256: result.stderrSha256,
    stdoutBytes: result.stdoutBytes,
    stderrBytes: result.stderrBytes,
    truncated: result.truncated,
    timedOut: result.outcome === "timed_out",
    finishedAtMs,
    outcome: result.outcome,
    leftRunning: result.leftRunning,
    ...(message === "" ? {} : { message }),
  };
  return { $case: "stepResult", value };
}

/** Number of members per pipeline, in order of appearance. */
export function pipelineSizes(plan: Plan): readonly number[] {
  return plan.lists.flatMap(({ first, rest }) => [first, ...rest.map(({ pipeline }) => pipeline)]).map(({ members }) => members.length);
}
