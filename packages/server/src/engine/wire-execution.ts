// An execution as every face shows it: state and rows in, the snapshot of the contract out. Says what may be done with each step now.
import {
  currentStep,
  type EffectivePolicy,
  isAdded,
  isLookUp,
  isSettled,
  isStoppable,
  isTerminal,
  mayGoOn,
  mttrOf,
  refuseUnlessUndoable,
  type ExecutionState,
  type StepState,
} from "@dd0c/core";
import type { WireClassification, WireExecution, WireExecutionSummary, WireStepAction, WireStepExecution } from "@dd0c/protocol/http";
import { scan } from "@dd0c/scanner";
import type { MemberNames } from "../app/read-runbooks.ts";
import type { ExecutionListing, LiveRun, MemberRecord, StepRecord, SurvivingStepRecord } from "../db/index.ts";
import { wireStoredClassification } from "../http/wire/classification.ts";
import { wireActor } from "../http/wire/runbook.ts";
import type { Material } from "./prepare-execution.ts";
import { gateLayer, gateReason } from "./gate-words.ts";
import { wireBranches } from "./wire-branches.ts";
import { wirePeople } from "./wire-people.ts";
import { missingVariables, wireOutside, wireVariables } from "./wire-values.ts";
import { mayLook, wireLook } from "./wire-look.ts";
import { isFree, wireRetry, wireWayBack } from "./wire-way-back.ts";

export interface ExecutionView {
  readonly state: ExecutionState;
  readonly listing: ExecutionListing;
  readonly material: Material;
  readonly names: MemberNames;
  readonly members: readonly MemberRecord[];
  /** Live runs beside this one; empty when this one is over. */
  readonly otherRuns: readonly LiveRun[];
  readonly agentOnline: boolean;
  /** Connected, but it runs a program that nobody registered. */
  readonly agentWithheld: boolean;
  /** Steps whose processes outlived the agent that started them. */
  readonly surviving: readonly SurvivingStepRecord[];
  readonly panic: boolean;
  /** As it is now, which may be stricter than when a step was asked for. */
  readonly policy: Pick<EffectivePolicy, "dangerousStepUp">;
  readonly nowMs: number;
  /** Until when the agent's own rate limit holds a step back; undefined: it does not. */
  readonly startsAt: (stepExecutionId: string) => number | undefined;
}

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const pauseWords: Readonly<Record<NonNullable<ExecutionState["pause"]>["reason"], string>> = {
  diagnosis: "A read ended with a code that is no answer of its program. Look at its output, then go on.",
  step_failed: "A step failed. Look at its output, then decide.",
  step_timed_out: "A step ran longer than it may. It may still be running.",
  outcome_unknown: "Nobody can tell whether the step ran to its end. Look at the system itself.",
  agent_lost: "The agent stopped answering. What it was doing is not known yet.",
  panic: "Panic is on: running processes are frozen and every approval was revoked.",
  party: "The product halted itself because one of its own promises was broken.",
  human: "Somebody paused the run.",
  rollback: "A step is being undone, or was. Look, then go on, try it again, or undo more.",
};

function pauseReason({ state, panic }: ExecutionView): string | null {
  if (state.pause === null) return null;
  if (state.pause.reason === "panic" && !panic)
    return "Panic was on and is lifted. Nothing goes on by itself: resume when you have looked.";
  return pauseWords[state.pause.reason];
}

function statusReason(view: ExecutionView): string | null {
  const { state } = view;
  if (state.status === "paused") return pauseReason(view);
  if (state.status === "stalled") return "An approval was open for 30 minutes. Resume to look at the step afresh.";
  const waiting = state.steps.map((step) => view.startsAt(step.stepExecutionId)).find((at) => at !== undefined && at > view.nowMs);
  if (waiting !== undefined)
    return `The agent starts the next automatic command in ${Math.ceil((waiting - view.nowMs) / 1000)} s (its own rate limit).`;
  if (state.status !== "running" || view.agentOnline) return null;
  return view.agentWithheld
    ? "The agent runs a program that nobody registered and gets no work; the run goes on when an admin has registered it."
    : "The agent is not connected; the run goes on when it is.";
}

