// What everything in this folder works with, and the one way in: a Slack user becomes the member they are linked to, or nobody. What that member
// may do is asked of the route table and the engine, as for every other face.
import type { Logger } from "pino";
import type { AppContext } from "../app/context.ts";
import { findMemberBySlackUser } from "../db/index.ts";
import type { CallHandler } from "../http/call-handler.ts";
import type { Caller } from "../identity/caller.ts";
import type { SlackWeb } from "./slack-web.ts";

export interface Face {
  readonly app: Pick<AppContext, "db" | "clock" | "newId">;
  /** The organisation whose Slack this is. */
  readonly tenantId: string;
  readonly call: CallHandler;
  readonly web: SlackWeb;
  /** Origin of the pages. */
  readonly webUrl: () => string;
  /** Where alerts are told, and runs that were started in a conversation of two. */
  readonly channelId: string | undefined;
  /** Something about this thread may have changed. */
  readonly look: (threadId: string, channelId: string) => void;
  readonly logger: Logger;
}

/** Something a person did in Slack. */
export interface Gesture {
  readonly slackUserId: string;
  readonly slackName: string;
  /** Where; null in views. */
  readonly channelId: string | null;
  /** Opens one view, within three seconds. */
  readonly triggerId: string;
  /** When it came in, on the monotonic clock, in milliseconds. */
  readonly sinceMs: number;
  /** Tells that person alone. */
  readonly whisper: (text: string) => Promise<void>;
}

/** Null: nobody linked, or no member any more. */
export async function callerOf({ app, tenantId }: Face, slackUserId: string): Promise<Caller | null> {
  const member = await app.db.readTenant(tenantId, (tx) => findMemberBySlackUser(tx, slackUserId));
  if (member === undefined) return null;
  const { userId, name, email, role } = member;
  return { tenantId, userId, name, email, role, via: "slack", sourceIp: null };
}

export const notLinked =
  "Nothing was done: this Slack account is not linked to a member of dd0c/run. Type /dd0c link, then press the button again.";

/** The eyes of the app itself: what a thread shows, every viewer may see. */
export const readerOf = (tenantId: string): Caller => ({
  tenantId,
  userId: "slack",
  name: "Slack",
  email: "",
  role: "viewer",
  via: "slack",
  sourceIp: null,
});
