// Runs one class of the threat catalogue: plain and disguised forms must reach the risk given, benign neighbours stay safe.
import { describe, expect, it } from "vitest";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Risk } from "../types.ts";

export interface ThreatClass {
  readonly id: string;
  /** Must be dangerous. */
  readonly dangerous: readonly string[];
  /** Must not be safe. */
  readonly notSafe?: readonly string[];
  readonly safe: readonly string[];
}

function atLeast(command: string, least: Risk): void {
  const { risk, reasons } = scan(command);
  const reached = compareRisk(risk, least) >= 0;
  const shown = command.slice(0, 200);
  expect({ command: shown, risk: reached ? least : risk, reasons: reached ? [] : reasons }).toEqual({
    command: shown,
    risk: least,
    reasons: [],
  });
}

function isSafe(command: string): void {
  const { risk, reasons } = scan(command);
  const shown = command.slice(0, 200);
  const raised = reasons.filter((reason) => reason.risk !== "safe");
  expect({ command: shown, risk, reasons: risk === "safe" ? [] : raised }).toEqual({ command: shown, risk: "safe", reasons: [] });
}

function titled(commands: readonly string[]): readonly (readonly [string, string])[] {
  return commands.map((command) => [command.slice(0, 120), command] as const);
}

export function checkClasses(classes: readonly ThreatClass[]): void {
  describe.each(classes.map((each) => [each.id, each] as const))("%s", (_id, { dangerous, notSafe, safe }) => {
    it.each(titled(dangerous))("dangerous: %s", (_shown, command) => atLeast(command, "dangerous"));
    it.each(titled(notSafe ?? []))("not safe: %s", (_shown, command) => atLeast(command, "caution"));
    it.each(titled(safe))("safe: %s", (_shown, command) => isSafe(command));
  });
}
