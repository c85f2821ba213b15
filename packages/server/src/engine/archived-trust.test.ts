// A server that has been running for years: a runbook's trust was decided in a month that has left the database. It is found in the archive, and a
// level above it is found out all the same. The server's clock starts in 2024; the database judges ages by its own.
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { keepHouse, openDatabase } from "../db/index.ts";
import { archiveAuditJob } from "../jobs/archive-audit.ts";

let cluster: TestCluster;
let superuser: Client;
let server: TestServer;
let admin: Session;
let nowMs = Date.parse("2024-02-10T00:00:00Z");

beforeAll(async () => {
  cluster = await startPostgres();
  const { url, superuserUrl } = await cluster.createDatabase();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  const database = await openDatabase({ kind: "postgres", url });
  await keepHouse(database.withSystem, new Date(nowMs));
  await database.close();
  server = await startTestServer({ databaseUrl: url, clock: { now: () => nowMs, monotonic: () => performance.now() } });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await superuser.end();
  await cluster.stop();
});

it("is explained by its archived decision, and only by that", async () => {
  admin = await server.signIn();
  const { id } = await admin.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n", trust_level: 1 } });
  nowMs = Date.now();
  admin = await server.signIn();
  await archiveAuditJob.work(server.jobContext, nowMs, new AbortController().signal);
  const { rows } = await superuser.query("SELECT count(*)::int AS old FROM run.audit_events WHERE recorded_at < '2025-01-01'");
  expect(rows).toEqual([{ old: 0 }]);
  expect((await admin.call("verifyAudit")).ok).toBe(true);

  const start = () => admin.call("startExecution", { body: { runbook_id: id } });
  await expect(start()).rejects.toMatchObject({ code: "AGENT_NOT_FOUND" });
  await superuser.query("SET session_replication_role = replica");
  await superuser.query("UPDATE run.runbooks SET trust_level = 2 WHERE id = $1", [id]);
  await expect(start()).rejects.toMatchObject({ code: "PARTY_MODE_ACTIVE" });
  expect((await admin.call("getPartyMode")).causes).toMatchObject([{ cause: "trust_unexplained", runbook_id: id }]);
});
