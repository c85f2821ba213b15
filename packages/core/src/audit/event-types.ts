// Every event type that may stand in an audit chain: the spec's names and the added ones (docs/decisions/0300).
// The envelope accepts no other; a test of the server proves that each is emitted somewhere.
import type { ExecutionEventType } from "../execution/events.ts";

const executionTypes = {
  "execution.created": true,
  "execution.started": true,
  "execution.preflight_confirmed": true,
  "execution.paused": true,
  "execution.resumed": true,
  "execution.stalled": true,
  "execution.completed": true,
  "execution.aborted": true,
  "execution.timed_out": true,
  "step.auto_executed": true,
  "step.approval_requested": true,
  "step.suggested": true,
  "step.blocked": true,
  "step.manual_requested": true,
  "step.modified": true,
  "step.added": true,
  "step.retry_requested": true,
  "step.approval_reminded": true,
  "step.approval_revoked": true,
  "step.approved": true,
  "step.rejected": true,
  "step.skipped": true,
  "step.dispatched": true,
  "step.accepted": true,
  "step.refused": true,
  "step.output_recorded": true,
  "step.executed": true,
  "step.failed": true,
  "step.timed_out": true,
  "step.outcome_unknown": true,
  "step.reported": true,
  "step.rolled_back": true,
  "step.unlisted_action": true,
  "runbook.trust_downgraded": true,
} as const satisfies Readonly<Record<ExecutionEventType, true>>;

/** Whether events of this type make up an execution's history. */
export const isExecutionEventType = (type: string): type is ExecutionEventType => Object.hasOwn(executionTypes, type);

/** Events that belong to no single execution. */
const otherTypes = [
  "runbook.created",
  "runbook.parsed",
  "runbook.classified",
  "runbook.updated",
  "runbook.deleted",
  "runbook.trust_promoted",
  "divergence.detected",
  "agent.token_created",
  "agent.registered",
  "agent.certificate_renewed",
  "agent.connected",
  "agent.revoked",
  "agent.heartbeat_lost",
  "agent.journal_replaced",
  "panic.activated",
  "panic.acknowledged",
  "panic.cleared",
  "panic_webhook.created",
  "panic_webhook.revoked",
  "party_mode.activated",
  "party_mode.clear_agreed",
  "party_mode.cleared",
  "policy.changed",
  "advisor.retired",
  "tenant.created",
  "member.added",
  "member.role_changed",
  "api_key.created",
  "api_key.revoked",
  "session.signed_in",
  "audit.exported",
  "audit.witness_contradicted",
  "audit.archived",
  "audit.partition_dropped",
] as const;

export type AuditEventType = ExecutionEventType | (typeof otherTypes)[number];

/** All of them, those of one execution first. */
export const auditEventTypes: readonly AuditEventType[] = [...(Object.keys(executionTypes) as ExecutionEventType[]), ...otherTypes];
