// Panic webhooks: addresses that stop everything when they are called with their secret, and can do nothing else.
import { usePanicWebhooks } from "../../api/panic-webhooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { NewPanicWebhook } from "./new-panic-webhook.tsx";
import { PanicWebhookRow } from "./panic-webhook-row.tsx";

export const PanicWebhooks = () => {
  const role = useRoleRefusal("admin");
  const webhooks = usePanicWebhooks(role === null);
  return (
    <section className="space-y-4">
      <h2 className="text-title">Panic webhooks</h2>
      <p>For a red button or another system. A call stops everything on every agent, and can do nothing else: only people lift a stop.</p>
      {role !== null && <p className="text-ink-faint">{role}</p>}
      {role === null && webhooks.isPending && <Loading what="panic webhooks" />}
      {webhooks.isError && (
        <ErrorNotice error={webhooks.error} what="Panic webhooks could not be listed." onRetry={() => void webhooks.refetch()} />
      )}
      {webhooks.data?.items.length === 0 && <p className="text-ink-faint">No webhook yet.</p>}
      {webhooks.data !== undefined && webhooks.data.items.length > 0 && (
        <ul className="rounded-lg border border-line bg-surface-1">
          {webhooks.data.items.map((webhook) => (
            <PanicWebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
      {role === null && <NewPanicWebhook />}
    </section>
  );
};
