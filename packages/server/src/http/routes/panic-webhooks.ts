// Handlers for the list of panic webhooks. A secret leaves once, in the answer that created it.
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { createPanicWebhook, revokeWebhook } from "../../app/panic-webhooks.ts";
import { listPanicWebhooks, type PanicWebhookRecord } from "../../db/index.ts";
import type { Handlers } from "../call.ts";

type PanicWebhookHandlers = Pick<Handlers, "listPanicWebhooks" | "createPanicWebhook" | "revokePanicWebhook">;

const wireWebhook = (webhook: PanicWebhookRecord) => ({
  id: webhook.id,
  name: webhook.name,
  created_at: webhook.createdAt.toISOString(),
  last_used_at: webhook.lastUsedAt?.toISOString() ?? null,
});

export function panicWebhookHandlers(app: AppContext): PanicWebhookHandlers {
  return {
    listPanicWebhooks: async ({ caller }) => ({ items: (await app.db.withTenant(caller.tenantId, listPanicWebhooks)).map(wireWebhook) }),
    createPanicWebhook: async ({ caller, body }) => {
      const made = await createPanicWebhook(app, deedOf(caller, app.clock.now()), body.name);
      return { ...wireWebhook(made), secret: made.secret };
    },
    revokePanicWebhook: async ({ caller, params }) => {
      await revokeWebhook(app, deedOf(caller, app.clock.now()), params.id);
      return undefined;
    },
  };
}
