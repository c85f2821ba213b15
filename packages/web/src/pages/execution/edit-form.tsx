// Edits the command of a step. The verdict on the new text is shown while typing; sending it makes a new digest and a new decision.
import { type FormEvent, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { CommandField } from "./command-field.tsx";
import type { DecisionProps } from "./decision-props.ts";

export const EditForm = ({ executionId, step, refusal, onClose }: DecisionProps & { readonly onClose: () => void }) => {
  const modify = useStepDecision("modifyStep", executionId, step.id);
  const [command, setCommand] = useState(step.command ?? "");
  const [reason, setReason] = useState("");
  const unchanged = command === step.command || command.trim() === "" ? "Change the command first." : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    modify.mutate({ command, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) });
  };
  return (
    <form onSubmit={submit} className="space-y-3 rounded-md border border-line bg-surface-0 p-4">
      <CommandField command={command} onChange={setCommand} />
      <Field label="Why change it? (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      <p className="text-small text-ink-faint">Sending it runs nothing. You see the new verdict and decide then.</p>
      {modify.isError && <ErrorNotice error={modify.error} what="Not changed. The step is as it was." />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" refusal={refusal ?? unchanged} busy={modify.isPending && "Checking…"}>
          Use this command
        </Button>
        <Button onClick={onClose}>Keep the old one</Button>
      </div>
    </form>
  );
};
