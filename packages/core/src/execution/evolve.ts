// One event goes in, the next state comes out: the only writer of ExecutionState. Facts are not judged here, they happened.
// replay(events) over the audit chain must equal what the tables hold; a check proves it.
import { invariant } from "../invariant.ts";
import type { ExecutionEvent, ExecutionEventOf, ExecutionEventType, GatedStep } from "./events.ts";
import type { ExecutionState, StepState, StepStatus, StepTemplate } from "./types.ts";

type Handler<T extends ExecutionEventType> = (state: ExecutionState, event: ExecutionEventOf<T>) => ExecutionState;
type LaterType = Exclude<ExecutionEventType, "execution.created">;

/** @param state null before `execution.created`, which must come first and only once */
export function evolve(state: ExecutionState | null, event: ExecutionEvent): ExecutionState {
  if (event.type === "execution.created") {
    invariant(state === null, "an execution is created once");
    return created(event);
  }
  invariant(state !== null && state.id === event.executionId, "an event follows the creation of its execution");
  const handler = handlers[event.type] as Handler<LaterType>;
  return { ...handler(state, event as ExecutionEventOf<LaterType>), version: state.version + 1 };
}

/** The state after a whole history. */
export function replay(events: Iterable<ExecutionEvent>): ExecutionState {
  let state: ExecutionState | null = null;
  for (const event of events) state = evolve(state, event);
  invariant(state !== null, "a history has at least one event");
  return state;
}

function created({ executionId, data, occurredAtMs }: ExecutionEventOf<"execution.created">): ExecutionState {
  return {
    id: executionId,
    tenantId: data.tenant_id,
    runbookId: data.runbook_id,
    versionId: data.version_id,
    agentId: null,
    agentName: null,
    triggerSource: data.trigger_source,
    alertId: data.alert_id,
    status: "pending",
    pause: null,
    trustLevel: null,
    triggeredBy: data.triggered_by,
    variables: data.variables,
    requiredVariables: data.required_variables,
    checklist: data.checklist,
    checklistConfirmed: [],
    lastHumanId: null,
    steps: data.steps.map(freshStep),
    badRun: false,
    createdAtMs: occurredAtMs,
    startedAtMs: null,
    completedAtMs: null,
    version: 1,
  };
}

function freshStep(template: StepTemplate): StepState {
  return {
    ...template,
    status: "pending",
    attempt: 0,
    prepared: null,
    gate: null,
    gateInputs: null,
    grant: null,
    approvalNote: null,
    wasModified: false,
    originalCommand: null,
    notAfterMs: null,
    requestedAtMs: null,
    startedAtMs: null,
    completedAtMs: null,
    result: null,
    refusal: null,
    note: null,
  };
}

const executing = (step: StepState): StepStatus => (step.origin === "rollback" ? "rolling_back" : "executing");

type StepChange = Partial<Omit<StepState, keyof StepTemplate>>;

/** The state with one step changed; an event about a step that does not exist is a bug. */
function withStep(state: ExecutionState, event: { readonly stepExecutionId: string | null }, change: StepChange): ExecutionState {
  const index = state.steps.findIndex((step) => step.stepExecutionId === event.stepExecutionId);
  const step = state.steps[index];
  invariant(step !== undefined, "an event names a step of its execution");
  return { ...state, steps: state.steps.with(index, { ...step, ...change }) };
}

function stepOf(state: ExecutionState, event: { readonly stepExecutionId: string | null }): StepState {
  const step = state.steps.find((each) => each.stepExecutionId === event.stepExecutionId);
  invariant(step !== undefined, "an event names a step of its execution");
  return step;
}

/** A new rendering starts a new attempt: nothing of an older one (grant, refusal, times) carries over. */
function gated(
  state: ExecutionState,
  event: { readonly stepExecutionId: string | null; readonly occurredAtMs: number; readonly data: GatedStep },
  status: StepStatus,
): ExecutionState {
  const { prepared, gate, inputs }: Omit<GatedStep, "inputs"> & Partial<Pick<GatedStep, "inputs">> = event.data;
  const { originalCommand } = stepOf(state, event);
  return withStep(state, event, {
    // A rendering of the template after an edit that lapsed is the template again.
    wasModified: originalCommand !== null && prepared.command !== originalCommand,
    status,
    attempt: prepared.attempt,
    prepared,
    gate,
    gateInputs: inputs ?? null,
    grant: null,
    approvalNote: null,
    notAfterMs: null,
    requestedAtMs: event.occurredAtMs,
    startedAtMs: null,
    completedAtMs: null,
    result: null,
    refusal: null,
  });
}

