import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../../test-support/test-database.ts";
import { insertTenant } from "./tenant-store.ts";
import { listUnknownCommands, recordUnknownCommands, type UnknownGap } from "./unknown-command-store.ts";

const at = (minutes: number): Date => new Date(Date.parse("2026-03-05T00:00:00Z") + minutes * 60_000);

describe.each(databaseKinds)("unknown commands on %s", (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());

  const newTenant = async (): Promise<string> => {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: "T", slug: id }));
    return id;
  };
  const record = (tenant: string, minutes: number, ...gaps: UnknownGap[]) =>
    test.db.withTenant(tenant, (tx) => recordUnknownCommands(tx, gaps, at(minutes)));
  const list = (tenant: string, limit = 10) => test.db.withTenant(tenant, (tx) => listUnknownCommands(tx, limit));

  it("are counted by program and reason, with the first and last time", async () => {
    const tenant = await newTenant();
    const frob = { program: "frob", reason: "program" };
    const option = { program: "ls", reason: "option" };
    await record(tenant, 1, option, frob, frob);
    await record(tenant, 5, frob);
    await record(tenant, 3, frob);
    expect(await list(tenant)).toEqual([
      { ...frob, seen: 4, firstSeen: at(1), lastSeen: at(5) },
      { ...option, seen: 1, firstSeen: at(1), lastSeen: at(1) },
    ]);
    expect(await list(tenant, 1)).toHaveLength(1);
  });

  it("are one tenant's", async () => {
    const [mine, other] = [await newTenant(), await newTenant()];
    await record(mine, 1, { program: "frob", reason: "program" });
    expect(await list(other)).toEqual([]);
  });

  it("are bounded: what is new beyond the bound is counted under one name", async () => {
    const tenant = await newTenant();
    await record(tenant, 1, ...Array.from({ length: 1_000 }, (_, n) => ({ program: `p${n}`, reason: "program" })));
    await record(
      tenant,
      2,
      { program: "p7", reason: "program" },
      { program: "one-more", reason: "program" },
      { program: "and-more", reason: "program" },
    );
    const rows = await list(tenant, 2_000);
    expect(rows).toHaveLength(1_001);
    expect(rows.slice(0, 2).map(({ program, seen }) => [program, seen])).toEqual([
      ["(other)", 2],
      ["p7", 2],
    ]);
  });

  it.each([
    { program: "frob --password hunter2", reason: "program" },
    { program: "", reason: "program" },
    { program: "x".repeat(65), reason: "program" },
    { program: "frob", reason: "aws.hunter2" },
  ])("never hold more than a bare name: $program", async (gap) => {
    const tenant = await newTenant();
    await expect(record(tenant, 1, gap)).rejects.toMatchObject({ code: "23514" });
  });
});
