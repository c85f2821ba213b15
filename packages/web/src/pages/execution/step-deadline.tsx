// When a step is ended if it does not end by itself, and the way to give it longer (or less) before it runs.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { formatDuration } from "../../text/format-time.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { isOpenStep } from "./step-facts.ts";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface StepDeadlineProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
}

const SECOND_MS = 1_000;
const LONGEST_S = 3_600;

const secondsRefusal = (seconds: string): string | null => {
  const value = Number(seconds);
  return Number.isInteger(value) && value >= 1 && value <= LONGEST_S ? null : "Between 1 and 3600 seconds.";
};

const DeadlineForm = ({ execution, step }: StepDeadlineProps) => {
  const set = useStepDecision("setTimeout", execution.id, step.id);
  const refused = useWriteRefusal(execution, "operator");
  const [seconds, setSeconds] = useState(String(Math.round(step.timeout_ms / SECOND_MS)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate({ timeout_ms: Number(seconds) * SECOND_MS });
  };
  return (
    <form onSubmit={submit} className="space-y-3 py-2">
      <Field
        label="Seconds"
        hint="What is open lapses: the step is filled in and scanned afresh, and asked about again."
        inputMode="numeric"
        value={seconds}
        onChange={(event) => setSeconds(event.target.value)}
      />
      {set.isError && <ErrorNotice error={set.error} what="The deadline was not changed." />}
      <Button type="submit" refusal={refused ?? secondsRefusal(seconds)} busy={set.isPending && "Setting…"}>
        Set the deadline
      </Button>
    </form>
  );
};

export const StepDeadline = ({ execution, step }: StepDeadlineProps) => {
  if (step.command === null || !isOpenStep(step)) return null;
  return (
    <details className="text-small">
      <summary className="chevron flex min-h-8 items-center gap-1 pointer-coarse:min-h-11">
        Ended after {formatDuration(step.timeout_ms)} if it does not end by itself
      </summary>
      <DeadlineForm execution={execution} step={step} />
    </details>
  );
};
