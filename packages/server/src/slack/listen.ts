// Slack's envelopes come in through Bolt, acknowledged before anything else is done; what they ask for is done afterwards, once, however often
// Slack delivers them. The only file that knows Bolt's listeners.
import type { App, BlockAction, ButtonAction, SlackViewAction, types } from "@slack/bolt";
import { textHash } from "../app/context.ts";
import { takeSlackDelivery } from "../db/index.ts";
import { readValue } from "./button-value.ts";
import type { Face, Gesture } from "./face.ts";
import { onButton } from "./on-button.ts";
import { onCommand } from "./on-command.ts";
import { type Entered, onView, type Submission } from "./on-view.ts";
import { escaped } from "./rich-text.ts";

export interface Listening {
  /** Resolves when everything that was taken in is done. */
  readonly drain: () => Promise<void>;
}

type Respond = (message: { text: string; response_type: "ephemeral"; replace_original: false }) => Promise<unknown>;

const whisperWith =
  (face: Face, respond: Respond) =>
  async (text: string): Promise<void> => {
    await respond({ text: escaped(text), response_type: "ephemeral", replace_original: false }).catch(() =>
      face.logger.warn("a person in Slack could not be told something"),
    );
  };

/** What was entered, by block. */
function enteredIn(values: SlackViewAction["view"]["state"]["values"]): Entered {
  const read = (one: Readonly<Record<string, unknown>>): string | readonly string[] | undefined => {
    if (typeof one["value"] === "string") return one["value"];
    const picked = one["selected_option"] as { value: string } | null | undefined;
    if (picked != null) return picked.value;
    return (one["selected_options"] as readonly { value: string }[] | undefined)?.map(({ value }) => value);
  };
  return Object.fromEntries(
    Object.entries(values).map(([block, inputs]) => [block, read((Object.values(inputs)[0] ?? {}) as unknown as Record<string, unknown>)]),
  );
}

const submissionOf = ({ view }: SlackViewAction): Submission => ({
  callback: view.callback_id,
  viewId: view.id,
  metadata: view.private_metadata,
  blockIds: view.blocks.flatMap(({ block_id: id }) => (id === undefined ? [] : [id])),
  entered: enteredIn(view.state.values),
});

export function listen(app: App, face: Face, showHome: (slackUserId: string) => Promise<void>): Listening {
  const working = new Set<Promise<void>>();

  /** Nobody waits for it; its failure is told to the log. */
  const inBackground = (work: () => Promise<void>): void => {
    const doing = work().catch((error: unknown) =>
      face.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "something that a person did in Slack failed"),
    );
    working.add(doing);
    void doing.finally(() => working.delete(doing));
  };

  /** True: it was not delivered before. Two servers may each be given the same envelope. */
  const isFirst = (...key: readonly string[]): Promise<boolean> =>
    face.app.db.withTenant(face.tenantId, (tx) => takeSlackDelivery(tx, textHash(key.join("\n")), new Date(face.app.clock.now())));

  app.command("/dd0c", async ({ ack, body, respond }) => {
    const sinceMs = face.app.clock.monotonic();
    await ack();
    inBackground(async () => {
      if (!(await isFirst("command", body.trigger_id))) return;
      const gesture: Gesture = {
        slackUserId: body.user_id,
        slackName: body.user_name,
        channelId: body.channel_id,
        triggerId: body.trigger_id,
        sinceMs,
        whisper: whisperWith(face, respond as Respond),
      };
      await onCommand(face, gesture, body.text ?? "");
    });
  });

  app.action<BlockAction<ButtonAction>>({ type: "block_actions" }, async ({ ack, body, action, respond }) => {
    const sinceMs = face.app.clock.monotonic();
    await ack();
    // A button that is a link has done its work in the browser.
    if (action.action_id.startsWith("open:")) return;
    inBackground(async () => {
      const where = body.container["message_ts"] ?? body.container["view_id"];
      if (!(await isFirst("action", String(where), action.action_id, action.action_ts, body.user.id))) return;
      const gesture: Gesture = {
        slackUserId: body.user.id,
        slackName: body.user.username,
        channelId: body.channel?.id ?? null,
        triggerId: body.trigger_id,
        sinceMs,
        whisper: whisperWith(face, respond as Respond),
      };
      await onButton(face, gesture, action.action_id, readValue(action.value));
    });
  });

  app.view(/.*/, async ({ ack, body }) => {
    // The acknowledgement carries the answer where that is there in time. A second delivery of the same window closes nothing and does nothing.
    // A window that told of a mistake stays as it is and is sent again: what is new about it is the press.
    const first = await Promise.race([isFirst("view", body.view.id, body.view.hash, pressOf(body)), slowAfter(700)]);
    if (first === false) return void (await ack());
    const { answer, later } = await onView(face, body.user.id, submissionOf(body));
    await (ack as (response?: object) => Promise<void>)(answer);
    inBackground(() => later);
  });

  app.event("app_home_opened", async ({ event }) => {
    inBackground(() => showHome((event as types.AppHomeOpenedEvent).user));
  });

  return { drain: async () => void (await Promise.all(working)) };
}

const pressOf = (body: SlackViewAction): string => ("trigger_id" in body ? body.trigger_id : "");

/** The database is slow: what the window asks for is decided by the engine, once, whatever was delivered before. */
const slowAfter = (ms: number): Promise<true> => new Promise((resolve) => setTimeout(resolve, ms, true).unref());
