// Executions as the engine's own rules make them, written as the engine writes them, then changed by hand: which of it the replay finds.
import type { AuditDraft, ExecutionState } from "@dd0c/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginExecution } from "../../test-support/begin-execution.ts";
import { insertSampleTenant, type SampleTenant } from "../../test-support/sample-execution.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { appendEvents, insertExecution } from "../db/index.ts";
import { replayExecutions } from "./replay-executions.ts";

const going = new AbortController().signal;
const all = { part: 0, of: 1 };

describe.each(databaseKinds)("the replay of executions on %s", (kind) => {
  let test: TestDatabase;
  let tenant: SampleTenant;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    tenant = await insertSampleTenant(test.db);
  });
  afterAll(() => test.close());

  /** Started, begun, and its first step awaits a person. */
  async function execution(): Promise<ExecutionState> {
    const { tenantId, runbookId } = tenant;
    const { state, history } = beginExecution(tenant);
    const drafts = history.map(
      (event): AuditDraft => ({
        type: event.type,
        schema_version: 1,
        tenant: tenantId,
        execution: event.executionId,
        step_execution: event.stepExecutionId,
        runbook: runbookId,
        actor: event.actor,
        occurred_at: new Date(event.occurredAtMs).toISOString(),
        recorded_at: new Date().toISOString(),
        late: false,
        source_ip: null,
        data: event.data as unknown as AuditDraft["data"],
      }),
    );
    await test.db.withTenant(tenantId, async (tx) => {
      await insertExecution(tx, state);
      await appendEvents(tx, drafts);
    });
    return state;
  }
  const replayed = (since = new Date(0), share = all) => replayExecutions({ db: test.db }, tenant.tenantId, since, share, going);
  const byHand = (statement: string) => test.admin(`SET session_replication_role = replica; ${statement}`);

  it("finds nothing where nothing was changed", async () => {
    const { steps, status } = await execution();
    expect([status, steps[0]?.status]).toEqual(["running", "suggested"]);
    expect(await replayed()).toEqual([]);
  });

  it.each<[string, (id: string) => string, string[]]>([
    ["a status", (id) => `UPDATE run.executions SET status = 'completed' WHERE id = '${id}'`, ["executions.status"]],
    [
      "the state itself",
      (id) => `UPDATE run.executions SET state = jsonb_set(state, '{trustLevel}', '0') WHERE id = '${id}'`,
      ["executions.state"],
    ],
    [
      "a step's outcome",
      (id) => `UPDATE run.step_executions SET exit_code = 0, completed_at = now() WHERE execution_id = '${id}' AND position = 1`,
      ["step_executions.exit_code", "step_executions.completed_at"],
    ],
    [
      "a step's state",
      (id) => `UPDATE run.step_executions SET state = jsonb_set(state, '{note}', '"x"') WHERE execution_id = '${id}' AND position = 0`,
      ["step_executions.state"],
    ],
    ["a step removed", (id) => `DELETE FROM run.step_executions WHERE execution_id = '${id}' AND position = 1`, ["step_executions"]],
    [
      "the beginning of its history removed",
      (id) => `DELETE FROM run.audit_events WHERE execution_id = '${id}' AND event_type = 'execution.created'`,
      ["history"],
    ],
  ])("finds %s changed by hand", async (_name, statement, differs) => {
    const { id, version } = await execution();
    await byHand(statement(id));
    const [found] = (await replayed()).filter(({ executionId }) => executionId === id);
    expect(found).toMatchObject({ executionId: id, runbookId: tenant.runbookId, events: version });
    expect(found?.differs).toEqual(expect.arrayContaining(differs));
    await byHand(`DELETE FROM run.step_executions WHERE execution_id = '${id}'; DELETE FROM run.executions WHERE id = '${id}'`);
  });

  it("looks at what has new events, and at each of the others once in so many nights", async () => {
    const ids = new Set<string>();
    for (let n = 0; n < 4; n += 1) ids.add((await execution()).id);
    await byHand(`UPDATE run.executions SET steps_failed = 9 WHERE tenant_id = '${tenant.tenantId}'`);
    const future = new Date(Date.now() + 3_600_000);
    const seen: string[] = [];
    for (let part = 0; part < 3; part += 1) seen.push(...(await replayed(future, { part, of: 3 })).map(({ executionId }) => executionId));
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of ids) expect(seen).toContain(id);
    const recent = (await replayed(new Date(Date.now() - 60_000), { part: 0, of: 1_000_000 })).map(({ executionId }) => executionId);
    for (const id of ids) expect(recent).toContain(id);
  });
});
