// The halt as the server knows it, for a terminal: one line for the whole, one per agent. Never a blanket "halted".
import type { WirePanicState } from "@dd0c/protocol/http";
import { visibleLine } from "@dd0c/executor/paint";

type Agent = WirePanicState["agents"][number];

const since = (iso: string | null): string => (iso === null ? "" : ` since ${iso}`);

function agentWords({ state, since: at }: Agent, isOn: boolean): string {
  if (state === "unreachable") {
    const words = at === null ? "never connected" : `unreachable${since(at)}`;
    return isOn ? `${words}: not known to have stopped` : words;
  }
  if (!isOn) return "connected";
  return state === "halted" ? `halted${since(at)}` : "connected, has not confirmed: may still be running";
}

function agentLines({ agents, on }: WirePanicState): string {
  if (agents.length === 0) return "  No agent is enrolled.\n";
  const names = agents.map(({ name }) => visibleLine(name));
  const width = Math.max(...names.map((name) => name.length));
  return agents.map((agent, at) => `  ${(names[at] ?? "").padEnd(width)}  ${agentWords(agent, on)}\n`).join("");
}

export function showPanic(state: WirePanicState): string {
  if (!state.on) return `Panic is off.\n${agentLines(state)}`;
  const by = state.by === null ? "" : `, by ${state.by.via === "api_key" ? "API key " : ""}${visibleLine(state.by.name ?? state.by.id)}`;
  const reason = state.reason === null ? "" : `: ${visibleLine(state.reason)}`;
  return `Panic is on${since(state.since)}${by}${reason}\n${agentLines(state)}`;
}

/** Whether every agent has said itself that it stopped. */
export const isHaltConfirmed = (state: WirePanicState): boolean => state.agents.every((agent) => agent.state === "halted");