const askedActions = (step: StepState): readonly WireStepAction[] => {
  // Approved already, and counted once more before it leaves.
  if (step.grant !== null) return [];
  return [step.gate === "typed" ? "confirm_typed" : "approve", ...(mayLook(step) ? (["look"] as const) : []), "modify", "skip"];
};

const openActions = (step: StepState): readonly WireStepAction[] => {
  if (step.status === "awaiting_approval") return askedActions(step);
  if (step.status === "suggested") return step.command === null ? ["report", "skip"] : ["report", "modify", "skip"];
  if (step.status === "blocked") return ["modify", "skip"];
  return step.status === "outcome_unknown" || step.status === "manual_intervention" ? ["report"] : [];
};

/** The step that a paused run stopped at: the last one that is settled. */
const pausedAt = (state: ExecutionState): StepState | undefined =>
  state.steps.filter((step) => step.completedAtMs !== null && !isLookUp(step)).at(-1);

/** In a paused run: say what became of the step that nobody knows about, then go on from where it stopped. */
function pausedActions(state: ExecutionState, step: StepState): WireStepAction[] {
  const waits = step.status === "outcome_unknown" || step.status === "manual_intervention";
  // One question at a time: while a way back or a typed command waits, nobody is asked whether to go on.
  const added = state.steps.some((each) => isAdded(each) && !isSettled(each));
  const stopped = !added && pausedAt(state)?.stepExecutionId === step.stepExecutionId;
  return [...(waits ? (["report"] as const) : []), ...(stopped ? (["continue"] as const) : [])];
}

/** What a person added goes on while the runbook waits, and a way back when the run is over. */
function addedActions(state: ExecutionState, step: StepState): readonly WireStepAction[] {
  if (!mayGoOn(state, step)) return [];
  if (state.status === "paused" && isSettled(step)) return pausedActions(state, step);
  return currentStep(state)?.stepExecutionId === step.stepExecutionId || step.status === "outcome_unknown" ? openActions(step) : [];
}

/** The runbook's own steps. */
function plannedActions(state: ExecutionState, step: StepState): readonly WireStepAction[] {
  if (isTerminal(state)) return [];
  if (state.status === "paused") return pausedActions(state, step);
  const current = currentStep(state)?.stepExecutionId === step.stepExecutionId || step.status === "outcome_unknown";
  return state.status === "running" && current ? openActions(step) : [];
}

function actionsOf(state: ExecutionState, step: StepState, panic: boolean): WireStepAction[] {
  if (panic) return [];
  return [...(isAdded(step) ? addedActions(state, step) : plannedActions(state, step))];
}

/** The template's stored decision, told about the text as it is now. */
function classificationOf(step: StepState, record: StepRecord | undefined): WireClassification | null {
  const text = step.prepared?.command ?? step.command;
  if (text === null || record?.classification == null) return null;
  const shown = wireStoredClassification(text, scan(text), record.classification);
  return step.prepared === null ? shown : { ...shown, risk: step.prepared.risk };
}

function outcomeOf(step: StepState): WireStepExecution["outcome"] {
  if (step.status === "outcome_unknown") return "unknown";
  if (step.status === "timed_out") return "timed_out";
  if (step.result === null) return null;
  if (step.status === "failed") return "failed";
  const { exitCode } = step.result;
  if (exitCode === 0) return "ok";
  const answers = step.prepared?.answerCodes.at(-1) ?? [];
  return exitCode !== null && answers.includes(exitCode) ? "answer" : "failed";
}

const noResult = { exit_code: null, members: [], duration_ms: null, stdout_sha256: null, stderr_sha256: null, truncated: false };

