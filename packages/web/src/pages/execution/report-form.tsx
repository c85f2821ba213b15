// A step that a person carries out: copy it if there is a command, do it, then say how it went.
import { type FormEvent, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import type { DecisionProps } from "./decision-props.ts";

export const ReportForm = ({ executionId, step, refusal }: DecisionProps) => {
  const report = useStepDecision("reportStep", executionId, step.id);
  const [note, setNote] = useState("");
  const send = (outcome: "done" | "failed"): void => report.mutate({ outcome, ...(note.trim() === "" ? {} : { note: note.trim() }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send("done");
  };
  return (
    <form onSubmit={submit} className="space-y-3">
      <p className="max-w-[72ch]">You carry this step out yourself, then report it here. It is recorded as your word, not as observed.</p>
      {step.command !== null && <CopyButton text={step.command} label="Copy the command" />}
      <Field label="Note (optional)" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      {report.isError && <ErrorNotice error={report.error} what="Not reported." />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" refusal={refusal} busy={report.isPending && "Reporting…"}>
          Report done
        </Button>
        <Button onClick={() => send("failed")} refusal={refusal === null ? null : ""} busy={report.isPending && "Reporting…"}>
          Report failed
        </Button>
      </div>
    </form>
  );
};
