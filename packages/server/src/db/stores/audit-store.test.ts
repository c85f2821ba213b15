import { createHash, randomUUID } from "node:crypto";
import { type AuditDraft, emptyHead, exportLine, verifyLine, verifyNext } from "@dd0c/core";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleDraft } from "../../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../../test-support/test-database.ts";
import { ensurePartitions } from "../housekeeping.ts";
import { appendEvents, listEvents, readHead, type StoredEvent } from "./audit-store.ts";
import { insertCheckpoints, latestCheckpoint, listCheckpoints, listUncoveredChains } from "./checkpoint-store.ts";
import { insertTenant } from "./tenant-store.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function verifyAll(chain: string, events: readonly StoredEvent[]): string {
  let head = emptyHead(chain);
  for (const { event, hash } of events) {
    const step = verifyNext(head, event, hash, sha256);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}`;
    head = step.head;
  }
  return `ok ${head.seq}`;
}

describe.each(databaseKinds)("audit store on %s", (kind) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());

  async function newTenant(): Promise<string> {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
    return id;
  }

  const append = (tenant: string, ...drafts: AuditDraft[]) => test.db.withTenant(tenant, (tx) => appendEvents(tx, drafts));

  async function wholeChain(tenant: string): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const page = await test.db.withTenant(tenant, (tx) =>
        listEvents(tx, { chain: tenant, limit: 7, order: "oldest_first", after: from }),
      );
      events.push(...page.events);
      after = page.next;
    }
    return events;
  }

  it("reads back exactly what it hashed, whatever the data holds", async () => {
    const tenant = await newTenant();
    const ids = { execution: randomUUID(), step_execution: randomUUID(), runbook: randomUUID() };
    const draft = sampleDraft(tenant, {
      ...ids,
      actor: { type: "user", id: "u-1", via: "web" },
      late: true,
      source_ip: "2001:DB8::1",
      data: {
        command: "printf 'a\u0000b' \u{1F525} \ud800 \uE0000000 \\u0000",
        "key\u0000": [0, -0.5, 1e21, 1e-7, 123456789012345680000, null, true, "", { deep: [] }],
      },
    });
    const stored = await append(tenant, draft);
    const { events } = await test.db.withTenant(tenant, (tx) => listEvents(tx, { chain: tenant, limit: 10, order: "oldest_first" }));
    expect(events).toEqual(stored);
    expect(stored[0]?.event).toEqual({ ...draft, hash_version: 1, chain: tenant, seq: 1, prev_hash: "0".repeat(64) });
    expect(verifyAll(tenant, events)).toBe("ok 1");
  });

  it("keeps eight concurrent writers in one whole chain", async () => {
    const tenant = await newTenant();
    const rounds = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 6; round++) {
        await append(tenant, ...[0, 1, 2].map((n) => sampleDraft(tenant, { data: { writer, round, n } })));
      }
    });
    await Promise.all(rounds);
    const events = await wholeChain(tenant);
    expect(verifyAll(tenant, events)).toBe("ok 144");
    expect(await test.db.withTenant(tenant, (tx) => readHead(tx, tenant))).toEqual({ chain: tenant, seq: 144, hash: events.at(-1)?.hash });
    const lines = events.map(({ event, hash }) => exportLine(event, hash));
    let head: ReturnType<typeof emptyHead> | null = null;
    for (const line of lines) {
      const step = verifyLine(head, line, sha256);
      if (!step.ok) throw new Error(step.fault);
      head = step.head;
    }
    expect(head?.seq).toBe(144);
  });

  it("takes nothing of a transaction that fails, and the next event follows without a gap", async () => {
    const tenant = await newTenant();
    await append(tenant, sampleDraft(tenant));
    const failed = test.db.withTenant(tenant, async (tx) => {
      await appendEvents(tx, [sampleDraft(tenant), sampleDraft(tenant)]);
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    await append(tenant, sampleDraft(tenant));
    expect(verifyAll(tenant, await wholeChain(tenant))).toBe("ok 2");
  });

  it("pages in both orders and filters", async () => {
    const tenant = await newTenant();
    const execution = randomUUID();
    await append(tenant, ...[1, 2, 3, 4, 5].map((n) => sampleDraft(tenant, { data: { n }, execution: n % 2 === 0 ? execution : null })));
    const list = (query: Partial<Parameters<typeof listEvents>[1]>) =>
      test.db.withTenant(tenant, async (tx) => {
        const { events, next } = await listEvents(tx, { chain: tenant, limit: 2, order: "newest_first", ...query });
        return { seqs: events.map(({ event }) => event.seq), next };
      });
    expect(await list({})).toEqual({ seqs: [5, 4], next: 4 });
    expect(await list({ after: 4 })).toEqual({ seqs: [3, 2], next: 2 });
    expect(await list({ after: 2 })).toEqual({ seqs: [1], next: null });
    expect(await list({ order: "oldest_first", after: 3 })).toEqual({ seqs: [4, 5], next: null });
    expect(await list({ executionId: execution })).toEqual({ seqs: [4, 2], next: null });
    expect(await list({ type: "tenant.created" })).toEqual({ seqs: [], next: null });
  });

  it("keeps the system chain apart from tenants", async () => {
    const tenant = await newTenant();
    await test.db.withSystem("system-audit", (tx) => appendEvents(tx, [sampleDraft(null)]));
    const seen = await test.db.withTenant(tenant, (tx) => listEvents(tx, { chain: "system", limit: 5, order: "oldest_first" }));
    expect(seen.events).toEqual([]);
    await expect(append(tenant, sampleDraft(null))).rejects.toThrow("another tenant");
  });

  it("refuses drafts it could not read back as they were hashed", async () => {
    const tenant = await newTenant();
    await expect(append(tenant, sampleDraft(tenant, { recorded_at: "2026-03-04T05:06:07Z" }))).rejects.toThrow("no ISO time");
    await expect(append(tenant, sampleDraft(tenant), sampleDraft(randomUUID()))).rejects.toThrow("two chains");
    await expect(append(tenant, sampleDraft(tenant, { data: { n: Number.NaN } }))).rejects.toThrow("not finite");
  });

  const changes = [
    ["UPDATE run.audit_events SET late = late", "update"],
    ["DELETE FROM run.audit_events", "delete"],
    ["TRUNCATE run.audit_events", "truncate"],
  ] as const;

  it.each(changes)("refuses %s by grant", async (statement) => {
    const tenant = await newTenant();
    const attempt = test.db.withTenant(tenant, ({ query }) => sql.raw(statement).execute(query));
    await expect(attempt).rejects.toMatchObject({ code: "42501" });
  });

  it.each(changes)("refuses %s by trigger even for a superuser", async (statement, operation) => {
    const tenant = await newTenant();
    await append(tenant, sampleDraft(tenant));
    await expect(test.admin(statement)).rejects.toMatchObject({ code: "DDA01", message: expect.stringContaining(operation) });
    const [partition] = await test.admin<{ name: string }>("SELECT tableoid::regclass::text AS name FROM run.audit_events LIMIT 1");
    const direct = statement.replace("run.audit_events", partition?.name ?? "");
    await expect(test.admin(direct)).rejects.toMatchObject({ code: "DDA01" });
  });

  it("lets a head only grow", async () => {
    const tenant = await newTenant();
    await append(tenant, sampleDraft(tenant), sampleDraft(tenant));
    await expect(test.admin("UPDATE run.audit_heads SET seq = 1 WHERE chain = $1", [tenant])).rejects.toMatchObject({ code: "DDA02" });
    await expect(test.admin("DELETE FROM run.audit_heads")).rejects.toMatchObject({ code: "DDA01" });
  });

  it("makes partitions ahead, once, and refuses what has none", async () => {
    const tenant = await newTenant();
    const far = "2031-05-15T00:00:00.000Z";
    await expect(append(tenant, sampleDraft(tenant, { recorded_at: far }))).rejects.toMatchObject({ code: "23514" });
    await ensurePartitions(test.db.withSystem, new Date(far));
    await ensurePartitions(test.db.withSystem, new Date(far));
    await append(tenant, sampleDraft(tenant, { recorded_at: far }), sampleDraft(tenant, { recorded_at: "2031-07-31T23:59:59.999Z" }));
    const names = await test.admin<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relname LIKE 'audit_events_2031%' AND relkind = 'r' ORDER BY 1",
    );
    expect(names.map(({ name }) => name)).toEqual(["audit_events_2031_05", "audit_events_2031_06", "audit_events_2031_07"]);
  });

  it("lists chains that grew beyond their last checkpoint", async () => {
    const tenant = await newTenant();
    const uncovered = async () => (await test.db.withSystem("checkpoint", listUncoveredChains)).find(({ chain }) => chain === tenant);
    expect(await uncovered()).toBeUndefined();
    await append(tenant, sampleDraft(tenant), sampleDraft(tenant));
    expect(await uncovered()).toEqual({ chain: tenant, seq: 2, covered: 0, takenAt: null });
    const takenAt = new Date();
    const checkpoint = { chain: tenant, hash: "a".repeat(64), takenAt, keyId: "k", signature: "c2ln" };
    await test.db.withTenant(tenant, (tx) => insertCheckpoints(tx, [{ ...checkpoint, seq: 1 }]));
    expect(await uncovered()).toEqual({ chain: tenant, seq: 2, covered: 1, takenAt });
    await test.db.withTenant(tenant, (tx) => insertCheckpoints(tx, [{ ...checkpoint, seq: 2 }]));
    expect(await uncovered()).toBeUndefined();
  });

  it("stores checkpoints for good", async () => {
    const tenant = await newTenant();
    const checkpoint = { chain: tenant, seq: 1, hash: "a".repeat(64), takenAt: new Date(), keyId: "k", signature: "c2ln" };
    const later = { ...checkpoint, seq: 3 };
    await test.db.withTenant(tenant, (tx) => insertCheckpoints(tx, [checkpoint, later]));
    await test.db.withTenant(tenant, (tx) => insertCheckpoints(tx, [{ ...checkpoint, hash: "b".repeat(64) }]));
    expect(await test.db.withTenant(tenant, (tx) => listCheckpoints(tx, tenant, 0, 3))).toEqual([checkpoint, later]);
    expect(await test.db.withTenant(tenant, (tx) => listCheckpoints(tx, tenant, 1, 2))).toEqual([]);
    expect(await test.db.withTenant(tenant, (tx) => latestCheckpoint(tx, tenant))).toEqual(later);
    await expect(test.admin("DELETE FROM run.audit_checkpoints")).rejects.toMatchObject({ code: "DDA01" });
  });
});
