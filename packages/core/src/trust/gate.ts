// Risk, trust, policy and the two alarms go in; what the engine then allows comes out.
// Stands between classification and execution. This table is the only answer to "may it run": nothing else may permit more.
import type { Risk } from "@dd0c/scanner";
import type { Policy } from "./policy.ts";

/** 0 read-only, 1 suggest, 2 copilot, 3 autopilot. V1 reaches 2 at most (`maxTrustLevel`). */
export type TrustLevel = 0 | 1 | 2 | 3;

/** The highest level that a runbook can be given in this version. */
export const maxTrustLevel: TrustLevel = 2;

/**
 * What may happen with a step.
 * auto: runs by itself. ask: one human approves it. typed: a human types every target's name.
 * suggest: shown for a human to copy and run elsewhere. blocked: does not run.
 */
export type GateDecision = "auto" | "ask" | "typed" | "suggest" | "blocked";

type Row = readonly [level0: GateDecision, level1: GateDecision, level2: GateDecision, level3: GateDecision];

const table: Readonly<Record<Risk, Row>> = {
  safe: ["ask", "ask", "auto", "auto"],
  caution: ["blocked", "suggest", "ask", "auto"],
  unknown: ["blocked", "suggest", "ask", "auto"],
  dangerous: ["blocked", "blocked", "typed", "typed"],
};

/** The signature of the gate, so that a test can put a broken one in its place and see the engine's properties fail. */
export type Gate = typeof gate;

/**
 * The gate table of the product.
 * @param risk final risk of the rendered command
 * @param trust the level that the execution was pinned to at its start
 * @param policy effective policy (see `effectivePolicy`)
 * @param panic panic is on for the tenant or the system
 * @param party party mode is on for the tenant or the system
 * @returns one decision; anything that is not in the table is "blocked"
 */
export function gate(risk: Risk, trust: TrustLevel, policy: Policy, panic: boolean, party: boolean): GateDecision {
  if (panic || party) return "blocked";
  const decision = table[risk]?.[trust] ?? "blocked";
  if (risk === "dangerous" && policy.dangerousSteps !== "typed") return "blocked";
  // Only the exact word "audit" lets a step run by itself: a missing or misspelt mode is the strict one.
  if (decision === "auto" && policy.governanceMode !== "audit") return "ask";
  return decision;
}
