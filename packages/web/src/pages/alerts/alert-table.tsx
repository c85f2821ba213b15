// Alerts, newest first, each with the runbook that was found for it and what became of that.
import type { WireAlertSummary } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { MATCH_STATE, offerWords, percent, sourceName } from "../../text/alert-words.ts";
import { countWord } from "../../text/words.ts";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { CELL, HEAD_CELL, TABLE_HEAD, TABLE_ROW } from "../../ui/table-look.ts";
import { AlertStatus } from "./alert-status.tsx";

const place = ({ service, environment, region }: WireAlertSummary): string =>
  [service, environment, region].filter((part) => part !== null).join(" · ");

const Found = ({ alert }: { readonly alert: WireAlertSummary }) => {
  if (alert.runbook === null) return <span className="text-ink-faint">{MATCH_STATE[alert.match_state]}</span>;
  return (
    <>
      <Prose text={alert.runbook.title} links={false} className="text-ink-strong" />{" "}
      <span className="text-small text-ink-faint">
        {percent(alert.runbook.confidence)}
        {alert.offer !== null && `, ${offerWords(alert.offer)}`}
      </span>
    </>
  );
};

const Row = ({ alert }: { readonly alert: WireAlertSummary }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} md:w-2/5`}>
      <Link
        data-nav-item
        to="/alerts/$alertId"
        params={{ alertId: alert.id }}
        className="block py-1 font-medium break-words text-ink-strong underline-offset-4 hover:underline"
      >
        <Prose text={alert.title} links={false} />
      </Link>
      {place(alert) !== "" && (
        <span className="text-small break-words text-ink-faint">
          <Prose text={place(alert)} links={false} />
        </span>
      )}
    </td>
    <td className={CELL}>
      <AlertStatus alert={alert} />
    </td>
    <td className={`${CELL} break-words`}>
      <Found alert={alert} />
    </td>
    <td className={`${CELL} text-small`}>
      <Moment iso={alert.received_at} /> <span className="text-ink-faint">{sourceName(alert.source)}</span>
    </td>
  </tr>
);

interface AlertTableProps {
  readonly alerts: readonly WireAlertSummary[];
  readonly label: string;
}

export const AlertTable = ({ alerts, label }: AlertTableProps) => (
  <table className="block w-full md:table" aria-label={`${label}: ${countWord(alerts.length, "alert")}`}>
    <thead className={TABLE_HEAD}>
      <tr>
        {["Alert", "Status", "Runbook", "Came"].map((name) => (
          <th key={name} scope="col" className={HEAD_CELL}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="block space-y-3 md:table-row-group">
      {alerts.map((alert) => (
        <Row key={alert.id} alert={alert} />
      ))}
    </tbody>
  </table>
);
