// A run that ends always gets its report, and once: also where the server dies between the end and the report, or between the report and the mark that
// it was written. From outside, on a real server whose outbox is cut off at those places.
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { until } from "../../test-support/send-delivery.ts";
import { createScannerGuard } from "../app/scanner-guard.ts";
import { upsertAgent } from "../db/index.ts";
import { writeReport } from "./report-divergence.ts";

let server: TestServer;
let admin: Session;
const agentId = randomUUID();
const outbox = { cut: false };
const ahead = { ms: 0 };
const clock = { now: () => Date.now() + ahead.ms, monotonic: () => performance.now() };

beforeAll(async () => {
  server = await startTestServer({
    clock,
    watch: (opened) => ({
      ...opened,
      withSystem: (reason, work) =>
        outbox.cut && reason === "claim-outbox" ? Promise.reject(new Error("cut off")) : opened.withSystem(reason, work),
    }),
  });
  admin = await server.signIn();
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: agentId, name: "edge", version: "0.1.0" }));
}, 60_000);
afterAll(() => server.stop());
beforeEach(() => {
  outbox.cut = false;
});

/** A run of one step that is skipped. */
async function finish(): Promise<string> {
  const { id: runbookId } = await admin.call("createRunbook", { body: { raw_text: "# Slow\n\n1. Look: `uptime`\n", trust_level: 2 } });
  const { id } = await admin.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId } });
  const { steps } = await admin.call("confirmPreflight", { params: { id }, body: { confirmed: [], variables: {} } });
  await admin.call("skipStep", { params: { id, sid: steps[0]?.id ?? "" }, body: {} });
  expect((await admin.call("getExecution", { params: { id } })).status).toBe("completed");
  return id;
}

const read = (id: string) => admin.call("getDivergence", { params: { id } });
const eventsOf = async (id: string) =>
  (await admin.call("listAudit", { query: { execution_id: id, type: "divergence.detected", limit: 50 } })).items;
const written = (id: string, timeoutMs?: number) =>
  until(
    "the report is written",
    () => read(id),
    ({ detected_at: at }) => at !== null,
    timeoutMs,
  );
const isDone = (id: string): Promise<boolean> =>
  server.database.withTenant(server.tenantId, async (tx) => {
    const rows = await tx.query
      .selectFrom("outbox")
      .select("done_at")
      .where("tenant_id", "=", tx.tenantId)
      .where("execution_id", "=", id)
      .where("kind", "=", "divergence")
      .execute();
    expect(rows).toHaveLength(1);
    return rows[0]?.done_at !== null;
  });

describe("the report of a run that is over", () => {
  it("is asked for with the end, and written when somebody is there again; until then the same is computed", async () => {
    outbox.cut = true;
    const id = await finish();
    await new Promise((wait) => setTimeout(wait, 1_500));
    const before = await read(id);
    expect(before.detected_at).toBeNull();
    expect([await eventsOf(id), await isDone(id)]).toEqual([[], false]);
    outbox.cut = false;
    const { detected_at: at, ...after } = await written(id);
    const { detected_at: _none, ...computed } = before;
    expect(after).toEqual(computed);
    expect((await eventsOf(id)).map(({ occurred_at, data }) => [occurred_at, data])).toEqual([[at, after]]);
    await until("the row is done", () => isDone(id), Boolean);
  }, 40_000);

  it("is not written again where its row was never marked: the claim lapses, and there is nothing to do", async () => {
    outbox.cut = true;
    const id = await finish();
    // What a worker wrote that died before it could say so.
    const logger = pino({ level: "silent" });
    const engine = { db: server.database, scanner: createScannerGuard(), clock, logger, bus: { publish: () => undefined } } as never;
    await writeReport(engine, server.tenantId, id);
    expect([(await eventsOf(id)).length, await isDone(id)]).toEqual([1, false]);
    outbox.cut = false;
    await until("the row is done", () => isDone(id), Boolean);
    expect(await eventsOf(id)).toHaveLength(1);
    // Several at once are one, too.
    const other = await finish();
    await Promise.all([1, 2, 3].map(() => writeReport(engine, server.tenantId, other)));
    await until("the row is done", () => isDone(other), Boolean);
    expect(await eventsOf(other)).toHaveLength(1);
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  }, 40_000);

  it("is taken up by the next worker where one died with it in its hands", async () => {
    outbox.cut = true;
    const id = await finish();
    await server.database.withSystem("schedule", (tx) =>
      tx.query
        .updateTable("outbox")
        .set({ claimed_by: "a server that died", claimed_until: new Date(clock.now() + 30_000), attempts: 1 })
        .where("execution_id", "=", id)
        .execute(),
    );
    outbox.cut = false;
    await new Promise((wait) => setTimeout(wait, 1_500));
    expect(await eventsOf(id)).toEqual([]);
    ahead.ms += 31_000;
    await written(id);
    expect(await eventsOf(id)).toHaveLength(1);
  }, 40_000);
});
