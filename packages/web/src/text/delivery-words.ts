// Words for deliveries to the outside.
import type { WireOutboundDelivery, WireWebhookEndpoint } from "@dd0c/protocol/http";

export const DELIVERY_STATE: Readonly<Record<WireOutboundDelivery["state"], string>> = {
  waiting: "Waiting",
  delivered: "Delivered",
  given_up: "Given up",
  cancelled: "Cancelled",
};

export const KIND_NAME: Readonly<Record<WireOutboundDelivery["kind"], string>> = {
  webhook: "Webhook",
  pagerduty: "PagerDuty",
  opsgenie: "OpsGenie",
  "dd0c-alert": "dd0c/alert",
};

/** Why a webhook is off. */
export const OFF_REASON: Readonly<Record<NonNullable<WireWebhookEndpoint["disabled_reason"]>, string>> = {
  person: "Somebody switched it off",
  gone: "Its receiver answered 410: it wants no more events",
  failing: "Nothing went through for five days",
};

const PREFIX = "dev.dd0c.run.";

/** A type of event without what all of them begin with. */
export const shortType = (type: string): string => (type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type);

export const attemptsText = (attempts: number): string => (attempts === 1 ? "1 attempt" : `${attempts} attempts`);
