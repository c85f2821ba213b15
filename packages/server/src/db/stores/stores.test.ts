import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  insertSampleTenant,
  type SampleTenant,
  sampleClassification,
  sampleStepRecord,
  sampleVersion,
} from "../../../test-support/sample-execution.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../../test-support/test-database.ts";
import type { TenantTx } from "../tenancy.ts";
import { findAgent, listAgents, listSurviving, recordConnection, recordHeartbeat, retireAgent, upsertAgent } from "./agent-store.ts";
import { insertCertificate, isCertificateValid, revokeCertificates } from "./certificate-store.ts";
import { findEnrolmentToken, insertEnrolmentToken, useEnrolmentToken } from "./enrolment-store.ts";
import {
  holdStream,
  listLiveStreams,
  listOverdueStreams,
  lockStreamHolder,
  noteHalted,
  prolongStream,
  releaseStream,
  takeOverdue,
} from "./stream-store.ts";
import { takeTurn } from "./turn-store.ts";
import { beginRequest, finishRequest, forgetRequest, purgeExpiredKeys } from "./idempotency-store.ts";
import {
  claimEffects,
  completeDispatch,
  completeEffect,
  discardEffect,
  enqueueEffects,
  hasLeft,
  postponeEffect,
  voidEffects,
} from "./outbox-store.ts";
import { findStepClassification, overviewRunbooks } from "./runbook-overview-store.ts";
import {
  countRunbooks,
  deleteRunbook,
  findRunbook,
  findVersion,
  findVersionById,
  insertRunbook,
  insertVersion,
  listRunbooks,
  listVersions,
  lockRunbook,
  lowerTrust,
  setTrust,
  updateRunbook,
} from "./runbook-store.ts";
import { activePartyModes, agreeToClear, clearPartyMode, enterPartyMode, listPartyModes } from "./party-mode-store.ts";
import {
  isSetupDone,
  latestPanic,
  markSetupDone,
  readSystemSetting,
  readTenantPolicy,
  recordPanic,
  writeSystemSetting,
  writeTenantPolicy,
} from "./settings-store.ts";
import { insertSteps, listSteps } from "./step-store.ts";
import { findMember, insertMember, listMembers, listTenantIds, readTenant } from "./tenant-store.ts";

const at = (minutes: number): Date => new Date(Date.parse("2026-03-05T00:00:00Z") + minutes * 60_000);

