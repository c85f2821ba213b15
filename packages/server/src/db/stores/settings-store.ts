// What a tenant chose and what befell it: policy, set-up, panic history; and settings of the whole installation.
// The panic flag that stops work lives elsewhere (memory, Redis, a file): here is its record.
import { type Actor, layerOfRecord, layerRecord, type PolicyLayer, policyNames, type PolicyRecord } from "@dd0c/core";
import { toJsonColumn } from "../json-columns.ts";
import type { SystemTx, TenantTx } from "../tenancy.ts";

/** Keys of run.settings; a policy's fields have the names that they have in policy.json. */
type SettingKey = keyof PolicyRecord | "setup_done" | "llm";

/** What the tenant itself chose; an empty layer where nobody chose. `updatedAt` null then. */
export type TenantPolicy = { layer: PolicyLayer; updatedAt: Date | null };

export async function readTenantPolicy(tx: TenantTx): Promise<TenantPolicy> {
  const rows = await tx.query
    .selectFrom("settings")
    .select(["key", "value", "updated_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("key", "in", Object.values(policyNames))
    .orderBy("updated_at")
    .execute();
  const chosen = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  return { layer: layerOfRecord(chosen), updatedAt: rows.at(-1)?.updated_at ?? null };
}

/** Stores the fields that the layer has; the others stay. */
export async function writeTenantPolicy(tx: TenantTx, layer: PolicyLayer, by: string, at: Date): Promise<void> {
  const chosen = Object.entries(layerRecord(layer)) as [keyof PolicyRecord, PolicyRecord[keyof PolicyRecord]][];
  for (const [key, value] of chosen) await writeSetting(tx, key, value, by, at);
}

/** Whether a human has answered the first-run questions. */
export async function isSetupDone(tx: TenantTx): Promise<boolean> {
  const row = await tx.query
    .selectFrom("settings")
    .select("value")
    .where("tenant_id", "=", tx.tenantId)
    .where("key", "=", "setup_done" satisfies SettingKey)
    .executeTakeFirst();
  return row?.value === true;
}

export async function markSetupDone(tx: TenantTx, by: string, at: Date): Promise<void> {
  await writeSetting(tx, "setup_done", true, by, at);
}

/** What the tenant chose about the language model, as plain JSON; undefined where nobody chose. */
export async function readModelChoice(tx: TenantTx): Promise<unknown> {
  const row = await tx.query
    .selectFrom("settings")
    .select("value")
    .where("tenant_id", "=", tx.tenantId)
    .where("key", "=", "llm" satisfies SettingKey)
    .executeTakeFirst();
  return row?.value;
}

export async function writeModelChoice(tx: TenantTx, choice: Readonly<Record<string, unknown>>, by: string, at: Date): Promise<void> {
  await writeSetting(tx, "llm", choice, by, at);
}

type SettingValue = string | number | boolean | Readonly<Record<string, unknown>>;

async function writeSetting(tx: TenantTx, key: SettingKey, value: SettingValue, by: string, at: Date): Promise<void> {
  const written = { value: toJsonColumn(value), updated_by: by, updated_at: at };
  await tx.query
    .insertInto("settings")
    .values({ tenant_id: tx.tenantId, key, ...written })
    .onConflict((conflict) => conflict.columns(["tenant_id", "key"]).doUpdateSet(written))
    .execute();
}

/** A setting of the installation, as plain JSON; undefined where it was never written. */
export async function readSystemSetting(tx: TenantTx | SystemTx, key: string): Promise<unknown> {
  const row = await tx.query.selectFrom("system_settings").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

export async function writeSystemSetting(tx: SystemTx, key: string, value: unknown, by: string, at: Date): Promise<void> {
  const written = { value: toJsonColumn(value), updated_by: by, updated_at: at };
  await tx.query
    .insertInto("system_settings")
    .values({ key, ...written })
    .onConflict((conflict) => conflict.column("key").doUpdateSet(written))
    .execute();
}

export type PanicRecord = { id: string; panic: boolean; reason: string | null; actor: Actor; occurredAt: Date };

/** Records one switch of panic, after it took effect. */
export async function recordPanic(tx: TenantTx, record: PanicRecord): Promise<void> {
  const { id, panic, reason, actor, occurredAt } = record;
  await tx.query
    .insertInto("panic_history")
    .values({
      id,
      tenant_id: tx.tenantId,
      panic,
      reason,
      actor_type: actor.type,
      actor_id: actor.id,
      actor_via: actor.via,
      occurred_at: occurredAt,
    })
    .execute();
}

/** The last recorded switch; undefined where panic was never used. */
export async function latestPanic(tx: TenantTx): Promise<PanicRecord | undefined> {
  const row = await tx.query
    .selectFrom("panic_history")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .orderBy("occurred_at", "desc")
    .orderBy("recorded_at", "desc")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const actor = { type: row.actor_type, id: row.actor_id, via: row.actor_via } as Actor;
  return { id: row.id, panic: row.panic, reason: row.reason, actor, occurredAt: row.occurred_at };
}
