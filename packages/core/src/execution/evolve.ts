// One event goes in, the next state comes out: the only writer of ExecutionState. Facts are not judged here, they happened.
// replay(events) over the audit chain must equal what the tables hold; a check proves it.
import { invariant } from "../invariant.ts";
import { isHuman } from "../trust/actor.ts";
import { isLookUp, isSettled } from "./decision.ts";
import type { ExecutionEvent, ExecutionEventOf, ExecutionEventType, GatedStep } from "./events.ts";
import type { BranchState, ExecutionState, StepState, StepStatus, StepTemplate } from "./types.ts";

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
    ...(data.alert_began === undefined
      ? {}
      : { alertBegan: { startedAtMs: data.alert_began.started_at_ms, receivedAtMs: data.alert_began.received_at_ms } }),
    status: "pending",
    pause: null,
    trustLevel: null,
    triggeredBy: data.triggered_by,
    variables: data.variables,
    requiredVariables: data.required_variables,
    checklist: data.checklist,
    checklistConfirmed: [],
    lastHumanId: null,
    inChargeId: null,
    joinedIds: [],
    stall: null,
    branches: (data.branches ?? []).map((each) => ({ ...each, askedBefore: null, why: null, answer: null, answeredBy: null, note: null })),
    laterVariables: data.later_variables ?? [],
    declared: [],
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

/** What was looked up before a halt says nothing about the time after it. */
const withoutLooks = (step: StepState): StepState => (isSettled(step) || step.looked === undefined ? step : { ...step, looked: undefined });

/** The set changed, and how is known: the numbers stay for the next card. After every other lapse somebody looks afresh. */
const revoked = (step: StepState, { lapse }: ExecutionEventOf<"step.approval_revoked">["data"]): StepChange => ({
  status: "pending",
  requestedAtMs: null,
  grant: null,
  lapse,
  looked: lapse === undefined ? undefined : step.looked,
});

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
  stall: null,
  completedAtMs: atMs,
});

const notTaken: readonly StepStatus[] = ["pending", "awaiting_approval", "suggested", "blocked"];

/** Back to the front of the queue. What was announced of it does not hold any more, so that its next rendering is told of by an amendment. */
function notTakenYet(step: StepState): StepState {
  if (step.command === null || !notTaken.includes(step.status)) return step;
  return { ...step, status: "pending", attempt: Math.max(1, step.attempt), requestedAtMs: null };
}

function withBranch(state: ExecutionState, branchId: string, change: Partial<BranchState>): ExecutionState {
  return { ...state, branches: state.branches.map((each) => (each.branchId === branchId ? { ...each, ...change } : each)) };
}

