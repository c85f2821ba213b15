// Ending what a step runs on the agent, also what outlived the agent that started it. Two presses; the run itself goes on being the person's.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

interface StopStepProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
}

export const StopStep = ({ execution, step }: StopStepProps) => {
  const stop = useStepDecision("stopStep", execution.id, step.id);
  const refusal = useRoleRefusal("operator");
  const [asking, setAsking] = useState(false);
  if (!step.stoppable) return null;
  const left = step.still_running;
  return (
    <div className="space-y-2">
      {left !== null && (
        <p role="status">
          Still running: {left.processes === 1 ? "one process" : `${left.processes} processes`} of this step outlived the agent that started{" "}
          {left.processes === 1 ? "it" : "them"}. How the step ends will not be known; stopping it is safe to ask for.
        </p>
      )}
      {asking && <p>The agent ends every process of this step. What they have done by then stays done.</p>}
      {asking ? (
        <div className="flex flex-wrap gap-2">
          <Button
            look="dangerous"
            onClick={() => stop.mutate({}, { onSuccess: () => setAsking(false) })}
            busy={stop.isPending && "Asking the agent…"}
          >
            End its processes now
          </Button>
          <Button autoFocus look="plain" onClick={() => setAsking(false)}>
            Let it run
          </Button>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)} refusal={refusal}>
          Stop this step
        </Button>
      )}
      {stop.isError && <ErrorNotice error={stop.error} what="The agent was not asked; the step runs on." />}
    </div>
  );
};
