// Webhooks: addresses that are told what happens here.
import { useRoleRefusal } from "../../../api/session.ts";
import { useWebhooks } from "../../../api/webhooks.ts";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { ListedPart } from "../listed-part.tsx";
import { NewWebhook } from "./new-webhook.tsx";
import { WebhookRow } from "./webhook-row.tsx";

export const Webhooks = () => {
  const refusal = useRoleRefusal("admin");
  const list = useWebhooks(refusal === null);
  const types = list.data?.event_types ?? [];
  return (
    <div id="webhooks">
      <ListedPart
        title="Webhooks"
        intro="Your own systems are told here what happens: a run starts, a step waits, a run ends. Events are signed and hold ids, states and counts, never commands or their output."
        plural="webhooks"
        empty="Nobody is told anything yet."
        refusal={refusal}
        list={list}
        row={(webhook) => <WebhookRow key={webhook.id} webhook={webhook} types={types} />}
      >
        <ButtonLink to="/deliveries">Everything that was sent</ButtonLink>
        {list.data !== undefined && <NewWebhook types={types} />}
      </ListedPart>
    </div>
  );
};
