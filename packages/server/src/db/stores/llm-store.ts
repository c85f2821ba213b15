// What a tenant's language model answered, did, used and got wrong. In: a tenant's transaction and plain values. Out: records.
// It never sees what was asked: hashes and numbers, and the answers. Every query names the tenant, and row-level security repeats it.
import { sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import { safeInteger } from "../safe-integer.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type ModelPurpose = "classify" | "review";

export type ModelCallRecord = {
  id: string;
  calledAt: Date;
  purpose: ModelPurpose;
  provider: string;
  model: string;
  promptHash: string;
  contentHash: string;
  maskedSecrets: number;
  sentBytes: number;
  receivedBytes: number;
  inputTokens: number;
  outputTokens: number;
  estimated: boolean;
  costMicros: number | null;
  attempts: number;
  durationMs: number;
  outcome: string;
};

export type ModelUsage = { month: string; model: string; calls: number; inputTokens: number; outputTokens: number; costMicros: number };

const answersKeptDays = 30;
const callsKeptDays = 90;
const dayMs = 24 * 3_600_000;

/** "2026-03", in UTC. */
const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** The stored answers among `keys`; absent where there is none. */
export async function findModelAnswers(tx: TenantTx, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query
    .selectFrom("llm_answers")
    .select(["key", "answer"])
    .where("tenant_id", "=", tx.tenantId)
    .where("key", "in", [...keys])
    .execute();
  return new Map(rows.map(({ key, answer }) => [key, answer]));
}

export type NewModelAnswer = { key: string; purpose: ModelPurpose; answer: unknown };

/** The first answer to a question stays. */
export async function storeModelAnswers(tx: TenantTx, answers: readonly NewModelAnswer[], at: Date): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ key, purpose, answer }) => ({
    tenant_id: tx.tenantId,
    key,
    purpose,
    answer: toJsonColumn(answer),
    created_at: at,
  }));
  await tx.query
    .insertInto("llm_answers")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["tenant_id", "key"]).doNothing())
    .execute();
}

type Sum = Omit<ModelUsage, "month">;

/** Per model, in one order for everybody so that two transactions never wait for each other. */
function summed(calls: readonly ModelCallRecord[]): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const { model, inputTokens, outputTokens, costMicros } of calls) {
    const before = sums.get(model) ?? { model, calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
    sums.set(model, {
      model,
      calls: before.calls + 1,
      inputTokens: before.inputTokens + inputTokens,
      outputTokens: before.outputTokens + outputTokens,
      costMicros: before.costMicros + (costMicros ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
}

/** Keeps each call and adds it to the usage of the month `at` lies in. */
export async function recordModelCalls(tx: TenantTx, calls: readonly ModelCallRecord[], at: Date): Promise<void> {
  if (calls.length === 0) return;
  const rows = calls.map((call) => ({
    id: call.id,
    tenant_id: tx.tenantId,
    called_at: call.calledAt,
    purpose: call.purpose,
    provider: call.provider,
    model: call.model,
    prompt_hash: call.promptHash,
    content_hash: call.contentHash,
    masked_secrets: call.maskedSecrets,
    sent_bytes: call.sentBytes,
    received_bytes: call.receivedBytes,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    estimated: call.estimated,
    cost_micros: call.costMicros,
    attempts: call.attempts,
    duration_ms: call.durationMs,
    outcome: call.outcome,
  }));
  await tx.query.insertInto("llm_calls").values(rows).execute();
  const usage = summed(calls).map(({ model, calls: count, inputTokens, outputTokens, costMicros }) => ({
    tenant_id: tx.tenantId,
    month: monthOf(at),
    model,
    calls: count,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost_micros: costMicros,
  }));
  await tx.query
    .insertInto("llm_usage")
    .values(usage)
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "month", "model"]).doUpdateSet({
        calls: sql<number>`llm_usage.calls + excluded.calls`,
        input_tokens: sql<number>`llm_usage.input_tokens + excluded.input_tokens`,
        output_tokens: sql<number>`llm_usage.output_tokens + excluded.output_tokens`,
        cost_micros: sql<number>`llm_usage.cost_micros + excluded.cost_micros`,
      }),
    )
    .execute();
}

/** Usage of the month `at` lies in, one entry per model. */
export async function modelUsageOf(tx: TenantTx, at: Date): Promise<readonly ModelUsage[]> {
  const rows = await tx.query
    .selectFrom("llm_usage")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("month", "=", monthOf(at))
    .orderBy("model")
    .execute();
  return rows.map((row) => ({
    month: row.month,
    model: row.model,
    calls: safeInteger(row.calls),
    inputTokens: safeInteger(row.input_tokens),
    outputTokens: safeInteger(row.output_tokens),
    costMicros: safeInteger(row.cost_micros),
  }));
}

/** Tokens in and out, of all models, in the month `at` lies in. */
export async function modelTokensOf(tx: TenantTx, at: Date): Promise<number> {
  const usage = await modelUsageOf(tx, at);
  return usage.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
}

/** The latest first. */
export async function latestModelCalls(tx: TenantTx, limit: number): Promise<readonly ModelCallRecord[]> {
  const rows = await tx.query
    .selectFrom("llm_calls")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("called_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    calledAt: row.called_at,
    purpose: row.purpose as ModelPurpose,
    provider: row.provider,
    model: row.model,
    promptHash: row.prompt_hash,
    contentHash: row.content_hash,
    maskedSecrets: row.masked_secrets,
    sentBytes: safeInteger(row.sent_bytes),
    receivedBytes: safeInteger(row.received_bytes),
    inputTokens: safeInteger(row.input_tokens),
    outputTokens: safeInteger(row.output_tokens),
    estimated: row.estimated,
    costMicros: row.cost_micros === null ? null : safeInteger(row.cost_micros),
    attempts: row.attempts,
    durationMs: row.duration_ms,
    outcome: row.outcome,
  }));
}

export type Disagreement = { commandHash: string; model: string; promptHash: string };

/** Keeps what the model called safe and the scanner dangerous; returns how many different commands there were since `since`. */
export async function recordDisagreements(tx: TenantTx, found: readonly Disagreement[], at: Date, since: Date): Promise<number> {
  const rows = new Map(found.map(({ commandHash, model, promptHash }) => [commandHash, { commandHash, model, promptHash }]));
  if (rows.size > 0) {
    await tx.query
      .insertInto("llm_disagreements")
      .values(
        [...rows.values()]
          .sort((a, b) => (a.commandHash < b.commandHash ? -1 : 1))
          .map(({ commandHash, model, promptHash }) => ({
            tenant_id: tx.tenantId,
            command_hash: commandHash,
            model,
            prompt_hash: promptHash,
            seen_at: at,
          })),
      )
      .onConflict((conflict) => conflict.columns(["tenant_id", "command_hash", "model", "prompt_hash"]).doUpdateSet({ seen_at: at }))
      .execute();
  }
  const row = await tx.query
    .selectFrom("llm_disagreements")
    .select((eb) => eb.fn.count<string>("command_hash").distinct().as("commands"))
    .where("tenant_id", "=", tx.tenantId)
    .where("seen_at", ">", since)
    .executeTakeFirstOrThrow();
  return safeInteger(row.commands);
}

/** Old answers and calls go; usage stays. */
export async function purgeModelRecords(tx: SystemTx, at: Date): Promise<void> {
  const before = (days: number): Date => new Date(at.getTime() - days * dayMs);
  await tx.query.deleteFrom("llm_answers").where("created_at", "<", before(answersKeptDays)).execute();
  await tx.query.deleteFrom("llm_calls").where("called_at", "<", before(callsKeptDays)).execute();
}
