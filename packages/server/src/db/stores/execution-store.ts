// The engine's projection of an execution: its state as core/execution made it, plus columns for queries that are derived from it here.
// In: a state before and after one command. Out: rows; and back. The audit events are the truth, this is what they add up to.
import { type ExecutionState, invariant, type StepState } from "@dd0c/core";
import { type OperationNodeSource, sql } from "kysely";
import { toJsonColumn } from "../json-columns.ts";
import type { TenantTx } from "../tenancy.ts";
import { executionColumns, stepColumns } from "./execution-columns.ts";
import { liveStatuses } from "./live-run-store.ts";

/** Writes a new execution with its steps. `alertContext`: the alert's payload, for the record. */
export async function insertExecution(tx: TenantTx, state: ExecutionState, alertContext: unknown = null): Promise<void> {
  invariant(state.tenantId === tx.tenantId, "an execution of another tenant");
  await tx.query
    .insertInto("executions")
    .values({
      ...executionColumns(state),
      id: state.id,
      tenant_id: tx.tenantId,
      alert_context: alertContext === null ? null : toJsonColumn(alertContext),
      governance_mode: null,
    })
    .execute();
  for (const insert of await stepChanges(tx, state.id, [], state.steps)) await insert.execute();
}

/** The state as it is, without a lock; row and steps of one moment. */
export async function readExecution(tx: TenantTx, id: string): Promise<ExecutionState | undefined> {
  const row = await selectExecution(tx, id)
    .select([
      "state",
      sql<unknown>`(select jsonb_agg(s.state order by s.position) from run.step_executions s where s.execution_id = executions.id)`.as(
        "steps",
      ),
    ])
    .executeTakeFirst();
  return row === undefined ? undefined : wholeState(row.state, row.steps);
}

/** What it took along from its alert; null where that is nothing. */
export async function findAlertContext(tx: TenantTx, id: string): Promise<unknown> {
  return (await selectExecution(tx, id).select("alert_context").executeTakeFirst())?.alert_context ?? null;
}

const selectExecution = (tx: TenantTx, id: string) =>
  tx.query.selectFrom("executions").where("tenant_id", "=", tx.tenantId).where("id", "=", id);

/** What a run says about itself that was stored before these fields existed. */
const before = {
  inChargeId: null,
  joinedIds: [],
  stall: null,
  branches: [],
  laterVariables: [],
  declared: [],
} satisfies Partial<ExecutionState>;

function wholeState(state: unknown, steps: unknown): ExecutionState {
  return { ...before, ...(state as Omit<ExecutionState, "steps">), steps: (steps ?? []) as StepState[] };
}

type Statement = OperationNodeSource & { execute(): Promise<unknown> };

/** What one command changed, as statements; the first one gives the row's id back where it was as `before` says. */
export interface Changes {
  readonly row: Statement;
  readonly steps: readonly Statement[];
}

/**
 * In: an execution as lockForDecision gave it in this transaction, and as it is to be. Out: statements for its row and for those steps that
 * are other objects than before, in no order: each writes other rows. Steps that change their position have made room already.
 */
export async function changesOf(tx: TenantTx, before: ExecutionState, after: ExecutionState): Promise<Changes> {
  invariant(before.id === after.id && after.tenantId === tx.tenantId, "one execution saved as another");
  const row = tx.query
    .updateTable("executions")
    .set(executionColumns(after))
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", after.id)
    .where("event_count", "=", before.version)
    .returning("id");
  return { row, steps: await stepChanges(tx, after.id, before.steps, after.steps) };
}

