// Where am I: the runbook, the agent, the mode, how fresh this view is, and how to abort.
import type { WireExecution } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { type Connection, hasEnded } from "../../live/use-live-execution.ts";
import { runLength } from "../../text/mttr-words.ts";
import { describeActor, GOVERNANCE, TRUST_LEVEL } from "../../text/words.ts";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Prose } from "../../ui/prose.tsx";
import { StatusWord } from "../executions/status-word.tsx";
import { AbortExecution } from "./abort-execution.tsx";
import { EnterCommand } from "./enter-command.tsx";
import { Freshness } from "./freshness.tsx";
import { GoOnWith } from "./go-on-with.tsx";
import { InCharge } from "./in-charge.tsx";
import { PauseExecution } from "./pause-execution.tsx";
import { ResumeExecution } from "./resume-execution.tsx";
import { RunNotices } from "./run-notices.tsx";
import { UndoRun } from "./undo-run.tsx";

interface ExecutionHeaderProps {
  readonly execution: WireExecution;
  readonly connection: Connection;
  readonly updatedAtMs: number;
}

const doneCount = (execution: WireExecution): number =>
  execution.steps.filter((step) => step.completed_at !== null || step.status === "skipped").length;

const Facts = ({ execution }: { readonly execution: WireExecution }) => (
  <>
    on {execution.agent_name}, {GOVERNANCE[execution.governance_mode].name.toLowerCase()}, trust {TRUST_LEVEL[execution.trust_level]?.name}
    {", "}
    <Link to="/runbooks/$runbookId" params={{ runbookId: execution.runbook_id }} className="text-accent underline underline-offset-4">
      runbook version {execution.runbook_version}
    </Link>
    , started <Moment iso={execution.started_at} /> by {describeActor(execution.triggered_by)}
  </>
);

/** What can be asked of the run as a whole. */
const Actions = ({ execution, ended }: { readonly execution: WireExecution; readonly ended: boolean }) => (
  <>
    {!ended && <ResumeExecution execution={execution} />}
    {!ended && <GoOnWith execution={execution} />}
    {!ended && <PauseExecution execution={execution} />}
    {execution.can_run_unlisted && <EnterCommand execution={execution} />}
    {execution.can_unwind && <UndoRun execution={execution} />}
    {!ended && <AbortExecution execution={execution} />}
  </>
);

export const ExecutionHeader = ({ execution, connection, updatedAtMs }: ExecutionHeaderProps) => {
  const ended = hasEnded(execution);
  return (
    <>
      <PageHeader
        title={execution.runbook_title}
        documentTitle={`${doneCount(execution)}/${execution.steps_total} ${execution.runbook_title}`}
        note={
          <>
            <p className="text-base text-ink-normal">
              <StatusWord status={execution.status} />
              {", "}
              {doneCount(execution)} of {execution.steps_total} steps
              {runLength(execution) !== null && `, took ${runLength(execution)}`}
              {!ended && (
                <>
                  {". "}
                  <Freshness connection={connection} updatedAtMs={updatedAtMs} />
                </>
              )}
            </p>
            <InCharge execution={execution} ended={ended} />
            <details className="text-small">
              <summary className="chevron flex min-h-8 items-center gap-1 pointer-coarse:min-h-11">About this execution</summary>
              <p className="pb-2">
                <Facts execution={execution} />
              </p>
            </details>
          </>
        }
        actions={<Actions execution={execution} ended={ended} />}
      />
      {!ended && <RunNotices execution={execution} />}
      {execution.status_reason !== null && execution.status !== "running" && execution.escalation === null && (
        <p className="mb-4 max-w-[72ch] border-l-4 border-line-strong pl-4 text-ink-strong">
          <Prose text={execution.status_reason} />
        </p>
      )}
      {!ended && !execution.agent_online && (
        <p role="status" className="mb-4 rounded-lg border-2 border-line-strong bg-surface-1 p-3 text-ink-strong">
          Agent {execution.agent_name} is not connected. Nothing new can run; a step that was running may still be running there.
        </p>
      )}
    </>
  );
};
