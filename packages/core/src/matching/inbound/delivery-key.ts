// "Have I seen this delivery?": the name under which a delivery is known, and for how long. Senders without an id are known by what they said.
import type { Sha256 } from "../../utf8.ts";
import { utf8Bytes } from "../../utf8.ts";
import type { AlertSource } from "./inbound-alert.ts";
import { asList, asObject, asText } from "./read-json.ts";

const hourMs = 3_600_000;

export interface DeliveryKey {
  readonly key: string;
  /** A delivery with the same key within this time is the same one. */
  readonly windowMs: number;
}

/** PagerDuty tries for two days. */
const idWindowMs = 72 * hourMs;
const hashWindowMs = 24 * hourMs;

type Headers = (name: string) => string | null;

const ofGroup = (body: unknown): string => {
  const { groupKey, alerts, orgId } = asObject(body);
  const entries = asList(alerts).map((entry) => {
    const { fingerprint, labels, status, startsAt } = asObject(entry);
    return JSON.stringify([fingerprint ?? labels, status, startsAt]);
  });
  return JSON.stringify([groupKey, orgId, entries.sort()]);
};

const given = (source: AlertSource, headers: Headers): string | null => {
  if (source === "pagerduty") return headers("x-webhook-id");
  if (source === "generic" || source === "dd0c-alert") return headers("idempotency-key") ?? headers("webhook-id");
  return null;
};

/** @param bodySha256 of the raw bytes. @param body the same, parsed */
export function deliveryKey(source: AlertSource, headers: Headers, body: unknown, bodySha256: string, sha256: Sha256): DeliveryKey {
  const id = asText(given(source, headers));
  if (id !== null) return { key: `id:${id.slice(0, 300)}`, windowMs: idWindowMs };
  if (source === "pagerduty") {
    const event = asText(asObject(asObject(body)["event"])["id"]);
    if (event !== null) return { key: `event:${event.slice(0, 300)}`, windowMs: idWindowMs };
  }
  // A reminder of the same group with the same alerts says nothing new, whatever its texts count up.
  const isGroup = (source === "alertmanager" || source === "grafana") && asList(asObject(body)["alerts"]).length > 0;
  return isGroup
    ? { key: `group:${sha256(utf8Bytes(ofGroup(body)))}`, windowMs: hashWindowMs }
    : { key: `body:${bodySha256}`, windowMs: hashWindowMs };
}
