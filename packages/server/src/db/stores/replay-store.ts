// What the nightly replay reads: executions to look at, their events, and where stored rows differ from a state that the events add up to.
// Answers name rows and columns, never what they hold.
import { type AuditEvent, canonicalJson, type ExecutionState } from "@dd0c/core";
import { sql } from "kysely";
import type { TenantTx } from "../tenancy.ts";
import { listEvents } from "./audit-store.ts";
import { executionColumns, stepColumns } from "./execution-columns.ts";

/** A share of all executions: each is in exactly one of `of` parts. */
export type Share = { part: number; of: number };

/** Executions of the tenant with events since then, and the given share of the rest. */
export async function listForReplay(tx: TenantTx, since: Date, { part, of }: Share): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM run.executions e WHERE tenant_id = ${tx.tenantId} AND (
      (get_byte(uuid_send(id), 14) * 256 + get_byte(uuid_send(id), 15)) % ${of}::int = ${part}::int
      OR EXISTS (SELECT FROM run.audit_events a WHERE a.execution_id = e.id AND a.recorded_at >= ${since}))
    ORDER BY id`.execute(tx.query);
  return rows.map(({ id }) => id);
}

const pageSize = 1_000;

/** All events of an execution that the database has, oldest first. */
export async function executionEvents(tx: TenantTx, executionId: string): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await listEvents(tx, { chain: tx.tenantId, executionId, limit: pageSize, order: "oldest_first", after });
    events.push(...page.events.map(({ event }) => event));
    after = page.next;
  }
  return events;
}

/** Texts by which a stored value and a computed one are compared: times and JSON have many spellings. */
const spelled = (name: string, value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  return name === "state" ? canonicalJson(JSON.parse(JSON.stringify(value ?? null))) : JSON.stringify(value ?? null);
};

const differing = (row: Readonly<Record<string, unknown>>, columns: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(columns).filter((name) => spelled(name, row[name]) !== spelled(name, columns[name]));

/** Columns as they are written: `state` as plain JSON, without the escapes of the column. */
const executionRow = (state: ExecutionState): Readonly<Record<string, unknown>> => {
  const { steps: _steps, ...own } = state;
  return { ...executionColumns(state), state: own };
};

/** Rows and columns that say something else than this state; empty when all is well. */
export async function storedDifferences(tx: TenantTx, state: ExecutionState): Promise<string[]> {
  const row = await tx.query
    .selectFrom("executions")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", state.id)
    .executeTakeFirst();
  const steps = await tx.query
    .selectFrom("step_executions")
    .selectAll()
    .where("tenant_id", "=", tx.tenantId)
    .where("execution_id", "=", state.id)
    .orderBy("position")
    .execute();
  const expected = state.steps.map((step, position) => ({
    ...stepColumns(step, state.steps),
    id: step.stepExecutionId,
    position,
    state: step,
  }));
  const stepFaults = expected.flatMap((columns, place) => differing(steps[place] ?? {}, columns));
  const named = [
    ...differing(row ?? {}, executionRow(state)).map((name) => `executions.${name}`),
    ...stepFaults.map((name) => `step_executions.${name}`),
    ...(steps.length === expected.length ? [] : ["step_executions"]),
  ];
  return [...new Set(named)];
}
