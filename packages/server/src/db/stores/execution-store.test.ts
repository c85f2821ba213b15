import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertSampleTenant, type SampleTenant, sampleExecution, sampleStep } from "../../../test-support/sample-execution.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../../test-support/test-database.ts";
import type { TenantTx } from "../tenancy.ts";
import { lockForDecision } from "./circumstances-store.ts";
import { saveDecision } from "./decision-store.ts";
import { findListing, listExecutions } from "./execution-list-store.ts";
import {
  executionOfStep,
  insertExecution,
  listOpenExecutions,
  listStepsInFlight,
  pinGovernance,
  readExecution,
} from "./execution-store.ts";
import { claimEffects, completeEffect, dueAgain, enqueueEffects, voidEffects } from "./outbox-store.ts";
import { advanceSequence, appendOutput, listOutput, type OutputBatch } from "./output-store.ts";

describe.each(databaseKinds)("execution stores on %s", (kind) => {
  let test: TestDatabase;
  let tenant: SampleTenant;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  beforeEach(async () => {
    tenant = await insertSampleTenant(test.db);
  });
  afterAll(() => test.close());

  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => test.db.withTenant(tenant.tenantId, work);

  it("brings a state back exactly, commands with NUL included", async () => {
    const step = sampleStep({ command: "printf 'a\u0000'", prepared: null });
    const state = sampleExecution(tenant, {
      steps: [step, sampleStep({ order: 2, label: "2" })],
      variables: [{ name: "x", value: "\ud800", source: "manual" }],
    });
    await inTenant((tx) => insertExecution(tx, state, { alert: { labels: { a: "\u0000" } } }));
    expect(await inTenant((tx) => readExecution(tx, state.id))).toEqual(state);
    expect(await inTenant(async (tx) => (await lockForDecision(tx, state.id))?.state)).toEqual(state);
  });

  it("is not there for another tenant", async () => {
    const state = sampleExecution(tenant);
    await inTenant((tx) => insertExecution(tx, state));
    const other = await insertSampleTenant(test.db);
    expect(await test.db.withTenant(other.tenantId, (tx) => readExecution(tx, state.id))).toBeUndefined();
    expect(await test.db.withTenant(other.tenantId, (tx) => findListing(tx, state.id))).toBeUndefined();
    await expect(test.db.withTenant(other.tenantId, (tx) => insertExecution(tx, state))).rejects.toThrow("another tenant");
    const stolen = { ...sampleExecution(other), runbookId: tenant.runbookId };
    await expect(test.db.withTenant(other.tenantId, (tx) => insertExecution(tx, stolen))).rejects.toMatchObject({ code: "23503" });
  });

  it("saves changed, added, moved and inserted steps", async () => {
    const [a, b, c] = [sampleStep({ label: "a" }), sampleStep({ label: "b", order: 2 }), sampleStep({ label: "c", order: 3 })];
    const before = sampleExecution(tenant, { steps: [a, b] });
    await inTenant((tx) => insertExecution(tx, before));
    const rollback = sampleStep({ label: "r", origin: "rollback", parentStepExecutionId: a.stepExecutionId });
    const after = {
      ...before,
      status: "running" as const,
      version: 3,
      startedAtMs: 1_772_409_600_000,
      trustLevel: 2 as const,
      steps: [rollback, b, { ...a, status: "failed" as const, startedAtMs: 1_772_409_600_000 }, c],
    };
    await inTenant(async (tx) => {
      const locked = (await lockForDecision(tx, before.id))?.state;
      // The engine keeps unchanged steps as the objects it was given.
      await saveDecision(tx, { ...before, ...locked, steps: before.steps }, after, []);
    });
    expect(await inTenant((tx) => readExecution(tx, before.id))).toEqual(after);
    expect(await inTenant((tx) => findListing(tx, before.id))).toMatchObject({
      status: "running",
      stepsTotal: 4,
      stepsExecuted: 1,
      stepsFailed: 1,
      trustLevel: 2,
    });
  });

  it("says on the row of a step how its rollback went", async () => {
    const step = sampleStep({ status: "failed" });
    const before = sampleExecution(tenant, { steps: [step] });
    await inTenant((tx) => insertExecution(tx, before));
    const noOutput = { members: [], durationMs: 1, stdoutHash: null, stderrHash: null, stdoutBytes: 0, stderrBytes: 0, truncated: false };
    const result = { exitCode: 3, message: null, ...noOutput };
    const rollback = sampleStep({ origin: "rollback", parentStepExecutionId: step.stepExecutionId, status: "completed", result });
    const after = { ...before, version: 2, steps: [{ ...step, status: "rolled_back" as const }, rollback] };
    await inTenant((tx) => saveDecision(tx, before, after, []));
    const columns = ["rollback_executed", "rollback_exit_code"] as const;
    const select = (tx: TenantTx) =>
      tx.query.selectFrom("step_executions").select(columns).where("id", "=", step.stepExecutionId).execute();
    expect(await inTenant(select)).toEqual([{ rollback_executed: true, rollback_exit_code: 3 }]);
  });

  it("refuses to save over a state it did not lock", async () => {
    const state = sampleExecution(tenant);
    await inTenant((tx) => insertExecution(tx, state));
    const next = { ...state, version: 2 };
    await inTenant((tx) => saveDecision(tx, state, next, []));
    await expect(inTenant((tx) => saveDecision(tx, state, next, []))).rejects.toThrow("without its lock");
  });

  it("lets commands on one execution wait for each other and lose nothing", async () => {
    const state = sampleExecution(tenant, { version: 0 });
    await inTenant((tx) => insertExecution(tx, state));
    const bump = () =>
      inTenant(async (tx) => {
        const locked = (await lockForDecision(tx, state.id))?.state;
        if (locked === undefined) throw new Error("gone");
        await saveDecision(tx, locked, { ...locked, version: locked.version + 1 }, []);
      });
    await Promise.all(Array.from({ length: 12 }, bump));
    expect((await inTenant((tx) => readExecution(tx, state.id)))?.version).toBe(12);
  });

  it("lists pages newest first with names, filters, and what is live", async () => {
    const states = [1, 2, 3].map((n) =>
      sampleExecution(tenant, { createdAtMs: 1_772_409_600_000 + n, status: n === 2 ? "completed" : "running", agentId: tenant.agentId }),
    );
    for (const state of states) await inTenant((tx) => insertExecution(tx, state));
    await inTenant((tx) => pinGovernance(tx, states[0]!.id, "audit"));
    const first = await inTenant((tx) => listExecutions(tx, { limit: 2 }));
    const second = await inTenant((tx) => listExecutions(tx, { limit: 2, cursor: first.nextCursor ?? "" }));
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(states.map(({ id }) => id).reverse());
    expect(second.nextCursor).toBeNull();
    expect(second.items[0]).toMatchObject({ runbookTitle: "Disk", runbookVersion: 1, agentName: "agent", governanceMode: "audit" });
    const done = await inTenant((tx) => listExecutions(tx, { limit: 9, statuses: ["completed"], runbookId: tenant.runbookId }));
    expect(done.items.map(({ id }) => id)).toEqual([states[1]!.id]);
    await expect(inTenant((tx) => listExecutions(tx, { limit: 1, cursor: "nonsense" }))).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    const live = await inTenant((tx) => listOpenExecutions(tx));
    expect(live.filter(({ tenantId }) => tenantId === tenant.tenantId).map(({ executionId }) => executionId)).toEqual([
      states[0]!.id,
      states[2]!.id,
    ]);
  });

  it("counts a run that is over as open while a way back of it is, and no longer", async () => {
    const undoing = (status: "awaiting_approval" | "rolling_back" | "completed") =>
      sampleExecution(tenant, {
        status: "completed",
        steps: [sampleStep({ status: "completed" }), sampleStep({ origin: "rollback", status })],
      });
    const [asked, going, done] = [undoing("awaiting_approval"), undoing("rolling_back"), undoing("completed")];
    const aborted = sampleExecution(tenant, { status: "aborted", steps: [sampleStep({ status: "pending" })] });
    for (const state of [asked, going, done, aborted]) await inTenant((tx) => insertExecution(tx, state));
    const open = (await inTenant((tx) => listOpenExecutions(tx))).map(({ executionId }) => executionId);
    expect([asked, going, done, aborted].map(({ id }) => open.includes(id))).toEqual([true, true, false, false]);
  });

  /** A run of the tenant's agent whose step is on its way, or was taken by the agent. */
  const insertFlying = async (startedAtMs: number | null = null) => {
    const run = { agentId: tenant.agentId, workingDirectory: null, runAs: null, environment: [], stdinHash: null, timeoutMs: 1 };
    const prepared = {
      attempt: 1,
      command: "df",
      risk: "safe" as const,
      reasons: [],
      digest: "d",
      notRunnable: null,
      targets: [],
      run,
      variables: [],
      answerCodes: [],
      sensitive: false,
      unbounded: false,
      rollbackCommand: null,
      patternVersion: "p",
    };
    const flying = sampleStep({ status: "executing", attempt: 1, startedAtMs });
    const step = { ...flying, prepared: { ...prepared, stepExecutionId: flying.stepExecutionId } as never };
    const state = sampleExecution(tenant, { steps: [step] });
    await inTenant((tx) => insertExecution(tx, state));
    return { executionId: state.id, stepExecutionId: step.stepExecutionId, attempt: 1 };
  };

  it("finds steps in flight by agent and executions by step", async () => {
    const flying = await insertFlying();
    expect(await inTenant((tx) => listStepsInFlight(tx, tenant.agentId))).toEqual([flying]);
    expect(await inTenant((tx) => executionOfStep(tx, flying.stepExecutionId))).toBe(flying.executionId);
    expect(await inTenant((tx) => executionOfStep(tx, randomUUID()))).toBeUndefined();
  });

  describe("a dispatch that a server took and did not send", () => {
    const now = new Date("2026-03-05T00:00:00Z");
    const system = <T>(work: Parameters<typeof test.db.withSystem<T>>[1]) => test.db.withSystem("claim-outbox", work);
    const claim = (worker: string) =>
      system((tx) => claimEffects(tx, { kinds: ["dispatch"], worker, now, leaseMs: 60_000, limit: 10, agentIds: [tenant.agentId] }));
    const due = (agentId = tenant.agentId) => inTenant((tx) => dueAgain(tx, agentId, now));
    /** @returns the row */
    const take = async ({ executionId, ...payload }: Awaited<ReturnType<typeof insertFlying>>): Promise<number> => {
      const { agentId } = tenant;
      await inTenant((tx) => enqueueEffects(tx, [{ kind: "dispatch", payload, availableAt: now, executionId, agentId }]));
      return (await claim("killed"))[0]?.id ?? 0;
    };

    it("is due at once with the agent's next stream, until it was sent", async () => {
      const row = await take(await insertFlying());
      expect(await claim("other")).toEqual([]);
      expect(await due(randomUUID())).toBe(0);
      expect(await due()).toBe(1);
      expect((await claim("other")).map(({ id }) => id)).toEqual([row]);
      await system((tx) => completeEffect(tx, row, "other", now));
      expect(await due()).toBe(0);
    });

    it("is not due when the step was started, nor after a halt", async () => {
      await take(await insertFlying(now.getTime()));
      const halted = await insertFlying();
      await take(halted);
      expect(await inTenant((tx) => voidEffects(tx, { kinds: ["dispatch"], executionId: halted.executionId }, now))).toBe(1);
      expect(await due()).toBe(0);
    });
  });

  it("stores output once, in order of arrival, and counts frames once", async () => {
    const state = sampleExecution(tenant);
    await inTenant((tx) => insertExecution(tx, state));
    const stepExecutionId = state.steps[0]!.stepExecutionId;
    const batch = (stream: OutputBatch["stream"], firstByte: number, text: string): OutputBatch => ({
      stepExecutionId,
      attempt: 1,
      stream,
      firstByte,
      bytes: Buffer.from(text),
    });
    await inTenant((tx) => appendOutput(tx, [batch("stdout", 0, "one\0"), batch("stderr", 0, "oops")]));
    await inTenant((tx) => appendOutput(tx, [batch("stdout", 0, "one\0"), batch("stdout", 4, "two")]));
    const read = async (after?: number) => {
      const rows = await inTenant((tx) => listOutput(tx, { stepExecutionId, limit: 10, ...(after === undefined ? {} : { after }) }));
      return rows.map((row) => ({ arrival: row.arrival, text: `${row.stream}@${row.firstByte}:${Buffer.from(row.bytes).toString()}` }));
    };
    const all = await read();
    expect(all.map(({ text }) => text)).toEqual(["stdout@0:one\0", "stderr@0:oops", "stdout@4:two"]);
    expect((await read(all[1]!.arrival)).map(({ text }) => text)).toEqual(["stdout@4:two"]);
    const advance = (sequence: number) => inTenant((tx) => advanceSequence(tx, { stepExecutionId, attempt: 1 }, sequence));
    expect([await advance(1), await advance(1), await advance(2), await advance(1), await advance(7)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
