// A tenant that was to be locked stays locked when the database could not take the record and the server was started again meanwhile.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../../test-support/postgres.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { openSuspects } from "./suspects.ts";

const breach = { cause: "row_refused", key: "", agentId: null, runbookId: null, facts: {} } as const;
const folder = mkdtempSync(join(tmpdir(), "dd0c-suspects-"));
const file = join(folder, "suspects.json");
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

const fail = (error: unknown): never => {
  throw error;
};

describe("suspects on disk", () => {
  it("are there for the next process until each is on record", () => {
    const [first, second] = [
      { tenantId: "t1", cause: breach },
      { tenantId: "t1", cause: { ...breach, key: "other" } },
    ];
    const suspects = openSuspects(file, fail);
    expect([suspects.has("t1"), suspects.open()]).toEqual([false, []]);
    suspects.add(first);
    suspects.add(first);
    suspects.add(second);
    expect(openSuspects(file, fail).open()).toEqual([first, second]);
    suspects.settle(first);
    // One cause on record does not unlock while another one is not.
    expect([suspects.has("t1"), openSuspects(file, fail).open()]).toEqual([true, [second]]);
    suspects.settle(second);
    expect([suspects.has("t1"), openSuspects(file, fail).open()]).toEqual([false, []]);
  });

  it.each(["", "{", "{}", "[null]", '[{"tenantId":"t1"}]', '[{"tenantId":1,"cause":{"cause":"row_refused","key":""}}]'])(
    "that cannot be read stop the start: %s",
    (text) => {
      const broken = join(folder, "broken.json");
      writeFileSync(broken, text);
      expect(() => openSuspects(broken, fail)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
    },
  );

  it("hold for this process where the disk refuses", () => {
    const [full, faults] = [join(folder, "full.json"), [] as unknown[]];
    // Where the new file would be written, there is a folder.
    mkdirSync(`${full}.new`);
    const suspects = openSuspects(full, (error) => faults.push(error));
    suspects.add({ tenantId: "t1", cause: breach });
    expect([suspects.has("t1"), faults.length]).toEqual([true, 1]);
  });
});

describe("a server that is started again before the lock is on record", () => {
  let cluster: TestCluster;
  let superuser: Client;
  let server: TestServer;
  let admin: Session;
  const data = join(folder, "data");
  let databaseUrl: string;
  const start = async (): Promise<void> => {
    server = await startTestServer({ databaseUrl, environment: { DATA_DIR: data } });
    admin = await server.signIn();
  };
  beforeAll(async () => {
    cluster = await startPostgres();
    const { url, superuserUrl } = await cluster.createDatabase();
    databaseUrl = url;
    superuser = new Client({ connectionString: superuserUrl });
    await superuser.connect();
    await start();
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await superuser.end();
    await cluster.stop();
  });

  it("serves the tenant as locked from its first answer, and puts it on record as soon as that can be written", async () => {
    const runbook = await admin.call("createRunbook", { body: { raw_text: "# Disk\n\n1. Look: `df -h`\n" } });
    await superuser.query("ALTER TABLE run.party_mode ADD CONSTRAINT down CHECK (false) NOT VALID");
    const write = server.database.withTenant(server.tenantId, ({ query }) =>
      query
        .insertInto("settings")
        .values({ tenant_id: "00000000-0000-4000-8000-000000000000", key: "governance_mode", value: '"audit"', updated_by: "mallory" })
        .execute(),
    );
    await expect(write).rejects.toMatchObject({ code: "42501" });
    expect(await admin.call("getPartyMode")).toMatchObject({ on: true, causes: [] });
    await server.stop();
    expect(JSON.parse(readFileSync(join(data, "suspects.json"), "utf8"))).toMatchObject([{ cause: { cause: "row_refused" } }]);

    await start();
    expect(await admin.call("getPartyMode")).toMatchObject({ on: true, causes: [] });
    await expect(admin.call("startExecution", { body: { runbook_id: runbook.id } })).rejects.toThrow();
    await superuser.query("ALTER TABLE run.party_mode DROP CONSTRAINT down");
    await server.stop();

    await start();
    await expect.poll(async () => (await admin.call("getPartyMode")).causes).toMatchObject([{ cause: "row_refused" }]);
    expect(JSON.parse(readFileSync(join(data, "suspects.json"), "utf8"))).toEqual([]);
    await admin.call("leavePartyMode", { body: { reason: "looked into it" } });
    expect((await admin.call("getPartyMode")).on).toBe(false);
    expect(existsSync(join(data, "suspects.json"))).toBe(true);
  });
});
