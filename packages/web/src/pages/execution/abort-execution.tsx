// Ends an execution: no new step starts. What runs now goes on to its end unless the person says that it ends too.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";

export const AbortExecution = ({ execution }: { readonly execution: WireExecution }) => {
  const abort = useExecutionDecision("abortExecution", execution.id);
  const refusal = useRoleRefusal("operator");
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [terminate, setTerminate] = useState(false);
  const running = execution.steps.find(({ stoppable }) => stoppable);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    abort.mutate(
      { terminate: terminate && running !== undefined, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) },
      { onSuccess: () => setOpen(false) },
    );
  };
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Abort
      </Button>
      <Modal title="Abort this execution" open={open} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className="space-y-4">
          {running === undefined ? (
            <p>No new step starts. Nothing of this run is running now.</p>
          ) : (
            <>
              <p>No new step starts. Step {running.label} runs now: it goes on to its end unless you end it too.</p>
              <label className="flex min-h-11 items-center gap-3">
                <input type="checkbox" checked={terminate} onChange={(event) => setTerminate(event.target.checked)} />
                End the processes of step {running.label} too
              </label>
            </>
          )}
          <Field label="Reason (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
          {abort.isError && <ErrorNotice error={abort.error} what="Not aborted." />}
          <Button type="submit" look="primary" busy={abort.isPending && "Aborting…"}>
            Abort execution
          </Button>
        </form>
      </Modal>
    </>
  );
};
