// The Web API as this product uses it: one try per call, a limit or a fault told as a value. Whoever calls decides when to try again; the library's
// own retries would post twice what was posted and not confirmed.
import { type types, webApi } from "@slack/bolt";
import type { SlackMessage } from "./rich-text.ts";

/** "limited": nothing happened, try after that time. "refused": nothing happened, Slack's word why. "unknown": nobody can tell whether it happened. */
export type Told<T> =
  | { readonly is: "done"; readonly value: T }
  | { readonly is: "limited"; readonly waitMs: number }
  | { readonly is: "refused"; readonly error: string }
  | { readonly is: "unknown" };

/** Where a message stands and what it is, so that it can be found again. */
export interface Place {
  readonly channelId: string;
  /** Null: in the channel itself. */
  readonly threadTs: string | null;
  readonly threadId: string;
  readonly key: string;
}

export interface OpenView {
  readonly id: string;
  /** Of the state that is replaced; left out, whatever stands there is. */
  readonly hash?: string;
}

export interface SlackWeb {
  readonly post: (place: Place, message: SlackMessage) => Promise<Told<string>>;
  readonly update: (channelId: string, ts: string, message: SlackMessage) => Promise<Told<string>>;
  /** The message of that key, where it was posted and not confirmed; null: it was not. */
  readonly find: (place: Place) => Promise<Told<string | null>>;
  readonly openView: (triggerId: string, view: types.View) => Promise<Told<OpenView>>;
  readonly updateView: (open: OpenView, view: types.View) => Promise<Told<OpenView>>;
  readonly publishHome: (slackUserId: string, view: types.HomeView) => Promise<Told<null>>;
}

const eventType = "dd0c_message";

async function told<T>(call: () => Promise<T>): Promise<Told<T>> {
  try {
    return { is: "done", value: await call() };
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError) return { is: "limited", waitMs: error.retryAfter * 1_000 };
    if (error instanceof webApi.WebAPIPlatformError) return { is: "refused", error: error.data.error };
    return { is: "unknown" };
  }
}

type Found = {
  readonly ts?: string | undefined;
  readonly metadata?: { readonly event_type?: string | undefined; readonly event_payload?: unknown } | undefined;
};

const isThat =
  ({ threadId, key }: Place) =>
  ({ metadata }: Found): boolean => {
    const payload = metadata?.event_payload as { thread?: unknown; key?: unknown } | undefined;
    return metadata?.event_type === eventType && payload?.thread === threadId && payload.key === key;
  };

const opened = ({ view }: { view?: { id?: string; hash?: string } }): OpenView => ({ id: view?.id ?? "", hash: view?.hash ?? "" });

export const createSlackWeb = (client: webApi.WebClient): SlackWeb => ({
  post: (place, { text, blocks }) =>
    told(async () => {
      const { channelId, threadTs, threadId, key } = place;
      const { ts } = await client.chat.postMessage({
        channel: channelId,
        text,
        blocks: [...blocks],
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: eventType, event_payload: { thread: threadId, key } },
        ...(threadTs === null ? {} : { thread_ts: threadTs }),
      });
      return ts ?? "";
    }),
  update: (channelId, ts, { text, blocks }) =>
    told(async () => (await client.chat.update({ channel: channelId, ts, text, blocks: [...blocks] })).ts ?? ts),
  find: (place) =>
    told(async () => {
      const { channelId, threadTs } = place;
      const page =
        threadTs === null
          ? await client.conversations.history({ channel: channelId, include_all_metadata: true, limit: 200 })
          : await client.conversations.replies({ channel: channelId, ts: threadTs, include_all_metadata: true, limit: 1_000 });
      return ((page.messages ?? []) as readonly Found[]).find(isThat(place))?.ts ?? null;
    }),
  openView: (triggerId, view) => told(async () => opened(await client.views.open({ trigger_id: triggerId, view }))),
  updateView: ({ id, hash }, view) =>
    told(async () => opened(await client.views.update({ view_id: id, view, ...(hash === undefined ? {} : { hash }) }))),
  publishHome: (slackUserId, view) =>
    told(async () => {
      await client.views.publish({ user_id: slackUserId, view });
      return null;
    }),
});
