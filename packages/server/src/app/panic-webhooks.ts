// Webhooks that switch panic on: an admin makes one and sees its secret once, and takes it back. The database keeps a hash.
// What such a webhook does when it is called is the engine's (engine/panic-webhook.ts).
import { randomBytes } from "node:crypto";
import { AppError } from "@dd0c/core";
import { appendEvents, insertPanicWebhook, listPanicWebhooks, type PanicWebhookRecord, revokePanicWebhook } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { type AppContext, textHash } from "./context.ts";

/** Not the prefix of API keys: such a secret is never looked up as one. */
const secretPrefix = "panic_";
/** Enough for one per site and a rotation; each is a secret that somebody has to look after. */
const maxWebhooks = 20;

export async function createPanicWebhook(
  app: Pick<AppContext, "db" | "newId">,
  deed: Deed,
  name: string,
): Promise<PanicWebhookRecord & { readonly secret: string }> {
  const secret = `${secretPrefix}${randomBytes(32).toString("base64url")}`;
  const id = app.newId();
  const createdAt = new Date(deed.atMs);
  await app.db.withTenant(deed.tenantId, async (tx) => {
    if ((await listPanicWebhooks(tx)).length >= maxWebhooks)
      throw new AppError("PLAN_LIMIT_REACHED", `There are ${maxWebhooks} panic webhooks already: revoke one first.`);
    await insertPanicWebhook(tx, { id, name, secretHash: textHash(secret), createdBy: deed.actor.id, createdAt });
    await appendEvents(tx, [auditDraft(deed, "panic_webhook.created", { webhook_id: id, name })]);
  });
  return { id, name, createdAt, lastUsedAt: null, secret };
}

/** Throws NOT_FOUND where there is none that works. */
export async function revokeWebhook(app: Pick<AppContext, "db">, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const name = await revokePanicWebhook(tx, id, new Date(deed.atMs));
    if (name === undefined) throw new AppError("NOT_FOUND");
    await appendEvents(tx, [auditDraft(deed, "panic_webhook.revoked", { webhook_id: id, name })]);
  });
}
