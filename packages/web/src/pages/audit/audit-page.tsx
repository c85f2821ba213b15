// The audit log: what happened, by whom, chained. The filter lives in the address; the chain can be verified and exported.
import { routePath, type WireAuditEvent } from "@dd0c/protocol/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAgents } from "../../api/agents.ts";
import { type AuditFilter, useAuditEvents } from "../../api/operations.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { AuditRow } from "./audit-row.tsx";
import { VerifyChain } from "./verify-chain.tsx";

const isFiltered = (filter: AuditFilter): boolean => Object.values(filter).some((value) => value !== undefined);

const useAgentNames = (): ReadonlyMap<string, string> => {
  const agents = useAgents();
  return new Map(agents.data?.items.map((agent) => [agent.id, `agent ${agent.name}`]));
};

interface AuditEventsProps {
  readonly filter: AuditFilter;
  readonly events: ReturnType<typeof useAuditEvents>;
  readonly shown: readonly WireAuditEvent[];
}

const AuditEvents = ({ filter, events, shown }: AuditEventsProps) => {
  const filtered = isFiltered(filter);
  const agentNames = useAgentNames();
  return (
    <>
      {events.isPending && <Loading what="events" />}
      {events.isError && <ErrorNotice error={events.error} what="Events could not be listed." onRetry={() => void events.refetch()} />}
      {events.isSuccess && shown.length === 0 && (
        <Empty title={filtered ? "No event matches" : "Nothing is recorded yet"}>
          {filtered ? "Change or clear the filter above." : "Each save, decision and run appears here."}
        </Empty>
      )}
      {shown.length > 0 && (
        <ol className="rounded-lg border border-line bg-surface-1">
          {shown.map((event) => (
            <AuditRow key={`${event.chain}-${event.seq}`} event={event} agentNames={agentNames} />
          ))}
        </ol>
      )}
      {events.hasNextPage && (
        <div className="mt-4">
          <Button onClick={() => void events.fetchNextPage()} busy={events.isFetchingNextPage && "Loading…"}>
            Older events
          </Button>
        </div>
      )}
    </>
  );
};

export const AuditPage = () => {
  const filter = useSearch({ from: "/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const events = useAuditEvents(filter);
  const shown = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader
        title="Audit"
        note="Every event carries the hash of the one before. Nothing can be changed or removed without breaking the chain."
        actions={
          <a
            href={routePath("exportAudit")}
            download="audit.jsonl"
            className="inline-flex min-h-11 items-center rounded-md border border-line-strong bg-surface-1 px-4 py-2 text-ink-strong hover:brightness-110"
          >
            Export all
          </a>
        }
      />
      <VerifyChain />
      <AuditFilterBar
        filter={filter}
        types={[...new Set(shown.map((event) => event.type))].sort()}
        onChange={(next) =>
          void navigate({ search: { type: next.type, execution_id: next.execution_id, runbook_id: next.runbook_id }, replace: true })
        }
      />
      <AuditEvents filter={filter} events={events} shown={shown} />
    </>
  );
};
