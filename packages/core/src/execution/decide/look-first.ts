// Looking before a decision: the reads that go before a step join the run in front of it, by themselves where the gate lets a proven read
// run by itself, after one click of a person elsewhere. Each runs under a permission of its own; nothing else runs because of them.
import { type Refusal, refuse } from "../../errors.ts";
import { invariant } from "../../invariant.ts";
import type { GateDecision } from "../../trust/gate.ts";
import type { LookCommand } from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  type EngineRules,
  emitter,
  findStep,
  inFlightStep,
  refuseUnlessGoesOn,
  refuseUnlessHuman,
} from "../decision.ts";
import { dispatchEvent } from "../dispatch.ts";
import type { ExecutionEvent } from "../events.ts";
import { expectationOf, grantFor } from "../grant.ts";
import { type LookUp, preparedLook, resultOfLook } from "../look/look-up.ts";
import { toldNothing } from "../look/read-look.ts";
import type { ExecutionState, PreparedStep, StepState, StepTemplate } from "../types.ts";
import { addedTemplate } from "./add-step.ts";
import { type Gated, gatedStep, gateEvents, gateNow } from "./gate-step.ts";
import { lookEndEvents } from "./look-ended.ts";

/** Reads that may go before this rendering and have told nothing about it yet. */
const openLooks = (step: StepState, prepared: PreparedStep, rules: EngineRules): readonly LookUp[] =>
  (prepared.looks ?? []).filter((look) => rules.checkLook(look) && resultOfLook(step.looked, look) === null);

/**
 * True where look-ups run before this step is asked for, without anybody. A way back is asked for at once: it waits for nothing, and a
 * person may still look first.
 */
export function looksByItself(
  state: ExecutionState,
  step: StepState,
  prepared: PreparedStep,
  gate: GateDecision,
  context: DecideContext,
  rules: EngineRules,
): boolean {
  const isAsked = (gate === "ask" || gate === "typed") && prepared.digest !== null;
  if (!isAsked || step.origin === "rollback" || !context.agentOnline) return false;
  const [first] = openLooks(step, prepared, rules);
  return first !== undefined && lookGate(state, step, preparedLook(step.stepExecutionId, first), context, rules).gate === "auto";
}

/** @param step the look-up, or the step that it goes before: they share their place in the runbook */
function lookGate(
  state: ExecutionState,
  { stepId }: Pick<StepState, "stepId">,
  prepared: PreparedStep,
  context: DecideContext,
  rules: EngineRules,
): Gated {
  const look = { origin: "capture", wasModified: false, stepId, templateRisk: null, templateHash: null } as const;
  return gateNow(state, look, prepared, context, rules);
}

/** The look-ups join in front of their step; the first leaves at once. */
export function lookFirst(
  state: ExecutionState,
  step: StepState,
  prepared: PreparedStep,
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const templates = lookTemplates(state, step, openLooks(step, prepared, rules), context);
  const [first] = templates;
  invariant(first?.look !== undefined, "there is something to look up");
  const look = preparedLook(first.stepExecutionId, first.look);
  return accepted(
    ...addLooks(state, step, templates, context),
    ...gateEvents(state, look, lookGate(state, step, look, context, rules), context),
  );
}

function lookTemplates(state: ExecutionState, step: StepState, looks: readonly LookUp[], context: DecideContext): readonly StepTemplate[] {
  const before = state.steps.filter((each) => each.origin === "capture" && each.parentStepExecutionId === step.stepExecutionId).length;
  return looks.map((look, index) => {
    const stepExecutionId = context.lookIds[index];
    invariant(stepExecutionId !== undefined, "an id for every look-up that joins");
    const own = addedTemplate({
      stepExecutionId,
      order: step.order,
      sub: step.sub,
      label: `${step.label}-look${before + index + 1}`,
      origin: "capture",
      parentStepExecutionId: step.stepExecutionId,
      description: `Look before step ${step.label}.`,
      command: look.command,
      timeoutMs: look.run.timeoutMs,
    });
    return { ...own, look };
  });
}

function addLooks(
  state: ExecutionState,
  step: StepState,
  templates: readonly StepTemplate[],
  context: DecideContext,
): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const position = state.steps.indexOf(step);
  return templates.map((template, index) =>
    emit("step.added", template.stepExecutionId, { template, position: position + index, requested_by: context.actor.id }),
  );
}