const handlers: { readonly [T in LaterType]: Handler<T> } = {
  "execution.started": (state, { data, occurredAtMs, actor }) => ({
    ...state,
    status: "preflight",
    trustLevel: data.trust_level,
    agentId: data.agent_id,
    agentName: data.agent_name,
    triggeredBy: data.triggering_user,
    inChargeId: isHuman(actor) ? actor.id : null,
    startedAtMs: occurredAtMs,
  }),
  "execution.preflight_confirmed": (state, { data }) => ({
    ...state,
    status: "running",
    variables: data.variables,
    checklistConfirmed: data.checklist,
    lastHumanId: data.confirmed_by,
    inChargeId: state.inChargeId ?? data.confirmed_by,
  }),
  "execution.paused": (state, { data, occurredAtMs }) => ({
    ...state,
    status: "paused",
    stall: null,
    pause: { reason: data.reason, sinceMs: occurredAtMs },
  }),
  "execution.resumed": (state, { data }) => ({
    ...state,
    status: "running",
    pause: null,
    stall: null,
    lastHumanId: data.resumed_by,
    steps: state.steps.map(withoutLooks),
  }),
  "execution.stalled": (state, { data, occurredAtMs }) => ({
    ...state,
    status: "stalled",
    stall: { sinceMs: occurredAtMs, escalatedTo: data.escalated_to },
  }),
  "execution.joined": (state, { data }) => ({ ...state, joinedIds: [...new Set([...state.joinedIds, data.joined_by])] }),
  "execution.handed_over": (state, { data }) => ({ ...state, inChargeId: data.to }),
  "execution.completed": (state, { data, occurredAtMs }) => ended(state, data.status, occurredAtMs),
  "execution.aborted": (state, { occurredAtMs }) => ended(state, "aborted", occurredAtMs),
  "execution.timed_out": (state, { occurredAtMs }) => ended(state, "timed_out", occurredAtMs),

  "execution.capsule_issued": (state, { data, occurredAtMs }) => {
    const { capsule_id: id, issued_to: holderId, role, holder_key: holderKey, expires_at_ms: expiresAtMs } = data;
    return {
      ...state,
      capsules: [...(state.capsules ?? []), { id, holderId, role, holderKey, issuedAtMs: occurredAtMs, expiresAtMs, usedAtMs: null }],
    };
  },
  "execution.continued": (state, { data, occurredAtMs }) => ({
    ...state,
    capsules: (state.capsules ?? []).map((each) => (each.id === data.capsule_id ? { ...each, usedAtMs: occurredAtMs } : each)),
    lastHumanId: data.continued_by,
  }),

  "execution.branch_asked": (state, { stepExecutionId, data }) =>
    withBranch(state, data.branch_id, { askedBefore: stepExecutionId, why: data.why }),
  "execution.branch_answered": (state, { data }) => ({
    ...withBranch(state, data.branch_id, { answer: data.answer, answeredBy: data.by, note: data.note }),
    lastHumanId: data.by === "check" ? state.lastHumanId : data.by,
  }),

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
    // Look-ups may join by themselves, between two decisions of people.
    lastHumanId: isLookUp(data.template) ? state.lastHumanId : data.requested_by,
  }),
  "step.retry_requested": (state, event) => ({ ...state, lastHumanId: event.data.requested_by }),
  "step.approval_reminded": (state) => state,
  // Nothing has ended yet: what the agent says next does that.
  "step.stop_requested": (state) => state,
  // Back to the front of the queue: only a fresh rendering can be approved.
  "step.approval_revoked": (state, event) => withStep(state, event, revoked(stepOf(state, event), event.data)),
  "step.look_granted": (state, event) => ({
    ...withStep(gated(state, event, "awaiting_approval"), event, { grant: event.data.grant }),
    lastHumanId: event.data.granted_by,
  }),
  "step.looked": (state, event) => {
    const { result } = event.data;
    const others = (stepOf(state, event).looked ?? []).filter(({ digest }) => digest !== result.digest);
    return withStep(state, event, { looked: [...others, result] });
  },
  "step.approved": (state, event) => ({
    ...withStep(state, event, { grant: event.data.grant, approvalNote: event.data.note, lapse: undefined }),
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
  "step.refused": (state, event) => {
    const refusal = { code: event.data.code, message: event.data.message };
    // Nobody has to decide about a look-up that did not run.
    if (isLookUp(stepOf(state, event))) return settled(state, event, "skipped", { refusal });
    return withStep(state, event, { status: "blocked", refusal });
  },
  "step.output_recorded": (state) => state,
  "step.executed": (state, event) => settled(state, event, "completed", { result: event.data.result }),
  "step.failed": (state, event) => ({ ...settled(state, event, "failed"), badRun: true }),
  "step.timed_out": (state, event) =>
    event.data.reported_by === "agent" || isLookUp(stepOf(state, event))
      ? settled(state, event, "timed_out")
      : withStep(state, event, { status: "manual_intervention" }),
  "step.outcome_unknown": (state, event) => ({
    ...settled(state, event, "outcome_unknown"),
    badRun: state.badRun || !isLookUp(stepOf(state, event)),
  }),
  "step.reported": (state, event) => ({
    ...settled(state, event, event.data.outcome === "succeeded" ? "completed" : "failed", { note: event.data.note }),
    lastHumanId: event.data.reported_by,
  }),
  "step.rolled_back": (state, event) => (event.data.succeeded ? withStep(state, event, { status: "rolled_back" }) : state),
  "step.unlisted_action": (state, { data, occurredAtMs }) => {
    const { declared } = data;
    if (declared === undefined) return state;
    const { kind, by, note } = declared;
    const action = { kind, text: data.command, by, doneAtMs: declared.done_at_ms, declaredAtMs: occurredAtMs, note };
    return { ...state, declared: [...state.declared, action] };
  },
  "step.timeout_set": (state, event) => ({
    ...state,
    steps: state.steps.map((step) =>
      step.stepExecutionId === event.stepExecutionId ? { ...notTakenYet(step), timeoutMs: event.data.timeout_ms } : step,
    ),
    lastHumanId: event.data.set_by,
  }),
  "execution.variable_set": (state, { data }) => ({
    ...state,
    variables: [...state.variables.filter(({ name }) => name !== data.name), { name: data.name, value: data.value, source: data.source }],
    steps: state.steps.map(notTakenYet),
    lastHumanId: data.set_by,
  }),
  "runbook.trust_downgraded": (state) => ({ ...state, badRun: true }),
};
