// What is behind us, folded to one line. A tick only where everything in it is known to have worked.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { Outputs } from "../../live/use-live-execution.ts";
import { formatDuration } from "../../text/format-time.ts";
import { allVerified, labelRange, summarizePast, totalDuration } from "./arrange-steps.ts";
import { StepRow } from "./step-row.tsx";

interface PastStepsProps {
  readonly execution: WireExecution;
  readonly past: readonly WireStepExecution[];
  readonly outputs: Outputs;
}

export const PastSteps = ({ execution, past, outputs }: PastStepsProps) => (
  <details className="rounded-lg border border-line bg-surface-1">
    <summary className="chevron flex min-h-11 items-center gap-2 px-3">
      {allVerified(past) && (
        <span aria-hidden="true" className="text-ink-strong">
          ✓
        </span>
      )}
      <span className="font-medium text-ink-strong">{labelRange(past)}</span>
      <span className="text-ink-normal">{summarizePast(past)}</span>
      <span className="ml-auto text-small text-ink-faint">{formatDuration(totalDuration(past))}</span>
    </summary>
    <ol className="border-t border-line">
      {past.map((step) => (
        <StepRow key={step.id} execution={execution} step={step} live={outputs[step.id]} />
      ))}
    </ol>
  </details>
);
