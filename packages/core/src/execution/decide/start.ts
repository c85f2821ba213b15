// From a matched runbook to the first step: create, start, confirm the preflight, or let it lapse.
// Pins trust and agent; nothing can be dispatched before all of this is through.
import { refuse } from "../../errors.ts";
import { isHuman } from "../../trust/actor.ts";
import { refuseUnreviewed } from "../../trust/approval-rules.ts";
import { maxTrustLevel, type TrustLevel } from "../../trust/gate.ts";
import { policyRecord, policySourceRecord } from "../../trust/policy-record.ts";
import type { BranchTemplate } from "../branch/branch-template.ts";
import type { ConfirmPreflightCommand, StartCommand } from "../commands.ts";
import {
  accepted,
  type DecideContext,
  type Decision,
  emitter,
  refuseUnderAlarm,
  refuseUnlessHuman,
  refuseUnlessRole,
  refuseUnlessStatus,
} from "../decision.ts";
import type { ExecutionEvent, ExecutionEventData } from "../events.ts";
import type { AlertBeginning, ExecutionState, VariableValue } from "../types.ts";
import { fillsByItself } from "../variable-value.ts";

export interface NewExecution
  extends Pick<ExecutionState, "tenantId" | "runbookId" | "versionId" | "triggerSource" | "alertId" | "checklist" | "requiredVariables"> {
  readonly id: string;
  readonly variables: readonly VariableValue[];
  readonly steps: ExecutionEventData["execution.created"]["steps"];
  /** Conditions of the runbook; left out where nobody asks them. */
  readonly branches?: readonly BranchTemplate[];
  /** Variables that the run itself will show; they may stay open at the preflight. */
  readonly laterVariables?: readonly string[];
  /** Left out where there is no alert, or none that we took in. */
  readonly alertBegan?: AlertBeginning | undefined;
}

/** The first event of an execution. Values that no human typed count as coming from an alert, whatever the caller calls them. */
export function createExecution(input: NewExecution, context: Pick<DecideContext, "actor" | "nowMs">): ExecutionEvent {
  const typed = isHuman(context.actor);
  const variables = input.variables.map((each) => (each.source === "default" || typed ? each : { ...each, source: "alert" as const }));
  return emitter(input.id, context)("execution.created", null, {
    tenant_id: input.tenantId,
    runbook_id: input.runbookId,
    version_id: input.versionId,
    trigger_source: input.triggerSource,
    triggered_by: context.actor.id,
    alert_id: input.alertId,
    steps: input.steps,
    variables,
    required_variables: input.requiredVariables,
    checklist: input.checklist,
    branches: input.branches ?? [],
    later_variables: input.laterVariables ?? [],
    ...(input.alertBegan === undefined ? {} : { alert_began: recorded(input.alertBegan) }),
  });
}

const recorded = ({ startedAtMs, receivedAtMs }: AlertBeginning) => ({ started_at_ms: startedAtMs, received_at_ms: receivedAtMs });

/** @returns execution.started, or EXECUTION_STATE_CONFLICT, EXECUTION_ABORTED, FORBIDDEN, PANIC_ACTIVE, PARTY_MODE_ACTIVE, REVIEW_REQUIRED */
export function decideStart(state: ExecutionState, command: StartCommand, context: DecideContext): Decision {
  const { policy, version } = context;
  const role = refuseUnlessStatus(state, "pending") ?? refuseUnlessRole(context, "operator");
  const refusal = role ?? refuseUnderAlarm(context) ?? refuseUnreviewed(policy, version);
  if (refusal !== null) return refusal;
  return accepted(
    emitter(state.id, context)("execution.started", null, {
      runbook_version: state.versionId,
      trigger_source: state.triggerSource,
      alert_context: { alert_id: state.alertId },
      triggering_user: context.actor.id,
      trust_level: Math.min(context.trustLevel, policy.maxTrustLevel, maxTrustLevel) as TrustLevel,
      agent_id: command.agentId,
      agent_name: command.agentName,
      governance_mode: policy.governanceMode,
      runbook_trust_level: context.trustLevel,
      policy: policyRecord(policy),
      policy_layers: policySourceRecord(policy),
    }),
  );
}

/** @returns execution.preflight_confirmed, or CHECKLIST_INCOMPLETE, VARIABLE_MISSING, VARIABLE_UNSAFE, VALIDATION_FAILED, HUMAN_REQUIRED, REVIEW_REQUIRED, ... */
export function decideConfirmPreflight(state: ExecutionState, command: ConfirmPreflightCommand, context: DecideContext): Decision {
  const person = refuseUnlessStatus(state, "preflight") ?? refuseUnlessHuman(context, "operator");
  const refusal = person ?? refuseUnreviewed(context.policy, context.version);
  if (refusal !== null) return refusal;
  const open = state.checklist.find((item) => !command.checklist.includes(item.id));
  if (open !== undefined) return refuse("CHECKLIST_INCOMPLETE");
  const known = new Set([...state.requiredVariables, ...state.laterVariables, ...state.variables.map((each) => each.name)]);
  const typed = typedValues(state, command);
  if (!typed.every((each) => known.has(each.name))) return refuse("VALIDATION_FAILED", "A variable is not part of this runbook.");
  const variables = mergeVariables(state.variables, typed);
  const missing = state.requiredVariables.find((name) => !variables.some((each) => each.name === name && each.value !== ""));
  if (missing !== undefined) return refuse("VARIABLE_MISSING", `The variable ${missing} has no value.`);
  const unsafe = variables.find((each) => !fillsByItself(each));
  if (unsafe !== undefined) return refuse("VARIABLE_UNSAFE", `A person has to type the value of ${unsafe.name}.`);
  return accepted(
    emitter(state.id, context)("execution.preflight_confirmed", null, {
      confirmed_by: context.actor.id,
      variables,
      checklist: state.checklist.map((item) => item.id),
    }),
  );
}

/** What a person typed. A value that the run will show and that nobody knows yet stays open. */
function typedValues(state: ExecutionState, command: ConfirmPreflightCommand): readonly VariableValue[] {
  return command.variables.flatMap(({ name, value }): VariableValue[] =>
    value === "" && state.laterVariables.includes(name) ? [] : [{ name, value, source: "manual" }],
  );
}

function mergeVariables(known: readonly VariableValue[], typed: readonly VariableValue[]): readonly VariableValue[] {
  const names = new Set(typed.map((each) => each.name));
  return [...known.filter((each) => !names.has(each.name)), ...typed];
}

/** Nobody started or confirmed it in time. */
export function decideExpire(state: ExecutionState, context: DecideContext): Decision {
  if (state.status !== "pending" && state.status !== "preflight") return accepted();
  return accepted(emitter(state.id, context)("execution.timed_out", null, { in_status: state.status }));
}
