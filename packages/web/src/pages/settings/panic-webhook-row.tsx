// One panic webhook with its address and last use; revoking takes two presses.
import type { WirePanicWebhook } from "@dd0c/protocol/http";
import { panicWebhookUrl, useRevokePanicWebhook } from "../../api/panic-webhooks.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { TwoPresses } from "../../ui/two-presses.tsx";
import { LastUsed } from "./last-used.tsx";
import { LIST_ROW } from "./listed-part.tsx";

export const PanicWebhookRow = ({ webhook }: { readonly webhook: WirePanicWebhook }) => {
  const revoke = useRevokePanicWebhook();
  return (
    <li className={LIST_ROW}>
      <div className="min-w-0">
        <p className="font-medium break-words text-ink-strong">{webhook.name}</p>
        <p className="font-mono text-small break-all text-ink-normal">{panicWebhookUrl(webhook.id)}</p>
        <p className="text-small text-ink-faint">
          <LastUsed at={webhook.last_used_at} />
        </p>
      </div>
      <TwoPresses
        label="Revoke"
        spoken={`Revoke ${webhook.name}`}
        confirm={`Revoke ${webhook.name} for good`}
        busy={revoke.isPending && "Revoking…"}
        onConfirm={() => revoke.mutate(webhook.id)}
      />
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. The webhook still works." />}
    </li>
  );
};
