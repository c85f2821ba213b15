// Alerts as people see them: what came, what matched and why, what happened; and the integrations that they come through.
// Every text of an alert was chosen by an outsider: faces escape it, and never follow its links by themselves.
import { z } from "zod";
import { mttr } from "./execution.ts";
import { actor, isoTime, pageQuery, uuid } from "./primitives.ts";

export const alertSource = z.enum(["pagerduty", "opsgenie", "alertmanager", "grafana", "dd0c-alert", "generic"]);
export const alertStatus = z.enum(["firing", "acknowledged", "resolved"]);
export const matchState = z.enum(["waiting", "matched", "unmatched", "not_needed"]);
export const severity = z.enum(["critical", "high", "medium", "low", "info"]);
export const offerStatus = z.enum(["open", "started", "dismissed", "lapsed"]);

const link = z.object({ title: z.string().nullable(), url: z.string() });

/** How many commands of each risk; `manual` counts steps without a command. */
const riskCounts = z.object({ safe: z.int(), caution: z.int(), unknown: z.int(), dangerous: z.int(), manual: z.int() });

/** A variable of the runbook and what the alert says about it; `value` null: a person is asked. */
const filling = z.object({
  name: z.string(),
  value: z.string().nullable(),
  /** Where it stands in the alert: "service", "label namespace". */
  from: z.string().nullable(),
  /** The value is no plain word: a person types it (ruling 23). */
  needs_typing: z.boolean(),
});

export const alertMatch = z.object({
  runbook_id: uuid,
  /** Null: deleted since. */
  runbook_title: z.string().nullable(),
  /** 0..1: the share of matches like this one that are right. */
  confidence: z.number(),
  reasons: z.array(z.object({ signal: z.string(), text: z.string() })),
  counts: riskCounts,
  variables: z.array(filling),
});

export const alertOffer = z.object({
  id: uuid,
  status: offerStatus,
  /** Alerts of this kind that came together; `open`: not over yet. */
  alerts: z.object({ all: z.int(), open: z.int() }),
  /** The run that waits for its start, or was started; null until the offer is posted. */
  execution_id: uuid.nullable(),
  created_at: isoTime,
  posted_at: isoTime.nullable(),
  decided_by: actor.nullable(),
  decided_at: isoTime.nullable(),
  decide_reason: z.string().nullable(),
});

export const alertSummary = z.object({
  id: uuid,
  source: z.string(),
  integration_id: uuid,
  integration_name: z.string(),
  status: alertStatus,
  severity,
  title: z.string(),
  name: z.string().nullable(),
  service: z.string().nullable(),
  environment: z.string().nullable(),
  region: z.string().nullable(),
  match_state: matchState,
  /** The best match. */
  runbook: z.object({ id: uuid, title: z.string(), confidence: z.number() }).nullable(),
  offer: z.object({ id: uuid, status: offerStatus, execution_id: uuid.nullable() }).nullable(),
  opened_at: isoTime,
  resolved_at: isoTime.nullable(),
  received_at: isoTime,
});

const alertEvent = z.object({
  change: z.enum(["opened", "reopened", "acknowledged", "resolved", "noted", "other"]),
  delivery_id: uuid,
  occurred_at: isoTime.nullable(),
  received_at: isoTime,
  /** False: late or repeated; it changed nothing. */
  counted: z.boolean(),
});

const delivery = z.object({
  id: uuid,
  received_at: isoTime,
  /** How often the same delivery came again. */
  repeats: z.int(),
  headers: z.record(z.string(), z.string()),
  /** As it was sent, at most 64 KiB of it. */
  body: z.string(),
  body_bytes: z.int(),
  problem: z.string().nullable(),
  truncated_alerts: z.int(),
});

/** What the copilot took, measured as `mttr` of an execution is. */
const withCopilot = z.object({
  /** The run that was started for this alert and completed. */
  run: mttr.extend({ execution_id: uuid }).nullable(),
  /** Completed runs for alerts of this kind in the last 90 days, this one included; `median_seconds` null where there are none. */
  runs: z.int(),
  median_seconds: z.int().nullable(),
});

/** What became of a note or a resolve. */
const told = z.object({
  delivery_id: uuid,
  state: z.enum(["waiting", "delivered", "given_up", "cancelled"]),
  /** What the last attempt came to, where it says something. */
  said: z.string().nullable(),
  delivered_at: isoTime.nullable(),
});

const alertClosing = z.object({
  provider: alertSource,
  note: told.nullable(),
  resolve: told.nullable(),
  /** Why nobody can ask for a resolve now; null where somebody can. */
  resolve_refusal: z.string().nullable(),
});

export const alert = alertSummary.extend({
  with_copilot: withCopilot,
  /** Null: the integration tells its provider nothing. */
  closing: alertClosing.nullable(),
  raw_severity: z.string().nullable(),
  description: z.string().nullable(),
  team: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
  deployment: z.string().nullable(),
  deployed_at: z.string().nullable(),
  runbook_url: z.string().nullable(),
  links: z.array(link),
  /** False: only its end came, so nothing was started. */
  seen_firing: z.boolean(),
  /** The sender gave less than it has. */
  is_partial: z.boolean(),
  matched_at: isoTime.nullable(),
  matches: z.array(alertMatch),
  alert_offer: alertOffer.nullable(),
  events: z.array(alertEvent),
  deliveries: z.array(delivery),
});

