// This runbook is running on this agent already: open that run, or start another one beside it on purpose.
import { Link } from "@tanstack/react-router";
import { useExecutions } from "../../api/executions.ts";
import { hasEnded } from "../../live/use-live-execution.ts";
import { describeActor } from "../../text/words.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Modal } from "../../ui/modal.tsx";
import { StatusWord } from "../executions/status-word.tsx";

interface LiveRunChoiceProps {
  readonly runbookId: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onStart: () => void;
  readonly busy: boolean;
}

const LiveRuns = ({ runbookId }: { readonly runbookId: string }) => {
  const runs = useExecutions({ runbookId });
  if (runs.data === undefined) return <Loading what="live runs" />;
  return (
    <ul className="space-y-2">
      {runs.data.items
        .filter((run) => !hasEnded(run))
        .map((run) => (
          <li key={run.id}>
            <Link
              to="/executions/$executionId"
              params={{ executionId: run.id }}
              className="inline-block py-2.5 text-accent underline underline-offset-4"
            >
              Open the run that started <Age sinceMs={Date.parse(run.started_at)} />
            </Link>
            , <StatusWord status={run.status} />, on {run.agent_name}, started by {describeActor(run.triggered_by)}
          </li>
        ))}
    </ul>
  );
};

export const LiveRunChoice = ({ runbookId, open, onClose, onStart, busy }: LiveRunChoiceProps) => (
  <Modal title="This runbook is running already" open={open} onClose={onClose}>
    <div className="space-y-4">
      <p>Two runs of one runbook on one agent can get in each other’s way. Nothing was started.</p>
      <LiveRuns runbookId={runbookId} />
      <Button busy={busy && "Starting…"} onClick={onStart}>
        Start another one beside it
      </Button>
    </div>
  </Modal>
);
