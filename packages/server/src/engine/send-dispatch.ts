// One dispatch leaves: the signed announcement, the signed amendment where one is needed, the step with its signed grant.
// In: an outbox row's payload. Reads the execution again: what is no longer in flight, late or halted is not sent.
import {
  amendmentOf,
  announcementBytes,
  announcementOf,
  dispatchOf,
  type Effect,
  type ExecutionState,
  grantBytes,
  type StepState,
} from "@dd0c/core";
import type { ServerFrame } from "@dd0c/protocol/agent";
import { findListing, readExecution, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { loadMaterial, prepareAll } from "./prepare-execution.ts";

export type DispatchEffect = Extract<Effect, { readonly kind: "dispatch" }>;
type Frame = NonNullable<ServerFrame["frame"]>;

/** "gone": nothing is to be sent any more. "later": the agent is not there. */
export type Sent = "sent" | "gone" | "later";

interface Letter {
  readonly frames: readonly Frame[];
}

const isInFlight = (step: StepState | undefined, effect: DispatchEffect): step is StepState =>
  step !== undefined &&
  step.attempt === effect.attempt &&
  (step.status === "auto_executing" || step.status === "executing") &&
  step.startedAtMs === null;

async function announceFrame(engine: EngineContext, tx: TenantTx, state: ExecutionState): Promise<Frame> {
  const mode = (await findListing(tx, state.id))?.governanceMode ?? "strict";
  // Everything in it is of the moment of the start, so that a second announcement is the same one.
  const announcement = announcementOf(
    state,
    await prepareAll(state, await loadMaterial(tx, state.versionId)),
    mode,
    state.startedAtMs ?? state.createdAtMs,
  );
  return { $case: "announce", value: { executionId: state.id, announcement: engine.engineKey.sign(announcementBytes(announcement)) } };
}

const amendFrame = (engine: EngineContext, state: ExecutionState, step: StepState): Frame => ({
  $case: "amend",
  value: {
    executionId: state.id,
    amendment: engine.engineKey.sign(announcementBytes(amendmentOf(state, step.stepExecutionId, step.requestedAtMs ?? state.createdAtMs))),
  },
});

function executeFrame(engine: EngineContext, state: ExecutionState, step: StepState): Frame {
  const dispatch = dispatchOf(state, step.stepExecutionId);
  const { run } = dispatch;
  return {
    $case: "executeStep",
    value: {
      step: { executionId: state.id, stepExecutionId: dispatch.stepExecutionId, attempt: dispatch.attempt },
      command: dispatch.command,
      digest: dispatch.digest,
      risk: dispatch.risk,
      automatic: dispatch.grant === null,
      grant: dispatch.grant === null ? undefined : engine.engineKey.sign(grantBytes(dispatch.grant)),
      notAfterMs: dispatch.notAfterMs,
      timeoutMs: run.timeoutMs,
      workingDirectory: run.workingDirectory ?? undefined,
      runAs: run.runAs ?? undefined,
      environment: run.environment.map(([name, value]) => ({ name, value })),
      trustLevel: dispatch.trustLevel,
      patternVersion: dispatch.patternVersion,
    },
  };
}

/** A plan is announced once per stream: a new stream may be an agent that forgot. */
async function writeLetter(
  engine: EngineContext,
  tx: TenantTx,
  effect: DispatchEffect,
  executionId: string,
  announced: boolean,
): Promise<Letter | undefined> {
  const state = await readExecution(tx, executionId);
  const step = state?.steps.find((each) => each.stepExecutionId === effect.stepExecutionId);
  if (state === undefined || !isInFlight(step, effect) || engine.clock.now() >= effect.notAfterMs) return undefined;
  const amended = step.attempt > 1 || step.origin !== "runbook" ? [amendFrame(engine, state, step)] : [];
  const announce = announced ? [] : [await announceFrame(engine, tx, state)];
  return { frames: [...announce, ...amended, executeFrame(engine, state, step)] };
}

/** `announced` holds "epoch:execution" of what this process told the agents' present streams. */
export async function sendDispatch(
  engine: EngineContext,
  announced: Set<string>,
  streamOf: (agentId: string) => number | undefined,
  job: { readonly tenantId: string; readonly executionId: string; readonly effect: DispatchEffect },
): Promise<Sent> {
  const { effect, executionId } = job;
  const stream = streamOf(effect.agentId);
  const gateway = engine.gateway();
  if (gateway === undefined || stream === undefined || !gateway.isOnline(effect.agentId)) return "later";
  const key = `${effect.agentId}:${stream}:${executionId}`;
  const letter = await engine.db.withTenant(job.tenantId, (tx) => writeLetter(engine, tx, effect, executionId, announced.has(key)));
  // Looked at last, right before sending: the halt may have come while the row was read.
  if (letter === undefined || engine.panic.current().on) return "gone";
  for (const frame of letter.frames) if (!gateway.send(effect.agentId, frame)) return "later";
  announced.add(key);
  return "sent";
}
