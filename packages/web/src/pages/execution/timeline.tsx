// An execution that has ended: how it ended, every step in order with its times, and the way to its audit events.
import type { WireExecution } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import type { Outputs } from "../../live/use-live-execution.ts";
import { printUnfolded } from "../../shell/use-open-before-print.ts";
import { describeMttr, type WireMttr } from "../../text/mttr-words.ts";
import { countWord } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { useAlert } from "../../api/alerts.ts";
import { useDivergence } from "../../api/divergence.ts";
import { stepMarks } from "../../text/divergence-words.ts";
import { ClosingPart } from "../alerts/closing-part.tsx";
import { BesideRunbook } from "./beside-runbook.tsx";
import { BranchDecisions } from "./branch-decisions.tsx";
import { OutsideActions } from "./outside-actions.tsx";
import { StepRow } from "./step-row.tsx";

const ENDING: Readonly<Record<string, string>> = {
  completed: "Every step was run, reported or skipped.",
  failed: "It ended with a failure.",
  aborted: "A person ended it before its last step.",
  timed_out: "Nobody answered in time. Absence is never approval.",
};

/** What no agent ran: a person did it and reported it. */
const byHand = ({ steps }: WireExecution): string => {
  const count = steps.filter(({ status, started_at: started }) => status === "completed" && started === null).length;
  return count === 0 ? "" : `, ${count} done by hand`;
};

interface TimelineProps {
  readonly execution: WireExecution;
  readonly outputs: Outputs;
}

/** Time to resolution, and the way to the alert that it began with. */
const Resolved = ({ execution, mttr }: { readonly execution: WireExecution; readonly mttr: WireMttr }) => (
  <p>
    <span className="font-medium text-ink-strong">Time to resolution:</span> {describeMttr(mttr)}
    {execution.alert !== null && execution.alert.received_at !== null && (
      <>
        {" "}
        <Link to="/alerts/$alertId" params={{ alertId: execution.alert.id }} className="text-accent underline underline-offset-4">
          The alert
        </Link>
      </>
    )}
  </p>
);

const ClosedLoop = ({ alertId }: { readonly alertId: string }) => {
  const alert = useAlert(alertId);
  return alert.data === undefined ? null : <ClosingPart alert={alert.data} />;
};

export const Timeline = ({ execution, outputs }: TimelineProps) => {
  const divergence = useDivergence(execution.id);
  const marks = stepMarks(divergence.data);
  return (
    <section className="max-w-4xl space-y-4">
      <h2 className="text-title">Timeline</h2>
      <p>
        {ENDING[execution.status]} {countWord(execution.steps_executed, "step")} run{byHand(execution)}, {execution.steps_skipped} skipped,{" "}
        {execution.steps_failed} failed.
        {execution.completed_at !== null && (
          <>
            {" Ended "}
            <Moment iso={execution.completed_at} />.
          </>
        )}
      </p>
      {execution.mttr !== null && <Resolved execution={execution} mttr={execution.mttr} />}
      {execution.alert !== null && execution.alert.received_at !== null && <ClosedLoop alertId={execution.alert.id} />}
      <ol className="rounded-lg border border-line bg-surface-1">
        {execution.steps.map((step) => (
          <StepRow key={step.id} execution={execution} step={step} live={outputs[step.id]} mark={marks.get(step.id)} />
        ))}
      </ol>
      {divergence.data !== undefined && <BesideRunbook divergence={divergence.data} />}
      <BranchDecisions decisions={execution.decisions} />
      <OutsideActions execution={execution} />
      <div className="flex flex-wrap items-center gap-4" data-no-print>
        <Link to="/audit" search={{ execution_id: execution.id }} className="text-accent underline underline-offset-4">
          Audit events of this execution
        </Link>
        <Button onClick={printUnfolded}>Print</Button>
      </div>
    </section>
  );
};
