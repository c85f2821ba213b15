// One execution: live while it runs, a timeline afterwards. The current step owns the screen; what was and what comes is quiet.
import { useParams } from "@tanstack/react-router";
import { useExecution } from "../../api/executions.ts";
import { isAtRest, useLiveExecution } from "../../live/use-live-execution.ts";
import { PageStatus } from "../../ui/page-status.tsx";
import { ExecutionHeader } from "./execution-header.tsx";
import { LiveView } from "./live-view.tsx";
import { PreflightForm } from "./preflight-form.tsx";
import { Timeline } from "./timeline.tsx";
import { useAnnouncements } from "./use-announcements.ts";
import { useStepHash } from "./use-step-hash.ts";

/** While the stream is broken, the snapshot is asked for again and again. */
const FALLBACK_REFRESH_MS = 5_000;

const ExecutionView = ({ id }: { readonly id: string }) => {
  const initial = useExecution(id);
  const ended = initial.data !== undefined && isAtRest(initial.data);
  const { connection, outputs } = useLiveExecution(id, ended);
  const execution = useExecution(id, connection.state === "lost" ? FALLBACK_REFRESH_MS : false);
  useAnnouncements(execution.data);
  useStepHash(execution.data !== undefined);
  if (execution.data === undefined) {
    const retry = (): void => void execution.refetch();
    return (
      <PageStatus
        title="Execution"
        subject="the execution"
        failure="This execution could not be opened."
        error={execution.error}
        onRetry={retry}
      />
    );
  }
  const { data } = execution;
  const inPreflight = data.status === "preflight" || data.status === "pending";
  return (
    <>
      <ExecutionHeader execution={data} connection={connection} updatedAtMs={execution.dataUpdatedAt} />
      {inPreflight && <PreflightForm execution={data} />}
      {!inPreflight && !ended && <LiveView execution={data} outputs={outputs} />}
      {ended && <Timeline execution={data} outputs={outputs} />}
    </>
  );
};

export const ExecutionPage = () => {
  const { executionId } = useParams({ from: "/executions/$executionId" });
  return <ExecutionView key={executionId} id={executionId} />;
};
