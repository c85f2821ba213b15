import type { Risk } from "@dd0c/scanner";
import { expect, it } from "vitest";
import { rollbackGate } from "./rollback-gate.ts";

const risks = ["safe", "caution", "unknown", "dangerous"] as const;

it("asks for everything, has the names typed of what is dangerous, and lets nothing run by itself", () => {
  expect(risks.map((risk) => rollbackGate(risk, false, false))).toEqual(["ask", "ask", "ask", "typed"]);
});

it("is blocked by panic, by party mode and by a risk that it does not know", () => {
  expect(risks.flatMap((risk) => [rollbackGate(risk, true, false), rollbackGate(risk, false, true)])).toEqual(Array(8).fill("blocked"));
  expect(rollbackGate("harmless" as Risk, false, false)).toBe("blocked");
});
