// Panic webhooks: addresses that stop everything when they are called with their secret, and can do nothing else.
import { usePanicWebhooks } from "../../api/panic-webhooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { ListedPart } from "./listed-part.tsx";
import { NewPanicWebhook } from "./new-panic-webhook.tsx";
import { PanicWebhookRow } from "./panic-webhook-row.tsx";

export const PanicWebhooks = () => {
  const refusal = useRoleRefusal("admin");
  return (
    <ListedPart
      title="Panic webhooks"
      intro="For a red button or another system. A call stops everything on every agent, and can do nothing else: only people lift a stop."
      plural="panic webhooks"
      empty="No webhook yet."
      refusal={refusal}
      list={usePanicWebhooks(refusal === null)}
      row={(webhook) => <PanicWebhookRow key={webhook.id} webhook={webhook} />}
    >
      <NewPanicWebhook />
    </ListedPart>
  );
};