/** What came of an attempt, and when. */
const resultFields = (step: StepState) => ({
  ...(step.result === null ? noResult : reportedFields(step.result, programsOf(step))),
  outcome: outcomeOf(step),
  asked_at: step.status === "awaiting_approval" || step.status === "suggested" ? time(step.requestedAtMs) : null,
  started_at: time(step.startedAtMs),
  completed_at: time(step.completedAtMs),
});

/** Programs of the plan by pipeline and position, for naming what ended how. */
const programsOf = (step: StepState): readonly (readonly string[])[] =>
  (scan(step.prepared?.command ?? "").plan?.lists ?? [])
    .flatMap((list) => [list.first, ...list.rest.map(({ pipeline }) => pipeline)])
    .map(({ members }) => members.map(({ argv }) => argv[0] ?? ""));

const reportedFields = (result: NonNullable<StepState["result"]>, programs: readonly (readonly string[])[]) => ({
  exit_code: result.exitCode,
  members: result.members.map(({ pipeline, member, exitCode, signal }) => ({
    program: programs[pipeline]?.[member] ?? `process ${member + 1}`,
    exit_code: exitCode,
    signal,
  })),
  duration_ms: result.durationMs,
  stdout_sha256: result.stdoutHash,
  stderr_sha256: result.stderrHash,
  truncated: result.truncated,
});

/** Where the step stands in its runbook. */
function templateFields(view: ExecutionView, step: StepState) {
  const parsed = step.origin === "runbook" ? view.material.version.parsed.steps[step.order - 1] : undefined;
  return {
    step_id: step.stepId,
    order: step.order,
    sub: step.sub,
    label: step.label,
    kind: step.kind,
    section: recordOf(view, step)?.section ?? null,
    description: step.description,
    expected_output: step.expectedOutput,
    clarification: parsed?.clarification ?? null,
    source_lines: parsed === undefined ? null : ([parsed.source_lines[0], parsed.source_lines[1]] as [number, number]),
  };
}

/** What would run, or ran, as it was rendered last; before the first rendering, as the runbook has it. */
function renderedFields(step: StepState) {
  const { prepared } = step;
  if (prepared === null)
    return {
      command: step.command,
      rollback_command: step.rollbackCommand,
      risk: step.templateRisk ?? (step.command === null ? ("safe" as const) : ("unknown" as const)),
      confirmations: [],
      digest: null,
      timeout_ms: step.timeoutMs ?? 60_000,
    };
  return {
    command: prepared.command,
    rollback_command: prepared.rollbackCommand,
    risk: prepared.risk,
    confirmations: prepared.targets.map(({ kind, text }) => ({ kind, name: text, namespace: null })),
    digest: prepared.digest,
    timeout_ms: prepared.run.timeoutMs,
  };
}

const recordOf = (view: ExecutionView, step: StepState): StepRecord | undefined =>
  view.material.steps.find((each) => each.stepId === step.stepId);

const stillRunning = (view: ExecutionView, { stepExecutionId }: StepState): { processes: number } | null => {
  const found = view.surviving.find((each) => each.stepExecutionId === stepExecutionId);
  return found === undefined ? null : { processes: found.processes };
};

const wireStep = (view: ExecutionView, step: StepState): WireStepExecution => ({
  id: step.stepExecutionId,
  ...templateFields(view, step),
  ...renderedFields(step),
  ...resultFields(step),
  missing_variables: missingVariables(view.state, step, view.material),
  origin: step.origin,
  parent_id: step.parentStepExecutionId,
  way_back: wireWayBack(view, step),
  look: wireLook(view.state, step),
  retry: wireRetry(view, step),
  still_running: stillRunning(view, step),
  stoppable: isStoppable(view.state, step),
  status: step.status,
  original_command: step.originalCommand,
  was_modified: step.wasModified,
  classification: classificationOf(step, recordOf(view, step)),
  gate: step.gate,
  gate_reason: gateReason(step),
  gate_decided_by: gateLayer(step),
  attempt: step.attempt,
  actions: actionsOf(view.state, step, view.panic),
  refusal: step.refusal === null ? null : { code: step.refusal.code, message: step.refusal.message },
  approved_by: step.grant === null ? null : wireActor({ type: "user", id: step.grant.approver, via: "web" }, view.names),
  note: step.note ?? step.approvalNote,
});

