// Copies of checkpoints in the object store, and what they say when somebody with the whole database in hand has changed the chain.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { folderObjects } from "../adapters/folder-objects.ts";
import { openEngineKey } from "../agents/engine-key.ts";
import { appendEvents, insertTenant, keepHouse } from "../db/index.ts";
import type { ObjectStore } from "../ports.ts";
import { recordAuditKey } from "./audit-keys.ts";
import { compareCopies, type WitnessContext } from "./compare-witnesses.ts";
import { copyCheckpoints } from "./copy-checkpoints.ts";
import { takeCheckpoints } from "./take-checkpoints.ts";

const going = new AbortController().signal;
const hourMs = 3_600_000;

describe.each(databaseKinds)("copies of checkpoints on %s", (kind) => {
  let test: TestDatabase;
  let app: WitnessContext & { readonly objects: ObjectStore };
  let nowMs = Date.parse("2026-03-04T05:06:07.000Z");
  const folder = mkdtempSync(join(tmpdir(), "dd0c-copies-"));
  const objects = folderObjects(join(folder, "objects"));

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const clock = { now: () => nowMs, monotonic: () => performance.now() };
    app = { db: test.db, clock, engineKey: await openEngineKey(join(folder, "engine.pem")), objects };
    await recordAuditKey(app);
    await keepHouse(test.db.withSystem, new Date(nowMs));
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Appends, signs and copies; an hour passes. */
  async function grow(tenant: string, events: number): Promise<void> {
    nowMs += hourMs;
    const recorded_at = new Date(nowMs).toISOString();
    await test.db.withTenant(tenant, (tx) =>
      appendEvents(
        tx,
        Array.from({ length: events }, (_, n) => sampleDraft(tenant, { data: { n }, recorded_at })),
      ),
    );
    await takeCheckpoints(app, tenant, true);
    await copyCheckpoints(app, nowMs, going);
  }
  async function newTenant(): Promise<string> {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
    return id;
  }
  const byHand = (statement: string) => test.admin(`SET session_replication_role = replica; ${statement}`);
  const recent = (tenant: string) => compareCopies(app, tenant, nowMs, "recent");
  const cut = (tenant: string, seq: number) =>
    byHand(
      `DELETE FROM run.audit_checkpoints WHERE chain = '${tenant}' AND seq > ${seq};
       DELETE FROM run.audit_events WHERE chain = '${tenant}' AND seq > ${seq};
       DELETE FROM run.checkpoint_copies WHERE chain = '${tenant}';
       UPDATE run.audit_heads SET seq = ${seq}, hash = (SELECT hash FROM run.audit_events WHERE chain = '${tenant}' AND seq = ${seq})
       WHERE chain = '${tenant}'`,
    );

  it("are made once each, and agree with the chain", async () => {
    const tenant = await newTenant();
    await grow(tenant, 130);
    await grow(tenant, 5);
    await copyCheckpoints(app, nowMs, going);
    const keys = await objects.list(`checkpoints/${tenant}/`);
    expect(keys.map((key) => key.replace(/-[0-9a-f]{64}/, "-HASH"))).toEqual([
      expect.stringMatching(/\/000000000000100-000000000000130-HASH\.jsonl$/),
      expect.stringMatching(/\/000000000000135-000000000000135-HASH\.jsonl$/),
    ]);
    expect(await recent(tenant)).toBeNull();
    expect(await compareCopies(app, tenant, nowMs, "all")).toBeNull();
  });

  it("wait for a store that is away, and are complete afterwards", async () => {
    const tenant = await newTenant();
    await grow(tenant, 3);
    const blocked = { ...app, objects: folderObjects(join(folder, "engine.pem")) };
    await test.db.withTenant(tenant, (tx) => appendEvents(tx, [sampleDraft(tenant)]));
    await takeCheckpoints(app, tenant, true);
    await expect(copyCheckpoints(blocked, nowMs, going)).rejects.toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE" });
    await copyCheckpoints(app, nowMs, going);
    expect(await objects.list(`checkpoints/${tenant}/`)).toHaveLength(2);
  });

  it("agree after a crash between the copy and its note", async () => {
    const tenant = await newTenant();
    await grow(tenant, 3);
    await byHand(`DELETE FROM run.checkpoint_copies WHERE chain = '${tenant}'`);
    await grow(tenant, 3);
    expect(await objects.list(`checkpoints/${tenant}/`)).toHaveLength(2);
    expect(await recent(tenant)).toBeNull();
  });

  it("tell of a tail that is gone", async () => {
    const tenant = await newTenant();
    await grow(tenant, 10);
    await grow(tenant, 10);
    await cut(tenant, 10);
    expect(await recent(tenant)).toMatchObject({ count: 20, found: null, isLoss: true });
  });

  it("tell of a tail that was lost and grew again, also past the kept one", async () => {
    const tenant = await newTenant();
    await grow(tenant, 10);
    await grow(tenant, 10);
    await cut(tenant, 10);
    await grow(tenant, 30);
    expect(await recent(tenant)).toMatchObject({ count: 20, found: expect.stringMatching(/^[0-9a-f]{64}$/), isLoss: true });
    for (let days = 0; days < 3; days += 1) {
      nowMs += 24 * hourMs;
      await grow(tenant, 1);
    }
    expect(await recent(tenant)).toBeNull();
    expect(await compareCopies(app, tenant, nowMs, "all")).toMatchObject({ count: 20 });
  });

  it("tell of a chain that was written anew in the place of the old one", async () => {
    const tenant = await newTenant();
    await grow(tenant, 10);
    await grow(tenant, 10);
    await cut(tenant, 10);
    nowMs -= 2 * hourMs;
    await grow(tenant, 30);
    expect(await recent(tenant)).toMatchObject({ count: 20, isLoss: false });
  });

  it("are no evidence unless we signed them, and count as damaged where their name says something else", async () => {
    const tenant = await newTenant();
    await grow(tenant, 10);
    const [key = ""] = await objects.list(`checkpoints/${tenant}/`);
    const day = key.split("/")[2] ?? "";
    const forged = `{"checkpoint":{"chain":"${tenant}","count":99,"head":"${"a".repeat(64)}","key_id":"${app.engineKey.id}","kind":"dd0c.checkpoint.v1","taken_at":"2026-03-04T05:06:07.000Z"},"signature":"${"A".repeat(86)}=="}\n`;
    await objects.put(`checkpoints/${tenant}/${day}/000000000000099-000000000000099-`, "jsonl", Buffer.from(forged));
    expect(await recent(tenant)).toBeNull();
    await grow(tenant, 100);
    const newest = (await objects.list(`checkpoints/${tenant}/`)).at(-1) ?? "";
    writeFileSync(join(folder, "objects", newest), "nothing\n");
    await expect(recent(tenant)).rejects.toMatchObject({ code: "OBJECT_DAMAGED" });
  });
});