function settled(
  state: ExecutionState,
  event: { readonly stepExecutionId: string | null; readonly occurredAtMs: number },
  status: StepStatus,
  change: StepChange = {},
): ExecutionState {
  return withStep(state, event, { status, completedAtMs: event.occurredAtMs, ...change });
}

const ended = (state: ExecutionState, status: ExecutionState["status"], atMs: number): ExecutionState => ({
  ...state,
  status,
  pause: null,
  completedAtMs: atMs,
});

const handlers: { readonly [T in LaterType]: Handler<T> } = {
  "execution.started": (state, { data, occurredAtMs }) => ({
    ...state,
    status: "preflight",
    trustLevel: data.trust_level,
    agentId: data.agent_id,
    agentName: data.agent_name,
    triggeredBy: data.triggering_user,
    startedAtMs: occurredAtMs,
  }),
  "execution.preflight_confirmed": (state, { data }) => ({
    ...state,
    status: "running",
    variables: data.variables,
    checklistConfirmed: data.checklist,
    lastHumanId: data.confirmed_by,
  }),
  "execution.paused": (state, { data, occurredAtMs }) => ({
    ...state,
    status: "paused",
    pause: { reason: data.reason, sinceMs: occurredAtMs },
  }),
  "execution.resumed": (state, { data }) => ({ ...state, status: "running", pause: null, lastHumanId: data.resumed_by }),
  "execution.stalled": (state) => ({ ...state, status: "stalled" }),
  "execution.completed": (state, { data, occurredAtMs }) => ended(state, data.status, occurredAtMs),
  "execution.aborted": (state, { occurredAtMs }) => ended(state, "aborted", occurredAtMs),
  "execution.timed_out": (state, { occurredAtMs }) => ended(state, "timed_out", occurredAtMs),

  "step.auto_executed": (state, event) => gated(state, event, "auto_executing"),
  "step.approval_requested": (state, event) => gated(state, event, "awaiting_approval"),
  "step.suggested": (state, event) => gated(state, event, "suggested"),
  "step.blocked": (state, event) => gated(state, event, "blocked"),
  "step.manual_requested": (state, event) => withStep(state, event, { status: "suggested", requestedAtMs: event.occurredAtMs }),
  "step.modified": (state, event) => {
    const { data } = event;
    return { ...withStep(state, event, { originalCommand: data.original_command }), lastHumanId: data.modified_by };
  },
  "step.added": (state, { data }) => ({
    ...state,
    steps: state.steps.toSpliced(data.position, 0, freshStep(data.template)),
    lastHumanId: data.requested_by,
  }),
  "step.retry_requested": (state, event) => ({ ...state, lastHumanId: event.data.requested_by }),
  "step.approval_reminded": (state) => state,
  // Back to the front of the queue: only a fresh rendering can be approved.
  "step.approval_revoked": (state, event) => withStep(state, event, { status: "pending", requestedAtMs: null }),
  "step.approved": (state, event) => ({
    ...withStep(state, event, { grant: event.data.grant, approvalNote: event.data.note }),
    lastHumanId: event.data.approved_by,
  }),
  "step.rejected": (state, event) => settled(state, event, "skipped", { note: event.data.reason }),
  "step.skipped": (state, event) => settled(state, event, "skipped", { note: event.data.reason }),
  "step.dispatched": (state, event) => {
    // An automatic step keeps its own status until the agent took it (it may wait there for its rate limit).
    const step = stepOf(state, event);
    const status = event.data.granted ? executing(step) : step.status;
    return withStep(state, event, { status, notAfterMs: event.data.not_after_ms });
  },
  "step.accepted": (state, event) => withStep(state, event, { status: executing(stepOf(state, event)), startedAtMs: event.occurredAtMs }),
  "step.refused": (state, event) =>
    withStep(state, event, { status: "blocked", refusal: { code: event.data.code, message: event.data.message } }),
  "step.output_recorded": (state) => state,
  "step.executed": (state, event) => settled(state, event, "completed", { result: event.data.result }),
  "step.failed": (state, event) => ({ ...settled(state, event, "failed"), badRun: true }),
  "step.timed_out": (state, event) =>
    event.data.reported_by === "agent" ? settled(state, event, "timed_out") : withStep(state, event, { status: "manual_intervention" }),
  "step.outcome_unknown": (state, event) => ({ ...settled(state, event, "outcome_unknown"), badRun: true }),
  "step.reported": (state, event) => ({
    ...settled(state, event, event.data.outcome === "succeeded" ? "completed" : "failed", { note: event.data.note }),
    lastHumanId: event.data.reported_by,
  }),
  "step.rolled_back": (state, event) => (event.data.succeeded ? withStep(state, event, { status: "rolled_back" }) : state),
  "step.unlisted_action": (state) => state,
  "runbook.trust_downgraded": (state) => ({ ...state, badRun: true }),
};
