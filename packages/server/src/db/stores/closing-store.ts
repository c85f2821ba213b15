// What an integration's provider is told when a run is over: its settings with their sealed token, and which alerts a run speaks for.
import type { AlertSource, AlertStatus } from "@dd0c/core";
import { toTextColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";
import type { DeliveryState } from "./outbound-store.ts";

/** `when_asked`: a person says so. `when_completed`: the end of a completed run says so. */
export type Resolves = "never" | "when_asked" | "when_completed";

export type ClosingRecord = {
  integrationId: string;
  addsNote: boolean;
  resolves: Resolves;
  apiUrl: string;
  actsAs: string | null;
  sealedToken: string;
  changedBy: string;
  changedAt: Date;
};

type Row = {
  integration_id: string;
  adds_note: boolean;
  resolves: string;
  api_url: string;
  acts_as: string | null;
  sealed_token: string;
  changed_by: string;
  changed_at: Date;
};

const columns = [
  "integration_id",
  "adds_note",
  "resolves",
  "api_url",
  "acts_as",
  "sealed_token",
  "changed_by",
  "changed_at",
] as const satisfies readonly (keyof Row)[];

const record = (row: Row): ClosingRecord => ({
  integrationId: row.integration_id,
  addsNote: row.adds_note,
  resolves: row.resolves as Resolves,
  apiUrl: row.api_url,
  actsAs: row.acts_as,
  sealedToken: row.sealed_token,
  changedBy: row.changed_by,
  changedAt: row.changed_at,
});

const selectClosings = (tx: TenantTx) => tx.query.selectFrom("integration_closings").select(columns).where("tenant_id", "=", tx.tenantId);

export async function listClosings(tx: TenantTx): Promise<ClosingRecord[]> {
  return (await selectClosings(tx).execute()).map(record);
}

export async function findClosing(tx: TenantTx, integrationId: string): Promise<ClosingRecord | undefined> {
  return (await selectClosings(tx).where("integration_id", "=", integrationId).execute()).map(record)[0];
}

export async function saveClosing(tx: TenantTx, closing: ClosingRecord): Promise<void> {
  const set = {
    adds_note: closing.addsNote,
    resolves: closing.resolves,
    api_url: toTextColumn(closing.apiUrl),
    acts_as: toTextColumn(closing.actsAs),
    sealed_token: closing.sealedToken,
    changed_by: closing.changedBy,
    changed_at: closing.changedAt,
  };
  await tx.query
    .insertInto("integration_closings")
    .values({ ...set, integration_id: closing.integrationId, tenant_id: tx.tenantId })
    .onConflict((conflict) => conflict.column("integration_id").doUpdateSet(set))
    .execute();
}

/** False where there was none. */
export async function removeClosing(tx: TenantTx, integrationId: string): Promise<boolean> {
  const result = await tx.query
    .deleteFrom("integration_closings")
    .where("tenant_id", "=", tx.tenantId)
    .where("integration_id", "=", integrationId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export type ClosableAlert = {
  id: string;
  episodeKey: string;
  status: AlertStatus;
  kind: AlertSource;
  closing: Pick<ClosingRecord, "integrationId" | "addsNote" | "resolves">;
};

const selectClosable = (tx: TenantTx) =>
  tx.query
    .selectFrom("alerts as a")
    .innerJoin("integrations as i", "i.id", "a.integration_id")
    .innerJoin("integration_closings as c", "c.integration_id", "i.id")
    .select(["a.id", "a.episode_key", "a.status", "i.kind", "c.integration_id", "c.adds_note", "c.resolves"])
    .where("a.tenant_id", "=", tx.tenantId)
    .where("i.revoked_at", "is", null);

type ClosableRow = Awaited<ReturnType<ReturnType<typeof selectClosable>["execute"]>>[number];

const closable = (row: ClosableRow): ClosableAlert => ({
  id: row.id,
  episodeKey: row.episode_key,
  status: row.status as AlertStatus,
  kind: row.kind as AlertSource,
  closing: { integrationId: row.integration_id, addsNote: row.adds_note, resolves: row.resolves as Resolves },
});

/** Undefined: nothing is told about this alert, or there is no such alert. */
export async function findClosable(tx: TenantTx, alertId: string): Promise<ClosableAlert | undefined> {
  return (await selectClosable(tx).where("a.id", "=", alertId).execute()).map(closable)[0];
}

/** The alerts that an execution speaks for: its own, and those that share the offer which it was started from; the oldest first, at most `limit`. */
export async function closableAlerts(tx: TenantTx, executionId: string, alertId: string, limit: number): Promise<ClosableAlert[]> {
  const rows = await selectClosable(tx)
    .where((each) =>
      each.or([
        each("a.id", "=", alertId),
        each("a.offer_id", "in", (offers) =>
          offers
            .selectFrom("alert_offers as o")
            .select("o.id")
            .where("o.tenant_id", "=", tx.tenantId)
            .where("o.execution_id", "=", executionId),
        ),
      ]),
    )
    .orderBy((each) => each("a.id", "=", alertId), "desc")
    .orderBy("a.received_at")
    .limit(limit)
    .execute();
  return rows.map(closable);
}

export type ToldState = { dedupKey: string; id: string; state: DeliveryState; error: string | null; deliveredAt: Date | null };

/** What became of deliveries with these keys; those that are not there are left out. */
export async function findTold(tx: TenantTx, dedupKeys: readonly string[]): Promise<ToldState[]> {
  if (dedupKeys.length === 0) return [];
  const rows = await tx.query
    .selectFrom("outbound_deliveries")
    .select(["dedup_key", "id", "state", "last_error", "delivered_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("dedup_key", "in", dedupKeys)
    .execute();
  return rows.map((row) => ({
    dedupKey: row.dedup_key,
    id: row.id,
    state: row.state as DeliveryState,
    error: row.last_error,
    deliveredAt: row.delivered_at,
  }));
}