describe.each(databaseKinds)("stores on %s", (kind) => {
  let test: TestDatabase;
  let tenant: SampleTenant;
  let other: SampleTenant;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    other = await insertSampleTenant(test.db);
  });
  beforeEach(async () => {
    tenant = await insertSampleTenant(test.db);
  });
  afterAll(() => test.close());

  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => test.db.withTenant(tenant.tenantId, work);
  const inOther = <T>(work: (tx: TenantTx) => Promise<T>) => test.db.withTenant(other.tenantId, work);

  describe("tenants", () => {
    it("know their members", async () => {
      expect(await inTenant(readTenant)).toMatchObject({ id: tenant.tenantId, name: "Sample", plan: "unlimited" });
      expect(await inTenant((tx) => findMember(tx, "u"))).toMatchObject({ role: "admin", name: "Una", email: "una@example.org" });
      await inTenant((tx) => insertMember(tx, tenant.tenantId, { userId: "v", role: "viewer", name: "Vic", email: "v@example.org" }));
      await inTenant((tx) => insertMember(tx, tenant.tenantId, { userId: "v", role: "author", name: "Vic", email: "v@example.org" }));
      expect((await inTenant(listMembers)).map(({ userId, role }) => [userId, role])).toEqual([
        ["u", "admin"],
        ["v", "author"],
      ]);
      expect(await inOther((tx) => findMember(tx, "v"))).toBeUndefined();
      expect(await test.db.withSystem("start-up", listTenantIds)).toEqual(expect.arrayContaining([tenant.tenantId, other.tenantId]));
    });
  });

  describe("runbooks", () => {
    const changed = at(1);

    it("are found, listed, changed and deleted softly, by their tenant only", async () => {
      const id = tenant.runbookId;
      expect(await inTenant((tx) => findRunbook(tx, id))).toMatchObject({
        title: "Disk",
        serviceTag: "disk",
        activeVersion: 1,
        trustLevel: 0,
      });
      expect(await inOther((tx) => findRunbook(tx, id))).toBeUndefined();
      expect(await inOther((tx) => updateRunbook(tx, id, { title: "x" }, changed))).toBe(false);
      expect(await inOther((tx) => deleteRunbook(tx, id, changed))).toBe(false);
      expect(
        await inTenant((tx) => updateRunbook(tx, id, { title: "Disks", serviceTag: null, governanceOverride: "strict" }, changed)),
      ).toBe(true);
      expect(await inTenant((tx) => lockRunbook(tx, id))).toMatchObject({
        title: "Disks",
        serviceTag: null,
        governanceOverride: "strict",
        updatedAt: changed,
      });
      expect(await inTenant((tx) => deleteRunbook(tx, id, at(2)))).toBe(true);
      expect(await inTenant((tx) => deleteRunbook(tx, id, at(3)))).toBe(false);
      expect(await inTenant((tx) => findRunbook(tx, id))).toBeUndefined();
      expect(await inTenant(countRunbooks)).toBe(0);
      expect(await inTenant((tx) => findVersion(tx, id, 1))).toMatchObject({ id: tenant.versionId });
    });

    it("page by last change and filter by service", async () => {
      const ids = [tenant.runbookId];
      for (const n of [1, 2, 3]) {
        const id = randomUUID();
        ids.unshift(id);
        await inTenant((tx) =>
          insertRunbook(
            tx,
            { id, title: `${n}`, serviceTag: n === 2 ? "two" : null, teamTag: null, trustLevel: 1, governanceOverride: null },
            at(n),
          ),
        );
      }
      const first = await inTenant((tx) => listRunbooks(tx, { limit: 3 }));
      const rest = await inTenant((tx) => listRunbooks(tx, { limit: 3, cursor: first.nextCursor ?? "" }));
      expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
      expect(rest.nextCursor).toBeNull();
      expect((await inTenant((tx) => listRunbooks(tx, { limit: 9, service: "two" }))).items.map(({ title }) => title)).toEqual(["2"]);
    });

    it("let trust rise only in an admin's name (DDT01)", async () => {
      const id = tenant.runbookId;
      await expect(inTenant((tx) => lowerTrust(tx, id, 2, changed))).rejects.toMatchObject({ code: "DDT01" });
      expect(await inTenant((tx) => setTrust(tx, id, 2, "u", changed))).toBe(true);
      expect(await inTenant((tx) => lowerTrust(tx, id, 0, changed))).toBe(true);
      await expect(inTenant((tx) => tx.query.updateTable("runbooks").set({ trust_level: 1 }).execute())).rejects.toMatchObject({
        code: "DDT01",
      });
    });

    it("keep every version and its steps with their classification", async () => {
      const second = sampleVersion(tenant.runbookId, { version: 2, rawText: "two", createdAt: at(5) });
      const steps = [
        sampleStepRecord({ order: 1, sub: 0, label: "1a", variables: ["pod"] }),
        sampleStepRecord({
          order: 1,
          sub: 1,
          label: "1b",
          command: "rm -rf /",
          classification: { ...sampleClassification, risk: "dangerous" },
        }),
        sampleStepRecord({ order: 2, label: "2", kind: "manual", command: null, classification: null }),
      ];
      await inTenant(async (tx) => {
        await insertVersion(tx, second);
        await insertSteps(tx, second.id, steps, at(5));
        await updateRunbook(tx, tenant.runbookId, { activeVersion: 2 }, at(5));
      });
      expect(await inTenant((tx) => listSteps(tx, second.id))).toEqual(steps);
      expect(await inTenant((tx) => findVersionById(tx, second.id))).toEqual(second);
      expect((await inTenant((tx) => listVersions(tx, tenant.runbookId))).map(({ version }) => version)).toEqual([2, 1]);
      expect(await inOther((tx) => listSteps(tx, second.id))).toEqual([]);
      const overview = await inTenant((tx) => overviewRunbooks(tx, [tenant.runbookId]));
      expect(overview.get(tenant.runbookId)).toEqual({
        counts: { safe: 1, caution: 0, unknown: 0, dangerous: 1, manual: 1 },
        lastRun: null,
      });
      expect(await inOther((tx) => findStepClassification(tx, steps[0]!.stepId))).toBeUndefined();
    });

    it("never rewrite a version (42501)", async () => {
      await expect(
        inTenant((tx) => tx.query.updateTable("runbook_versions").set({ raw_source_text: "x" }).execute()),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(inTenant((tx) => tx.query.updateTable("steps").set({ command: "x" }).execute())).rejects.toMatchObject({
        code: "42501",
      });
    });
  });

  describe("turns", () => {
    const take = (holder: string, leaseMs = 60_000) =>
      test.db.withSystem("schedule", (tx) => takeTurn(tx, `checkpoints-${tenant.tenantId}`, holder, leaseMs));

    it("belong to one replica, which prolongs them, until they lapse", async () => {
      expect((await Promise.all(["a", "b", "c"].map((holder) => take(holder)))).filter(Boolean)).toHaveLength(1);
      const mine = (await take("a")) ? "a" : (await take("b")) ? "b" : "c";
      const other = mine === "a" ? "b" : "a";
      expect([await take(mine, 0), await take(other), await take(mine)]).toEqual([true, true, false]);
    });
  });

  const greetingOf = (journalId: string) => ({
    version: "0.2.0",
    patternVersion: "p2",
    ceiling: "caution" as const,
    journalId,
    capabilities: {},
  });

  describe("agents", () => {
    const greeting = { version: "0.2.0", patternVersion: "p2", ceiling: "caution" as const, journalId: "j1", capabilities: { sql: true } };

    it("have one stream among all replicas: held by epoch, prolonged by heartbeats, lost once", async () => {
      const { agentId } = tenant;
      const opened = async (replica: string) => {
        const fencingEpoch = (await inTenant((tx) => recordConnection(tx, agentId, greeting, at(1))))?.fencingEpoch ?? 0;
        await inTenant((tx) => holdStream(tx, { agentId, fencingEpoch }, replica, 30_000));
        return { agentId, fencingEpoch };
      };
      const live = async () => (await test.db.withSystem("schedule", listLiveStreams)).filter((each) => each.agentId === agentId);
      const overdue = async () => (await test.db.withSystem("schedule", listOverdueStreams)).filter((each) => each.agentId === agentId);
      const first = await opened("r1");
      expect([await inTenant((tx) => lockStreamHolder(tx, agentId)), await inOther((tx) => lockStreamHolder(tx, agentId))]).toEqual([
        "r1",
        null,
      ]);
      const second = await opened("r2");
      // What the first stream says after that changes nothing.
      expect(await inTenant((tx) => prolongStream(tx, first, "r1", at(2), 30_000))).toBe(false);
      await inTenant((tx) => noteHalted(tx, first, at(2)));
      await inTenant((tx) => releaseStream(tx, first, 0));
      expect(await live()).toEqual([{ agentId, replica: "r2", haltedSince: null }]);
      await inTenant((tx) => noteHalted(tx, second, at(3)));
      expect(await live()).toEqual([{ agentId, replica: "r2", haltedSince: at(3) }]);
      expect([await overdue(), await inTenant((tx) => takeOverdue(tx, agentId))]).toEqual([[], false]);
      await inTenant((tx) => releaseStream(tx, second, 0));
      expect([await live(), await inTenant((tx) => lockStreamHolder(tx, agentId)), (await overdue()).length]).toEqual([[], null, 1]);
      expect([await inTenant((tx) => takeOverdue(tx, agentId)), await inTenant((tx) => takeOverdue(tx, agentId))]).toEqual([true, false]);
      expect(await overdue()).toEqual([]);
      const third = await opened("r3");
      await inTenant((tx) => retireAgent(tx, agentId));
      expect(await inTenant((tx) => prolongStream(tx, third, "r3", at(5), 30_000))).toBe(false);
    });

    it("connect with a growing epoch and show a changed journal", async () => {
      const connect = (journalId: string) => inTenant((tx) => recordConnection(tx, tenant.agentId, { ...greeting, journalId }, at(1)));
      expect(await connect("j1")).toEqual({ fencingEpoch: 1, previousJournalId: null });
      expect(await connect("j1")).toEqual({ fencingEpoch: 2, previousJournalId: "j1" });
      expect(await connect("j2")).toEqual({ fencingEpoch: 3, previousJournalId: "j1" });
      expect(await inOther((tx) => recordConnection(tx, tenant.agentId, greeting, at(1)))).toBeUndefined();
      const surviving = [{ stepExecutionId: randomUUID(), processes: 2 }];
      await inTenant((tx) => recordHeartbeat(tx, tenant.agentId, at(9), { surviving }));
      expect(await inTenant((tx) => listSurviving(tx, tenant.agentId))).toEqual(surviving);
      await inTenant((tx) => recordHeartbeat(tx, tenant.agentId, at(9)));
      expect(await inTenant((tx) => listSurviving(tx, tenant.agentId))).toEqual([]);
      const stream = { agentId: tenant.agentId, fencingEpoch: 3 };
      expect(await inTenant((tx) => prolongStream(tx, stream, "r1", at(9), 30_000))).toBe(true);
      expect(await inTenant((tx) => findAgent(tx, tenant.agentId))).toMatchObject({
        version: "0.2.0",
        ceiling: "caution",
        journalId: "j2",
        lastHeartbeat: at(9),
        capabilities: { sql: true },
      });
    });

    it("have certificates that end by expiry, by revocation and with the agent", async () => {
      const certify = (serial: string, end: Date) =>
        inTenant((tx) =>
          insertCertificate(tx, { serial, agentId: tenant.agentId, fingerprint: "f".repeat(64), publicKeyPem: "pem", notAfter: end }),
        );
      const [old, fresh] = [randomUUID(), randomUUID()];
      await certify(old, at(10));
      await certify(fresh, at(100));
      const valid = (serial: string, now: Date) => inTenant((tx) => isCertificateValid(tx, tenant.agentId, serial, now));
      expect([await valid(old, at(5)), await valid(old, at(10)), await valid(fresh, at(10)), await valid("unknown", at(5))]).toEqual([
        true,
        false,
        true,
        false,
      ]);
      expect(await inOther((tx) => isCertificateValid(tx, tenant.agentId, fresh, at(5)))).toBe(false);
      expect((await inTenant(listAgents))[0]?.certificateExpiresAt).toEqual(at(100));
      await inTenant((tx) => retireAgent(tx, tenant.agentId));
      expect(await inTenant((tx) => revokeCertificates(tx, tenant.agentId, null, at(6)))).toHaveLength(2);
      expect(await valid(fresh, at(7))).toBe(false);
      await inTenant((tx) => upsertAgent(tx, { id: tenant.agentId, name: "agent", version: "0.3.0" }));
      expect(await valid(fresh, at(8))).toBe(false);
    });

    it("enrol with a token that works once, in time, for its tenant", async () => {
      const token = {
        id: randomUUID(),
        tokenHash: randomUUID().replaceAll("-", "").repeat(2),
        agentId: randomUUID(),
        agentName: "new",
        createdBy: "u",
        expiresAt: at(10),
      };
      await inTenant((tx) => insertEnrolmentToken(tx, token));
      const find = (now: Date) => test.db.withSystem("enrol-agent", (tx) => findEnrolmentToken(tx, token.tokenHash, now));
      expect(await find(at(1))).toEqual({ tenantId: tenant.tenantId, agentId: token.agentId, agentName: "new" });
      expect(await find(at(10))).toBeUndefined();
      expect(await inOther((tx) => useEnrolmentToken(tx, token.tokenHash, at(1)))).toBe(false);
      const uses = await Promise.all([1, 2, 3, 4].map(() => inTenant((tx) => useEnrolmentToken(tx, token.tokenHash, at(1)))));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await find(at(2))).toBeUndefined();
    });
  });

  describe("outbox", () => {
    const claim = (worker: string, now: Date, more: object = {}) =>
      test.db.withSystem("claim-outbox", (tx) =>
        claimEffects(tx, { kinds: [tenant.tenantId], worker, now, leaseMs: 60_000, limit: 10, ...more }),
      );
    const enqueue = (...effects: object[]) =>
      inTenant((tx) =>
        enqueueEffects(
          tx,
          effects.map((effect) => ({ kind: tenant.tenantId, payload: {}, availableAt: at(0), ...effect })),
        ),
      );

    it("hands each due effect to one worker, again after its lease, never once done", async () => {
      const [one, two] = await enqueue({ payload: { n: "\u0000" } }, {}, { availableAt: at(5) });
      const both = await Promise.all([claim("a", at(1), { limit: 1 }), claim("b", at(1), { limit: 1 })]);
      expect(
        both
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual([one, two]);
      expect(both.flat().find(({ id }) => id === one)).toMatchObject({ tenantId: tenant.tenantId, payload: { n: "\u0000" }, attempts: 1 });
      expect(await claim("c", at(1))).toEqual([]);
      const again = await claim("c", at(3));
      expect(again.map(({ id, attempts }) => [id, attempts])).toEqual([
        [one, 2],
        [two, 2],
      ]);
      const system = <T>(work: Parameters<typeof test.db.withSystem<T>>[1]) => test.db.withSystem("claim-outbox", work);
      expect(await system((tx) => completeEffect(tx, one!, "a", at(3)))).toBe(false);
      expect(await system((tx) => completeEffect(tx, one!, "c", at(3)))).toBe(true);
      expect(await system((tx) => postponeEffect(tx, two!, "c", at(20)))).toBe(true);
      expect((await claim("d", at(19))).map(({ attempts }) => attempts)).toEqual([1]);
      expect((await claim("d", at(20))).map(({ id }) => id)).toContain(two);
    });

    it("goes to the replica with the agent's stream", async () => {
      const agentId = randomUUID();
      const [mine] = await enqueue({ agentId }, {});
      expect((await claim("a", at(1), { agentIds: [agentId] })).map(({ id }) => id)).toEqual([mine]);
      expect(await claim("a", at(1), { agentIds: [] })).toEqual([]);
    });

    it("goes to the replica that holds the stream alone, which alone can say that it was sent", async () => {
      const { agentId } = tenant;
      const epoch = (await inTenant((tx) => recordConnection(tx, agentId, greetingOf("j1"), at(0))))?.fencingEpoch ?? 0;
      const hold = (replica: string) => inTenant((tx) => holdStream(tx, { agentId, fencingEpoch: epoch }, replica, 30_000));
      const system = <T>(work: Parameters<typeof test.db.withSystem<T>>[1]) => test.db.withSystem("claim-outbox", work);
      await hold("a");
      const [row] = await enqueue({ agentId });
      expect(await claim("b", at(1), { agentIds: [agentId], heldBy: "b" })).toEqual([]);
      expect((await claim("a", at(1), { agentIds: [agentId], heldBy: "a" })).map(({ id }) => id)).toEqual([row]);
      await hold("b");
      expect(await system((tx) => completeDispatch(tx, row!, "a", at(1)))).toBe(false);
      await system((tx) => postponeEffect(tx, row!, "a", at(1)));
      expect((await claim("b", at(1), { agentIds: [agentId], heldBy: "b" })).map(({ id }) => id)).toEqual([row]);
      expect(await system((tx) => completeDispatch(tx, row!, "b", at(1)))).toBe(true);
    });

    it("knows whether an attempt's dispatch has left: not while it waits, not where it was taken back", async () => {
      const executionId = randomUUID();
      const payload = { stepExecutionId: "s1", attempt: 1 };
      const left = () => inTenant((tx) => hasLeft(tx, executionId, "s1", 1));
      const add = async () =>
        (
          await inTenant((tx) =>
            enqueueEffects(tx, [{ kind: "dispatch", executionId, payload, availableAt: at(0), claim: { worker: "a", until: at(9) } }]),
          )
        )[0] ?? 0;
      expect(await left()).toBe(false);
      const first = await add();
      expect(await left()).toBe(false);
      await inTenant((tx) => completeEffect(tx, first, "a", at(1)));
      expect([await left(), await inTenant((tx) => hasLeft(tx, executionId, "s1", 2))]).toEqual([true, false]);
      const second = await add();
      await inTenant((tx) => discardEffect(tx, second, "a", at(1)));
      expect(await left()).toBe(false);
    });

    it("voids what has not left: of an execution, of a tenant, of the listed kinds", async () => {
      const executionId = randomUUID();
      await enqueue({ executionId }, { executionId, kind: "notice" }, {});
      expect(await inOther((tx) => voidEffects(tx, { kinds: [tenant.tenantId] }, at(1)))).toBe(0);
      expect(await inTenant((tx) => voidEffects(tx, { kinds: [tenant.tenantId], executionId }, at(1)))).toBe(1);
      const [held] = await claim("a", at(2));
      expect(await inTenant((tx) => voidEffects(tx, { kinds: [tenant.tenantId] }, at(2)))).toBe(1);
      expect(await test.db.withSystem("claim-outbox", (tx) => completeEffect(tx, held!.id, "a", at(2)))).toBe(false);
      expect(await claim("b", at(99))).toEqual([]);
    });
  });

  describe("idempotency keys", () => {
    const request = { actorId: "u", key: "k", requestHash: "h" };
    const begin = (changes: object = {}, now = at(0)) => inTenant((tx) => beginRequest(tx, { ...request, ...changes }, now, at(60)));

    it("let one request through and answer its repetitions", async () => {
      const both = await Promise.all([begin(), begin()]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(["begun", "in_progress"]);
      await inTenant((tx) => finishRequest(tx, request, 201, { id: 1 }));
      expect(await begin()).toEqual({ outcome: "answered", status: 201, body: { id: 1 } });
      expect(await begin({ requestHash: "other" })).toEqual({ outcome: "conflict" });
      expect(await begin({ actorId: "v" })).toEqual({ outcome: "begun" });
      expect(await begin({}, at(60))).toEqual({ outcome: "begun" });
    });

    it("are freed when nothing was done, and purged when they expire", async () => {
      await begin();
      await inTenant((tx) => forgetRequest(tx, request));
      expect(await begin()).toEqual({ outcome: "begun" });
      await inTenant((tx) => finishRequest(tx, request, 204, undefined));
      await inTenant((tx) => forgetRequest(tx, request));
      expect(await begin()).toEqual({ outcome: "answered", status: 204, body: null });
      expect(await test.db.withSystem("schedule", (tx) => purgeExpiredKeys(tx, at(61)))).toBeGreaterThanOrEqual(1);
      expect(await begin()).toEqual({ outcome: "begun" });
    });
  });

  describe("settings", () => {
    it("hold what a human chose, nothing before", async () => {
      expect(await inTenant(readTenantPolicy)).toEqual({ layer: {}, updatedAt: null });
      await inTenant((tx) => writeTenantPolicy(tx, { governanceMode: "audit" }, "u", at(1)));
      await inTenant((tx) => writeTenantPolicy(tx, { dangerousSteps: "block" }, "u", at(2)));
      expect(await inTenant(readTenantPolicy)).toEqual({ layer: { governanceMode: "audit", dangerousSteps: "block" }, updatedAt: at(2) });
      expect(await inOther(readTenantPolicy)).toEqual({ layer: {}, updatedAt: null });
      expect(await inTenant(isSetupDone)).toBe(false);
      await inTenant((tx) => markSetupDone(tx, "u", at(3)));
      expect(await inTenant(isSetupDone)).toBe(true);
    });

    it("of the installation are read by tenants and written by none", async () => {
      await test.db.withSystem("start-up", (tx) => writeSystemSetting(tx, "greeting", { a: 1 }, "server", at(1)));
      await test.db.withSystem("start-up", (tx) => writeSystemSetting(tx, "greeting", { a: 2 }, "server", at(2)));
      expect(await inTenant((tx) => readSystemSetting(tx, "greeting"))).toEqual({ a: 2 });
      await expect(inTenant((tx) => tx.query.updateTable("system_settings").set({ value: "1" }).execute())).rejects.toMatchObject({
        code: "42501",
      });
    });

    it("remember panic and party mode, which only a human's reason clears", async () => {
      const actor = { type: "user", id: "u", via: "web" } as const;
      expect(await inTenant(latestPanic)).toBeUndefined();
      const [on, off] = [true, false].map((panic, n) => ({
        id: randomUUID(),
        panic,
        reason: panic ? "fire" : null,
        actor,
        occurredAt: at(n),
      }));
      await inTenant((tx) => recordPanic(tx, on!));
      await inTenant((tx) => recordPanic(tx, off!));
      expect(await inTenant(latestPanic)).toEqual(off);
      const cause = { id: randomUUID(), cause: "canary", details: { n: 1 }, enteredAt: at(1) };
      await inTenant((tx) => enterPartyMode(tx, cause));
      const word = (by: string) => ({ ids: [cause.id], by, reason: "looked at it", at: at(2) });
      expect(await inTenant(activePartyModes)).toEqual([{ ...cause, agreed: null }]);
      expect(await inOther((tx) => agreeToClear(tx, word("x")))).toBe(0);
      expect(await inTenant((tx) => agreeToClear(tx, word("u")))).toBe(1);
      expect(await inTenant((tx) => agreeToClear(tx, word("v")))).toBe(0);
      expect(await inTenant(activePartyModes)).toEqual([{ ...cause, agreed: { by: "u", at: at(2), reason: "looked at it" } }]);
      expect(await inOther((tx) => clearPartyMode(tx, word("x")))).toBe(0);
      expect(await inTenant((tx) => clearPartyMode(tx, word("v")))).toBe(1);
      expect(await inTenant((tx) => clearPartyMode(tx, word("v")))).toBe(0);
      expect(await inTenant(activePartyModes)).toEqual([]);
      expect(await inTenant((tx) => listPartyModes(tx, "canary"))).toHaveLength(1);
    });
  });
});
