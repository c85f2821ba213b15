// The public vocabulary of webhooks: what an event of the audit chain is called outside, and the few of its fields that leave.
// A name never changes its meaning; names and fields are only ever added. Fields are chosen one by one and are ids, states and counts: no command, no
// output, no text that a person or an alert wrote, no secret. docs/webhooks.md lists the table, and a test keeps the two equal.
import type { AuditEvent, AuditEventType } from "@dd0c/core";

export interface WebhookEventType {
  /** After `dev.dd0c.run.`. */
  readonly name: string;
  readonly from: AuditEventType;
  readonly meaning: string;
  /** Fields of the recorded event's data that leave, under their own names. */
  readonly fields: readonly string[];
  /** Lists of which only the length leaves. */
  readonly lengths?: readonly string[];
  /** Where one recorded type is several outside. */
  readonly when?: (data: Readonly<Record<string, unknown>>) => boolean;
}

export const eventPrefix = "dev.dd0c.run.";

const counts = ["status", "duration_ms", "mttr_seconds", "steps_executed", "steps_skipped", "steps_failed"];

/** What a person sends to see whether an endpoint works. It is part of no chain. */
export const pingType = `${eventPrefix}ping`;

export const webhookEventTypes: readonly WebhookEventType[] = [
  {
    name: "alert.matched",
    from: "alert.matched",
    meaning: "An alert was matched with a runbook.",
    fields: ["alert_id", "offer_id"],
    lengths: ["matches"],
  },
  {
    name: "execution.started",
    from: "execution.started",
    meaning: "Somebody started a run.",
    fields: ["trigger_source", "trust_level", "governance_mode"],
  },
  { name: "execution.paused", from: "execution.paused", meaning: "A run stands still until a person goes on.", fields: ["reason"] },
  {
    name: "execution.stalled",
    from: "execution.stalled",
    meaning: "An approval has been open for 30 minutes.",
    fields: ["waiting_minutes"],
  },
  { name: "execution.resumed", from: "execution.resumed", meaning: "A run goes on.", fields: ["after"] },
  {
    name: "execution.completed",
    from: "execution.completed",
    meaning: "A run came to its end.",
    fields: counts,
    when: ({ status }) => status !== "failed",
  },
  {
    name: "execution.failed",
    from: "execution.completed",
    meaning: "A run ended, and something in it failed.",
    fields: counts,
    when: ({ status }) => status === "failed",
  },
  {
    name: "execution.aborted",
    from: "execution.aborted",
    meaning: "A person ended a run.",
    fields: ["steps_completed_before_abort", "terminate"],
  },
  {
    name: "execution.timed_out",
    from: "execution.timed_out",
    meaning: "Nobody started or confirmed a run in time.",
    fields: ["in_status"],
  },
  {
    name: "step.approval_requested",
    from: "step.approval_requested",
    meaning: "A step waits for a person's decision.",
    fields: ["risk_level", "requested_from"],
  },
  { name: "step.approved", from: "step.approved", meaning: "A person approved a step.", fields: ["risk_level", "was_modified"] },
  { name: "step.rejected", from: "step.rejected", meaning: "A person refused a step.", fields: [] },
  { name: "step.skipped", from: "step.skipped", meaning: "A person passed over a step.", fields: [] },
  {
    name: "step.executed",
    from: "step.executed",
    meaning: "The command of a step ran and ended, well or not.",
    fields: ["attempt", "exit_code", "duration_ms", "succeeded"],
  },
  {
    name: "step.failed",
    from: "step.failed",
    meaning: "A step that changes something did not succeed.",
    fields: ["attempt", "exit_code", "rollback_available"],
  },
  { name: "step.timed_out", from: "step.timed_out", meaning: "A step ran into its deadline.", fields: ["attempt", "timeout_ms"] },
  {
    name: "step.outcome_unknown",
    from: "step.outcome_unknown",
    meaning: "Nobody knows whether a step ran; a person must look.",
    fields: ["attempt", "cause"],
  },
  {
    name: "step.rolled_back",
    from: "step.rolled_back",
    meaning: "The way back of a step was gone to its end, well or not.",
    fields: ["succeeded", "rollback_exit_code", "rollback_step_execution"],
  },
  {
    name: "divergence.detected",
    from: "divergence.detected",
    meaning: "A finished run was compared with its runbook.",
    fields: ["diverged"],
    lengths: ["skipped_steps", "modified_commands", "unlisted_actions", "reordered_steps", "failed_then_worked"],
  },
  {
    name: "runbook.trust_downgraded",
    from: "runbook.trust_downgraded",
    meaning: "A bad run took a runbook's trust.",
    fields: ["old_level", "new_level"],
  },
  { name: "panic.activated", from: "panic.activated", meaning: "Somebody stopped everything.", fields: ["panic_id", "agents_told"] },
  { name: "panic.cleared", from: "panic.cleared", meaning: "Panic is over; runs stay paused.", fields: ["panic_id"] },
  {
    name: "party_mode.activated",
    from: "party_mode.activated",
    meaning: "An invariant is broken and the organisation is locked.",
    fields: [],
  },
  { name: "party_mode.cleared", from: "party_mode.cleared", meaning: "Admins have looked and lifted the lock.", fields: [] },
];

export const webhookEventNames: ReadonlySet<string> = new Set(webhookEventTypes.map(({ name }) => `${eventPrefix}${name}`));

/** What an event of the chain is called outside; undefined for one that stays inside. */
export const webhookEventOf = ({ type, data }: Pick<AuditEvent, "type" | "data">): WebhookEventType | undefined =>
  webhookEventTypes.find((one) => one.from === type && (one.when?.(data) ?? true));

const isPlain = (value: unknown): boolean => value === null || ["string", "number", "boolean"].includes(typeof value);

/** The chosen fields that are there, each a plain value; a list that was not observed is null. */
export function publicFields(
  { fields, lengths = [] }: Pick<WebhookEventType, "fields" | "lengths">,
  data: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const plain = fields.flatMap((name) => (name in data && isPlain(data[name]) ? [[name, data[name]]] : []));
  const counted = lengths.map((name) => [name, Array.isArray(data[name]) ? data[name].length : null]);
  return Object.fromEntries([...plain, ...counted]) as Readonly<Record<string, unknown>>;
}
