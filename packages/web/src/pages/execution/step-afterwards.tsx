// What can still be done about a finished step: ask for its way back, try it once more; or that it is irreversible, in the same place.
// Neither button runs anything: what it asks for comes up as a card with an approval of its own.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { isFinished } from "./step-facts.ts";
import { UndoStep } from "./undo-step.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface OfStep {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
}

const MayRunTwice = ({ said, onSay }: { readonly said: boolean; readonly onSay: (said: boolean) => void }) => (
  <label className="flex min-h-11 items-center gap-3 text-ink-strong">
    <input type="checkbox" className="size-5" checked={said} onChange={(event) => onSay(event.target.checked)} />
    <span>I looked at the system. This step may run a second time.</span>
  </label>
);

const RetryStep = ({ execution, step }: OfStep) => {
  const retry = useStepDecision("retryStep", execution.id, step.id);
  const refusal = useWriteRefusal(execution, "operator");
  const [said, setSaid] = useState(false);
  const needsWord = step.retry === "needs_word";
  const unsaid = needsWord && !said ? "Say first that it may run twice." : null;
  return (
    <div className="space-y-2">
      {needsWord && <MayRunTwice said={said} onSay={setSaid} />}
      <Button
        refusal={refusal ?? unsaid}
        busy={retry.isPending && "Asking…"}
        onClick={() => retry.mutate(needsWord ? { may_run_twice: true } : {})}
      >
        Try step {step.label} again
      </Button>
      {retry.isError && <ErrorNotice error={retry.error} what="Not tried again. Nothing ran." />}
    </div>
  );
};

/** What there is to say about going back; null where the button says it, or nothing changed. */
const wordOf = ({ steps }: WireExecution, { status, way_back }: WireStepExecution): string | null => {
  if (way_back.kind === "irreversible") return "Irreversible. No rollback exists.";
  const by = status === "rolled_back" ? steps.find(({ id }) => id === way_back.step_id) : undefined;
  return by === undefined ? null : `Undone by step ${by.label}.`;
};

export const StepAfterwards = ({ execution, step, className }: OfStep & { readonly className: string }) => {
  const word = wordOf(execution, step);
  const offers = step.way_back.available || step.retry !== "no";
  if (!isFinished(step) || (word === null && !offers)) return null;
  return (
    <div className={`flex flex-wrap items-start gap-3 ${className}`} data-no-print>
      {word !== null && <p className="flex min-h-11 items-center text-ink-strong">{word}</p>}
      {step.way_back.available && <UndoStep execution={execution} step={step} />}
      {step.retry !== "no" && <RetryStep execution={execution} step={step} />}
    </div>
  );
};
