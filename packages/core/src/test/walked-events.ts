// What the random walks of the engine's model must come across, so that they are known to be about something.
// Labels are event types, with what tells two kinds of one type apart.
import type { ExecutionEvent } from "../execution/events.ts";

export function labelOf(event: ExecutionEvent): string {
  if (event.type === "step.approved") return `${event.type} ${event.data.grant.method}`;
  if (event.type === "step.looked") return `${event.type} ${event.data.recheck ? "again" : event.data.result.purpose}`;
  if (event.type === "step.approval_revoked" && event.data.lapse !== undefined) return `${event.type} ${event.data.cause}`;
  return event.type === "step.rolled_back" ? `${event.type} ${event.data.succeeded}` : event.type;
}

/** Nothing asks for it in most seeds. */
export const rareEvent = "execution.timed_out";

/** In the order of their labels. */
export const walkedEvents: readonly string[] = [
  "execution.aborted",
  "execution.branch_answered",
  "execution.branch_asked",
  "execution.completed",
  "execution.created",
  "execution.handed_over",
  "execution.joined",
  "execution.paused",
  "execution.preflight_confirmed",
  "execution.resumed",
  "execution.stalled",
  "execution.started",
  "execution.variable_set",
  "runbook.trust_downgraded",
  "step.accepted",
  "step.added",
  "step.approval_reminded",
  "step.approval_requested",
  "step.approval_revoked",
  "step.approval_revoked set_changed",
  "step.approval_revoked set_unknown",
  "step.approved click",
  "step.approved typed",
  "step.auto_executed",
  "step.blocked",
  "step.dispatched",
  "step.executed",
  "step.failed",
  "step.look_granted",
  "step.looked again",
  "step.looked capture",
  "step.looked twin",
  "step.manual_requested",
  "step.modified",
  "step.outcome_unknown",
  "step.output_recorded",
  "step.refused",
  "step.rejected",
  "step.reported",
  "step.retry_requested",
  "step.rolled_back false",
  "step.rolled_back true",
  "step.skipped",
  "step.stop_requested",
  "step.suggested",
  "step.timed_out",
  "step.timeout_set",
  "step.unlisted_action",
];
