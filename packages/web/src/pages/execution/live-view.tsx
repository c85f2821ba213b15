// The live screen: past steps folded to a line, the current step large, its predecessor's output at hand, the rest as a quiet list.
import type { WireExecution } from "@dd0c/protocol/http";
import type { Outputs } from "../../live/use-live-execution.ts";
import { arrangeSteps } from "./arrange-steps.ts";
import { CurrentStep } from "./current-step.tsx";
import { LatestOutput } from "./latest-output.tsx";
import { NextSteps } from "./next-steps.tsx";
import { PastSteps } from "./past-steps.tsx";

interface LiveViewProps {
  readonly execution: WireExecution;
  readonly outputs: Outputs;
}

export const LiveView = ({ execution, outputs }: LiveViewProps) => {
  const { past, current, next } = arrangeSteps(execution);
  const latest = past.findLast((step) => step.started_at !== null && step.command !== null);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:gap-8">
      <div className="min-w-0 space-y-4">
        {past.length > 0 && <PastSteps execution={execution} past={past} outputs={outputs} />}
        {current === null ? (
          <p className="rounded-lg border border-line bg-surface-1 p-4">Between two steps. The next one appears here.</p>
        ) : (
          <CurrentStep key={current.id} execution={execution} step={current} live={outputs[current.id]} />
        )}
      </div>
      <div className="min-w-0 space-y-6">
        {latest !== undefined && <LatestOutput key={latest.id} execution={execution} step={latest} live={outputs[latest.id]} />}
        {next.length > 0 && <NextSteps steps={next} title="Next" />}
      </div>
    </div>
  );
};
