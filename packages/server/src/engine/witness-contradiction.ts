// A contradiction between the chain and a checkpoint that we signed goes in; it is recorded once, told to the log, and locks the tenant.
// Not locked: the embedded database that lost its last moments in a power failure. That is recorded and said, and nothing of it is hidden.
// The system's own chain belongs to no tenant: recorded and said, too.
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import type { Contradiction } from "../app/compare-witnesses.ts";
import { appendEvents, listEvents, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockOnce } from "./lock-once.ts";
import { witnessContradicted } from "./party-cause.ts";

const type = "audit.witness_contradicted";

/** Contradictions are few: all of them are looked through. */
const most = 1_000;

async function isRecorded(tx: TenantTx, { count, kept }: Contradiction): Promise<boolean> {
  const { events } = await listEvents(tx, { chain: tx.tenantId, type, limit: most, order: "newest_first" });
  return events.some(({ event }) => event.data["count"] === count && event.data["kept"] === kept);
}

async function record(engine: EngineContext, tenantId: string, witness: string, found: Contradiction): Promise<boolean> {
  return await engine.db.withTenant(tenantId, async (tx) => {
    if (await isRecorded(tx, found)) return false;
    const deed = systemDeed(tenantId, "witness", engine.clock.now());
    const { isLoss, ...facts } = found;
    await appendEvents(tx, [auditDraft(deed, type, { witness, ...facts, looks_lost: isLoss })]);
    return true;
  });
}

/** @param witness who kept it: "object_store", or an agent's id */
export async function onContradiction(engine: EngineContext, chain: string, witness: string, found: Contradiction): Promise<void> {
  const facts = { chain, witness, count: found.count };
  if (chain === "system") {
    engine.logger.error(facts, "the system's audit chain is not the one that a witness keeps");
    return;
  }
  const isNew = await record(engine, chain, witness, found);
  const isPowerLoss = found.isLoss && engine.database === "embedded";
  if (isNew && isPowerLoss)
    engine.logger.error(facts, "the embedded database lost its last moments: a witness keeps events that it does not have");
  if (isNew && !isPowerLoss) engine.logger.error(facts, "the audit chain is not the one that a witness keeps");
  if (!isPowerLoss) await lockOnce(engine, chain, witnessContradicted(found.count, found.kept, witness));
}
