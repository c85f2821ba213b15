// The live screen: past steps folded to a line, the current step large, its predecessor's output at hand, the rest as a quiet list.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { Outputs } from "../../live/use-live-execution.ts";
import { arrangeSteps } from "./arrange-steps.ts";
import { BranchDecisions } from "./branch-decisions.tsx";
import { BranchQuestion } from "./branch-question.tsx";
import { CurrentStep } from "./current-step.tsx";
import { LastChange } from "./last-change.tsx";
import { LatestOutput } from "./latest-output.tsx";
import { NextSteps } from "./next-steps.tsx";
import { OutsideActions } from "./outside-actions.tsx";
import { PastSteps } from "./past-steps.tsx";
import { RecoveryCode } from "./recovery-code.tsx";

interface LiveViewProps {
  readonly execution: WireExecution;
  readonly outputs: Outputs;
}

/** What owns the screen: a condition to answer, else the current step. */
const Now = ({ execution, outputs, current }: LiveViewProps & { readonly current: WireStepExecution | null }) => {
  if (execution.question !== null && (current === null || current.actions.length === 0))
    return <BranchQuestion key={execution.question.branch_id} execution={execution} question={execution.question} />;
  if (current === null)
    return <p className="rounded-lg border border-line bg-surface-1 p-4">Between two steps. The next one appears here.</p>;
  return <CurrentStep key={current.id} execution={execution} step={current} live={outputs[current.id]} />;
};

export const LiveView = ({ execution, outputs }: LiveViewProps) => {
  const { past, current, next } = arrangeSteps(execution);
  const latest = past.findLast((step) => step.started_at !== null && step.command !== null);
  const asks = execution.question !== null && current !== null && current.actions.length === 0;
  const ahead = asks ? [current, ...next] : next;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:gap-8">
      <div className="min-w-0 space-y-4">
        {past.length > 0 && <PastSteps execution={execution} past={past} outputs={outputs} />}
        <LastChange execution={execution} past={past} />
        <Now execution={execution} outputs={outputs} current={current} />
      </div>
      <div className="min-w-0 space-y-6">
        {latest !== undefined && <LatestOutput key={latest.id} execution={execution} step={latest} live={outputs[latest.id]} />}
        <BranchDecisions decisions={execution.decisions} />
        {ahead.length > 0 && <NextSteps steps={ahead} title="Next" />}
        <OutsideActions execution={execution} />
        <RecoveryCode execution={execution} />
      </div>
    </div>
  );
};
