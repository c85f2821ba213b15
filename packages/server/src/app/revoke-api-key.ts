// A key's id goes in; the key works no more, and that is recorded. Recorded first: no key may vanish without a trace.
import { AppError } from "@dd0c/core";
import { appendEvents } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

/** Errors: NOT_FOUND. */
export async function revokeApiKey(app: AppContext, caller: Caller, keyId: string): Promise<void> {
  const key = (await app.identity.listApiKeys(caller.tenantId)).find(({ id }) => id === keyId);
  if (key === undefined) throw new AppError("NOT_FOUND");
  const data = { key_id: key.id, name: key.name, role: key.role };
  await app.db.withTenant(caller.tenantId, (tx) =>
    appendEvents(tx, [auditDraft(deedOf(caller, app.clock.now()), "api_key.revoked", data)]),
  );
  await app.identity.revokeApiKey(caller.tenantId, keyId);
}
