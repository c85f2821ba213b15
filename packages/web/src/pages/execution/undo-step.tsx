// Asks for the recorded way back of a finished step. Runs nothing: what it asks for comes up as a card with an approval of its own.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useUndo } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface UndoStepProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
}

export const UndoStep = ({ execution, step }: UndoStepProps) => {
  const undo = useUndo(execution.id, step.id);
  const refusal = useWriteRefusal(execution, "operator");
  return (
    <div className="space-y-2">
      <Button refusal={refusal} busy={undo.isPending && "Asking…"} onClick={() => undo.mutate()}>
        Undo step {step.label}
      </Button>
      {undo.isError && <ErrorNotice error={undo.error} what="Not undone. Nothing ran." />}
    </div>
  );
};
