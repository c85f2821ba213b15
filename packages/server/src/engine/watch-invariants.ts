// Looks for broken invariants that nobody runs into by themselves: trust above what the log explains, a chain that does not verify.
// Called where it matters (a start, a verification) and every hour for every tenant. Finding one locks the tenant.
import { AppError } from "@dd0c/core";
import { verifyAudit, type ChainReport } from "../app/verify-audit.ts";
import { findRunbook, listEvents, listPartyModes, listRunbookTrust, listTenantIds, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockTenant } from "./lock-tenant.ts";
import { type CauseDetails, chainBroken, unexplainedTrust } from "./party-cause.ts";

/** The level that the newest decision on record gave; 0 where there is none. */
async function trustOnRecord(tx: TenantTx, runbookId: string): Promise<number> {
  const newest = async (type: string) =>
    (await listEvents(tx, { chain: tx.tenantId, runbookId, type, limit: 1, order: "newest_first" })).events[0]?.event;
  const decisions = [await newest("runbook.trust_promoted"), await newest("runbook.trust_downgraded")];
  const [last] = decisions.filter((event) => event !== undefined).sort((a, b) => b.seq - a.seq);
  const level = last?.data["new_level"];
  return typeof level === "number" ? level : 0;
}

/** The runbook's trust is above what the log explains. */
const isUnexplained = async (tx: TenantTx, runbookId: string, level: number): Promise<boolean> =>
  level > 0 && level > (await trustOnRecord(tx, runbookId));

/** Before an execution is pinned to the runbook's trust. @throws AppError PARTY_MODE_ACTIVE; the tenant is locked then */
export async function checkTrust(engine: EngineContext, tenantId: string, runbookId: string): Promise<void> {
  const unexplained = await engine.db.readTenant(tenantId, async (tx) => {
    const runbook = await findRunbook(tx, runbookId);
    return runbook !== undefined && (await isUnexplained(tx, runbook.id, runbook.trustLevel));
  });
  if (!unexplained) return;
  await lockTenant(engine, tenantId, unexplainedTrust(runbookId));
  throw new AppError("PARTY_MODE_ACTIVE", "This runbook's trust was raised without an admin's decision on record.");
}

/**
 * Verifies a chain and locks the tenant at a break that nobody has cleared before. A chain cannot be mended, so a break that people have
 * looked at is passed over and what follows it is verified. The report always names the first break.
 */
export async function checkChain(engine: EngineContext, tenantId: string): Promise<ChainReport> {
  const first = await verifyAudit(engine, tenantId);
  if (first.broken === null) return first;
  const records = await engine.db.withTenant(tenantId, (tx) => listPartyModes(tx, "chain_broken"));
  const known = new Set(records.map(({ details }) => (details as CauseDetails).key ?? ""));
  const fresh = known.size === 0 ? first : await verifyAudit(engine, tenantId, known);
  if (fresh.broken !== null) await lockTenant(engine, tenantId, chainBroken(fresh.broken.seq, fresh.broken.reason));
  return first;
}

async function checkTenant(engine: EngineContext, tenantId: string): Promise<void> {
  const unexplained = await engine.db.readTenant(tenantId, async (tx) => {
    const found: string[] = [];
    for (const { id, level } of await listRunbookTrust(tx)) if (await isUnexplained(tx, id, level)) found.push(id);
    return found;
  });
  for (const id of unexplained) await lockTenant(engine, tenantId, unexplainedTrust(id));
  await checkChain(engine, tenantId);
}

/** Every tenant; one that cannot be checked does not keep the others from it. */
export async function checkEveryTenant(engine: EngineContext): Promise<void> {
  for (const tenantId of await engine.db.withSystem("party-mode", listTenantIds)) {
    await checkTenant(engine, tenantId).catch((error: unknown) => {
      engine.logger.error({ tenant: tenantId, error: error instanceof Error ? error.name : "unknown" }, "a tenant could not be checked");
    });
  }
}
