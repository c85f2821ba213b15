// Handler for whether Slack is there.
import type { Handlers } from "../call.ts";
import type { SlackState } from "../../slack/slack-state.ts";

/** `state`: undefined where this server has no Slack app, or it is another organisation's. */
export const slackHandlers = (state: (tenantId: string) => SlackState | undefined): Pick<Handlers, "getSlackState"> => ({
  getSlackState: async ({ caller }) => {
    const now = state(caller.tenantId);
    if (now === undefined) return { configured: false, hears: false, writes: false, since: null };
    return { configured: true, hears: now.open, writes: now.answering, since: new Date(now.sinceMs).toISOString() };
  },
});
