// Skips the step: nothing runs; the reason goes into the record.
import { type FormEvent, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import type { DecisionProps } from "./decision-props.ts";

export const SkipForm = ({ executionId, step, refusal, onClose }: DecisionProps & { readonly onClose: () => void }) => {
  const skip = useStepDecision("skipStep", executionId, step.id);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    skip.mutate(reason.trim() === "" ? {} : { reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="space-y-3 rounded-md border border-line bg-surface-0 p-4">
      <Field
        label="Why skip it? (optional)"
        value={reason}
        maxLength={2000}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      {skip.isError && <ErrorNotice error={skip.error} what="Not skipped." />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" refusal={refusal} busy={skip.isPending && "Skipping…"}>
          Skip step {step.label}
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </form>
  );
};
