// What a person can do about an alert: start the runbook that was found, choose another of the three, dismiss it; or why there is nothing to do.
import type { WireAlert } from "@dd0c/protocol/http";
import { Link, useNavigate } from "@tanstack/react-router";
import { useDismissAlert, useStartAlert } from "../../api/alerts.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { describeActor } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { TwoPresses } from "../../ui/two-presses.tsx";
import { AgentChoice, useAgentChoice } from "../runbook/agent-choice.tsx";
import { AlertMatch } from "./alert-match.tsx";

const NOTHING: Readonly<Record<WireAlert["match_state"], string>> = {
  waiting: "Looking for its runbook. This takes a moment.",
  matched: "The runbook that was found has been deleted since.",
  unmatched: "No runbook fits well enough, so none is offered. You can still start one from Runbooks.",
  not_needed: "It was over before anything was started. Nothing is offered for it.",
};

/** "started by Ann", and the way to the run. */
const Decided = ({ alert }: { readonly alert: WireAlert }) => {
  const offer = alert.alert_offer;
  if (offer === null || offer.status === "open") return null;
  const words = { started: "Started", dismissed: "Dismissed", lapsed: "Nobody started it" }[offer.status];
  return (
    <div className="space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
      <p className="text-ink-strong">
        {words}
        {offer.status !== "lapsed" && offer.decided_by !== null && ` by ${describeActor(offer.decided_by)}`}
        {offer.decided_at !== null && (
          <>
            {" "}
            at <Moment iso={offer.decided_at} />
          </>
        )}
        .
      </p>
      {offer.decide_reason !== null && (
        <p>
          <Prose text={offer.decide_reason} />
        </p>
      )}
      {offer.status === "started" && offer.execution_id !== null && (
        <ButtonLink to="/executions/$executionId" params={{ executionId: offer.execution_id }} look="primary">
          Open the run
        </ButtonLink>
      )}
    </div>
  );
};

const together = ({ alert_offer: offer }: WireAlert): string | null =>
  offer === null || offer.alerts.all < 2
    ? null
    : `${offer.alerts.all} alerts of this kind came together; ${offer.alerts.open} are not over.`;

const Dismiss = ({ alert }: { readonly alert: WireAlert }) => {
  const dismiss = useDismissAlert(alert.id);
  const role = useRoleRefusal("operator");
  return (
    <>
      <TwoPresses
        label="Dismiss"
        confirm="Dismiss: no runbook is wanted"
        busy={dismiss.isPending && "Dismissing…"}
        refusal={role}
        onConfirm={() => dismiss.mutate("")}
      />
      {dismiss.isError && <ErrorNotice error={dismiss.error} what="Not dismissed. The runbook is still offered." />}
    </>
  );
};

/** The way to a person's own word about alerts like this. */
const Always = ({ alert: { name, service }, runbookId }: { readonly alert: WireAlert; readonly runbookId: string }) =>
  name === null && service === null ? null : (
    <p>
      <Link
        to="/alert-mappings"
        search={{ name: name ?? undefined, service: service ?? undefined, runbook: runbookId }}
        className="inline-block py-1 text-small text-accent underline underline-offset-4"
      >
        Map alerts like this to it
      </Link>
    </p>
  );

export const AlertAnswer = ({ alert }: { readonly alert: WireAlert }) => {
  const navigate = useNavigate();
  const start = useStartAlert(alert.id);
  const { online, agentId, choose, refusal } = useAgentChoice();
  const matches = alert.matches.filter(({ runbook_title: title }) => title !== null);
  const isOpen = alert.alert_offer?.status === "open";
  const begin = (runbookId: string): void =>
    start.mutate(
      { runbook_id: runbookId, ...(agentId === undefined ? {} : { agent_id: agentId }) },
      { onSuccess: (execution) => void navigate({ to: "/executions/$executionId", params: { executionId: execution.id } }) },
    );
  return (
    <section className="space-y-4" aria-labelledby="answer">
      <h2 id="answer" className="text-title">
        Runbook
      </h2>
      <Decided alert={alert} />
      {matches.length === 0 && <p>{NOTHING[alert.match_state]}</p>}
      {together(alert) !== null && <p>{together(alert)}</p>}
      {isOpen && online.length > 1 && <AgentChoice agents={online} onChoose={choose} />}
      {matches.map((match, at) => (
        <AlertMatch key={match.runbook_id} match={match} best={at === 0}>
          {isOpen && (
            <Button
              look={at === 0 ? "primary" : "quiet"}
              onClick={() => begin(match.runbook_id)}
              busy={start.isPending && "Starting…"}
              refusal={refusal}
            >
              {at === 0 ? "Start copilot" : "Start this one instead"}
            </Button>
          )}
          <Always alert={alert} runbookId={match.runbook_id} />
        </AlertMatch>
      ))}
      {start.isError && <ErrorNotice error={start.error} what="Not started. Nothing ran." />}
      {isOpen && <Dismiss alert={alert} />}
    </section>
  );
};
