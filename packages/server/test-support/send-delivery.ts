// Sends a delivery as the monitoring system of an integration does: signed, or with its secret. And the wait for what follows.
import { createHmac } from "node:crypto";

export interface Sender {
  readonly kind: string;
  readonly path: string;
  readonly secret: string;
}

const proof = ({ kind, secret }: Sender, text: string): Record<string, string> =>
  kind === "pagerduty"
    ? { "x-pagerduty-signature": `v1=${createHmac("sha256", secret).update(text).digest("hex")}` }
    : { authorization: `Bearer ${secret}` };

export async function sendDelivery(
  base: string,
  sender: Sender,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: { readonly delivery_id: string; readonly status: string } }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${base}${sender.path}`, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json", ...proof(sender, text), ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as { delivery_id: string; status: string } };
}

/** Polls until `done` says so. */
export async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean, timeoutMs = 15_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (performance.now() > end) throw new Error(`${what} did not happen: ${JSON.stringify(value).slice(0, 2_000)}`);
    await new Promise((wait) => setTimeout(wait, 25));
  }
}
