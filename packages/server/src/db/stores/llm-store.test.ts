import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../../test-support/test-database.ts";
import {
  findModelAnswers,
  latestModelCalls,
  type ModelCallRecord,
  modelTokensOf,
  modelUsageOf,
  purgeModelRecords,
  recordDisagreements,
  recordModelCalls,
  storeModelAnswers,
} from "./llm-store.ts";
import { insertTenant } from "./tenant-store.ts";

const at = (minutes: number): Date => new Date(Date.parse("2026-03-31T23:00:00Z") + minutes * 60_000);
const hash = (digit: string): string => digit.repeat(64);

const call = (minutes: number, change: Partial<ModelCallRecord> = {}): ModelCallRecord => ({
  id: randomUUID(),
  calledAt: at(minutes),
  purpose: "classify",
  provider: "anthropic",
  model: "small",
  promptHash: hash("a"),
  contentHash: hash("b"),
  maskedSecrets: 0,
  sentBytes: 900,
  receivedBytes: 120,
  inputTokens: 200,
  outputTokens: 30,
  estimated: false,
  costMicros: 87,
  attempts: 1,
  durationMs: 412,
  outcome: "answered",
  ...change,
});

describe.each(databaseKinds)("records of the model on %s", (kind) => {
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

  it("keep answers as they were, the first one, and for one tenant", async () => {
    const [mine, other] = [await newTenant(), await newTenant()];
    const odd = { reasoning: "nul \u0000 and half \ud800", list: [1, null] };
    await test.db.withTenant(mine, (tx) => storeModelAnswers(tx, [{ key: hash("1"), purpose: "classify", answer: odd }], at(0)));
    await test.db.withTenant(mine, (tx) => storeModelAnswers(tx, [{ key: hash("1"), purpose: "classify", answer: { other: 1 } }], at(1)));
    const find = (tenant: string) => test.db.withTenant(tenant, (tx) => findModelAnswers(tx, [hash("1"), hash("2")]));
    expect(await find(mine)).toEqual(new Map([[hash("1"), odd]]));
    expect(await find(other)).toEqual(new Map());
  });

  it("keep calls, the latest first, and add them up per month and model", async () => {
    const [mine, other] = [await newTenant(), await newTenant()];
    const calls = [
      call(1),
      call(2, { outcome: "timeout", estimated: true, costMicros: null }),
      call(3, { model: "large", costMicros: 1000 }),
    ];
    await test.db.withTenant(mine, (tx) => recordModelCalls(tx, calls, at(3)));
    await test.db.withTenant(mine, (tx) => recordModelCalls(tx, [call(70)], at(70)));
    const read = (tenant: string) =>
      test.db.withTenant(tenant, async (tx) => ({
        march: await modelUsageOf(tx, at(5)),
        april: await modelTokensOf(tx, at(70)),
        latest: await latestModelCalls(tx, 3),
      }));
    const { march, april, latest } = await read(mine);
    expect(march).toEqual([
      { month: "2026-03", model: "large", calls: 1, inputTokens: 200, outputTokens: 30, costMicros: 1000 },
      { month: "2026-03", model: "small", calls: 2, inputTokens: 400, outputTokens: 60, costMicros: 87 },
    ]);
    expect(april).toBe(230);
    expect(latest.slice(1)).toEqual([calls[2], calls[1]]);
    expect(await read(other)).toEqual({ march: [], april: 0, latest: [] });
  });

  it("count different commands that model and scanner disagree about, within a time", async () => {
    const tenant = await newTenant();
    const seen = (minutes: number, ...digits: string[]) =>
      test.db.withTenant(tenant, (tx) =>
        recordDisagreements(
          tx,
          digits.map((digit) => ({ commandHash: hash(digit), model: "small", promptHash: hash("a") })),
          at(minutes),
          at(minutes - 60),
        ),
      );
    expect([await seen(0, "1", "2", "1"), await seen(30, "1"), await seen(70, "3"), await seen(71)]).toEqual([2, 2, 2, 2]);
    expect(await seen(200, "4")).toBe(1);
  });

  it("lose old answers and calls, and no usage", async () => {
    const tenant = await newTenant();
    await test.db.withTenant(tenant, async (tx) => {
      await storeModelAnswers(tx, [{ key: hash("1"), purpose: "review", answer: {} }], at(0));
      await recordModelCalls(tx, [call(0)], at(0));
    });
    const days = 24 * 60;
    const left = async (minutes: number) => {
      await test.db.withSystem("schedule", (tx) => purgeModelRecords(tx, at(minutes)));
      return test.db.withTenant(tenant, async (tx) => [
        (await findModelAnswers(tx, [hash("1")])).size,
        (await latestModelCalls(tx, 10)).length,
        await modelTokensOf(tx, at(0)),
      ]);
    };
    expect([await left(29 * days), await left(31 * days), await left(91 * days)]).toEqual([
      [1, 1, 230],
      [0, 1, 230],
      [0, 0, 230],
    ]);
  });
});
