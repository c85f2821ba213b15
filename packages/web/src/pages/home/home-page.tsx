// Home: what waits for me (offers for alerts first), what is running, recent alerts, what ran last.
import type { WireExecution, WireExecutionSummary } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { useOpenOffers } from "../../api/alerts.ts";
import { useExecutionDetails, useExecutions } from "../../api/executions.ts";
import { hasEnded } from "../../live/use-live-execution.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ExecutionTable } from "../executions/execution-table.tsx";
import { DemoNote } from "./demo-note.tsx";
import { LiveCard } from "./live-card.tsx";
import { OpenOffers } from "./open-offers.tsx";
import { RecentAlerts } from "./recent-alerts.tsx";
import { waitsForPerson } from "./waits-for-person.ts";

const LAST_RUNS = 8;
const LIVE_DETAILS = 10;
const OFFERS = 6;

const LiveList = ({
  title,
  executions,
}: {
  readonly title: string;
  readonly executions: readonly (WireExecution | WireExecutionSummary)[];
}) =>
  executions.length === 0 ? null : (
    <section className="space-y-3">
      <h2 className="text-title">{title}</h2>
      <ul className="grid gap-3 lg:grid-cols-2">
        {executions.map((execution) => (
          <LiveCard key={execution.id} execution={execution} />
        ))}
      </ul>
    </section>
  );

const Lists = ({ items }: { readonly items: readonly WireExecutionSummary[] }) => {
  const live = items.filter((execution) => !hasEnded(execution));
  const details = useExecutionDetails(live.slice(0, LIVE_DETAILS).map((execution) => execution.id));
  const known = live.map((summary, at) => details[at]?.data ?? summary);
  const waiting = known.filter(waitsForPerson);
  const running = known.filter((execution) => !waiting.includes(execution));
  const ended = items.filter(hasEnded);
  const { data: offers } = useOpenOffers(OFFERS);
  return (
    <div className="space-y-10">
      {offers !== undefined && offers.items.length > 0 && (
        <section className="space-y-3" aria-labelledby="offers">
          <h2 id="offers" className="text-title">
            Offered for alerts
          </h2>
          <OpenOffers alerts={offers.items} more={offers.next_cursor !== null} />
        </section>
      )}
      <LiveList title="Waits for you" executions={waiting} />
      <LiveList title="Running" executions={running} />
      {live.length === 0 && offers?.items.length === 0 && <p className="text-ink-normal">Nothing is running. Nothing waits for you.</p>}
      <RecentAlerts />
      <section className="space-y-3">
        <div className="flex flex-wrap items-baseline justify-between gap-2">
          <h2 className="text-title">Last runs</h2>
          <Link to="/executions" className="text-accent underline-offset-4 hover:underline">
            All executions
          </Link>
        </div>
        {ended.length === 0 ? (
          <Empty title="No run has finished yet" action={<ButtonLink to="/runbooks">Choose a runbook</ButtonLink>}>
            Open a runbook and start the copilot.
          </Empty>
        ) : (
          <ExecutionTable executions={ended.slice(0, LAST_RUNS)} label="Last runs" />
        )}
      </section>
    </div>
  );
};

export const HomePage = () => {
  const executions = useExecutions();
  return (
    <>
      <PageHeader
        title="Home"
        actions={
          <>
            <ButtonLink to="/runbooks">Runbooks</ButtonLink>
            <ButtonLink to="/runbooks/new" look="primary">
              New runbook
            </ButtonLink>
          </>
        }
      />
      <DemoNote />
      {executions.isPending && <Loading what="executions" />}
      {executions.isError && (
        <ErrorNotice error={executions.error} what="Executions could not be listed." onRetry={() => void executions.refetch()} />
      )}
      {executions.data !== undefined && <Lists items={executions.data.items} />}
    </>
  );
};
