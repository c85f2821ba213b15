// The gate of a way back: risk and the two alarms go in, what the engine allows comes out. Used for steps of origin "rollback" alone.
// Trust and policy have no say, because a run that made things worse must be undoable at any level; but nothing is undone by itself.
import type { Risk } from "@dd0c/scanner";
import type { GateDecision } from "./gate.ts";

const table: Readonly<Record<Risk, GateDecision>> = { safe: "ask", caution: "ask", unknown: "ask", dangerous: "typed" };

/** The signature, so that a test can put a broken one in its place and see the engine's properties fail. */
export type RollbackGate = typeof rollbackGate;

/**
 * Ruling 25: at least one click, typed names for what is dangerous.
 * @returns one decision; anything that is not in the table, and everything under panic or party mode, is "blocked"
 */
export function rollbackGate(risk: Risk, panic: boolean, party: boolean): GateDecision {
  if (panic || party) return "blocked";
  return table[risk] ?? "blocked";
}
