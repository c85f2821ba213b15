// A call of a panic webhook: its id and secret go in, panic is on when it returns. It can do nothing else, and says nothing of the tenant.
// The secret's hash is read before the halt, nothing is written before it; a call while panic is on is recorded only if none was yet.
import { timingSafeEqual } from "node:crypto";
import { AppError } from "@dd0c/core";
import { textHash } from "../app/context.ts";
import { findPanicWebhook, recordPanicWebhookUse } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { panicOn, webhookActor } from "./panic.ts";

export interface WebhookCall {
  readonly webhookId: string;
  /** As it came in the Authorization header; null where there was none. */
  readonly secret: string | null;
  readonly reason: string | undefined;
  readonly sourceIp: string | null;
}

const maxReasonLength = 1_000;
/** Compared with where there is no such webhook, so that both answers take the same work. */
const noHash = "0".repeat(64);

const isEqual = (found: string, due: string): boolean => timingSafeEqual(Buffer.from(found, "hex"), Buffer.from(due, "hex"));

/** Throws UNAUTHENTICATED for an unknown or revoked webhook and for a wrong secret alike. */
export async function panicByWebhook(engine: EngineContext, call: WebhookCall): Promise<{ readonly on: true; readonly since: string }> {
  const webhook = await engine.db.withSystem("panic", (tx) => findPanicWebhook(tx, call.webhookId));
  const matches = isEqual(textHash(call.secret ?? ""), webhook?.secretHash ?? noHash);
  if (webhook === undefined || !matches) throw new AppError("UNAUTHENTICATED", "There is no such panic webhook, or its secret is another.");
  const atMs = engine.clock.now();
  const deed = {
    tenantId: webhook.tenantId,
    actor: { type: "system", id: `${webhookActor}${call.webhookId}`, via: "system" },
    sourceIp: call.sourceIp,
    atMs,
  } as const;
  const said = call.reason?.replaceAll("\0", "").trim().slice(0, maxReasonLength) ?? "";
  await panicOn(engine, deed, `${webhook.name}${said === "" ? "" : `: ${said}`}`, "record-once");
  await engine.db.withTenant(webhook.tenantId, (tx) => recordPanicWebhookUse(tx, call.webhookId, new Date(atMs)));
  return { on: true, since: new Date(engine.panic.current().sinceMs ?? atMs).toISOString() };
}
