// On which agent something is to start, and why nothing can start now.
import type { WireAgent } from "@dd0c/protocol/http";
import { useState } from "react";
import { useAgents } from "../../api/agents.ts";
import { usePanic } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { INPUT_LOOK } from "../../ui/field.tsx";

export const AgentChoice = ({ agents, onChoose }: { readonly agents: readonly WireAgent[]; readonly onChoose: (id: string) => void }) => (
  <label className="flex items-center gap-2">
    <span className="text-small whitespace-nowrap text-ink-faint">on agent</span>
    <select className={`${INPUT_LOOK} w-auto`} onChange={(event) => onChoose(event.target.value)}>
      {agents.map((agent) => (
        <option key={agent.id} value={agent.id}>
          {agent.name}
        </option>
      ))}
    </select>
  </label>
);

const startRefusal = (role: string | null, panic: boolean, agents: readonly WireAgent[] | undefined): string | null => {
  if (role !== null) return role;
  if (panic) return "Everything is stopped.";
  if (agents === undefined) return "Looking for agents.";
  return agents.length === 0 ? "No agent is online." : null;
};

/** Agents that are online, the chosen one among them, and why nothing can start. */
export const useAgentChoice = () => {
  const agents = useAgents();
  const panic = usePanic();
  const role = useRoleRefusal("operator");
  const [chosen, setChosen] = useState<string | null>(null);
  const online = agents.data?.items.filter((agent) => agent.status === "online");
  const agent = online?.find((candidate) => candidate.id === chosen) ?? online?.[0];
  return { online: online ?? [], agentId: agent?.id, choose: setChosen, refusal: startRefusal(role, panic.data?.on === true, online) };
};
