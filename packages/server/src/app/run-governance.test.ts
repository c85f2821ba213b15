// Governance across weeks with a clock of our own, on both databases: reports, the notice, the downgrade, the way back, downtime, two replicas.
import { randomUUID } from "node:crypto";
import { type AuditEventType, type PolicyLayer, weekMs, weekStartOf } from "@dd0c/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertSampleTenant } from "../../test-support/sample-execution.ts";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { ensurePartitions } from "../db/housekeeping.ts";
import { appendEvents, readTenantPolicy, writeTenantPolicy } from "../db/index.ts";
import { readGovernance, restoreGovernance } from "./governance-record.ts";
import { type GovernanceApp, runGovernance } from "./run-governance.ts";

const hourMs = 3_600_000;
/** The tenant was made in the week before this Monday. */
const monday = weekStartOf(Date.now()) + weekMs;
const week = (n: number): number => monday + n * weekMs;

describe.each(databaseKinds)("governance on %s", (kind) => {
  let test: TestDatabase;
  let tenantId: string;
  let system: PolicyLayer = {};
  const faults: unknown[] = [];
  const app = (): GovernanceApp => ({ db: test.db, newId: randomUUID, systemPolicy: { current: () => system } });

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    for (const months of [0, 2, 4]) await ensurePartitions(test.db.withSystem, new Date(monday + months * 28 * 86_400_000));
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    system = {};
    ({ tenantId } = await insertSampleTenant(test.db));
    await choose({ governanceMode: "audit" });
  });
  afterEach(() => expect(faults).toEqual([]));

  const choose = (layer: PolicyLayer) => test.db.withTenant(tenantId, (tx) => writeTenantPolicy(tx, layer, "u", new Date()));
  const govern = (atMs: number) => runGovernance(app(), atMs, (_tenant, error) => void faults.push(error));
  const mode = async () => (await test.db.withTenant(tenantId, readTenantPolicy)).layer.governanceMode;
  const view = (atMs: number) => test.db.withTenant(tenantId, (tx) => readGovernance(app(), tx, atMs));
  const record = async (atMs: number, steps: Partial<Record<AuditEventType | "typed", number>>): Promise<void> => {
    const recorded_at = new Date(atMs).toISOString();
    const drafts = Object.entries(steps).flatMap(([name, count]) => {
      const typed = name === "typed";
      const type = (typed ? "step.approved" : name) as AuditEventType;
      const data = type === "step.approved" ? { grant: { method: typed ? "typed" : "click" } } : {};
      return Array.from({ length: count }, () => sampleDraft(tenantId, { type, recorded_at, occurred_at: recorded_at, data }));
    });
    await test.db.withTenant(tenantId, (tx) => appendEvents(tx, drafts));
  };
  const mostlyAutomatic = { "step.auto_executed": 80, "step.approved": 15, typed: 5 } as const;
  const recorded = async (): Promise<readonly string[]> => {
    const rows = await test.admin<{ event_type: string }>(
      "SELECT event_type FROM run.audit_events WHERE tenant_id = $1 AND event_type LIKE ANY ('{governance.%,policy.changed}') ORDER BY seq",
      [tenantId],
    );
    return rows.map(({ event_type }) => event_type);
  };

  it("reports every week once, counts what happened in it, and gives no notice for little", async () => {
    await record(week(0) + hourMs, {
      "step.auto_executed": 3,
      "step.approved": 4,
      typed: 2,
      "step.rejected": 1,
      "step.refused": 1,
      "step.blocked": 5,
      "runbook.trust_downgraded": 1,
      "policy.changed": 1,
    });
    await record(week(1), { "step.auto_executed": 7 });
    await govern(week(1) + 1);
    await govern(week(1) + hourMs);
    await govern(week(2) - 1);
    const { weeks, notice } = await view(week(1) + hourMs);
    expect(weeks.map(({ weekStart, counts }) => [weekStart.getTime(), counts])).toEqual([
      [week(0), { auto: 3, approved: 4, typed: 2, rejected: 1, refusedByAgent: 1, blocked: 5, downgrades: 1, overrides: 1 }],
    ]);
    expect([notice, (await recorded()).filter((type) => type === "governance.reported")]).toEqual([null, ["governance.reported"]]);
  });

  it("gives a week's notice, goes to strict, and comes back by an admin's word", async () => {
    await record(week(0) + hourMs, mostlyAutomatic);
    await govern(week(1));
    expect((await view(week(1))).notice?.dueAt.getTime()).toBe(week(2));
    await record(week(1) + hourMs, mostlyAutomatic);
    await govern(week(2) - 1);
    expect(await mode()).toBe("audit");
    await govern(week(2));
    await govern(week(2) + hourMs);
    expect(await mode()).toBe("strict");
    const { notice, downgrade } = await view(week(2));
    expect([notice, downgrade?.settledAt?.getTime()]).toEqual([null, week(2)]);
    expect(await recorded()).toEqual([
      "governance.reported",
      "governance.notice_given",
      "governance.reported",
      "governance.downgraded",
      "policy.changed",
    ]);

    const deed = { tenantId, actor: { type: "user", id: "u", via: "web" }, sourceIp: null, atMs: week(2) + 2 * hourMs } as const;
    const restore = () => test.db.withTenant(tenantId, (tx) => restoreGovernance(app(), tx, deed, "these reads are meant to run"));
    await restore();
    expect([await mode(), (await view(week(2))).downgrade]).toEqual(["audit", null]);
    expect((await recorded()).slice(-2)).toEqual(["governance.restored", "policy.changed"]);
    await expect(restore()).rejects.toMatchObject({ code: "NOT_FOUND" });

    await record(week(2) + 3 * hourMs, mostlyAutomatic);
    await govern(week(2) + 4 * hourMs);
    expect((await view(week(2) + 4 * hourMs)).notice).toBeNull();
    await govern(week(3));
    expect((await view(week(3))).notice?.dueAt.getTime()).toBe(week(4));
  });

  it("withdraws the notice when people decide more again, or choose strict themselves", async () => {
    await record(week(0), mostlyAutomatic);
    await govern(week(1));
    await record(week(1), { "step.auto_executed": 20, "step.approved": 60 });
    await govern(week(2));
    expect([await mode(), (await recorded()).at(-1)]).toEqual(["audit", "governance.notice_withdrawn"]);

    await record(week(2), mostlyAutomatic);
    await govern(week(3));
    expect((await view(week(3))).notice).not.toBeNull();
    await choose({ governanceMode: "strict" });
    await govern(week(3) + hourMs);
    expect([(await recorded()).at(-1), (await view(week(3))).downgrade]).toEqual(["governance.notice_withdrawn", null]);
  });

  it("makes up for weeks in which the server was down, gives notice once, and never goes to strict without a week's time", async () => {
    await record(week(0), mostlyAutomatic);
    await govern(week(0));
    await record(week(1), mostlyAutomatic);
    await record(week(3) - hourMs, mostlyAutomatic);
    await govern(week(3) + hourMs);
    const { weeks, notice } = await view(week(3) + hourMs);
    expect(weeks.map(({ weekStart, counts }) => [weekStart.getTime(), counts.auto])).toEqual([
      [week(2), 80],
      [week(1), 80],
      [week(0), 80],
      [week(-1), 0],
    ]);
    expect([notice?.dueAt.getTime(), await mode()]).toEqual([week(4) + hourMs, "audit"]);
    // Down again, past the due time, and nothing ran in between: there is nothing to rein in.
    await govern(week(7));
    expect([await mode(), (await recorded()).filter((type) => type === "governance.reported").length]).toEqual(["audit", 8]);
    expect(await recorded()).toContain("governance.notice_withdrawn");
  });

  it("follows the strictest share of policy.json and tenant, and leaves a strict installation alone", async () => {
    system = { maxAutoSharePercent: 40 };
    await record(week(0), { "step.auto_executed": 50, "step.approved": 50 });
    await govern(week(1));
    expect(await view(week(1))).toMatchObject({ maxAutoSharePercent: 40, notice: { maxSharePercent: 40 } });
    system = { governanceMode: "strict" };
    expect((await view(week(1))).notice).toBeNull();
    await govern(week(2));
    expect([await mode(), (await recorded()).at(-1)]).toEqual(["audit", "governance.notice_withdrawn"]);
  });

  it("does everything once when replicas do it at the same moment", async () => {
    await record(week(0), mostlyAutomatic);
    await Promise.all([govern(week(1)), govern(week(1)), govern(week(1))]);
    await record(week(1), mostlyAutomatic);
    await Promise.all([govern(week(2)), govern(week(2)), govern(week(2))]);
    expect(await recorded()).toEqual([
      "governance.reported",
      "governance.notice_given",
      "governance.reported",
      "governance.downgraded",
      "policy.changed",
    ]);
  });
});
