// After a step that failed or whose outcome nobody knows: a person looks, then goes on. Nothing is run again by this.
import { type FormEvent, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import type { DecisionProps } from "./decision-props.ts";

const sentence = (step: DecisionProps["step"]): string =>
  step.outcome === "unknown" || step.status === "outcome_unknown"
    ? "Nobody knows whether this step took effect. Look at the system itself before you go on. It is not run again."
    : "The step ended as shown above. Going on runs nothing of it again.";

export const ContinueForm = ({ executionId, step, refusal }: DecisionProps) => {
  const go = useStepDecision("continueStep", executionId, step.id);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    go.mutate(reason.trim() === "" ? {} : { reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="space-y-3">
      <p className="max-w-[72ch]">{sentence(step)}</p>
      <Field label="What did you find? (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      {go.isError && <ErrorNotice error={go.error} what="Not continued." />}
      <Button type="submit" look="primary" refusal={refusal} busy={go.isPending && "Continuing…"}>
        Continue
      </Button>
    </form>
  );
};
