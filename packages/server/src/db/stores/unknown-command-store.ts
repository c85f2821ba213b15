// What the scanner has no rule for, counted per tenant: program and kind of gap. In: what a verdict's gaps were. Never sees a command.
// Bounded: beyond `maxRows` kinds everything new is counted under one name, so that nobody fills the table with invented programs.
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";

export type UnknownGap = { program: string; reason: string };
export type UnknownCommandRecord = UnknownGap & { seen: number; firstSeen: Date; lastSeen: Date };

const maxRows = 1_000;
const rest = "(other)";

const keyOf = ({ program, reason }: UnknownGap): string => `${program} ${reason}`;

/** Gaps with how often each stands in the list, in one order for everybody so that two transactions never wait for each other. */
function counted(gaps: readonly UnknownGap[]): Array<UnknownGap & { seen: number }> {
  const counts = new Map<string, UnknownGap & { seen: number }>();
  for (const gap of gaps)
    counts.set(keyOf(gap), { program: gap.program, reason: gap.reason, seen: (counts.get(keyOf(gap))?.seen ?? 0) + 1 });
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);
}

async function withinBound(tx: TenantTx, gaps: readonly UnknownGap[]): Promise<readonly UnknownGap[]> {
  const rows = await tx.query.selectFrom("unknown_commands").select(["program", "reason"]).where("tenant_id", "=", tx.tenantId).execute();
  if (rows.length + gaps.length <= maxRows) return gaps;
  const known = new Set(rows.map(keyOf));
  return gaps.map((gap) => (known.has(keyOf(gap)) ? gap : { ...gap, program: rest }));
}

/** Adds what was seen at `at`. */
export async function recordUnknownCommands(tx: TenantTx, gaps: readonly UnknownGap[], at: Date): Promise<void> {
  if (gaps.length === 0) return;
  const rows = counted(await withinBound(tx, gaps)).map((gap) => ({ tenant_id: tx.tenantId, ...gap, first_seen: at, last_seen: at }));
  await tx.query
    .insertInto("unknown_commands")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "program", "reason"]).doUpdateSet({
        seen: sql<number>`unknown_commands.seen + excluded.seen`,
        last_seen: sql<Date>`greatest(unknown_commands.last_seen, excluded.last_seen)`,
      }),
    )
    .execute();
}

/** The most frequent first. */
export async function listUnknownCommands(tx: TenantTx, limit: number): Promise<UnknownCommandRecord[]> {
  const rows = await tx.query
    .selectFrom("unknown_commands")
    .select(["program", "reason", "seen", "first_seen", "last_seen"])
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("seen", "desc")
    .orderBy("last_seen", "desc")
    .orderBy("program")
    .orderBy("reason")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    program: row.program,
    reason: row.reason,
    seen: Number(row.seen),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  }));
}
