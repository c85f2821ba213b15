// Months of the audit log that ended 90 days ago leave the database: each chain into a file of its own, verified from the object store, and then
// the month's partition is dropped by the database, which looks once more that nothing of it is missing. Crashes between any two of these lose
// nothing and double nothing: what is done is found done. A chain that does not verify keeps its months in the database and is named.
import { AppError } from "@dd0c/core";
import { appendEvents, dropArchivedMonth, lastOfMonth, listOldMonths } from "../db/index.ts";
import { type ArchiveContext, archiveChain, archiveDraft } from "./archive-chain.ts";

const keptDays = 90;
const dayMs = 86_400_000;

/** False where a chain does not verify; every other failure is thrown. */
async function archiveMonth(
  app: ArchiveContext,
  month: string,
  nowMs: number,
  stopping: AbortSignal,
  broken: Set<string>,
): Promise<boolean> {
  let isWhole = true;
  for (const { chain, seq } of await app.db.withSystem("archive", (tx) => lastOfMonth(tx, month))) {
    if (stopping.aborted) return false;
    try {
      await archiveChain(app, chain, month, seq, nowMs);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "AUDIT_CHAIN_BROKEN")) throw error;
      broken.add(chain);
      isWhole = false;
    }
  }
  return isWhole;
}

/**
 * @returns chains that do not verify and were left in the database
 * Errors: OBJECT_DAMAGED, OBJECT_STORE_UNAVAILABLE; what was not archived stays in the database
 */
export async function archiveMonths(app: ArchiveContext, nowMs: number, stopping: AbortSignal): Promise<readonly string[]> {
  const broken = new Set<string>();
  const before = new Date(nowMs - keptDays * dayMs);
  for (const month of await app.db.withSystem("archive", (tx) => listOldMonths(tx, before))) {
    if (!(await archiveMonth(app, month, nowMs, stopping, broken))) continue;
    await app.db.withSystem("archive", async (tx) => {
      const events = await dropArchivedMonth(tx, month);
      await appendEvents(tx, [archiveDraft("audit.partition_dropped", { month, events }, nowMs)]);
    });
  }
  return [...broken];
}