export const alertQuery = pageQuery.extend({
  status: alertStatus.optional(),
  match: matchState.optional(),
  service: z.string().max(200).optional(),
  /** The first alert of each offer with this status. */
  offer: offerStatus.optional(),
});

export const startAlertRequest = z.object({
  /** Left out: the best match. */
  runbook_id: uuid.optional(),
  agent_id: uuid.optional(),
  variable_overrides: z.record(z.string(), z.string().max(4_096)).optional(),
  beside_live_run: z.boolean().optional(),
});
export const dismissAlertRequest = z.object({ reason: z.string().max(2_000).optional() });

/** What an alert must say; every field given must agree, `*` stands for any text. */
const criteria = z.object({
  source: z.string().max(500).optional(),
  name: z.string().max(500).optional(),
  title: z.string().max(500).optional(),
  service: z.string().max(500).optional(),
  team: z.string().max(500).optional(),
  labels: z.record(z.string().max(200), z.string().max(500)).optional(),
});
export const mappingRequest = z.object({ runbook_id: uuid, criteria });
export const mapping = z.object({
  id: uuid,
  runbook_id: uuid,
  runbook_title: z.string(),
  criteria,
  created_by: actor,
  created_at: isoTime,
});

/** How another system's JSON becomes an alert: for each field the sources of which the first with a text counts. */
export const alertMap = z.object({
  /** Path to the alerts where one delivery has several; null: it is one. */
  each: z.string().max(500).nullable(),
  /** `$.a.b`, `/a/b`, `$$.a` (from the whole delivery) or `=text`. */
  fields: z.record(z.string(), z.array(z.string().max(500)).max(10)),
  /** Path to an object whose texts become labels. */
  labels: z.string().max(500).nullable(),
});

/** What the provider of alerts is told when a run that one of them led to is over. The token is never shown. */
export const closing = z.object({
  note: z.boolean(),
  /** `when_asked`: a person says so. `when_completed`: every completed run does. */
  resolve: z.enum(["never", "when_asked", "when_completed"]),
  api_url: z.string(),
  /** The provider's user in whose name it is done. */
  acts_as: z.string().nullable(),
  changed_by: actor,
  changed_at: isoTime,
});

export const closingRequest = z.object({
  note: z.boolean(),
  resolve: closing.shape.resolve,
  api_url: z.string().trim().min(1).max(500),
  acts_as: z.string().trim().min(1).max(320).nullable().default(null),
  /** Left out: the one before stays, unless the address is another. */
  token: z.string().max(2_000).optional(),
});

export const integration = z.object({
  id: uuid,
  kind: alertSource,
  name: z.string(),
  /** Path below the server's address that the other system calls. */
  path: z.string(),
  alert_map: alertMap.nullable(),
  /** Secrets that are good now, newest first. */
  secrets: z.array(z.object({ created_at: isoTime, expires_at: isoTime.nullable() })),
  last_delivery_at: isoTime.nullable(),
  /** The last delivery that no alert came out of. */
  last_problem: z.object({ problem: z.string(), at: isoTime }).nullable(),
  /** Null: nothing is told. */
  closing: closing.nullable(),
  created_at: isoTime,
});

/** `secret`: one that the other system made (PagerDuty does); left out: we make one. */
const givenSecret = z
  .string()
  .min(16)
  .max(500)
  .regex(/^[\x21-\x7e]+$/);
export const integrationRequest = z.object({
  kind: alertSource,
  name: z.string().trim().min(1).max(100),
  secret: givenSecret.optional(),
  alert_map: alertMap.nullable().optional(),
});
/** The secret is shown once. */
export const createdIntegration = integration.extend({ secret: z.string() });
export const integrationChange = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  alert_map: alertMap.nullable().optional(),
});
export const rotateRequest = z.object({
  /** How long the secrets before stay good beside the new one. */
  overlap_hours: z.int().min(0).max(168).default(24),
  secret: givenSecret.optional(),
});

export const tryMapRequest = z.object({ alert_map: alertMap.nullable(), sample: z.string().max(262_144) });
export const triedMap = z.object({
  problem: z.string().nullable(),
  field_problems: z.array(z.object({ field: z.string(), problem: z.string() })),
  truncated: z.int(),
  alerts: z.array(
    z.object({
      change: z.string(),
      alert_id: z.string(),
      title: z.string().nullable(),
      severity: z.string().nullable(),
      fields: z.record(z.string(), z.string()),
      labels: z.record(z.string(), z.string()),
    }),
  ),
});

export type WireAlert = z.infer<typeof alert>;
export type WireAlertSummary = z.infer<typeof alertSummary>;
export type WireAlertMatch = z.infer<typeof alertMatch>;
export type WireAlertOffer = z.infer<typeof alertOffer>;
export type WireAlertMap = z.infer<typeof alertMap>;
export type WireIntegration = z.infer<typeof integration>;
export type WireTriedMap = z.infer<typeof triedMap>;
export type WireAlertMapping = z.infer<typeof mapping>;
