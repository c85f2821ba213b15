// When checkpoints are written, on the embedded database with a clock of our own.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { openEngineKey } from "../agents/engine-key.ts";
import { appendEvents, insertTenant, listCheckpoints } from "../db/index.ts";
import { writeDueCheckpoints, type WriterContext } from "./write-due-checkpoints.ts";

let test: TestDatabase;
let engine: WriterContext;
let now = Date.now();
const said: unknown[] = [];
const named = new Set<string>();
const folder = mkdtempSync(join(tmpdir(), "dd0c-keys-"));

beforeAll(async () => {
  test = await openTestDatabase("embedded");
  const clock = { now: () => now, monotonic: () => now };
  const logger = { error: (facts: unknown) => void said.push(facts) };
  engine = { db: test.db, clock, engineKey: await openEngineKey(join(folder, "engine.pem")), logger };
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

async function newTenant(): Promise<string> {
  const id = randomUUID();
  await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
  return id;
}
const append = (tenant: string, events: number) =>
  test.db.withTenant(tenant, (tx) =>
    appendEvents(
      tx,
      Array.from({ length: events }, () => sampleDraft(tenant)),
    ),
  );
const look = async (tenant: string) => {
  await writeDueCheckpoints(engine, named);
  return (await test.db.withTenant(tenant, (tx) => listCheckpoints(tx, tenant, 0, 10_000))).map(({ seq }) => seq);
};

it("signs at the first look, at each hundredth event at once, and at the last event after a minute", async () => {
  const tenant = await newTenant();
  expect(await look(tenant)).toEqual([]);
  await append(tenant, 3);
  expect(await look(tenant)).toEqual([3]);
  await append(tenant, 3);
  now += 59_999;
  expect(await look(tenant)).toEqual([3]);
  now += 1;
  expect(await look(tenant)).toEqual([3, 6]);
  await append(tenant, 200);
  expect(await look(tenant)).toEqual([3, 6, 100, 200]);
  expect(await look(tenant)).toEqual([3, 6, 100, 200]);
  now += 60_000;
  expect(await look(tenant)).toEqual([3, 6, 100, 200, 206]);
  now += 600_000;
  expect(await look(tenant)).toEqual([3, 6, 100, 200, 206]);
});

it("signs the system's chain too", async () => {
  await test.db.withSystem("system-audit", (tx) => appendEvents(tx, [sampleDraft(null)]));
  await writeDueCheckpoints(engine, named);
  const system = await test.db.withSystem("checkpoint", (tx) => listCheckpoints(tx, "system", 0, 10));
  expect(system.map(({ seq, keyId }) => [seq, keyId])).toEqual([[1, engine.engineKey.id]]);
});

it("names a broken chain once, signs no more of it, and signs the others", async () => {
  const [broken, whole] = [await newTenant(), await newTenant()];
  await append(broken, 150);
  await test.admin(
    `SET session_replication_role = replica; UPDATE run.audit_events SET late = NOT late WHERE chain = '${broken}' AND seq = 120`,
  );
  await append(whole, 5);
  await writeDueCheckpoints(engine, named);
  expect(await look(whole)).toEqual([5]);
  expect(said).toEqual([{ code: "AUDIT_CHAIN_BROKEN", chain: broken, seq: 120, reason: "changed" }]);
  expect(await look(broken)).toEqual([100]);
});