/** Look-ups that a person allowed: one signed permission per digest. The first leaves at once, under its own. */
export function grantedLooks(
  state: ExecutionState,
  step: StepState,
  looks: readonly LookUp[],
  context: DecideContext,
  rules: EngineRules,
): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const templates = lookTemplates(state, step, looks, context);
  const granted = templates.map((template, index) => {
    const look = looks[index];
    invariant(look !== undefined, "a look-up per template");
    const prepared = preparedLook(template.stepExecutionId, look);
    const grant = grantFor(state, prepared, { approver: context.actor.id, method: "click", nowMs: context.nowMs });
    const gated = gatedStep(prepared, { ...lookGate(state, step, prepared, context, rules), gate: "ask" });
    return {
      prepared,
      grant,
      event: emit("step.look_granted", template.stepExecutionId, { ...gated, granted_by: context.actor.id, grant }),
    };
  });
  const first = granted[0];
  invariant(first !== undefined, "there is something to look up");
  return [
    ...addLooks(state, step, templates, context),
    ...granted.map(({ event }) => event),
    dispatchEvent(state, first.prepared, first.grant, context),
  ];
}

/** @returns the look-ups with a grant each, or HUMAN_REQUIRED, FORBIDDEN, DIGEST_MISMATCH, LOOK_UNAVAILABLE, STEP_IN_FLIGHT, AGENT_OFFLINE, ... */
export function decideLook(state: ExecutionState, command: LookCommand, context: DecideContext, rules: EngineRules): Decision {
  const step = findStep(state, command.stepExecutionId);
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessGoesOn(state, step);
  if (refusal !== null) return refusal;
  if (step?.status !== "awaiting_approval" || step.prepared === null)
    return refuse("STEP_STATE_CONFLICT", "Only a step that waits for approval is looked at.");
  const { prepared } = step;
  const looks = prepared.looks ?? [];
  const denied = refuseUnlessShown(prepared, looks, command, rules) ?? refuseUnlessFree(state, context);
  if (denied !== null) return denied;
  const revoked = emitter(state.id, context)("step.approval_revoked", step.stepExecutionId, { attempt: step.attempt, cause: "look" });
  return accepted(revoked, ...grantedLooks(state, step, looks, context, rules));
}

/** The click covers exactly what was listed, and only what is proven. */
function refuseUnlessShown(prepared: PreparedStep, looks: readonly LookUp[], command: LookCommand, rules: EngineRules): Refusal | null {
  if (looks.length === 0 || !looks.every((look) => rules.checkLook(look))) return refuse("LOOK_UNAVAILABLE");
  const listed = [...command.lookDigests].sort();
  const offered = looks.map(({ digest }) => digest).sort();
  const same =
    prepared.digest === command.digest && listed.length === offered.length && offered.every((digest, at) => digest === listed[at]);
  return same ? null : refuse("DIGEST_MISMATCH");
}

function refuseUnlessFree(state: ExecutionState, context: DecideContext): Refusal | null {
  if (inFlightStep(state) !== null) return refuse("STEP_IN_FLIGHT");
  return context.agentOnline ? null : refuse("AGENT_OFFLINE");
}

/** The turn of a look-up that joined before: it leaves under what permits it, or is given up. It never waits. */
export function takeLook(state: ExecutionState, step: StepState, context: DecideContext, rules: EngineRules): Decision {
  const { look } = step;
  invariant(look !== undefined, "a look-up says what it looks up");
  const prepared = preparedLook(step.stepExecutionId, look);
  if (!context.agentOnline) return giveUp(state, step, "agent_away", context, rules);
  if (!rules.checkLook(look)) return giveUp(state, step, "not_permitted", context, rules);
  if (step.grant !== null) {
    const checked = rules.checkGrant(step.grant, expectationOf(state, prepared), context.nowMs);
    return checked.ok
      ? accepted(dispatchEvent(state, prepared, step.grant, context))
      : giveUp(state, step, "not_permitted", context, rules);
  }
  const gated = lookGate(state, step, prepared, context, rules);
  return gated.gate === "auto"
    ? accepted(...gateEvents(state, prepared, gated, context))
    : giveUp(state, step, "not_permitted", context, rules);
}

function giveUp(
  state: ExecutionState,
  step: StepState,
  failure: "agent_away" | "not_permitted",
  context: DecideContext,
  rules: EngineRules,
): Decision {
  const skipped = emitter(state.id, context)("step.skipped", step.stepExecutionId, {
    skipped_by: context.actor.id,
    reason: failure === "agent_away" ? "The agent was not connected." : "It may no longer run by itself.",
  });
  return accepted(skipped, ...lookEndEvents(state, step, toldNothing(failure), context, rules));
}
