// Checkpoints from the database to the export: what is signed, what is refused a signature, and what an auditor and the audit page then say.
// Somebody with the whole database in hand is played by a superuser with triggers off.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { verdictOn } from "../../test-support/verify-lines.ts";
import { folderObjects } from "../adapters/folder-objects.ts";
import { openEngineKey } from "../agents/engine-key.ts";
import { appendEvents, insertTenant, listCheckpoints } from "../db/index.ts";
import { recordAuditKey } from "./audit-keys.ts";
import type { AppContext } from "./context.ts";
import { exportLines } from "./export-lines.ts";
import { takeCheckpoints } from "./take-checkpoints.ts";
import { verifyAudit } from "./verify-audit.ts";

type Context = Pick<AppContext, "db" | "clock" | "engineKey" | "objects">;

describe.each(databaseKinds)("checkpoints on %s", (kind) => {
  let test: TestDatabase;
  let app: Context;
  const folder = mkdtempSync(join(tmpdir(), "dd0c-keys-"));
  const contextWith = async (keyFile: string): Promise<Context> => ({
    db: test.db,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    engineKey: await openEngineKey(join(folder, keyFile)),
    objects: folderObjects(join(folder, "objects")),
  });

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    app = await contextWith("engine.pem");
    await recordAuditKey(app);
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A tenant with so many events. */
  async function chainOf(events: number): Promise<string> {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
    await append(id, events);
    return id;
  }
  const append = (tenant: string, events: number) =>
    test.db.withTenant(tenant, (tx) =>
      appendEvents(
        tx,
        Array.from({ length: events }, (_, n) => sampleDraft(tenant, { data: { n } })),
      ),
    );
  const covered = async (tenant: string) =>
    (await test.db.withTenant(tenant, (tx) => listCheckpoints(tx, tenant, 0, 1_000_000))).map(({ seq }) => seq);
  async function exported(tenant: string, context = app): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of exportLines(context, tenant)) lines.push(line.slice(0, -1));
    return lines;
  }
  const byHand = (statement: string) => test.admin(`SET session_replication_role = replica; ${statement}`);
  const broken = async (tenant: string) => (await verifyAudit(app, tenant)).broken;

  it("stand at every hundredth event, and at the last one where that is asked for", async () => {
    const tenant = await chainOf(230);
    await takeCheckpoints(app, tenant, false);
    expect(await covered(tenant)).toEqual([100, 200]);
    await takeCheckpoints(app, tenant, true);
    await takeCheckpoints(app, tenant, true);
    expect(await covered(tenant)).toEqual([100, 200, 230]);
    await append(tenant, 1_200);
    await takeCheckpoints(app, tenant, false);
    expect(await covered(tenant)).toEqual([100, 200, 230, ...Array.from({ length: 12 }, (_, n) => 300 + n * 100)]);
    expect(await broken(tenant)).toBeNull();
  });

  it("are part of an export, which is signed to its last event while others append", async () => {
    const tenant = await chainOf(130);
    const [lines] = await Promise.all([exported(tenant), append(tenant, 5), append(tenant, 5)]);
    expect(verdictOn(lines)).toMatch(/^ok 1(30|35|40)$/);
    const signedLines = lines.filter((line) => !line.startsWith('{"event":')).map((line) => Object.keys(JSON.parse(line) as object)[0]);
    expect(signedLines).toEqual(["key", "checkpoint", "checkpoint", "export"]);
    expect(verdictOn(await exported(tenant))).toBe("ok 140");
  });

  it("of a key that was replaced still verify, because an export names both", async () => {
    const tenant = await chainOf(110);
    await takeCheckpoints(app, tenant, true);
    const later = await contextWith("engine-2.pem");
    await recordAuditKey(later);
    await append(tenant, 10);
    const lines = await exported(tenant, later);
    expect(verdictOn(lines)).toBe("ok 120");
    expect(lines.filter((line) => line.startsWith('{"key":'))).toHaveLength(2);
    expect((await verifyAudit(later, tenant)).broken).toBeNull();
  });

  it("are not written over an event that was changed by hand, and the export shows where", async () => {
    const tenant = await chainOf(110);
    await takeCheckpoints(app, tenant, true);
    await append(tenant, 100);
    await byHand(`UPDATE run.audit_events SET late = NOT late WHERE chain = '${tenant}' AND seq = 150`);
    await expect(takeCheckpoints(app, tenant, true)).rejects.toMatchObject({
      code: "AUDIT_CHAIN_BROKEN",
      details: { chain: tenant, seq: 150, reason: "changed" },
    });
    expect(await covered(tenant)).toEqual([100, 110]);
    expect(await broken(tenant)).toEqual({ seq: 150, reason: "changed" });
    const lines = await exported(tenant);
    expect(verdictOn(lines)).toBe("changed at 150");
    expect(lines.filter((line) => line.startsWith('{"event":'))).toHaveLength(210);
    expect(lines.at(-1)).toMatch(/^\{"event":/);
  });

  it.each<[string, (tenant: string) => string, { seq: number; reason: string }, string]>([
    [
      "an old event changed",
      (tenant) => `UPDATE run.audit_events SET late = NOT late WHERE chain = '${tenant}' AND seq = 7`,
      { seq: 7, reason: "changed" },
      "changed at 7",
    ],
    [
      "an old event removed",
      (tenant) => `DELETE FROM run.audit_events WHERE chain = '${tenant}' AND seq = 7`,
      { seq: 8, reason: "gap" },
      "gap at 7",
    ],
    [
      "the tail removed",
      (tenant) => `DELETE FROM run.audit_events WHERE chain = '${tenant}' AND seq > 125`,
      { seq: 126, reason: "cut_tail" },
      "cut_tail at 126",
    ],
    [
      "the tail and its head removed",
      (tenant) =>
        `DELETE FROM run.audit_events WHERE chain = '${tenant}' AND seq > 125;
         UPDATE run.audit_heads SET seq = 125, hash = (SELECT hash FROM run.audit_events WHERE chain = '${tenant}' AND seq = 125) WHERE chain = '${tenant}'`,
      { seq: 126, reason: "cut_tail" },
      "cut_tail at 126",
    ],
    [
      "a checkpoint removed",
      (tenant) => `DELETE FROM run.audit_checkpoints WHERE chain = '${tenant}' AND seq = 100`,
      { seq: 100, reason: "missing_checkpoint" },
      "missing_checkpoint at 100",
    ],
    [
      "a checkpoint forged",
      (tenant) => `UPDATE run.audit_checkpoints SET taken_at = taken_at + interval '1 minute' WHERE chain = '${tenant}' AND seq = 100`,
      { seq: 100, reason: "forged_checkpoint" },
      "forged_checkpoint at 100",
    ],
  ])("tell of %s", async (_name, statement, report, verdict) => {
    const tenant = await chainOf(130);
    await takeCheckpoints(app, tenant, true);
    await byHand(statement(tenant));
    expect(await broken(tenant)).toEqual(report);
    expect(verdictOn(await exported(tenant))).toBe(verdict);
  });
});
