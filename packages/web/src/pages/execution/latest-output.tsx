// What the step before has shown: the ground for the next decision. Open on a wide screen, one tap away on a phone.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { useState } from "react";
import type { StepOutput } from "../../live/collect-output.ts";
import { describeStep } from "../../text/words.ts";
import { OutputFrame } from "./output-frame.tsx";

interface LatestOutputProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
  readonly live: StepOutput | undefined;
}

const WIDE = "(min-width: 64rem)";

export const LatestOutput = ({ execution, step, live }: LatestOutputProps) => {
  const [open, setOpen] = useState(() => window.matchMedia(WIDE).matches);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="rounded-lg border border-line bg-surface-1">
      <summary data-hotkey="output" className="chevron flex min-h-11 flex-wrap items-center gap-x-2 px-3">
        <span className="font-medium text-ink-strong">Output of step {step.label}</span>
        <span className="text-small text-ink-faint">{describeStep(step)}</span>
      </summary>
      {open && (
        <div className="px-3 pb-3">
          <OutputFrame execution={execution} step={step} live={live} />
        </div>
      )}
    </details>
  );
};
