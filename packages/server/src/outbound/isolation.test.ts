// What is told to the outside can neither slow nor fail what it tells of: with every table of it locked, and with its sender broken.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { until } from "../../test-support/send-delivery.ts";
import { openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../test-support/webhook-receiver.ts";

let database: TestDatabase;
let receiver: WebhookReceiver;
let server: TestServer;
let admin: Session;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  receiver = await startWebhookReceiver();
  const { config } = database;
  if (config.kind !== "postgres") throw new Error("no PostgreSQL");
  server = await startTestServer({
    databaseUrl: config.url,
    environment: { OUTBOUND_ALLOW_HOSTS: `127.0.0.1:${receiver.port}`, OUTBOUND_RETRY_SECONDS: "0" },
  });
  admin = await server.signIn();
  await admin.call("createWebhookEndpoint", { body: { url: receiver.url } });
}, 90_000);
afterAll(async () => {
  await server.stop();
  await receiver.close();
  await database.close();
});

const tables = ["outbound_deliveries", "outbound_attempts", "outbound_cursors", "webhook_endpoints", "webhook_endpoint_secrets"];
const came = () => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

it("records what happens while every table of webhooks is locked, and tells it afterwards", async () => {
  const heldMs = 4_000;
  const lock = `BEGIN; LOCK TABLE ${tables.map((table) => `run.${table}`).join(", ")} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${heldMs / 1_000}); COMMIT`;
  const held = database.admin(lock);
  await until(
    "the lock",
    () => database.admin<{ held: boolean }>("SELECT count(*) = 5 AS held FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted"),
    ([row]) => row?.held === true,
  );
  const started = performance.now();
  await admin.call("panicOn", { body: { reason: "under lock" } });
  await admin.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n" } });
  await admin.call("panicOff", { body: { reason: "under lock" } });
  expect(performance.now() - started).toBeLessThan(heldMs - 1_500);
  expect(came()).toEqual([]);
  await held;
  await until(
    "both events",
    async () => came(),
    (types) => types.length >= 2,
    20_000,
  );
  expect(came().toSorted()).toEqual(["dev.dd0c.run.panic.activated", "dev.dd0c.run.panic.cleared"]);
});

it("records what happens while what it writes is refused, says so in the log, and tells it later", async () => {
  receiver.received.length = 0;
  await database.admin("ALTER TABLE run.outbound_deliveries ADD CONSTRAINT broken CHECK (false) NOT VALID");
  await admin.call("panicOn", { body: { reason: "broken" } });
  await admin.call("panicOff", { body: { reason: "broken" } });
  await until(
    "a line in the log",
    async () => server.log,
    (lines) => lines.some((line) => line.includes("the targets of a tenant could not be told")),
  );
  expect(came()).toEqual([]);
  await database.admin("ALTER TABLE run.outbound_deliveries DROP CONSTRAINT broken");
  await until(
    "both events",
    async () => came(),
    (types) => types.length >= 2,
    20_000,
  );
  expect((await admin.call("verifyAudit")).ok).toBe(true);
});
