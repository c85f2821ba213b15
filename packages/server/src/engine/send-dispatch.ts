// One dispatch leaves: the signed announcement, the signed amendment where one is needed, the step with its signed grant.
// In: an outbox row's payload. Reads the execution again: what is no longer in flight, late or halted is not sent.
import {
  amendmentOf,
  announcementBytes,
  dispatchedStatuses,
  isPlanned,
  dispatchOf,
  type Effect,
  type ExecutionState,
  grantBytes,
  type StepState,
} from "@dd0c/core";
import { executeStepOf } from "@dd0c/protocol/agent";
import { readExecution } from "../db/index.ts";
import type { Announcements, Frame } from "./announcements.ts";
import { capsuleFrame } from "./capsules.ts";
import type { EngineContext } from "./engine-context.ts";

export type DispatchEffect = Extract<Effect, { readonly kind: "dispatch" }>;

/** "gone": nothing is to be sent any more. "later": the agent is not there. */
export type Sent = "sent" | "gone" | "later";

const isInFlight = (step: StepState | undefined, effect: DispatchEffect): step is StepState =>
  step !== undefined && step.attempt === effect.attempt && dispatchedStatuses.includes(step.status) && step.startedAtMs === null;

const amendFrame = (engine: EngineContext, state: ExecutionState, step: StepState): Frame => ({
  $case: "amend",
  value: {
    executionId: state.id,
    amendment: engine.engineKey.sign(announcementBytes(amendmentOf(state, step.stepExecutionId, step.requestedAtMs ?? state.createdAtMs))),
  },
});

function executeFrame(engine: EngineContext, state: ExecutionState, step: StepState): Frame {
  const dispatch = dispatchOf(state, step.stepExecutionId);
  const grant = dispatch.grant === null ? undefined : engine.engineKey.sign(grantBytes(dispatch.grant));
  return { $case: "executeStep", value: executeStepOf(dispatch, grant) };
}

/** The step itself where the plan does not cover it, and before it the added step that it undoes: an agent that forgot hears of both. */
function amendedSteps(state: ExecutionState, step: StepState): readonly StepState[] {
  if (step.attempt === 1 && isPlanned(step)) return [];
  const parent = state.steps.find((each) => each.stepExecutionId === step.parentStepExecutionId);
  return parent === undefined || isPlanned(parent) || parent.prepared?.digest == null ? [step] : [parent, step];
}

interface Writing {
  readonly announce: () => Promise<Frame>;
  readonly capsule: () => Promise<Frame | undefined>;
}

/** Frames for one dispatch; undefined when it is no longer to be sent. A plan is announced once per stream. */
async function writeLetter(
  engine: EngineContext,
  { announce, capsule }: Writing,
  effect: DispatchEffect,
  state: ExecutionState | undefined,
  announced: boolean,
): Promise<readonly Frame[] | undefined> {
  const step = state?.steps.find((each) => each.stepExecutionId === effect.stepExecutionId);
  if (state === undefined || !isInFlight(step, effect) || engine.clock.now() >= effect.notAfterMs) return undefined;
  const amended = amendedSteps(state, step).map((each) => amendFrame(engine, state, each));
  // The host knows of the dispatch before it can have begun: a run that goes on there begins with what is true.
  const renewed = await capsule();
  return [
    ...(announced ? [] : [await announce()]),
    ...amended,
    ...(renewed === undefined ? [] : [renewed]),
    executeFrame(engine, state, step),
  ];
}

export interface DispatchJob {
  readonly tenantId: string;
  readonly executionId: string;
  readonly effect: DispatchEffect;
  /** As it was committed a moment ago by this process; left out, it is read again. */
  readonly state?: ExecutionState;
}

/** What this process told the agents' present streams, and which stream each agent has. */
export interface Streams {
  /** "agent:stream:execution" of announced plans. */
  readonly announced: Set<string>;
  readonly announcements: Announcements;
  readonly streamOf: (agentId: string) => number | undefined;
}

const isHalted = (engine: EngineContext, tenantId: string): boolean =>
  engine.panic.current().on || !engine.scanner.isSound() || engine.suspects.has(tenantId);

/** What nobody approved does not leave while a panic could go unheard. */
const mustWait = (engine: EngineContext, letter: readonly Frame[]): boolean =>
  !engine.panic.isCertain() && letter.some((frame) => frame.$case === "executeStep" && frame.value.automatic);

export async function sendDispatch(engine: EngineContext, streams: Streams, job: DispatchJob): Promise<Sent> {
  const { effect, executionId, tenantId } = job;
  const stream = streams.streamOf(effect.agentId);
  const gateway = engine.gateway();
  if (gateway === undefined || stream === undefined || !gateway.isOnline(effect.agentId)) return "later";
  // Decided on another replica, which does not know what is withheld here.
  if (engine.withheld.has(effect.agentId)) return "later";
  const key = `${effect.agentId}:${stream}:${executionId}`;
  const state = job.state ?? (await engine.db.withTenant(tenantId, (tx) => readExecution(tx, executionId)));
  const announce = () => streams.announcements.take(state as ExecutionState);
  const capsule = async () => (state === undefined ? undefined : capsuleFrame(engine, state));
  const letter = await writeLetter(engine, { announce, capsule }, effect, state, streams.announced.has(key));
  // Looked at last, right before sending: the halt may have come while the row was read.
  if (letter === undefined || isHalted(engine, tenantId)) return "gone";
  if (mustWait(engine, letter) || !letter.every((frame) => gateway.send(effect.agentId, frame))) return "later";
  streams.announced.add(key);
  return "sent";
}
