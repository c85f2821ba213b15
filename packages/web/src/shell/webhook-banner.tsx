// Says to admins that a webhook was switched off by itself: whoever waits at its other end hears nothing any more.
import { Link } from "@tanstack/react-router";
import { useRoleRefusal, useSession } from "../api/session.ts";
import { useWebhooks } from "../api/webhooks.ts";
import { OFF_REASON } from "../text/delivery-words.ts";

const REFRESH_MS = 60_000;

const Banner = () => {
  const { data } = useWebhooks(true, REFRESH_MS);
  const [first, ...others] = data?.items.filter(({ disabled_reason: reason }) => reason !== null && reason !== "person") ?? [];
  if (first === undefined || first.disabled_reason === null) return null;
  return (
    <p role="status" className="border-y border-line-strong bg-surface-2 px-4 py-2 text-center break-words text-ink-strong">
      The webhook to {new URL(first.url).host} is off. {OFF_REASON[first.disabled_reason]}.
      {others.length > 0 && ` So ${others.length === 1 ? "is another one" : `are ${others.length} others`}.`}{" "}
      <Link to="/settings" hash="webhooks" className="text-accent underline">
        Look at webhooks
      </Link>
    </p>
  );
};

export const WebhookBanner = () => {
  const session = useSession();
  const refusal = useRoleRefusal("admin");
  return session.data == null || refusal !== null ? null : <Banner />;
};
