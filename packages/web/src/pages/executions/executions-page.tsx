// All executions, with the status filter in the address.
import type { WireExecution } from "@dd0c/protocol/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useExecutions } from "../../api/executions.ts";
import { isExecutionStatus } from "../../shell/statuses.ts";
import { EXECUTION_STATUS } from "../../text/words.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ExecutionTable } from "./execution-table.tsx";

const STATUSES = Object.keys(EXECUTION_STATUS) as readonly WireExecution["status"][];

export const ExecutionsPage = () => {
  const { status } = useSearch({ from: "/executions" });
  const navigate = useNavigate({ from: "/executions" });
  const executions = useExecutions({ status });
  return (
    <>
      <PageHeader title="Executions" note="Every walk through a runbook, live or finished." />
      <label className="mb-4 block max-w-xs">
        <span className="mb-1 block font-medium text-ink-strong">Status</span>
        <select
          data-hotkey="search"
          className={INPUT_LOOK}
          value={status ?? ""}
          onChange={(event) =>
            void navigate({ search: { status: isExecutionStatus(event.target.value) ? event.target.value : undefined }, replace: true })
          }
        >
          <option value="">any</option>
          {STATUSES.map((value) => (
            <option key={value} value={value}>
              {EXECUTION_STATUS[value]}
            </option>
          ))}
        </select>
      </label>
      {executions.isPending && <Loading what="executions" />}
      {executions.isError && (
        <ErrorNotice error={executions.error} what="Executions could not be listed." onRetry={() => void executions.refetch()} />
      )}
      {executions.data?.items.length === 0 && (
        <Empty
          title={status === undefined ? "Nothing has run yet" : `Nothing is ${EXECUTION_STATUS[status]}`}
          action={<ButtonLink to="/runbooks">Choose a runbook</ButtonLink>}
        >
          Open a runbook and start the copilot: it walks you through step by step.
        </Empty>
      )}
      {executions.data !== undefined && executions.data.items.length > 0 && (
        <ExecutionTable executions={executions.data.items} label="Executions" />
      )}
    </>
  );
};
