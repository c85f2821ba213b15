// The worker on real databases with a sender that does as it is told: retries, crashes, replicas, targets that hang.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { until } from "../../test-support/send-delivery.ts";
import { systemClock } from "../adapters/system-clock.ts";
import {
  appendEvents,
  cancelOutbound,
  claimOutbound,
  findOutbound,
  insertOutbound,
  insertTenant,
  keepHouse,
  listAttempts,
  listenFromNow,
  listOutbound,
  type OutboundDelivery,
  sendAgain,
} from "../db/index.ts";
import { createOutboundWorker, type OutboundWorker } from "./outbound-worker.ts";
import type { Sender, Sent } from "./sender.ts";

const ok: Sent = { outcome: "delivered", status: 200, why: null };

describe.each(databaseKinds)("outbound worker on %s", (kind) => {
  let test: TestDatabase;
  const running: OutboundWorker[] = [];
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  beforeEach(() => test.admin("DELETE FROM run.outbound_deliveries"));
  afterAll(async () => {
    await Promise.all(running.map((worker) => worker.stop()));
    await test.close();
  });

  async function newTenant(): Promise<string> {
    const id = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id, name: id, slug: id }));
    return id;
  }

  /** A sender of one kind whose targets answer as `answers` says, and what it was given, in order. */
  function scripted(answers: (delivery: OutboundDelivery, nth: number) => Promise<Sent> | Sent) {
    const sent: OutboundDelivery[] = [];
    const send: Sender["send"] = async (delivery) => {
      sent.push(delivery);
      return answers(delivery, sent.filter(({ id }) => id === delivery.id).length);
    };
    return { sent, send };
  }

  function start(sender: Partial<Sender> & Pick<Sender, "send">, delays: readonly number[] = [0, 0, 0]): OutboundWorker {
    const worker = createOutboundWorker({
      db: test.db,
      clock: systemClock,
      logger: { error: () => undefined },
      worker: randomUUID(),
      senders: [{ kind: "webhook", ...sender }],
      delays,
      random: () => 0.5,
    });
    running.push(worker);
    worker.start();
    return worker;
  }

  const sample = (targetId: string) => ({
    id: randomUUID(),
    kind: "webhook" as const,
    targetId,
    eventType: "dev.dd0c.run.ping",
    executionId: null,
    payload: { n: 1 },
    createdAt: new Date(),
  });
  const write = async (tenantId: string, count = 1, targetId = randomUUID()): Promise<string[]> => {
    const made = Array.from({ length: count }, () => sample(targetId));
    await test.db.withTenant(tenantId, (tx) =>
      insertOutbound(
        tx,
        made.map((one) => ({ ...one, dedupKey: `test:${one.id}` })),
      ),
    );
    return made.map(({ id }) => id);
  };
  const find = async (tenantId: string, id: string): Promise<OutboundDelivery> => {
    const found = await test.db.withTenant(tenantId, (tx) => findOutbound(tx, id));
    if (found === undefined) throw new Error("no such delivery");
    return found;
  };
  const settled = (tenantId: string, id: string, state: OutboundDelivery["state"]) =>
    until(
      `delivery ${state}`,
      () => find(tenantId, id),
      (found) => found.state === state,
    );
  const attemptsOf = (tenantId: string, id: string) => test.db.withTenant(tenantId, (tx) => listAttempts(tx, id));

  it("sends once what goes through, and keeps what became of it", async () => {
    const tenantId = await newTenant();
    const [id = ""] = await write(tenantId);
    const target = scripted(() => ok);
    const worker = start(target);
    const found = await settled(tenantId, id, "delivered");
    expect(found).toMatchObject({ attempts: 1, lastStatus: 200, lastError: null, deliveredAt: expect.any(Date) as Date });
    expect(await attemptsOf(tenantId, id)).toMatchObject([{ attempt: 1, outcome: "delivered", status: 200, error: null }]);
    await worker.stop();
    expect(target.sent.map((one) => one.id)).toEqual([id]);
  });

  it("tries again under the same id by the schedule, and gives up at its end", async () => {
    const tenantId = await newTenant();
    const [works = "", never = ""] = await write(tenantId, 2);
    const target = scripted(({ id }, nth) => (id === works && nth === 3 ? ok : { outcome: "retry", status: 503, why: "It answered 503." }));
    const worker = start(target, [0, 0, 0]);
    await settled(tenantId, works, "delivered");
    const found = await settled(tenantId, never, "given_up");
    await worker.stop();
    expect(found).toMatchObject({ attempts: 4, lastStatus: 503, lastError: "It answered 503.", deliveredAt: null });
    expect((await attemptsOf(tenantId, works)).map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "retry"],
      [2, "retry"],
      [3, "delivered"],
    ]);
    await test.db.withTenant(tenantId, (tx) => sendAgain(tx, never, new Date()));
    const again = scripted(() => ok);
    const next = start(again, [0]);
    await settled(tenantId, never, "delivered");
    await next.stop();
    expect(again.sent).toMatchObject([{ id: never, attempts: 5, attemptsBefore: 4, payload: { n: 1 } }]);
  });

  it("waits as long as it is asked to, with everything for that target", async () => {
    const tenantId = await newTenant();
    const targetId = randomUUID();
    const [first = ""] = await write(tenantId, 1, targetId);
    const target = scripted(() => ({ outcome: "retry", status: 429, why: "It asks for a pause.", afterMs: 600_000 }));
    const worker = start(target);
    await until(
      "an attempt",
      () => attemptsOf(tenantId, first),
      (attempts) => attempts.length === 1,
    );
    const [second = ""] = await write(tenantId, 1, targetId);
    const [other = ""] = await write(tenantId);
    await until(
      "the other target's attempt",
      () => attemptsOf(tenantId, other),
      (attempts) => attempts.length === 1,
    );
    await worker.stop();
    const waitMs = (await find(tenantId, first)).nextAttemptAt.getTime() - Date.now();
    expect(waitMs).toBeGreaterThan(590_000);
    // What comes while the pause lasts is tried once: the pause is the target's word about then, not a lock.
    expect((await attemptsOf(tenantId, second)).length).toBeLessThanOrEqual(1);
    expect(await attemptsOf(tenantId, first)).toHaveLength(1);
  });

  it("sends again under the same id what a crash left unrecorded, and only after the claim lapsed", async () => {
    const tenantId = await newTenant();
    const [id = ""] = await write(tenantId);
    const claim = (now: Date, worker: string) =>
      test.db.withSystem("claim-outbox", (tx) =>
        claimOutbound(tx, { worker, now, leaseMs: 60_000, limit: 100, perTarget: 100, exceptTargets: [] }),
      );
    const own = async (now: Date, worker: string) => (await claim(now, worker)).filter((one) => one.id === id).map((one) => one.attempts);
    // Sent, and then the process died before it could say so.
    expect(await own(new Date(), "died")).toEqual([1]);
    expect(await own(new Date(Date.now() + 59_000), "other")).toEqual([]);
    expect(await own(new Date(Date.now() + 61_000), "other")).toEqual([2]);
    await test.admin("UPDATE run.outbound_deliveries SET claimed_until = now() - interval '1 s' WHERE id = $1", [id]);
    const target = scripted(() => ok);
    const worker = start(target);
    await settled(tenantId, id, "delivered");
    await worker.stop();
    expect(target.sent.filter((one) => one.id === id)).toMatchObject([{ id, attempts: 3 }]);
  });

  it("never sends one row from two replicas at once", async () => {
    const tenantId = await newTenant();
    const ids = await write(tenantId, 60);
    const underWay = new Set<string>();
    let overlaps = 0;
    const slow = async ({ id }: OutboundDelivery): Promise<Sent> => {
      if (underWay.has(id)) overlaps += 1;
      underWay.add(id);
      await new Promise((done) => setTimeout(done, 20));
      underWay.delete(id);
      return ok;
    };
    const [one, two] = [scripted(slow), scripted(slow)];
    const workers = [start(one), start(two)];
    await until(
      "all delivered",
      () =>
        test.db.withTenant(tenantId, (tx) => listOutbound(tx, { limit: 100, cursor: undefined, targetId: undefined, state: "waiting" })),
      ({ items }) => items.length === 0,
    );
    await Promise.all(workers.map((worker) => worker.stop()));
    const sent = [...one.sent, ...two.sent].filter(({ tenantId: owner }) => owner === tenantId).map(({ id }) => id);
    expect(overlaps).toBe(0);
    expect(sent.toSorted()).toEqual(ids.toSorted());
  });

  it("lets a target that hangs hold up nobody else", async () => {
    const tenantId = await newTenant();
    const hanging = randomUUID();
    await write(tenantId, 40, hanging);
    const [other = ""] = await write(tenantId);
    let release: () => void = () => undefined;
    const released = new Promise<void>((done) => (release = done));
    const target = scripted(async ({ targetId }) => {
      if (targetId === hanging) await released;
      return ok;
    });
    const worker = start(target);
    await settled(tenantId, other, "delivered");
    expect(target.sent.filter(({ targetId }) => targetId === hanging).length).toBeLessThan(8);
    release();
    await worker.stop();
  });

  it("tells a target of each event once, from when it began to listen", async () => {
    const tenantId = await newTenant();
    const targetId = randomUUID();
    const append = (count: number) =>
      test.db.withTenant(tenantId, (tx) =>
        appendEvents(
          tx,
          Array.from({ length: count }, (_, n) => sampleDraft(tenantId, { data: { n } })),
        ),
      );
    await append(3);
    await test.db.withTenant(tenantId, (tx) => listenFromNow(tx, "webhook", targetId));
    const target = scripted(() => ok);
    const deliveriesFor: Sender["deliveriesFor"] = async (_tx, to, events) =>
      events.map(({ seq }) => ({ ...sample(to), dedupKey: `${to}:${seq}`, payload: { seq } }));
    const workers = [start({ ...target, deliveriesFor }), start({ ...target, deliveriesFor })];
    await append(450);
    for (let round = 0; round < 5; round += 1) await append(2);
    const seqs = () => target.sent.map(({ payload }) => (payload as { seq: number }).seq).toSorted((a, b) => a - b);
    await until(
      "all told",
      async () => seqs(),
      (found) => found.length >= 460,
    );
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(seqs()).toEqual(Array.from({ length: 460 }, (_, n) => n + 4));
  });

  it("lets a target that cannot be told fail alone, and tells it later", async () => {
    const tenantId = await newTenant();
    const targetId = randomUUID();
    await test.db.withTenant(tenantId, (tx) => listenFromNow(tx, "webhook", targetId));
    let isBroken = true;
    const target = scripted(() => ok);
    const deliveriesFor: Sender["deliveriesFor"] = (_tx, _to, events) =>
      isBroken
        ? Promise.reject(new Error("broken"))
        : Promise.resolve(events.map(({ seq }) => ({ ...sample(targetId), dedupKey: `later:${seq}` })));
    const worker = start({ ...target, deliveriesFor });
    await test.db.withTenant(tenantId, (tx) => appendEvents(tx, [sampleDraft(tenantId)]));
    const [other = ""] = await write(await newTenant());
    await until(
      "the other one",
      async () => target.sent,
      (sent) => sent.some(({ id }) => id === other),
    );
    isBroken = false;
    await until(
      "this one",
      async () => target.sent,
      (sent) => sent.some((one) => one.targetId === targetId),
    );
    await worker.stop();
  });

  it("sends nothing that was cancelled, and keeps the word of an attempt that was under way", async () => {
    const tenantId = await newTenant();
    const targetId = randomUUID();
    const [id = ""] = await write(tenantId, 1, targetId);
    const target = scripted(async () => {
      await test.db.withTenant(tenantId, (tx) => cancelOutbound(tx, targetId));
      return { outcome: "retry", status: 500, why: "It answered 500." };
    });
    const worker = start(target);
    await until(
      "an attempt",
      () => attemptsOf(tenantId, id),
      (attempts) => attempts.length === 1,
    );
    await worker.stop();
    expect((await find(tenantId, id)).state).toBe("cancelled");
    expect(target.sent).toHaveLength(1);
  });

  it("keeps settled deliveries for 90 days, and what waits for as long as it waits", async () => {
    const tenantId = await newTenant();
    const [old = "", waiting = "", recent = ""] = await write(tenantId, 3);
    const before = (days: number) => new Date(Date.now() - days * 86_400_000);
    const set = "UPDATE run.outbound_deliveries SET created_at = $2, state = $3, next_attempt_at = now() + interval '1 day' WHERE id = $1";
    await test.admin(set, [old, before(91), "delivered"]);
    await test.admin(set, [waiting, before(91), "waiting"]);
    await test.admin(set, [recent, before(89), "delivered"]);
    await test.admin(
      "INSERT INTO run.outbound_attempts (tenant_id, delivery_id, attempt, outcome, duration_ms, at) VALUES ($1, $2, 1, 'delivered', 1, now())",
      [tenantId, old],
    );
    await keepHouse(test.db.withSystem, new Date());
    const page = { limit: 100, cursor: undefined, targetId: undefined, state: undefined };
    const { items } = await test.db.withTenant(tenantId, (tx) => listOutbound(tx, page));
    expect(items.map(({ id }) => id).toSorted()).toEqual([waiting, recent].toSorted());
    expect(await attemptsOf(tenantId, old)).toEqual([]);
  });
});
