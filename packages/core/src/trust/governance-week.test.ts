import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  autoSharePercent,
  exceedsShare,
  type GovernanceCounts,
  type GovernanceMoment,
  nextGovernanceStep,
  weekMs,
  weekStartOf,
} from "./governance-week.ts";

const counts = (auto: number, approved = 0, typed = 0): GovernanceCounts => ({
  auto,
  approved,
  typed,
  rejected: 0,
  refusedByAgent: 0,
  blocked: 0,
  downgrades: 0,
  overrides: 0,
});

describe("the share of automatic steps", () => {
  it.each([
    [counts(0), null, false],
    [counts(49), 100, false],
    [counts(50), 100, true],
    [counts(35, 15), 70, false],
    [counts(36, 14), 72, true],
    [counts(701, 250, 50), 70, true],
    [counts(700, 250, 50), 70, false],
  ] as const)("%j: %s %%, too much: %s", (given, share, tooMuch) => {
    expect([autoSharePercent(given), exceedsShare(given, 70)]).toEqual([share, tooMuch]);
  });
});

it("begins a week on Monday at midnight UTC", () => {
  expect(new Date(weekStartOf(Date.UTC(2026, 10, 21, 20))).toISOString()).toBe("2026-11-16T00:00:00.000Z");
  expect(weekStartOf(Date.UTC(2026, 10, 16))).toBe(Date.UTC(2026, 10, 16));
  expect(weekStartOf(Date.UTC(2026, 10, 16) - 1)).toBe(Date.UTC(2026, 10, 9));
});

describe("what follows", () => {
  const nowMs = Date.UTC(2026, 10, 23);
  const moment = (change: Partial<GovernanceMoment> = {}): GovernanceMoment => ({
    auditInForce: true,
    counts: counts(90, 10),
    maxPercent: 70,
    notice: null,
    weekReported: true,
    nowMs,
    ...change,
  });
  const due = { dueAtMs: nowMs };
  it.each([
    ["too much: a notice with the weekly report", moment(), "give_notice"],
    ["too much between two reports", moment({ weekReported: false }), "nothing"],
    ["not too much", moment({ counts: counts(10, 90) }), "nothing"],
    ["too few steps", moment({ counts: counts(49) }), "nothing"],
    ["strict already", moment({ auditInForce: false }), "nothing"],
    ["the notice is not due", moment({ notice: { dueAtMs: nowMs + 1 } }), "nothing"],
    ["the notice is due", moment({ notice: due, weekReported: false }), "downgrade"],
    ["it is due and things have changed", moment({ notice: due, counts: counts(60, 40) }), "withdraw_notice"],
    ["a person chose strict meanwhile", moment({ notice: { dueAtMs: nowMs + weekMs }, auditInForce: false }), "withdraw_notice"],
  ] as const)("%s", (_name, given, step) => {
    expect(nextGovernanceStep(given)).toBe(step);
  });

  it("is never strict governance without a notice that is a week old", () => {
    const any = fc.record({
      auditInForce: fc.boolean(),
      counts: fc.tuple(fc.nat(200), fc.nat(200), fc.nat(50)).map(([auto, approved, typed]) => counts(auto, approved, typed)),
      maxPercent: fc.integer({ min: 1, max: 100 }),
      weekReported: fc.boolean(),
      passMs: fc.constantFrom(0, 3_600_000, weekMs - 1, weekMs, 3 * weekMs),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (moments) => {
        let at = nowMs;
        let givenAt: number | null = null;
        for (const { passMs, ...each } of moments) {
          at += passMs;
          const step = nextGovernanceStep({ ...each, nowMs: at, notice: givenAt === null ? null : { dueAtMs: givenAt + weekMs } });
          if (step === "downgrade") expect(givenAt !== null && at - givenAt >= weekMs && each.auditInForce).toBe(true);
          givenAt = step === "give_notice" ? at : step === "nothing" ? givenAt : null;
        }
      }),
    );
  });
});
