// Makes a webhook and shows its secret once.
import type { CallAnswer } from "@dd0c/protocol/http";
import { useState } from "react";
import { useCreateWebhook } from "../../../api/webhooks.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { ShownWebhookSecret } from "./shown-webhook-secret.tsx";
import { WebhookForm } from "./webhook-form.tsx";

export const NewWebhook = ({ types }: { readonly types: CallAnswer<"listWebhookEndpoints">["event_types"] }) => {
  const create = useCreateWebhook();
  const [round, setRound] = useState(0);
  return (
    <div className="space-y-4">
      <h3 className="text-base font-semibold text-ink-strong">Add a webhook</h3>
      <WebhookForm key={round} types={types} onSubmit={(body) => create.mutate(body, { onSuccess: () => setRound(round + 1) })}>
        {(refusal) => (
          <>
            {create.isError && <ErrorNotice error={create.error} what="No webhook was added." />}
            <Button type="submit" refusal={refusal} busy={create.isPending && "Adding it…"}>
              Add the webhook
            </Button>
          </>
        )}
      </WebhookForm>
      {create.data !== undefined && <ShownWebhookSecret made={create.data} />}
    </div>
  );
};
