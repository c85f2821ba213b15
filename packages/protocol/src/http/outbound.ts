// What is told to the outside, as admins see it: endpoints of webhooks, deliveries with their attempts, and what was sent.
import { z } from "zod";
import { isoTime, pageQuery, uuid } from "./primitives.ts";

export const deliveryState = z.enum(["waiting", "delivered", "given_up", "cancelled"]);
export const outboundKind = z.enum(["webhook", "pagerduty", "opsgenie", "dd0c-alert"]);

const eventTypes = z.array(z.string().max(100)).max(100);

export const webhookEndpoint = z.object({
  id: uuid,
  url: z.string(),
  description: z.string(),
  /** Empty: every type of event. */
  event_types: eventTypes,
  enabled: z.boolean(),
  /** `person`: somebody switched it off. `gone`: the receiver answered 410. `failing`: nothing went through for five days. */
  disabled_reason: z.enum(["person", "gone", "failing"]).nullable(),
  disabled_at: isoTime.nullable(),
  /** Since when every attempt has failed. */
  failing_since: isoTime.nullable(),
  /** Secrets that sign now, newest first. */
  secrets: z.array(z.object({ created_at: isoTime, expires_at: isoTime.nullable() })),
  created_at: isoTime,
});

const url = z.string().trim().min(1).max(2_000);
const description = z.string().trim().max(200);

export const webhookEndpointRequest = z.object({ url, description: description.default(""), event_types: eventTypes.default([]) });
export const webhookEndpointChange = z.object({
  url: url.optional(),
  description: description.optional(),
  event_types: eventTypes.optional(),
  enabled: z.boolean().optional(),
});
/** The secret is shown once. */
export const createdWebhookEndpoint = webhookEndpoint.extend({ secret: z.string() });
export const rotateEndpointRequest = z.object({
  /** How long deliveries are signed with the secrets before as well. */
  overlap_hours: z.int().min(0).max(168).default(24),
});

/** A type of event that webhooks send. */
export const webhookEventType = z.object({ name: z.string(), meaning: z.string() });

export const outboundDelivery = z.object({
  /** The receiver knows it by this id, however often it is sent. */
  id: uuid,
  kind: outboundKind,
  /** The endpoint or integration that it goes to. */
  target_id: uuid,
  event_type: z.string(),
  execution_id: uuid.nullable(),
  state: deliveryState,
  attempts: z.int(),
  /** Null where nothing is tried any more. */
  next_attempt_at: isoTime.nullable(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
  created_at: isoTime,
  delivered_at: isoTime.nullable(),
});

export const outboundAttempt = z.object({
  attempt: z.int(),
  outcome: z.enum(["delivered", "retry", "gone", "refused"]),
  status: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.int(),
  at: isoTime,
});

export const outboundDeliveryDetail = outboundDelivery.extend({
  /** What is sent, as text. */
  payload: z.string(),
  /** Those whose end is known, oldest first. */
  attempt_log: z.array(outboundAttempt),
});

export const outboundQuery = pageQuery.extend({ target_id: uuid.optional(), state: deliveryState.optional() });

export type WireWebhookEndpoint = z.infer<typeof webhookEndpoint>;
export type WireOutboundDelivery = z.infer<typeof outboundDelivery>;
