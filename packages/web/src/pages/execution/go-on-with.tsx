// Resumes with a step that a person chooses. The open steps in front of it are passed over, and the record says so.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { type FormEvent, useId, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { splitHeadline } from "../../text/split-headline.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { isOpenStep } from "./step-facts.ts";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface FormProps {
  readonly execution: WireExecution;
  readonly open: readonly WireStepExecution[];
  readonly onDone: () => void;
}

const passedWords = (open: readonly WireStepExecution[], chosen: string): string => {
  const passed = open.slice(
    0,
    open.findIndex(({ id }) => id === chosen),
  );
  return passed.length === 0 ? "No step is passed over." : `Passed over: ${passed.map(({ label }) => `step ${label}`).join(", ")}.`;
};

const GoOnForm = ({ execution, open, onDone }: FormProps) => {
  const resume = useExecutionDecision("resumeExecution", execution.id);
  const selectId = useId();
  const [chosen, setChosen] = useState(open[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    resume.mutate({ from_step: chosen, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>The step is filled in and scanned afresh and meets its gate. To do an earlier step again, try that one once more instead.</p>
      <div>
        <label htmlFor={selectId} className="mb-1 block font-medium text-ink-strong">
          Go on with
        </label>
        <select id={selectId} className={INPUT_LOOK} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {open.map((step) => (
            <option key={step.id} value={step.id}>
              {step.label} {splitHeadline(step.description).first}
            </option>
          ))}
        </select>
      </div>
      <p role="status">{passedWords(open, chosen)}</p>
      <Field label="Why? (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      {resume.isError && <ErrorNotice error={resume.error} what="Not resumed." />}
      <Button type="submit" look="primary" busy={resume.isPending && "Resuming…"}>
        Go on with this step
      </Button>
    </form>
  );
};

export const GoOnWith = ({ execution }: { readonly execution: WireExecution }) => {
  const refusal = useWriteRefusal(execution, "operator");
  const [shown, setShown] = useState(false);
  const open = execution.steps.filter(isOpenStep);
  if ((execution.status !== "paused" && execution.status !== "stalled") || open.length < 2) return null;
  return (
    <>
      <Button refusal={refusal} onClick={() => setShown(true)}>
        Go on with another step
      </Button>
      <Modal title="Go on with another step" open={shown} onClose={() => setShown(false)}>
        <GoOnForm execution={execution} open={open} onDone={() => setShown(false)} />
      </Modal>
    </>
  );
};
