// One delivery: how it stands, every attempt, what was sent, and the button that sends it once more.
import type { CallAnswer } from "@dd0c/protocol/http";
import { Link, useParams } from "@tanstack/react-router";
import { useRoleRefusal } from "../../api/session.ts";
import { useDelivery, useReplay, useWebhooks } from "../../api/webhooks.ts";
import { attemptsText, DELIVERY_STATE, shortType } from "../../text/delivery-words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Prose } from "../../ui/prose.tsx";
import { targetName } from "./delivery-table.tsx";

type Delivery = CallAnswer<"getOutboundDelivery">;
interface DeliveryProps {
  readonly delivery: Delivery;
}

const OUTCOME: Readonly<Record<Delivery["attempt_log"][number]["outcome"], string>> = {
  delivered: "Taken",
  retry: "Not taken",
  gone: "Refused for good",
  refused: "Not sent",
};

const Standing = ({ delivery }: DeliveryProps) => {
  const { state, attempts, next_attempt_at: next, delivered_at: delivered, execution_id: run } = delivery;
  const webhooks = useWebhooks(true);
  return (
    <section className="space-y-2">
      <p className="text-ink-strong">
        <strong>{DELIVERY_STATE[state]}</strong>, {attemptsText(attempts)}
        {next !== null && (
          <>
            , next one <Moment iso={next} />
          </>
        )}
        {state === "delivered" && delivered !== null && (
          <>
            , <Moment iso={delivered} />
          </>
        )}
      </p>
      <p className="break-all">To {targetName(delivery, webhooks.data?.items ?? [])}</p>
      <p className="text-small break-all text-ink-faint">
        Its id for the receiver: <code className="font-mono">{delivery.id}</code>
      </p>
      {run !== null && (
        <p>
          <Link to="/executions/$executionId" params={{ executionId: run }} className="text-accent underline">
            The run that it is about
          </Link>
        </p>
      )}
    </section>
  );
};

const Replay = ({ delivery }: DeliveryProps) => {
  const replay = useReplay(delivery.id);
  return (
    <section className="space-y-3">
      <Button look="primary" busy={replay.isPending && "Sending…"} onClick={() => replay.mutate()}>
        Send again
      </Button>
      <p className="text-small text-ink-faint">It keeps its id: a receiver that has it already can tell.</p>
      {replay.isSuccess && <p role="status">It is sent once more. What comes of it stands below.</p>}
      {replay.isError && <ErrorNotice error={replay.error} what="It was not sent again." />}
    </section>
  );
};

const Attempts = ({ delivery }: DeliveryProps) => (
  <section className="space-y-3">
    <h2 className="text-title">Attempts</h2>
    {delivery.attempt_log.length === 0 && <p className="text-ink-faint">None has ended yet.</p>}
    <ol className="space-y-2">
      {delivery.attempt_log.toReversed().map(({ attempt, outcome, status, error, duration_ms: ms, at }) => (
        <li key={attempt} className="rounded-lg border border-line bg-surface-1 p-3">
          <p className="text-ink-strong">
            <span className="font-medium">{OUTCOME[outcome]}</span>
            {status !== null && `, ${status}`}, after {ms} ms
          </p>
          <p className="text-small text-ink-faint">
            Attempt {attempt}, <Moment iso={at} />
          </p>
          {error !== null && (
            <p className="mt-1 break-words">
              <Prose text={error} links={false} />
            </p>
          )}
        </li>
      ))}
    </ol>
  </section>
);

/** As JSON that a person can read; as it is where it is none. */
const indented = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

const WhatWasSent = ({ delivery }: DeliveryProps) => (
  <section className="space-y-3">
    <h2 className="text-title">What was sent</h2>
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg border border-line bg-surface-1 p-3 font-mono text-code text-ink-strong"
    >
      {indented(delivery.payload)}
    </pre>
    <CopyButton text={delivery.payload} label="Copy it as it was sent" />
  </section>
);

const Details = ({ delivery }: DeliveryProps) => (
  <div className="max-w-3xl space-y-8">
    <Standing delivery={delivery} />
    <Replay delivery={delivery} />
    <Attempts delivery={delivery} />
    <WhatWasSent delivery={delivery} />
  </div>
);

export const DeliveryPage = () => {
  const { deliveryId } = useParams({ from: "/deliveries/$deliveryId" });
  const refusal = useRoleRefusal("admin");
  const { data, error, isPending, refetch } = useDelivery(deliveryId, refusal === null);
  return (
    <>
      <PageHeader
        title={data === undefined ? "Delivery" : shortType(data.event_type)}
        note="One delivery to the outside"
        actions={<ButtonLink to="/deliveries">All deliveries</ButtonLink>}
      />
      {refusal !== null && <p className="text-ink-faint">{refusal}</p>}
      {refusal === null && isPending && <Loading what="the delivery" />}
      {error !== null && <ErrorNotice error={error} what="The delivery could not be read." onRetry={() => void refetch()} />}
      {data !== undefined && <Details delivery={data} />}
    </>
  );
};
