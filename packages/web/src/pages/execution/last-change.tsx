// The last change of a run that can be taken back: one click away on the open screen, not behind the folded steps.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { CommandText } from "../../ui/command-text.tsx";
import { UndoStep } from "./undo-step.tsx";

interface LastChangeProps {
  readonly execution: WireExecution;
  readonly past: readonly WireStepExecution[];
}

export const LastChange = ({ execution, past }: LastChangeProps) => {
  const step = past.findLast(({ way_back }) => way_back.available);
  if (step === undefined || step.way_back.command === null) return null;
  return (
    <section aria-label="Last change" className="space-y-2 rounded-lg border border-line bg-surface-1 p-3" data-no-print>
      <p className="text-ink-strong">The last change that can be undone is step {step.label}. Undoing it would run:</p>
      <CommandText command={step.way_back.command} />
      <UndoStep execution={execution} step={step} />
    </section>
  );
};
