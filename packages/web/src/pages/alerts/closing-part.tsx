// What the alert's provider was told when the run was over, and the button that asks it to resolve. Nothing where the integration tells nothing.
import type { WireAlert } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { useResolveAlert } from "../../api/alerts.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { sourceName } from "../../text/alert-words.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { TwoPresses } from "../../ui/two-presses.tsx";

type Closing = NonNullable<WireAlert["closing"]>;
type Told = NonNullable<Closing["note"]>;

const STATE: Readonly<Record<Told["state"], string>> = {
  waiting: "being sent",
  delivered: "delivered",
  given_up: "not delivered",
  cancelled: "not sent any more",
};

interface LineProps {
  readonly name: string;
  readonly told: Told;
  /** The way to the delivery, where it can be sent again. */
  readonly showsDelivery: boolean;
}

const Line = ({ name, told, showsDelivery }: LineProps) => (
  <p className="break-words">
    {name}: <span className="text-ink-strong">{STATE[told.state]}</span>
    {told.delivered_at !== null && (
      <>
        {" "}
        <Moment iso={told.delivered_at} />
      </>
    )}
    {told.said !== null && (
      <>
        . <Prose text={told.said} links={false} />
      </>
    )}{" "}
    {showsDelivery && (
      <Link
        to="/deliveries/$deliveryId"
        params={{ deliveryId: told.delivery_id }}
        className="inline-block py-1 text-accent underline underline-offset-4"
        aria-label={`${name}: what was sent`}
      >
        What was sent
      </Link>
    )}
  </p>
);

export const ClosingPart = ({ alert }: { readonly alert: Pick<WireAlert, "id" | "closing"> }) => {
  const resolve = useResolveAlert(alert.id);
  const role = useRoleRefusal("operator");
  const isAdmin = useRoleRefusal("admin") === null;
  const { closing } = alert;
  if (closing === null) return null;
  const provider = sourceName(closing.provider);
  return (
    <section className="space-y-2" aria-label={`Told to ${provider}`}>
      {closing.note !== null && <Line name={`Note in ${provider}`} told={closing.note} showsDelivery={isAdmin} />}
      {closing.resolve !== null && <Line name={`Resolved in ${provider}`} told={closing.resolve} showsDelivery={isAdmin} />}
      {closing.resolve_refusal === null && (
        <TwoPresses
          label={`Resolve it in ${provider}`}
          confirm={`Yes, resolve it in ${provider}`}
          keep="Leave it open"
          busy={resolve.isPending && "Asking…"}
          refusal={role}
          onConfirm={() => resolve.mutate()}
        />
      )}
      {resolve.isError && <ErrorNotice error={resolve.error} what={`Not asked. It is still open in ${provider}.`} />}
    </section>
  );
};
