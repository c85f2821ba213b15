// The executions of one runbook.
import { useExecutions } from "../../api/executions.ts";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { ExecutionTable } from "../executions/execution-table.tsx";

export const RunsTab = ({ runbookId }: { readonly runbookId: string }) => {
  const runs = useExecutions({ runbookId });
  if (runs.isPending) return <Loading what="runs" />;
  if (runs.isError) return <ErrorNotice error={runs.error} what="Runs could not be listed." onRetry={() => void runs.refetch()} />;
  if (runs.data.items.length === 0) return <Empty title="Never run">Start the copilot above; each run is kept here.</Empty>;
  return <ExecutionTable executions={runs.data.items} label="Runs of this runbook" />;
};
