// Undoes a whole run: says what would be offered, last step first, and starts offering it. Every way back is still approved by itself.
import type { WireExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { useUndo } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { CommandText } from "../../ui/command-text.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Modal } from "../../ui/modal.tsx";
import { isFinished } from "./step-facts.ts";
import { useWriteRefusal } from "./use-write-refusal.ts";

const WhatIsOffered = ({ execution }: { readonly execution: WireExecution }) => {
  const offered = execution.steps.filter((step) => step.way_back.available).reverse();
  const oneWay = execution.steps.filter((step) => step.way_back.kind === "irreversible" && isFinished(step));
  return (
    <>
      <ol className="space-y-2">
        {offered.map((step) => (
          <li key={step.id}>
            Step {step.label}
            <CommandText command={step.way_back.command ?? ""} />
          </li>
        ))}
      </ol>
      {oneWay.length > 0 && (
        <p className="text-ink-strong">Irreversible: {oneWay.map((step) => `step ${step.label}`).join(", ")}. No rollback exists.</p>
      )}
    </>
  );
};

export const UndoRun = ({ execution }: { readonly execution: WireExecution }) => {
  const undo = useUndo(execution.id, null);
  const refusal = useWriteRefusal(execution, "operator");
  const [open, setOpen] = useState(false);
  const begin = (): void => undo.mutate(undefined, { onSuccess: () => setOpen(false) });
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Undo the run
      </Button>
      <Modal title="Undo the run" open={open} onClose={() => setOpen(false)}>
        <div className="space-y-4">
          <p>These come up one after the other, last step first. You approve or skip each; the first that fails ends it.</p>
          <WhatIsOffered execution={execution} />
          {undo.isError && <ErrorNotice error={undo.error} what="Not begun. Nothing ran." />}
          <Button look="primary" busy={undo.isPending && "Asking…"} onClick={begin}>
            Offer them one by one
          </Button>
        </div>
      </Modal>
    </>
  );
};
