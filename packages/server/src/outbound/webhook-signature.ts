// Standard Webhooks 1.0.0: secrets, and the signature of one attempt. In: id, time and the body's bytes as text. Out: the headers that prove them.
import { createHmac, randomBytes } from "node:crypto";
import { invariant } from "@dd0c/core";

const prefix = "whsec_";

/** 32 random bytes in the form that receivers' libraries take. */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(32).toString("base64")}`;

function signatureOf(secret: string, content: string): string {
  invariant(secret.startsWith(prefix), "a webhook secret begins with whsec_");
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

/**
 * @param secrets all that are good, newest first: a receiver that has any of them can verify
 * @param at of this attempt; sent in whole seconds
 */
export function signedHeaders(id: string, at: Date, body: string, secrets: readonly string[]): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": secrets.map((secret) => signatureOf(secret, `${id}.${timestamp}.${body}`)).join(" "),
  };
}