export function wireSummary(listing: ExecutionListing, names: MemberNames, reason: string | null): WireExecutionSummary {
  return {
    id: listing.id,
    runbook_id: listing.runbookId,
    runbook_title: listing.runbookTitle,
    runbook_version: listing.runbookVersion,
    agent_id: listing.agentId ?? "00000000-0000-0000-0000-000000000000",
    agent_name: listing.agentName ?? "",
    status: listing.status,
    trust_level: listing.trustLevel ?? 0,
    governance_mode: listing.governanceMode ?? "strict",
    trigger_source: listing.triggerSource,
    triggered_by: wireActor({ type: "user", id: listing.triggeredBy, via: "web" }, names),
    steps_total: listing.stepsTotal,
    steps_executed: listing.stepsExecuted,
    steps_skipped: listing.stepsSkipped,
    steps_failed: listing.stepsFailed,
    status_reason: reason,
    started_at: (listing.startedAt ?? listing.createdAt).toISOString(),
    completed_at: listing.completedAt?.toISOString() ?? null,
    mttr_seconds: listing.status === "completed" ? listing.mttrSeconds : null,
  };
}

/** While a look-up runs a human looks at the step that it looks for. */
function currentShown(state: ExecutionState): StepState | null {
  const step = currentStep(state);
  if (step === null || !isLookUp(step)) return step;
  return state.steps.find(({ stepExecutionId }) => stepExecutionId === step.parentStepExecutionId) ?? step;
}

/** The step that a human looks at; in a run that is over, a way back that is open or of which nobody knows what became. */
function currentStepId(state: ExecutionState): string | null {
  const unknown = state.steps.find((step) => step.origin === "rollback" && step.status === "outcome_unknown");
  const step = currentShown(state);
  if (!isTerminal(state)) return step?.stepExecutionId ?? null;
  return (step !== null && isAdded(step) && mayGoOn(state, step) ? step : unknown)?.stepExecutionId ?? null;
}

function wireMttr(state: ExecutionState): WireExecution["mttr"] {
  const found = mttrOf(state);
  return found === null
    ? null
    : { seconds: found.seconds, since: found.since, since_at: new Date(found.sinceMs).toISOString(), doubt: found.doubt };
}

const wireAlertOf = ({ alertId, alertBegan }: ExecutionState): WireExecution["alert"] =>
  alertId === null
    ? null
    : { id: alertId, started_at: time(alertBegan?.startedAtMs ?? null), received_at: time(alertBegan?.receivedAtMs ?? null) };

export function wireExecution(view: ExecutionView): WireExecution {
  const { state, material } = view;
  return {
    ...wireSummary(view.listing, view.names, statusReason(view)),
    // The list's row is read after the state and may be a moment ahead of it.
    status: state.status,
    mttr: wireMttr(state),
    alert: wireAlertOf(state),
    agent_online: view.agentOnline,
    ...wirePeople(view),
    ...wireBranches(state, view.names),
    panic: view.panic,
    dangerous_step_up: view.policy.dangerousStepUp,
    variables: wireVariables(state, material),
    outside_actions: wireOutside(state, view.names),
    checklist: state.checklist.map(({ id, description }) => ({ id, description, confirmed: state.checklistConfirmed.includes(id) })),
    current_step_id: currentStepId(state),
    can_unwind: isFree(view) && state.steps.some((step) => refuseUnlessUndoable(state, step) === null),
    can_run_unlisted: isFree(view) && !isTerminal(state),
    steps: state.steps.filter((step) => !isLookUp(step)).map((step) => wireStep(view, step)),
    last_seq: state.version,
    server_time: new Date(view.nowMs).toISOString(),
  };
}
