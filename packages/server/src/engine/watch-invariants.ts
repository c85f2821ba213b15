// Looks for broken invariants that nobody runs into by themselves: trust above what the log explains, a chain that does not verify.
// Called where it matters (a start, a verification) and every hour for every tenant. Finding one locks the tenant.
import { AppError, type AuditEvent } from "@dd0c/core";
import { newestArchived } from "../app/search-archives.ts";
import { type ChainReport, type Scope, verifyAudit } from "../app/verify-audit.ts";
import { findRunbook, latestArchive, listEvents, listPartyModes, listRunbookTrust, listTenantIds, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockTenant } from "./lock-tenant.ts";
import { type CauseDetails, chainBroken, unexplainedTrust } from "./party-cause.ts";

interface RunbookTrust {
  readonly id: string;
  readonly level: number;
  /** What the newest decision in the database gave; undefined where it has none. */
  readonly recorded: number | undefined;
}

/** Both of one moment. */
async function readTrust(tx: TenantTx, id: string, level: number): Promise<RunbookTrust> {
  const newest = async (type: string) =>
    (await listEvents(tx, { chain: tx.tenantId, runbookId: id, type, limit: 1, order: "newest_first" })).events[0]?.event;
  const decisions = level === 0 ? [] : [await newest("runbook.trust_promoted"), await newest("runbook.trust_downgraded")];
  const [last] = decisions.filter((event) => event !== undefined).sort((a, b) => b.seq - a.seq);
  return { id, level, recorded: last === undefined ? undefined : levelOf(last) };
}

const levelOf = (event: AuditEvent | undefined): number => {
  const level = event?.data["new_level"];
  return typeof level === "number" ? level : 0;
};

/** What was found in archives, which never change: for each engine by tenant, runbook and end of the newest archive. */
const found = new WeakMap<EngineContext, Map<string, number>>();

/** A decision that is older than the database goes back. */
async function archivedTrust(engine: EngineContext, tenantId: string, runbookId: string): Promise<number> {
  const archive = await engine.db.withTenant(tenantId, (tx) => latestArchive(tx, tenantId));
  if (archive === undefined) return 0;
  const levels = found.get(engine) ?? new Map<string, number>();
  found.set(engine, levels);
  const key = `${tenantId} ${runbookId} ${archive.lastSeq}`;
  const known = levels.get(key);
  if (known !== undefined) return known;
  const isDecision = (type: string | null) => type === "runbook.trust_promoted" || type === "runbook.trust_downgraded";
  const event = await newestArchived(engine, tenantId, (row) => row.runbook_id === runbookId && isDecision(row.event_type));
  levels.set(key, levelOf(event));
  return levelOf(event);
}

/** The runbook's trust is above what the log explains. */
const isUnexplained = async (engine: EngineContext, tenantId: string, { id, level, recorded }: RunbookTrust): Promise<boolean> =>
  level > 0 && level > (recorded ?? (await archivedTrust(engine, tenantId, id)));

/** Before an execution is pinned to the runbook's trust. @throws AppError PARTY_MODE_ACTIVE; the tenant is locked then */
export async function checkTrust(engine: EngineContext, tenantId: string, runbookId: string): Promise<void> {
  const trust = await engine.db.readTenant(tenantId, async (tx) => {
    const runbook = await findRunbook(tx, runbookId);
    return runbook === undefined ? undefined : await readTrust(tx, runbook.id, runbook.trustLevel);
  });
  if (trust === undefined || !(await isUnexplained(engine, tenantId, trust))) return;
  await lockTenant(engine, tenantId, unexplainedTrust(runbookId));
  throw new AppError("PARTY_MODE_ACTIVE", "This runbook's trust was raised without an admin's decision on record.");
}

/**
 * Verifies a chain and locks the tenant at a break that nobody has cleared before. A chain cannot be mended, so a break that people have
 * looked at is passed over and what follows it is verified. The report always names the first break.
 */
export async function checkChain(engine: EngineContext, tenantId: string, scope: Scope = "whole"): Promise<ChainReport> {
  const first = await verifyAudit(engine, tenantId, new Set(), scope);
  if (first.broken === null) return first;
  const records = await engine.db.withTenant(tenantId, (tx) => listPartyModes(tx, "chain_broken"));
  const known = new Set(records.map(({ details }) => (details as CauseDetails).key ?? ""));
  const fresh = known.size === 0 ? first : await verifyAudit(engine, tenantId, known, scope);
  if (fresh.broken !== null) await lockTenant(engine, tenantId, chainBroken(fresh.broken.seq, fresh.broken.reason));
  return first;
}

async function checkTenant(engine: EngineContext, tenantId: string): Promise<void> {
  const trusts = await engine.db.readTenant(tenantId, async (tx) => {
    const read: RunbookTrust[] = [];
    for (const { id, level } of await listRunbookTrust(tx)) read.push(await readTrust(tx, id, level));
    return read;
  });
  for (const trust of trusts)
    if (await isUnexplained(engine, tenantId, trust)) await lockTenant(engine, tenantId, unexplainedTrust(trust.id));
  await checkChain(engine, tenantId, "since_archive");
}

/** Every tenant; one that cannot be checked does not keep the others from it. */
export async function checkEveryTenant(engine: EngineContext): Promise<void> {
  for (const tenantId of await engine.db.withSystem("party-mode", listTenantIds)) {
    await checkTenant(engine, tenantId).catch((error: unknown) => {
      engine.logger.error({ tenant: tenantId, error: error instanceof Error ? error.name : "unknown" }, "a tenant could not be checked");
    });
  }
}
