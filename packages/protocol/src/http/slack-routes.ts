// The endpoint that says whether Slack is there: a page shows it, because a person may be waiting for the thread.
import { z } from "zod";
import { isoTime } from "./primitives.ts";
import { route } from "./route.ts";

export const slackState = z.object({
  /** This server has a Slack app. */
  configured: z.boolean(),
  /** What people do in Slack arrives here. */
  hears: z.boolean(),
  /** What is written to Slack arrives there. */
  writes: z.boolean(),
  since: isoTime.nullable(),
});

export const slackRoutes = {
  getSlackState: route({
    method: "GET",
    path: "/slack",
    summary: "Whether Slack can be reached",
    access: "viewer",
    status: 200,
    response: slackState,
    limit: "read",
  }),
} as const;

export type WireSlackState = z.infer<typeof slackState>;
