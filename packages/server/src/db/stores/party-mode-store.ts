// What locked a tenant, who agreed that it may go on, and who cleared it. A record is never removed, and never cleared by time.
import { toJsonColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";

/** `agreed`: the first of two people. */
export type PartyModeRecord = {
  id: string;
  cause: string;
  details: unknown;
  enteredAt: Date;
  agreed: { by: string; at: Date; reason: string } | null;
};

export async function enterPartyMode(tx: TenantTx, entry: Omit<PartyModeRecord, "agreed">): Promise<void> {
  await tx.query
    .insertInto("party_mode")
    .values({
      id: entry.id,
      tenant_id: tx.tenantId,
      cause: entry.cause,
      details: toJsonColumn(entry.details),
      entered_at: entry.enteredAt,
      cleared_at: null,
      cleared_by: null,
      clear_reason: null,
    })
    .execute();
}

const selectRecords = (tx: TenantTx) =>
  tx.query
    .selectFrom("party_mode")
    .select(["id", "cause", "details", "entered_at", "agreed_at", "agreed_by", "agree_reason"])
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("entered_at");

type Row = Awaited<ReturnType<ReturnType<typeof selectRecords>["execute"]>>[number];

const recordOf = (row: Row): PartyModeRecord => ({
  id: row.id,
  cause: row.cause,
  details: row.details,
  enteredAt: row.entered_at,
  agreed:
    row.agreed_at === null || row.agreed_by === null ? null : { by: row.agreed_by, at: row.agreed_at, reason: row.agree_reason ?? "" },
});

/** Every cause that nobody has cleared; the tenant is locked while there is one. */
export async function activePartyModes(tx: TenantTx): Promise<PartyModeRecord[]> {
  return (await selectRecords(tx).where("cleared_at", "is", null).execute()).map(recordOf);
}

/** Everything that ever locked the tenant for one cause, cleared or not. */
export async function listPartyModes(tx: TenantTx, cause: string): Promise<PartyModeRecord[]> {
  return (await selectRecords(tx).where("cause", "=", cause).execute()).map(recordOf);
}

/** What a person says about some of the causes. */
export type Word = { readonly ids: readonly string[]; readonly by: string; readonly reason: string; readonly at: Date };

const updateOpen = (tx: TenantTx, ids: readonly string[]) =>
  tx.query.updateTable("party_mode").where("tenant_id", "=", tx.tenantId).where("id", "in", ids).where("cleared_at", "is", null);

/** The first person's word. Returns how many had none before. */
export async function agreeToClear(tx: TenantTx, { ids, by, reason, at }: Word): Promise<number> {
  if (ids.length === 0) return 0;
  const update = updateOpen(tx, ids).where("agreed_by", "is", null).set({ agreed_at: at, agreed_by: by, agree_reason: reason });
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}

/** Clears open causes in a human's name. Returns how many there were. */
export async function clearPartyMode(tx: TenantTx, { ids, by, reason, at }: Word): Promise<number> {
  if (ids.length === 0) return 0;
  const update = updateOpen(tx, ids).set({ cleared_at: at, cleared_by: by, clear_reason: reason });
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}
