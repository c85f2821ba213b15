// Turns: work that one replica does at a time. In: a name and who asks. Out: whether it is theirs for a while, by the database's clock.
// A turn lapses by itself, so that the work of a replica that died is taken up by another.
import { sql } from "kysely";
import type { SystemTx } from "../tenancy.ts";

/** True: the turn is `holder`'s for `leaseMs`, taken or prolonged. */
export async function takeTurn(tx: SystemTx, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const until = sql<Date>`now() + make_interval(secs => ${leaseMs / 1_000})`;
  const row = await tx.query
    .insertInto("turns")
    .values({ name, holder, until })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet({ holder, until })
        .where((turn) => turn.or([turn("turns.holder", "=", holder), turn("turns.until", "<=", sql<Date>`now()`)])),
    )
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}
