// All alerts, with the filters in the address.
import type { WireAlertSummary } from "@dd0c/protocol/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type AlertFilter, useAlerts } from "../../api/alerts.ts";
import { isAlertStatus, isMatchState } from "../../shell/statuses.ts";
import { ALERT_STATUS, MATCH_STATE } from "../../text/alert-words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { AlertTable } from "./alert-table.tsx";

interface ChoiceProps {
  readonly label: string;
  readonly words: Readonly<Record<string, string>>;
  readonly value: string | undefined;
  readonly search?: boolean;
  readonly onChange: (value: string) => void;
}

const Choice = ({ label, words, value, search = false, onChange }: ChoiceProps) => (
  <label className="block w-full sm:w-60">
    <span className="mb-1 block font-medium text-ink-strong">{label}</span>
    <select
      data-hotkey={search ? "search" : undefined}
      className={INPUT_LOOK}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">any</option>
      {Object.entries(words).map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  </label>
);

const NothingThere = ({ filtered }: { readonly filtered: boolean }) =>
  filtered ? (
    <Empty title="No alert is like that">Choose another filter to see the others.</Empty>
  ) : (
    <Empty
      title="No alert has come in yet"
      action={
        <ButtonLink to="/settings" hash="integrations">
          Connect a monitoring system
        </ButtonLink>
      }
    >
      When an alert fires, the runbook for it stands here, filled in and ready to start.
    </Empty>
  );

const Listed = ({ items, filtered }: { readonly items: readonly WireAlertSummary[]; readonly filtered: boolean }) =>
  items.length === 0 ? <NothingThere filtered={filtered} /> : <AlertTable alerts={items} label="Alerts" />;

export const AlertsPage = () => {
  const { status, match } = useSearch({ from: "/alerts" });
  const navigate = useNavigate({ from: "/alerts" });
  const alerts = useAlerts({ status, match });
  const show = (filter: AlertFilter): void => void navigate({ search: filter, replace: true });
  const items = alerts.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title="Alerts"
        note="What fired, and which runbook was found for it."
        actions={<ButtonLink to="/alert-mappings">Mapped to runbooks</ButtonLink>}
      />
      <div className="mb-4 flex flex-wrap gap-4">
        <Choice
          label="Status"
          search
          words={ALERT_STATUS}
          value={status}
          onChange={(value) => show({ match, status: isAlertStatus(value) ? value : undefined })}
        />
        <Choice
          label="Runbook"
          words={MATCH_STATE}
          value={match}
          onChange={(value) => show({ status, match: isMatchState(value) ? value : undefined })}
        />
      </div>
      {alerts.isPending && <Loading what="alerts" />}
      {alerts.isError && <ErrorNotice error={alerts.error} what="Alerts could not be listed." onRetry={() => void alerts.refetch()} />}
      {items !== undefined && <Listed items={items} filtered={status !== undefined || match !== undefined} />}
      {alerts.hasNextPage && (
        <div className="mt-4">
          <Button onClick={() => void alerts.fetchNextPage()} busy={alerts.isFetchingNextPage && "Loading…"}>
            Older alerts
          </Button>
        </div>
      )}
    </>
  );
};
