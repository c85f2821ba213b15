// What steps printed, in the batches it arrived in, and which frames of an attempt were stored. Masked by the agent before it got here.
// Offsets count bytes within one stream of one attempt; a batch that comes again after a break is stored once.
import { safeInteger } from "../safe-integer.ts";
import type { TenantTx } from "../tenancy.ts";

type OutputStream = "stdout" | "stderr";

export type OutputBatch = { stepExecutionId: string; attempt: number; stream: OutputStream; firstByte: number; bytes: Uint8Array };

/** `arrival` orders the batches of all streams of a step as they came. */
export type ArrivedOutput = OutputBatch & { arrival: number };

/** Stores batches; ones that are already there (same place) are left as they are. */
export async function appendOutput(tx: TenantTx, batches: readonly OutputBatch[]): Promise<void> {
  if (batches.length === 0) return;
  const rows = batches.map((batch) => ({
    tenant_id: tx.tenantId,
    step_execution_id: batch.stepExecutionId,
    attempt: batch.attempt,
    stream: batch.stream,
    first_byte: batch.firstByte,
    bytes: Buffer.from(batch.bytes),
  }));
  await tx.query
    .insertInto("step_outputs")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Batches of an attempt in the order of arrival, streams mixed as they came. `after`: the `arrival` of the last one already read. */
export async function listOutput(
  tx: TenantTx,
  query: { stepExecutionId: string; attempt?: number; after?: number; limit: number },
): Promise<ArrivedOutput[]> {
  let select = tx.query
    .selectFrom("step_outputs")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("step_execution_id", "=", query.stepExecutionId)
    .orderBy("arrival")
    .limit(query.limit);
  if (query.attempt !== undefined) select = select.where("attempt", "=", query.attempt);
  if (query.after !== undefined) select = select.where("arrival", ">", String(query.after));
  const rows = await select.execute();
  return rows.map((row) => ({
    stepExecutionId: row.step_execution_id,
    attempt: row.attempt,
    stream: row.stream as OutputStream,
    firstByte: safeInteger(row.first_byte),
    bytes: row.bytes,
    arrival: safeInteger(row.arrival),
  }));
}

/** The last batches of an attempt, in the order of arrival: what a short view of a long output needs. */
export async function lastOutputBatches(
  tx: TenantTx,
  query: { stepExecutionId: string; attempt: number; limit: number },
): Promise<Pick<ArrivedOutput, "stream" | "bytes" | "arrival">[]> {
  const rows = await tx.query
    .selectFrom("step_outputs")
    .select(["stream", "bytes", "arrival"])
    .where("tenant_id", "=", tx.tenantId)
    .where("step_execution_id", "=", query.stepExecutionId)
    .where("attempt", "=", query.attempt)
    .orderBy("arrival", "desc")
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({ stream: row.stream as OutputStream, bytes: row.bytes, arrival: safeInteger(row.arrival) })).reverse();
}

/**
 * Notes that the frame with this number of an attempt is stored in this transaction. False: it, or a later one, was stored before, and
 * the caller must not act on it again.
 */
export async function advanceSequence(
  tx: TenantTx,
  step: { stepExecutionId: string; attempt: number },
  sequence: number,
): Promise<boolean> {
  const result = await tx.query
    .insertInto("agent_sequences")
    .values({ tenant_id: tx.tenantId, step_execution_id: step.stepExecutionId, attempt: step.attempt, last_sequence: sequence })
    .onConflict((conflict) =>
      conflict
        .columns(["step_execution_id", "attempt"])
        .doUpdateSet({ last_sequence: sequence })
        .where("agent_sequences.last_sequence", "<", String(sequence)),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
