// Runbooks that are offered for alerts and that nobody has answered: each with the way to start it at once, or to look first.
import type { WireAlertSummary } from "@dd0c/protocol/http";
import { Link, useNavigate } from "@tanstack/react-router";
import { useStartAlert } from "../../api/alerts.ts";
import { percent } from "../../text/alert-words.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Prose } from "../../ui/prose.tsx";
import { AlertStatus } from "../alerts/alert-status.tsx";
import { useAgentChoice } from "../runbook/agent-choice.tsx";

const place = ({ service, environment, region }: WireAlertSummary): string =>
  [service, environment, region].filter((part) => part !== null).join(" · ");

/** With several agents a person says on which one: on the alert's own page. */
const useStart = (alert: WireAlertSummary) => {
  const navigate = useNavigate();
  const start = useStartAlert(alert.id);
  const { online, agentId, refusal } = useAgentChoice();
  // Not a callback of the mutation: the answered offer leaves this page, and its callbacks with it, before the run's page is there.
  const begin = (): void =>
    void start.mutateAsync(agentId === undefined ? {} : { agent_id: agentId }).then(
      ({ id }) => navigate({ to: "/executions/$executionId", params: { executionId: id } }),
      () => undefined,
    );
  return { start, begin, refusal: online.length > 1 ? "Open the alert to choose an agent." : refusal };
};

const Offer = ({ alert }: { readonly alert: WireAlertSummary }) => {
  const { start, begin, refusal } = useStart(alert);
  return (
    <li className="space-y-3 rounded-lg border border-line-strong bg-surface-1 p-4">
      <div>
        <Link
          data-nav-item
          to="/alerts/$alertId"
          params={{ alertId: alert.id }}
          className="block py-1 text-base font-semibold break-words text-ink-strong underline-offset-4 hover:underline"
        >
          <Prose text={alert.title} links={false} />
        </Link>
        <p className="text-small break-words text-ink-faint">
          <AlertStatus alert={alert} />, came <Age sinceMs={Date.parse(alert.received_at)} />
          {place(alert) !== "" && (
            <>
              , <Prose text={place(alert)} links={false} />
            </>
          )}
        </p>
      </div>
      {alert.runbook !== null && (
        <p className="break-words">
          <Prose text={alert.runbook.title} links={false} className="text-ink-strong" />{" "}
          <span className="text-small text-ink-faint">{percent(alert.runbook.confidence)} sure</span>
        </p>
      )}
      <Button
        look="primary"
        onClick={begin}
        busy={start.isPending && "Starting…"}
        refusal={refusal}
        aria-label={`Start copilot for ${alert.title}`}
      >
        Start copilot
      </Button>
      {start.isError && <ErrorNotice error={start.error} what="Not started. Nothing ran." />}
    </li>
  );
};

export const OpenOffers = ({ alerts, more }: { readonly alerts: readonly WireAlertSummary[]; readonly more: boolean }) => (
  <>
    <ul className="grid gap-3 lg:grid-cols-2">
      {alerts.map((alert) => (
        <Offer key={alert.id} alert={alert} />
      ))}
    </ul>
    {more && (
      <p>
        <Link to="/alerts" search={{ match: "matched" }} className="inline-block py-1 text-accent underline underline-offset-4">
          There are more: all alerts with a runbook
        </Link>
      </p>
    )}
  </>
);