async function stepChanges(
  tx: TenantTx,
  executionId: string,
  before: readonly StepState[],
  after: readonly StepState[],
): Promise<readonly Statement[]> {
  const known = new Map(before.map((step, position) => [step.stepExecutionId, { step, position }]));
  const placed = after.map((step, position) => ({ step, position, was: known.get(step.stepExecutionId) }));
  await stepAside(
    tx,
    placed.flatMap(({ step, position, was }) => (was === undefined || was.position === position ? [] : [step.stepExecutionId])),
  );
  const changed = placed.filter(({ step, position, was }) => was !== undefined && (was.step !== step || was.position !== position));
  const updates = changed.map(({ step, position }) => stepUpdate(tx, step, position, after));
  const added = placed.filter(({ was }) => was === undefined);
  if (added.length === 0) return updates;
  const rows = added.map(({ step, position }) => ({
    ...stepColumns(step, after),
    position,
    id: step.stepExecutionId,
    tenant_id: tx.tenantId,
    execution_id: executionId,
  }));
  return [...updates, tx.query.insertInto("step_executions").values(rows)];
}

/** Positions are unique: steps that change theirs first move to negative ones, which nothing else has. */
async function stepAside(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query
    .updateTable("step_executions")
    .set({ position: sql<number>`-position - 1` })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "in", ids)
    .execute();
}

const stepUpdate = (tx: TenantTx, step: StepState, position: number, steps: readonly StepState[]) =>
  tx.query
    .updateTable("step_executions")
    .set({ ...stepColumns(step, steps), position })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", step.stepExecutionId);

/** Notes under which governance an execution was started, for lists and screens. */
export async function pinGovernance(tx: TenantTx, id: string, mode: "strict" | "audit"): Promise<void> {
  await tx.query
    .updateTable("executions")
    .set({ governance_mode: mode })
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .execute();
}

/** Where an execution stands that has not ended. */
export type LiveExecution = { tenantId: string; executionId: string; agentId: string | null };

const openStatuses = ["pending", "awaiting_approval", "executing", "rolling_back"] as const;

/** Executions of the tenant that have not ended. */
async function listLiveExecutions(tx: TenantTx): Promise<LiveExecution[]> {
  const rows = await tx.query
    .selectFrom("executions")
    .select(["tenant_id", "id", "agent_id"])
    .where("tenant_id", "=", tx.tenantId)
    .where("status", "in", liveStatuses)
    .orderBy("created_at")
    .execute();
  return rows.map((row) => ({ tenantId: row.tenant_id, executionId: row.id, agentId: row.agent_id }));
}

/** Of the tenant: executions that have not ended, and ended ones in which a way back is open. What a halt reaches, and a returning agent. */
export async function listOpenExecutions(tx: TenantTx): Promise<LiveExecution[]> {
  const undone = await tx.query
    .selectFrom("executions as e")
    .innerJoin("step_executions as s", "s.execution_id", "e.id")
    .select(["e.tenant_id", "e.id", "e.agent_id"])
    .distinct()
    .where("e.tenant_id", "=", tx.tenantId)
    .where("e.status", "not in", liveStatuses)
    .where("s.origin", "=", "rollback")
    .where("s.status", "in", openStatuses)
    .execute();
  const ended = undone.map((row) => ({ tenantId: row.tenant_id, executionId: row.id, agentId: row.agent_id }));
  return [...(await listLiveExecutions(tx)), ...ended];
}

/** An attempt without a known end. */
export type StepInFlight = { executionId: string; stepExecutionId: string; attempt: number };

/** Steps of this agent that were dispatched and have no end yet. */
export async function listStepsInFlight(tx: TenantTx, agentId: string): Promise<StepInFlight[]> {
  const rows = await tx.query
    .selectFrom("step_executions")
    .select(["execution_id", "id", "attempt"])
    .where("tenant_id", "=", tx.tenantId)
    .where("agent_id", "=", agentId)
    .where("status", "in", ["auto_executing", "executing", "rolling_back"])
    .execute();
  return rows.map((row) => ({ executionId: row.execution_id, stepExecutionId: row.id, attempt: row.attempt }));
}

/** The execution that a step belongs to; undefined for a step of another tenant. */
export async function executionOfStep(tx: TenantTx, stepExecutionId: string): Promise<string | undefined> {
  const row = await tx.query
    .selectFrom("step_executions")
    .select("execution_id")
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", stepExecutionId)
    .executeTakeFirst();
  return row?.execution_id;
}
