// One webhook: where it goes, what it gets, whether it works; a test, its deliveries, a new secret, a change, off and on, and its end.
import type { CallAnswer, WireWebhookEndpoint } from "@dd0c/protocol/http";
import { useState } from "react";
import { useRemoveWebhook, useRotateWebhook, useTestWebhook, useUpdateWebhook } from "../../../api/webhooks.ts";
import { OFF_REASON, shortType } from "../../../text/delivery-words.ts";
import { Age } from "../../../ui/age.tsx";
import { Button } from "../../../ui/button.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { TwoPresses } from "../../../ui/two-presses.tsx";
import { LIST_ROW } from "../listed-part.tsx";
import { ShownWebhookSecret } from "./shown-webhook-secret.tsx";
import { WebhookForm } from "./webhook-form.tsx";

const OVERLAP_HOURS = 24;

interface RowProps {
  readonly webhook: WireWebhookEndpoint;
  readonly types: CallAnswer<"listWebhookEndpoints">["event_types"];
}
type Webhook = Pick<RowProps, "webhook">;

const Health = ({ webhook }: Webhook) => {
  const { enabled, disabled_reason: reason, disabled_at: off, failing_since: failing } = webhook;
  if (!enabled)
    return (
      <p className="text-ink-strong">
        Off{reason === null ? "" : `. ${OFF_REASON[reason]}`}
        {off !== null && (
          <>
            , <Moment iso={off} />
          </>
        )}
      </p>
    );
  if (failing === null) return null;
  return (
    <p className="text-ink-strong">
      Nothing has gone through since <Moment iso={failing} /> (<Age sinceMs={Date.parse(failing)} />)
    </p>
  );
};

const Facts = ({ webhook }: Webhook) => {
  const { url, description, event_types: types, secrets } = webhook;
  const ending = secrets.find(({ expires_at: until }) => until !== null)?.expires_at ?? null;
  return (
    <div className="min-w-0 space-y-1">
      <p className="font-mono text-code break-all text-ink-strong">{url}</p>
      {description !== "" && (
        <p className="break-words">
          <Prose text={description} links={false} />
        </p>
      )}
      <div className="text-small text-ink-faint">
        <p>{types.length === 0 ? "Every event" : types.map(shortType).join(", ")}</p>
        {ending !== null && (
          <p>
            Signed with the secret before as well until <Moment iso={ending} />
          </p>
        )}
        <Health webhook={webhook} />
      </div>
    </div>
  );
};

const Rotate = ({ webhook, onDone }: Webhook & { readonly onDone: () => void }) => {
  const rotate = useRotateWebhook(webhook.id);
  if (rotate.data !== undefined) return <ShownWebhookSecret made={rotate.data} />;
  return (
    <div className="w-full space-y-3">
      <p>A new secret is made. For {OVERLAP_HOURS} hours every delivery is signed with both, so that the receiver can change over.</p>
      {rotate.isError && <ErrorNotice error={rotate.error} what="No new secret. The one before still signs." />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={rotate.isPending && "Making it…"} onClick={() => rotate.mutate(OVERLAP_HOURS)}>
          Make a new secret
        </Button>
        <Button look="plain" onClick={onDone}>
          Keep the old one
        </Button>
      </div>
    </div>
  );
};

const Change = ({ webhook, types, onDone }: RowProps & { readonly onDone: () => void }) => {
  const update = useUpdateWebhook(webhook.id);
  return (
    <WebhookForm types={types} before={webhook} onSubmit={(body) => update.mutate(body, { onSuccess: onDone })}>
      {(refusal) => (
        <>
          {update.isError && <ErrorNotice error={update.error} what="Nothing was changed." />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" refusal={refusal} busy={update.isPending && "Saving…"}>
              Save the webhook
            </Button>
            <Button look="plain" onClick={onDone}>
              Leave it as it is
            </Button>
          </div>
        </>
      )}
    </WebhookForm>
  );
};

const Test = ({ webhook }: Webhook) => {
  const test = useTestWebhook(webhook.id);
  return (
    <>
      <Button
        aria-label={`Send test to ${webhook.url}`}
        refusal={webhook.enabled ? null : "It is off."}
        busy={test.isPending && "Sending…"}
        onClick={() => test.mutate(undefined)}
      >
        Send test
      </Button>
      {test.data !== undefined && (
        <ButtonLink to="/deliveries/$deliveryId" params={{ deliveryId: test.data.delivery_id }} look="primary">
          See how the test went
        </ButtonLink>
      )}
      {test.isError && <ErrorNotice error={test.error} what="No test event was sent." />}
    </>
  );
};

const Switch = ({ webhook }: Webhook) => {
  const update = useUpdateWebhook(webhook.id);
  const { enabled, url } = webhook;
  return (
    <>
      <Button
        aria-label={`Switch ${enabled ? "off" : "on"} ${url}`}
        busy={update.isPending && (enabled ? "Switching it off…" : "Switching it on…")}
        onClick={() => update.mutate({ enabled: !enabled })}
      >
        {enabled ? "Switch off" : "Switch on"}
      </Button>
      {update.isError && <ErrorNotice error={update.error} what={enabled ? "It is still on." : "It is still off."} />}
    </>
  );
};

export const WebhookRow = ({ webhook, types }: RowProps) => {
  const remove = useRemoveWebhook();
  const [open, setOpen] = useState<"secret" | "change" | null>(null);
  const close = (): void => setOpen(null);
  return (
    <li className={LIST_ROW}>
      <Facts webhook={webhook} />
      <div className="flex flex-wrap gap-2">
        <Test webhook={webhook} />
        <ButtonLink to="/deliveries" search={{ target_id: webhook.id }} aria-label={`Deliveries to ${webhook.url}`}>
          Deliveries
        </ButtonLink>
        <Button onClick={() => setOpen("secret")} aria-label={`New secret for ${webhook.url}`}>
          New secret
        </Button>
        <Button onClick={() => setOpen("change")} aria-label={`Change ${webhook.url}`}>
          Change
        </Button>
        <Switch webhook={webhook} />
        <TwoPresses
          label="Remove"
          spoken={`Remove ${webhook.url}`}
          confirm="Remove it for good"
          busy={remove.isPending && "Removing…"}
          onConfirm={() => remove.mutate(webhook.id)}
        />
      </div>
      {open === "secret" && <Rotate webhook={webhook} onDone={close} />}
      {open === "change" && <Change webhook={webhook} types={types} onDone={close} />}
      {remove.isError && <ErrorNotice error={remove.error} what="Not removed. It still gets events." />}
    </li>
  );
};
