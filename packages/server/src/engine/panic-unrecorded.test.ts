// A panic whose server died right after the halt, before anything was recorded: what ran is paused when it is lifted, and goes on for nobody.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { fillSampleTenant, sampleExecution } from "../../test-support/sample-execution.ts";
import { insertExecution } from "../db/index.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-unrecorded-"));
let server: TestServer;
let admin: Session;

beforeAll(async () => {
  const by = { type: "user", id: "u", via: "web" };
  writeFileSync(join(folder, "panic.json"), JSON.stringify({ on: true, panicId: "p1", sinceMs: Date.now(), by, reason: "smoke" }));
  server = await startTestServer({ environment: { DATA_DIR: folder } });
  admin = await server.signIn();
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

it("pauses what it found running before it lifts", async () => {
  const tenant = await fillSampleTenant(server.database, server.tenantId);
  const running = sampleExecution(tenant, { status: "running", agentId: tenant.agentId, trustLevel: 2, startedAtMs: Date.now() });
  await server.database.withTenant(server.tenantId, (tx) => insertExecution(tx, running));
  expect((await admin.call("getPanic")).on).toBe(true);
  expect((await admin.call("panicOff", { body: { reason: "looked at it" } })).on).toBe(false);
  expect((await admin.call("getExecution", { params: { id: running.id } })).status).toBe("paused");
});
