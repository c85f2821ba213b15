// Starts an execution on an agent. With one agent online nothing is asked; with none the reason stands beside the button.
import { ApiError, type WireAgent, type WireRunbook } from "@dd0c/protocol/http";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useStartExecution } from "../../api/executions.ts";
import { useAgents } from "../../api/agents.ts";
import { usePanic } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { LiveRunChoice } from "./live-run-choice.tsx";

const AgentChoice = ({ agents, onChoose }: { readonly agents: readonly WireAgent[]; readonly onChoose: (id: string) => void }) => (
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
const useAgentChoice = () => {
  const agents = useAgents();
  const panic = usePanic();
  const role = useRoleRefusal("operator");
  const [chosen, setChosen] = useState<string | null>(null);
  const online = agents.data?.items.filter((agent) => agent.status === "online");
  const agent = online?.find((candidate) => candidate.id === chosen) ?? online?.[0];
  return { online: online ?? [], agentId: agent?.id, choose: setChosen, refusal: startRefusal(role, panic.data?.on === true, online) };
};

const isLiveRun = (error: unknown): boolean => error instanceof ApiError && error.code === "LIVE_RUN_EXISTS";

export const StartCopilot = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const navigate = useNavigate();
  const start = useStartExecution();
  const { online, agentId, choose, refusal } = useAgentChoice();
  const begin = (beside: boolean): void =>
    start.mutate(
      { runbook_id: runbook.id, beside_live_run: beside, ...(agentId === undefined ? {} : { agent_id: agentId }) },
      { onSuccess: (execution) => void navigate({ to: "/executions/$executionId", params: { executionId: execution.id } }) },
    );
  const live = isLiveRun(start.error);
  // The dialog also closes because a second run is being started: that answer is still awaited.
  const dismiss = (): void => {
    if (!start.isPending) start.reset();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {online.length > 1 && <AgentChoice agents={online} onChoose={choose} />}
      <Button look="primary" onClick={() => begin(false)} busy={start.isPending && "Starting…"} refusal={refusal}>
        Start copilot
      </Button>
      <LiveRunChoice runbookId={runbook.id} open={live} onClose={dismiss} onStart={() => begin(true)} busy={start.isPending} />
      {start.isError && !live && <ErrorNotice error={start.error} what="Not started. Nothing ran." />}
    </div>
  );
};
