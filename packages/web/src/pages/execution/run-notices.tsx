// What everybody on the page has to know before deciding: that the run stands still and who was told, and what else is under way here.
import type { WireExecution, WireOtherRun } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { describeActor } from "../../text/words.ts";
import { Age } from "../../ui/age.tsx";
import { Moment } from "../../ui/moment.tsx";
import { StatusWord } from "../executions/status-word.tsx";

const nameAll = (people: readonly { readonly name: string; readonly role: string }[]): string =>
  people.length === 0 ? "nobody: no member has the role" : people.map(({ name, role }) => `${name} (${role})`).join(", ");

const Escalated = ({ escalation }: { readonly escalation: NonNullable<WireExecution["escalation"]> }) => (
  <section role="alert" aria-label="Escalated" className="mb-4 rounded-lg border-2 border-line-strong bg-surface-1 p-3">
    <p className="font-semibold text-ink-strong">Nobody decided for 30 minutes. The run is stalled.</p>
    <p>
      Escalated <Moment iso={escalation.since} /> to everybody who may decide: {nameAll(escalation.to)}. Nothing was approved. Resume to
      have the step filled in and scanned afresh; only that can be approved.
    </p>
  </section>
);

const sharedWords = ({ same_targets }: WireOtherRun): string =>
  same_targets.length === 0 ? "the same runbook, on the same agent" : `works on ${same_targets.join(", ")} too`;

const OtherRuns = ({ runs }: { readonly runs: readonly WireOtherRun[] }) => (
  <section aria-label="Other live runs" className="mb-4 rounded-lg border-2 border-line-strong bg-surface-1 p-3">
    <p className="font-semibold text-ink-strong">
      {runs.length === 1 ? "Another run is under way here." : `${runs.length} other runs are under way here.`}
    </p>
    <ul>
      {runs.map((run) => (
        <li key={run.id}>
          <Link to="/executions/$executionId" params={{ executionId: run.id }} className="text-accent underline underline-offset-4">
            {run.runbook_title}
          </Link>
          , <StatusWord status={run.status} />, started <Age sinceMs={Date.parse(run.started_at)} /> by {describeActor(run.triggered_by)}:{" "}
          {sharedWords(run)}.
        </li>
      ))}
    </ul>
  </section>
);

export const RunNotices = ({ execution }: { readonly execution: WireExecution }) => (
  <>
    {execution.escalation !== null && <Escalated escalation={execution.escalation} />}
    {execution.other_runs.length > 0 && <OtherRuns runs={execution.other_runs} />}
  </>
);
