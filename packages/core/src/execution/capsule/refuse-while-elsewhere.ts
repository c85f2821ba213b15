// While the agent is away and somebody holds a code for the run, nobody here knows where it stands. In: state, command, context.
// Out: null, or the refusal. It holds what people decide until the agent has said what was done at its host; halts are never held.
import { type Refusal, refuse } from "../../errors.ts";
import type { ExecutionCommand } from "../commands.ts";
import { type DecideContext, isTerminal } from "../decision.ts";
import type { ExecutionState } from "../types.ts";

/** They change nothing about what runs. */
const harmless: readonly ExecutionCommand["type"][] = ["join", "hand-over", "take-over", "declare-action"];

export function refuseWhileElsewhere(state: ExecutionState, command: ExecutionCommand, context: DecideContext): Refusal | null {
  if (context.agentOnline || context.actor.type !== "user" || isTerminal(state) || harmless.includes(command.type)) return null;
  const open = (state.capsules ?? []).filter(({ usedAtMs }) => usedAtMs === null);
  if (open.length === 0) return null;
  // Nothing new can begin there any more: the run may be ended here, and what was done is still taken in.
  if (command.type === "abort" && open.every(({ expiresAtMs }) => context.nowMs >= expiresAtMs)) return null;
  return refuse("CONTINUED_ELSEWHERE");
}
