// Programs of agents, registered and retired by an admin. In: a SHA-256 and what it is in words. Recorded with who did it.
import { AppError } from "@dd0c/core";
import { appendEvents, registerBinary, retireBinary } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

/** Registering what is registered changes nothing and records nothing. @param by who vouches for it */
export function registerAgentBinary(
  app: Pick<AppContext, "db">,
  deed: Deed,
  hash: string,
  name: string,
  by: "admin" | "installation",
): Promise<void> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const isNew = await registerBinary(tx, { hash, name, registeredBy: deed.actor.id, registeredAt: new Date(deed.atMs) });
    if (isNew) await appendEvents(tx, [auditDraft(deed, "agent.binary_registered", { binary_hash: hash, name, by })]);
  });
}

/** Errors: NOT_FOUND. */
export function retireAgentBinary(app: Pick<AppContext, "db">, deed: Deed, hash: string): Promise<void> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    if (!(await retireBinary(tx, hash, new Date(deed.atMs)))) throw new AppError("NOT_FOUND");
    await appendEvents(tx, [auditDraft(deed, "agent.binary_retired", { binary_hash: hash })]);
  });
}
