// Old months of the audit log out of the database and into the object store: whole, once, and provable; with crashes between the steps, and with
// somebody who changes what lies in either place. Events are of 2024; the database judges their age by its own clock.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { verdictOn } from "../../test-support/verify-lines.ts";
import { folderObjects } from "../adapters/folder-objects.ts";
import { openEngineKey } from "../agents/engine-key.ts";
import { appendEvents, dropArchivedMonth, insertTenant, keepHouse, listArchives, readHead } from "../db/index.ts";
import { type ArchiveContext, archiveChain } from "./archive-chain.ts";
import { archiveMonths } from "./archive-months.ts";
import { recordAuditKey } from "./audit-keys.ts";
import { exportLines } from "./export-lines.ts";
import { newestArchived } from "./search-archives.ts";
import { verifyAudit } from "./verify-audit.ts";

const going = new AbortController().signal;
const [january, february] = ["2024-01-01", "2024-02-01"];

describe.each(databaseKinds)("archives on %s", (kind) => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-archives-"));
  let test: TestDatabase;
  let app: ArchiveContext;

  beforeEach(async () => {
    test = await openTestDatabase(kind);
    app = {
      db: test.db,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      engineKey: await openEngineKey(join(folder, "engine.pem")),
      objects: folderObjects(join(folder, randomUUID())),
    };
    await recordAuditKey(app);
    await keepHouse(test.db.withSystem, new Date("2024-01-15T00:00:00Z"));
  });
  afterEach(() => test.close());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function newTenant(): Promise<string> {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
    return id;
  }
  const append = (tenant: string, recorded_at: string, events: number) =>
    test.db.withTenant(tenant, (tx) =>
      appendEvents(
        tx,
        Array.from({ length: events }, (_, n) => sampleDraft(tenant, { recorded_at, data: { n, text: "df -h | grep '\u00fc\u2028'" } })),
      ),
    );
  /** 130 events in January, 40 in February, 5 now. */
  async function threeMonths(): Promise<string> {
    const tenant = await newTenant();
    await append(tenant, "2024-01-10T00:00:00.000Z", 130);
    await append(tenant, "2024-02-10T00:00:00.000Z", 40);
    await append(tenant, new Date().toISOString(), 5);
    return tenant;
  }
  async function exported(tenant: string): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of exportLines(app, tenant)) lines.push(line.slice(0, -1));
    return lines;
  }
  const archive = () => archiveMonths(app, Date.now(), going);
  const archives = (tenant: string) => test.db.withSystem("archive", (tx) => listArchives(tx, tenant));
  const inDatabase = async (tenant: string) =>
    (await test.admin<{ seq: string }>(`SELECT seq FROM run.audit_events WHERE chain = $1 ORDER BY seq`, [tenant])).map(({ seq }) =>
      Number(seq),
    );
  const partitions = async () =>
    (
      await test.admin<{ name: string }>(
        `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'run.audit_events'::regclass`,
      )
    )
      .map(({ name }) => name.slice(-7))
      .filter((name) => name.startsWith("2024"))
      .sort();
  const byHand = (statement: string) => test.admin(`SET session_replication_role = replica; ${statement}`);
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

  it("take whole months out of the database, and nobody who reads the chain sees a difference", async () => {
    const [tenant, other] = [await threeMonths(), await threeMonths()];
    const before = await exported(tenant);
    expect(await archive()).toEqual([]);
    expect(await partitions()).toEqual([]);
    expect(await inDatabase(tenant)).toEqual(range(171, 175));
    expect((await archives(tenant)).map(({ firstSeq, lastSeq, month }) => ({ firstSeq, lastSeq, month }))).toEqual([
      { firstSeq: 131, lastSeq: 170, month: february },
      { firstSeq: 1, lastSeq: 130, month: january },
    ]);
    const after = await exported(tenant);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(verdictOn(after)).toBe("ok 175");
    expect(await verifyAudit(app, tenant)).toMatchObject({ events: 175, broken: null });
    expect(await verifyAudit(app, other, new Set(), "since_archive")).toMatchObject({ events: 175, broken: null });
    const events = await test.admin<{ type: string; data: { events?: number } }>(
      `SELECT event_type AS type, event_data AS data FROM run.audit_events WHERE chain = 'system' ORDER BY seq`,
    );
    expect(events.filter(({ type }) => type === "audit.archived")).toHaveLength(4);
    expect(events.filter(({ type }) => type === "audit.partition_dropped").map(({ data }) => data.events)).toEqual([260, 80, 0]);
    await archive();
    expect(await archives(tenant)).toHaveLength(2);
  });

  it("follow numbers, not times, where an event was recorded in the month before the one in front of it", async () => {
    const tenant = await newTenant();
    await append(tenant, "2024-01-31T23:59:59.900Z", 10);
    await append(tenant, "2024-02-01T00:00:00.010Z", 1);
    await append(tenant, "2024-01-31T23:59:59.990Z", 1);
    await append(tenant, "2024-02-01T00:00:00.020Z", 3);
    await append(tenant, new Date().toISOString(), 1);
    const before = await exported(tenant);
    await archiveChain(app, tenant, january, 12, Date.now());
    expect(await test.db.withSystem("archive", (tx) => dropArchivedMonth(tx, january))).toBe(11);
    expect(await inDatabase(tenant)).toEqual([11, 13, 14, 15, 16]);
    expect((await exported(tenant)).slice(0, -1)).toEqual(before.slice(0, -1));
    await archive();
    expect(await inDatabase(tenant)).toEqual([16]);
    expect((await exported(tenant)).slice(0, -1)).toEqual(before.slice(0, -1));
    expect((await archives(tenant)).map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [13, 15],
      [1, 12],
    ]);
  });

  it("lose nothing and double nothing in a crash before they are on record, and in one before the month is dropped", async () => {
    const tenant = await threeMonths();
    const before = await exported(tenant);
    await archiveChain(app, tenant, january, 130, Date.now());
    const [first] = await archives(tenant);
    // In the store, and not on record.
    await byHand(`DELETE FROM run.audit_archives WHERE chain = '${tenant}'`);
    expect((await exported(tenant)).slice(0, -1)).toEqual(before.slice(0, -1));
    await archiveChain(app, tenant, january, 130, Date.now());
    expect((await archives(tenant)).map(({ objectKey }) => objectKey)).toEqual([first?.objectKey]);
    expect(await app.objects.list(`archive/${tenant}/`)).toHaveLength(1);
    // On record, and still in the database.
    expect((await exported(tenant)).slice(0, -1)).toEqual(before.slice(0, -1));
    await archive();
    expect(await inDatabase(tenant)).toEqual(range(171, 175));
    expect((await exported(tenant)).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it("keep a month in the database while the store is away, while a chain does not verify, and while it is young", async () => {
    const [tenant, whole] = [await threeMonths(), await threeMonths()];
    writeFileSync(join(folder, "a-file"), "");
    const away = { ...app, objects: folderObjects(join(folder, "a-file")) };
    await expect(archiveMonths(away, Date.now(), going)).rejects.toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE" });
    expect([await inDatabase(tenant), await archives(tenant)]).toEqual([range(1, 175), []]);
    expect(await archiveMonths(app, Date.parse("2024-04-01T00:00:00Z"), going)).toEqual([]);
    expect(await partitions()).toEqual(["2024_01", "2024_02", "2024_03"]);
    await byHand(`UPDATE run.audit_events SET late = NOT late WHERE chain = '${tenant}' AND seq = 7`);
    expect(await archive()).toEqual([tenant]);
    expect(await partitions()).toEqual(["2024_01", "2024_02"]);
    expect([await archives(tenant), (await archives(whole)).length]).toEqual([[], 2]);
    expect(verdictOn(await exported(whole))).toBe("ok 175");
    expect((await verifyAudit(app, tenant)).broken).toEqual({ seq: 7, reason: "changed" });
  });

  it("cannot be used to remove what is in no archive, what is young, or anything by a tenant's own role", async () => {
    const tenant = await threeMonths();
    const drop = (month: string) => test.db.withSystem("archive", (tx) => dropArchivedMonth(tx, month));
    await expect(drop(january)).rejects.toMatchObject({ code: "DDA03" });
    await archiveChain(app, tenant, january, 130, Date.now());
    await append(tenant, "2024-01-11T00:00:00.000Z", 1);
    await expect(drop(january)).rejects.toMatchObject({ code: "DDA03" });
    await expect(drop(`${new Date().toISOString().slice(0, 7)}-01`)).rejects.toMatchObject({ code: "DDA03" });
    expect(await inDatabase(tenant)).toEqual(range(1, 176));
    const guarded = await test.admin<{ forced: boolean }>(
      `SELECT relforcerowsecurity AS forced FROM pg_class WHERE oid = 'run.audit_events_2024_01'::regclass`,
    );
    expect(guarded).toEqual([{ forced: true }]);
    await expect(test.admin(`SET ROLE dd0c_app; SELECT run.drop_archived_month('2024-01-01')`)).rejects.toMatchObject({ code: "42501" });
    await expect(test.admin(`UPDATE run.audit_archives SET last_seq = 999`)).rejects.toMatchObject({ code: "DDA01" });
  });

  it("that were changed or removed in the store are a broken chain", async () => {
    const tenant = await threeMonths();
    await archive();
    const [, first] = await archives(tenant);
    const file = join(folder, "changed");
    const objects = { ...app.objects, get: async () => folderObjects(file).get(first?.objectKey ?? "") };
    expect((await verifyAudit({ ...app, objects }, tenant)).broken).toEqual({ seq: 171, reason: "gap" });
    const damagedStore = folderObjects(file);
    const copied = await damagedStore.put("archive/", "parquet", Buffer.from("PAR1"));
    writeFileSync(join(file, copied), "something else");
    const damaged = { ...app.objects, get: () => damagedStore.get(copied) };
    expect((await verifyAudit({ ...app, objects: damaged }, tenant)).broken).toEqual({ seq: 1, reason: "archive_damaged" });
  });

  it("are searched for what is older than the database goes back, and only the tenant's own", async () => {
    const [tenant, other] = [await threeMonths(), await newTenant()];
    await archive();
    expect((await newestArchived(app, tenant, (row) => row.event_type === "policy.changed"))?.seq).toBe(170);
    expect((await newestArchived(app, tenant, (row) => row.seq === 7))?.seq).toBe(7);
    expect(await newestArchived(app, tenant, (row) => row.event_type === "panic.activated")).toBeUndefined();
    expect(await newestArchived(app, other, () => true)).toBeUndefined();
    expect((await test.db.withTenant(tenant, (tx) => readHead(tx, tenant))).seq).toBe(175);
  });
});
