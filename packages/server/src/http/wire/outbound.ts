// Records of what is told to the outside -> their wire form. No secret is in a record.
import type { CallAnswer, WireOutboundDelivery, WireWebhookEndpoint } from "@dd0c/protocol/http";
import type { EndpointView } from "../../app/webhook-endpoints.ts";
import type { OutboundAttempt, OutboundDelivery } from "../../db/index.ts";
import { type CloudEvent, cloudEventBody } from "../../outbound/cloud-event.ts";

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const wireEndpoint = ({ endpoint, secrets }: EndpointView): WireWebhookEndpoint => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  event_types: [...endpoint.eventTypes],
  enabled: endpoint.enabled,
  disabled_reason: endpoint.disabledReason,
  disabled_at: time(endpoint.disabledAt),
  failing_since: time(endpoint.failingSince),
  secrets: secrets.map(({ createdAt, expiresAt }) => ({ created_at: createdAt.toISOString(), expires_at: time(expiresAt) })),
  created_at: endpoint.createdAt.toISOString(),
});

export const wireDelivery = (delivery: OutboundDelivery): WireOutboundDelivery => ({
  id: delivery.id,
  kind: delivery.kind,
  target_id: delivery.targetId,
  event_type: delivery.eventType,
  execution_id: delivery.executionId,
  state: delivery.state,
  attempts: delivery.attempts,
  next_attempt_at: delivery.state === "waiting" ? delivery.nextAttemptAt.toISOString() : null,
  last_status: delivery.lastStatus,
  last_error: delivery.lastError,
  created_at: delivery.createdAt.toISOString(),
  delivered_at: time(delivery.deliveredAt),
});

/** Webhooks: the very bytes. Others put the payload into requests of their own. */
const sentText = ({ kind, payload }: OutboundDelivery): string =>
  kind === "webhook" ? cloudEventBody(payload as CloudEvent) : JSON.stringify(payload);

export const wireDeliveryDetail = (
  delivery: OutboundDelivery,
  attempts: readonly OutboundAttempt[],
): CallAnswer<"getOutboundDelivery"> => ({
  ...wireDelivery(delivery),
  payload: sentText(delivery),
  attempt_log: attempts.map(({ attempt, outcome, status, error, durationMs, at }) => ({
    attempt,
    outcome,
    status,
    error,
    duration_ms: durationMs,
    at: at.toISOString(),
  })),
});
