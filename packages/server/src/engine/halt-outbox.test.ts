// What was decided before a halt never leaves after it: also a way back in a run that is over, which has no pause to wait in.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { fillSampleTenant, sampleExecution, sampleStep, type SampleTenant } from "../../test-support/sample-execution.ts";
import { enqueueEffects, insertExecution, listTenantIds, setTrust } from "../db/index.ts";

let server: TestServer;
let admin: Session;
let tenant: SampleTenant;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
  const [tenantId = ""] = await server.database.withSystem("party-mode", listTenantIds);
  tenant = await fillSampleTenant(server.database, tenantId);
}, 60_000);
afterAll(() => server.stop());

/** A run that is over, whose step back was approved and waits for its agent, which is away. */
async function undoUnderWay(): Promise<string> {
  const done = sampleStep({ status: "completed", attempt: 1 });
  const back = sampleStep({
    origin: "rollback",
    parentStepExecutionId: done.stepExecutionId,
    stepId: done.stepId,
    sub: 1,
    label: "1-undo",
    status: "rolling_back",
    attempt: 1,
    notAfterMs: Date.now() + 600_000,
  });
  const execution = sampleExecution(tenant, {
    status: "completed",
    agentId: tenant.agentId,
    agentName: "agent",
    trustLevel: 2,
    startedAtMs: Date.now(),
    completedAtMs: Date.now(),
    steps: [done, back],
  });
  const { agentId } = tenant;
  const { stepExecutionId } = back;
  const payload = { kind: "dispatch", id: randomUUID(), agentId, stepExecutionId, attempt: 1, notAfterMs: back.notAfterMs };
  await server.database.withTenant(tenant.tenantId, async (tx) => {
    await insertExecution(tx, execution);
    await enqueueEffects(tx, [{ kind: "dispatch", payload, availableAt: new Date(), executionId: execution.id, agentId }]);
  });
  return execution.id;
}

const mayLeave = (executionId: string): Promise<boolean> =>
  server.database.withTenant(tenant.tenantId, async (tx) => {
    const row = await tx.query
      .selectFrom("outbox")
      .select(["done_at", "voided_at"])
      .where("execution_id", "=", executionId)
      .executeTakeFirstOrThrow();
    return row.done_at === null && row.voided_at === null;
  });

describe("a step back on its way in a run that is over", () => {
  it("does not leave after a panic", async () => {
    const id = await undoUnderWay();
    expect(await mayLeave(id)).toBe(true);
    await admin.call("panicOn", { body: { reason: "smoke" } });
    await admin.call("panicOff", { body: { reason: "looked at it" } });
    expect(await mayLeave(id)).toBe(false);
  });

  it("does not leave in party mode or after it", async () => {
    const id = await undoUnderWay();
    // Trust that no admin's decision explains: found at the next start.
    await server.database.withTenant(tenant.tenantId, (tx) => setTrust(tx, tenant.runbookId, 2, "u", new Date()));
    const start = admin.call("startExecution", { body: { runbook_id: tenant.runbookId } });
    await expect(start).rejects.toMatchObject({ code: "PARTY_MODE_ACTIVE" });
    expect(await mayLeave(id)).toBe(false);
    await admin.call("leavePartyMode", { body: { reason: "looked at it" } });
  });
});
