// Starts an execution on an agent. With one agent online nothing is asked; with none the reason stands beside the button.
import { ApiError, type WireRunbook } from "@dd0c/protocol/http";
import { useNavigate } from "@tanstack/react-router";
import { useStartExecution } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { AgentChoice, useAgentChoice } from "./agent-choice.tsx";
import { LiveRunChoice } from "./live-run-choice.tsx";

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
