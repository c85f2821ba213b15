// Stops a run between two steps. What runs now goes on to its end; an approval that is open lapses and is asked for afresh later.
import type { WireExecution } from "@dd0c/protocol/http";
import { useExecutionDecision } from "../../api/executions.ts";
import { useWriteRefusal } from "./use-write-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

export const PauseExecution = ({ execution }: { readonly execution: WireExecution }) => {
  const pause = useExecutionDecision("pauseExecution", execution.id);
  const refusal = useWriteRefusal(execution, "operator");
  if (execution.status !== "running") return null;
  return (
    <>
      <Button refusal={refusal} busy={pause.isPending && "Pausing…"} onClick={() => pause.mutate({})}>
        Pause
      </Button>
      {pause.isError && <ErrorNotice error={pause.error} what="Not paused." />}
    </>
  );
};
