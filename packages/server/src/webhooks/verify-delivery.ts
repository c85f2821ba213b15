// Who sent this? Raw bytes, headers and the integration's secrets go in; yes, or a sentence for the sender's own administrator, comes out.
// Signatures are checked over the bytes as they came, before anybody parses them, and every comparison takes the same time.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { AlertSource } from "@dd0c/core";

export type Headers = (name: string) => string | null;

export interface Received {
  readonly headers: Headers;
  readonly body: Buffer;
  readonly nowMs: number;
}

/** Null: it was sent by somebody who has the secret. */
export type Unproven = string | null;

/** How far a signed time may be from ours, either way. */
const toleranceMs = 5 * 60_000;

/** Also for texts of different lengths. */
const isSame = (a: string | Buffer, b: string | Buffer): boolean =>
  timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());

const hexMac = (secret: string, ...parts: readonly (string | Buffer)[]): string => {
  const mac = createHmac("sha256", secret);
  for (const part of parts) mac.update(part);
  return mac.digest("hex");
};

/** `v1=<hex>[,v1=<hex>...]`; other versions are passed over. @source PagerDuty developer-docs, docs/webhooks */
function pagerduty({ headers, body }: Received, secrets: readonly string[]): Unproven {
  const header = headers("x-pagerduty-signature");
  if (header === null) return "The header X-PagerDuty-Signature is missing.";
  const given = header.split(",").flatMap((one) => /^v1=([0-9a-f]{64})$/.exec(one.trim())?.[1] ?? []);
  if (given.length === 0) return "X-PagerDuty-Signature has no signature of version v1.";
  const isOurs = given.some((mac) => secrets.some((secret) => isSame(mac, hexMac(secret, body))));
  return isOurs
    ? null
    : "No signature in X-PagerDuty-Signature is made with this integration's secret. PagerDuty makes that secret: give it as the integration's new secret.";
}

const secondsNear = (text: string, nowMs: number): boolean =>
  /^\d{1,12}$/.test(text) && Math.abs(Number(text) * 1_000 - nowMs) <= toleranceMs;

/** `<unix seconds>:<body>`; the time is required. @source grafana/alerting http/hmac.go */
function grafana({ headers, body, nowMs }: Received, signature: string, secrets: readonly string[]): Unproven {
  const seconds = headers("x-grafana-alerting-timestamp");
  if (seconds === null) return "Set the timestamp header of the contact point's HMAC to X-Grafana-Alerting-Timestamp.";
  if (!secondsNear(seconds, nowMs)) return "The signed time is more than five minutes away from ours.";
  return secrets.some((secret) => isSame(signature, hexMac(secret, `${seconds}:`, body)))
    ? null
    : "X-Grafana-Alerting-Signature is not made with this integration's secret.";
}

/** The bytes that a `whsec_` secret stands for. */
const webhookKey = (secret: string): Buffer =>
  secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : Buffer.from(secret, "utf8");

/** `{id}.{timestamp}.{body}` in base64 behind `v1,`. @source Standard Webhooks 1.0.0 */
function standardWebhook({ headers, body, nowMs }: Received, signature: string, secrets: readonly string[]): Unproven {
  const [id, seconds] = [headers("webhook-id"), headers("webhook-timestamp")];
  if (id === null || seconds === null) return "webhook-signature comes with webhook-id and webhook-timestamp.";
  if (!secondsNear(seconds, nowMs)) return "The signed time is more than five minutes away from ours.";
  const due = secrets.map((secret) => createHmac("sha256", webhookKey(secret)).update(`${id}.${seconds}.`).update(body).digest("base64"));
  const given = signature.split(" ").flatMap((one) => /^v1,(\S+)$/.exec(one)?.[1] ?? []);
  return given.some((mac) => due.some((each) => isSame(mac, each)))
    ? null
    : "webhook-signature is not made with this integration's secret.";
}

/** The secret itself, as a bearer token or as the password of Basic. */
function presented({ headers }: Received, secrets: readonly string[]): Unproven {
  if (headers("authorization") === null)
    return "The Authorization header is missing: send this integration's secret as a bearer token, or as the password of Basic.";
  const [, scheme = "", value = ""] = /^(\S+) (\S{1,2000})$/.exec(headers("authorization") ?? "") ?? [];
  const basic = Buffer.from(value, "base64").toString("utf8");
  const secret = scheme.toLowerCase() === "basic" ? basic.slice(basic.indexOf(":") + 1) : value;
  if (!["basic", "bearer"].includes(scheme.toLowerCase())) return "The Authorization header is neither Bearer nor Basic.";
  return secrets.some((each) => isSame(secret, each)) ? null : "The secret in the Authorization header is not this integration's.";
}

export function verifyDelivery(source: AlertSource, received: Received, secrets: readonly string[]): Unproven {
  if (source === "pagerduty") return pagerduty(received, secrets);
  const ofGrafana = source === "grafana" ? received.headers("x-grafana-alerting-signature") : null;
  if (ofGrafana !== null) return grafana(received, ofGrafana, secrets);
  const signature = source === "generic" || source === "dd0c-alert" ? received.headers("webhook-signature") : null;
  return signature === null ? presented(received, secrets) : standardWebhook(received, signature, secrets);
}
