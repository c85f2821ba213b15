// A command that is not in the runbook, entered between two steps. Sending it makes a step of this run: scanned, gated, recorded as unlisted.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { CommandField } from "./command-field.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

const CommandForm = ({ executionId, onDone }: { readonly executionId: string; readonly onDone: () => void }) => {
  const enter = useExecutionDecision("runUnlisted", executionId);
  const [command, setCommand] = useState("");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate({ command, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>
        It becomes a step of this run, with the same scan and the same gate, and stands in the record as unlisted. Under audit a proven read
        runs at once; everything else asks first.
      </p>
      <CommandField command={command} onChange={setCommand} />
      <Field label="Why? (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      {enter.isError && <ErrorNotice error={enter.error} what="Not entered. Nothing ran." />}
      <Button
        type="submit"
        look="primary"
        refusal={command.trim() === "" ? "Enter a command first." : null}
        busy={enter.isPending && "Checking…"}
      >
        Add it to the run
      </Button>
    </form>
  );
};

export const EnterCommand = ({ execution }: { readonly execution: WireExecution }) => {
  const refusal = useWriteRefusal(execution, "operator");
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Enter a command
      </Button>
      <Modal title="A command that is not in the runbook" open={open} onClose={close}>
        <CommandForm executionId={execution.id} onDone={close} />
      </Modal>
    </>
  );
};
