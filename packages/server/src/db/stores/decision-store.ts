// Everything that one decision changes, but for its events, in one statement: on a busy path each statement is a way to the database and back.
// In: an execution before and after, and the effects that leave. Out: the effects' ids, and the chain's head, locked for the events.
import { type ChainHead, type ExecutionState, invariant } from "@dd0c/core";
import { type OperationNodeSource, sql } from "kysely";
import { safeInteger } from "../safe-integer.ts";
import type { TenantTx } from "../tenancy.ts";
import { selectHead } from "./audit-store.ts";
import { changesOf } from "./execution-store.ts";
import { effectsInsert, type NewEffect } from "./outbox-store.ts";

export type SavedDecision = {
  /** In the order of the effects. */
  readonly effectIds: readonly number[];
  /** For appendEvents. Undefined: nothing was recorded for this tenant yet. */
  readonly head: ChainHead | undefined;
};

type Row = { saved: number; effect_ids: string[] | null; chain: string | null; seq: string | null; hash: string | null };

/**
 * Writes the row, those steps that are other objects than before, and the outbox. `before` is what lockForDecision gave in this transaction;
 * a row that moved on since is a bug and throws. The last but appendEvents in a transaction: every other writer of the chain waits from here.
 */
export async function saveDecision(
  tx: TenantTx,
  before: ExecutionState,
  after: ExecutionState,
  effects: readonly NewEffect[],
): Promise<SavedDecision> {
  const { row, steps } = await changesOf(tx, before, after);
  const part = (name: string, statement: OperationNodeSource) => sql`${sql.id(name)} AS (${statement})`;
  const parts = [
    part("saved", row),
    ...steps.map((step, at) => part(`step_${at}`, step)),
    ...(effects.length === 0 ? [] : [part("leaving", effectsInsert(tx, effects))]),
    part("head", selectHead(tx, tx.tenantId).forUpdate()),
  ];
  const ids = effects.length === 0 ? sql`NULL` : sql`(SELECT array_agg(id::text ORDER BY id) FROM leaving)`;
  const { rows } = await sql<Row>`
    WITH ${sql.join(parts)}
    SELECT (SELECT count(*)::int FROM saved) AS saved, ${ids} AS effect_ids, h.chain, h.seq, h.hash FROM (SELECT) AS always LEFT JOIN head h ON true
  `.execute(tx.query);
  const [found] = rows;
  invariant(found?.saved === 1, "an execution was saved without its lock");
  const { effect_ids, chain, seq, hash } = found;
  return {
    effectIds: (effect_ids ?? []).map(safeInteger),
    head: chain === null || seq === null || hash === null ? undefined : { chain, seq: safeInteger(seq), hash },
  };
}
