// One panic webhook with its address and last use; revoking takes two presses.
import type { WirePanicWebhook } from "@dd0c/protocol/http";
import { useState } from "react";
import { panicWebhookUrl, useRevokePanicWebhook } from "../../api/panic-webhooks.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

export const PanicWebhookRow = ({ webhook }: { readonly webhook: WirePanicWebhook }) => {
  const revoke = useRevokePanicWebhook();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-3 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium break-words text-ink-strong">{webhook.name}</p>
        <p className="font-mono text-small break-all text-ink-normal">{panicWebhookUrl(webhook.id)}</p>
        <p className="text-small text-ink-faint">
          {webhook.last_used_at === null ? (
            "never used"
          ) : (
            <>
              used <Age sinceMs={Date.parse(webhook.last_used_at)} />
            </>
          )}
        </p>
      </div>
      {asking ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => revoke.mutate(webhook.id)} busy={revoke.isPending && "Revoking…"}>
            Revoke {webhook.name} for good
          </Button>
          <Button look="plain" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)} aria-label={`Revoke ${webhook.name}`}>
          Revoke
        </Button>
      )}
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. The webhook still works." />}
    </li>
  );
};
