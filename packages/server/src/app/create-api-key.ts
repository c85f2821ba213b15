// A name and a machine role go in, a key that is shown once comes out, recorded without it.
// Keys live in the identity schema: a key whose event could not be written is taken back before anybody has seen it.
import type { Role } from "@dd0c/core";
import { appendEvents } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { ApiKeyInfo } from "../identity/identity.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export async function createApiKey(
  app: AppContext,
  caller: Caller,
  name: string,
  role: Role,
): Promise<ApiKeyInfo & { readonly key: string }> {
  const made = await app.identity.createApiKey(caller.tenantId, caller.userId, name, role);
  try {
    await app.db.withTenant(caller.tenantId, (tx) =>
      appendEvents(tx, [auditDraft(deedOf(caller, app.clock.now()), "api_key.created", { key_id: made.id, name, role })]),
    );
  } catch (error) {
    await app.identity.revokeApiKey(caller.tenantId, made.id);
    throw error;
  }
  return made;
}
