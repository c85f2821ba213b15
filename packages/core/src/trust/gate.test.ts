import type { Risk } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { type GateDecision, gate, type TrustLevel } from "./gate.ts";
import type { DangerousSteps, GovernanceMode, Policy } from "./policy.ts";

const risks: readonly Risk[] = ["safe", "caution", "unknown", "dangerous"];
const levels: readonly TrustLevel[] = [0, 1, 2, 3];
const modes: readonly GovernanceMode[] = ["strict", "audit"];
const dangerous: readonly DangerousSteps[] = ["typed", "block"];

/** Written out whole: mode, policy on dangerous steps, risk -> the answer at levels 0 to 3. */
const table: readonly (readonly [GovernanceMode, DangerousSteps, Risk, string])[] = [
  ["audit", "typed", "safe", "ask ask auto auto"],
  ["audit", "typed", "caution", "blocked suggest ask auto"],
  ["audit", "typed", "unknown", "blocked suggest ask auto"],
  ["audit", "typed", "dangerous", "blocked blocked typed typed"],
  ["audit", "block", "safe", "ask ask auto auto"],
  ["audit", "block", "caution", "blocked suggest ask auto"],
  ["audit", "block", "unknown", "blocked suggest ask auto"],
  ["audit", "block", "dangerous", "blocked blocked blocked blocked"],
  ["strict", "typed", "safe", "ask ask ask ask"],
  ["strict", "typed", "caution", "blocked suggest ask ask"],
  ["strict", "typed", "unknown", "blocked suggest ask ask"],
  ["strict", "typed", "dangerous", "blocked blocked typed typed"],
  ["strict", "block", "safe", "ask ask ask ask"],
  ["strict", "block", "caution", "blocked suggest ask ask"],
  ["strict", "block", "unknown", "blocked suggest ask ask"],
  ["strict", "block", "dangerous", "blocked blocked blocked blocked"],
];

const permits: readonly GateDecision[] = ["blocked", "suggest", "typed", "ask", "auto"];
const permission = (decision: GateDecision): number => permits.indexOf(decision);
const each = <T>(items: readonly T[], use: (item: T) => void): void => items.forEach(use);

describe("gate", () => {
  it("has a row for every risk under every policy", () => {
    expect(new Set(table.map((row) => row.slice(0, 3).join())).size).toBe(modes.length * dangerous.length * risks.length);
  });

  it.each(table)("%s, dangerous %s: %s gives %s", (governanceMode, dangerousSteps, risk, answers) => {
    const policy: Policy = { governanceMode, dangerousSteps };
    expect(levels.map((level) => gate(risk, level, policy, false, false)).join(" ")).toBe(answers);
    for (const [panic, party] of [
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      expect(levels.map((level) => gate(risk, level, policy, panic, party)).join(" ")).toBe("blocked blocked blocked blocked");
    }
  });

  it("is monotone: more trust never restricts, more risk never permits, a stricter policy never permits", () => {
    each(modes, (governanceMode) =>
      each(dangerous, (dangerousSteps) =>
        each(risks, (risk) =>
          each(levels, (level) => {
            const policy: Policy = { governanceMode, dangerousSteps };
            const own = permission(gate(risk, level, policy, false, false));
            const more = levels.filter((other) => other >= level).map((other) => permission(gate(risk, other, policy, false, false)));
            expect(Math.min(...more)).toBe(own);
            const worse = risks.slice(risks.indexOf(risk)).map((other) => permission(gate(other, level, policy, false, false)));
            expect(Math.max(...worse)).toBe(own);
            expect(permission(gate(risk, level, { ...policy, governanceMode: "strict" }, false, false))).toBeLessThanOrEqual(own);
            expect(permission(gate(risk, level, { ...policy, dangerousSteps: "block" }, false, false))).toBeLessThanOrEqual(own);
          }),
        ),
      ),
    );
  });

  it("blocks what is not in the table and reads a policy it does not know as the strict one", () => {
    const open: Policy = { governanceMode: "audit", dangerousSteps: "typed" };
    expect(gate("harmless" as Risk, 2, open, false, false)).toBe("blocked");
    expect(gate("safe", 4 as TrustLevel, open, false, false)).toBe("blocked");
    expect(gate("safe", Number.NaN as TrustLevel, open, false, false)).toBe("blocked");
    expect(gate("safe", 2, { ...open, governanceMode: "Audit" as GovernanceMode }, false, false)).toBe("ask");
    expect(gate("dangerous", 2, { ...open, dangerousSteps: "allow" as DangerousSteps }, false, false)).toBe("blocked");
  });
});
