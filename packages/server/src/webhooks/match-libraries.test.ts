// Two servers share a database; each keeps an index of its own. What one of them saves, the other matches the next alert with, whatever its clock says.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertFromRecord, matchAlert } from "@dd0c/core";
import { insertSampleTenant, sampleVersion } from "../../test-support/sample-execution.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { deleteRunbook, insertRunbook, insertVersion, updateRunbook } from "../db/stores/runbook-store.ts";
import { createMatchLibraries, type MatchLibraries } from "./match-libraries.ts";

const now = new Date("2026-04-01T12:00:00Z");
/** Of a server whose clock is a year behind. */
const longAgo = new Date("2025-04-01T12:00:00Z");

describe.each(databaseKinds)("indexes of two servers on %s", (kind) => {
  let database: TestDatabase;
  let tenantId: string;
  let replicas: readonly [MatchLibraries, MatchLibraries];
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    ({ tenantId } = await insertSampleTenant(database.db));
    replicas = [createMatchLibraries({ db: database.db, clock }), createMatchLibraries({ db: database.db, clock })];
  }, 60_000);
  afterAll(() => database.close());

  const save = async (title: string, at: Date, id = randomUUID()): Promise<string> => {
    await database.db.withTenant(tenantId, async (tx) => {
      await insertRunbook(tx, { id, title, serviceTag: null, teamTag: null, trustLevel: 0, governanceOverride: null }, at);
      await insertVersion(tx, sampleVersion(id, { rawText: `# ${title}\n\nThe ${title} has come.\n` }));
    });
    return id;
  };
  const offeredBy = async (replica: MatchLibraries, title: string): Promise<readonly string[]> =>
    matchAlert(alertFromRecord({ source: "pagerduty", title }), await replica.of(tenantId)).map(({ runbookId }) => runbookId);
  const offeredByBoth = async (title: string) => [await offeredBy(replicas[0], title), await offeredBy(replicas[1], title)];

  it("a runbook that one saved is offered by both at once", async () => {
    const id = await save("Zebrafish overflow", now);
    expect(await offeredByBoth("Zebrafish overflow")).toEqual([[id], [id]]);
  });

  it("a new name, a new version and a deletion count, though written by a clock that is a year behind", async () => {
    const id = await save("Quokka starvation", now);
    expect(await offeredByBoth("Quokka starvation")).toEqual([[id], [id]]);
    await database.db.withTenant(tenantId, (tx) => updateRunbook(tx, id, { title: "Wombat starvation" }, longAgo));
    expect((await offeredByBoth("Wombat starvation")).map(([first]) => first)).toEqual([id, id]);
    await database.db.withTenant(tenantId, async (tx) => {
      await insertVersion(tx, sampleVersion(id, { version: 2, rawText: "# Wombat starvation\n\nAxolotl tanks overheat.\n" }));
      await updateRunbook(tx, id, { activeVersion: 2 }, longAgo);
    });
    expect((await replicas[1].of(tenantId)).posting("axolotl")).toBeDefined();
    await database.db.withTenant(tenantId, (tx) => deleteRunbook(tx, id, longAgo));
    expect(await offeredByBoth("Wombat starvation")).toEqual([[], []]);
  });

  it("what did not change is not read again, and one change reads one text", async () => {
    let reads = 0;
    const readTenant: TestDatabase["db"]["readTenant"] = (id, work) => {
      reads += 1;
      return database.db.readTenant(id, work);
    };
    const db: TestDatabase["db"] = { ...database.db, readTenant };
    const replica = createMatchLibraries({ db, clock });
    const library = await replica.of(tenantId);
    reads = 0;
    expect(await replica.of(tenantId)).toBe(library);
    expect(reads).toBe(1);
    const slots = library.slots();
    await save("Pelican delay", now);
    expect((await replica.of(tenantId)).slots()).toBe(slots + 1);
  });

  it("a tenant's index holds nothing of another's", async () => {
    const other = await insertSampleTenant(database.db);
    await save("Narwhal congestion", now);
    expect(matchAlert(alertFromRecord({ title: "Narwhal congestion" }), await replicas[0].of(other.tenantId))).toEqual([]);
  });
});
