// Handlers for keys of machines. The key itself leaves once, in the answer that created it.
import type { AppContext } from "../../app/context.ts";
import { createApiKey } from "../../app/create-api-key.ts";
import { revokeApiKey } from "../../app/revoke-api-key.ts";
import type { ApiKeyInfo } from "../../identity/identity.ts";
import type { Handlers } from "../call.ts";

type ApiKeyHandlers = Pick<Handlers, "listApiKeys" | "createApiKey" | "revokeApiKey">;

const wireKey = (key: ApiKeyInfo) => ({
  id: key.id,
  name: key.name,
  role: key.role,
  prefix: key.prefix,
  created_at: key.createdAt.toISOString(),
  last_used_at: key.lastUsedAt?.toISOString() ?? null,
});

export function apiKeyHandlers(app: AppContext): ApiKeyHandlers {
  return {
    listApiKeys: async ({ caller }) => ({ items: (await app.identity.listApiKeys(caller.tenantId)).map(wireKey) }),
    createApiKey: async ({ caller, body }) => {
      const made = await createApiKey(app, caller, body.name, body.role);
      return { ...wireKey(made), key: made.key };
    },
    revokeApiKey: async ({ caller, params }) => {
      await revokeApiKey(app, caller, params.key_id);
      return undefined;
    },
  };
}
