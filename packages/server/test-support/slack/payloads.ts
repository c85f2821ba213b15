// Payloads as Slack sends them when somebody does something: a slash command, a click, a submitted view. Shapes as in Slack's reference.
import { randomBytes } from "node:crypto";
import type { Block } from "./limits.ts";
import { readableBlocks } from "./readable.ts";
import type { Message, State, View } from "./state.ts";

const token = (): string => randomBytes(12).toString("hex");

const newTrigger = (state: State): string => {
  const id = `${Date.now()}.${token()}`;
  state.triggers.set(id, Date.now());
  return id;
};

const newResponseUrl = (state: State, address: string, user: string): string => {
  const id = token();
  state.responseUrls.set(id, { user, uses: 0 });
  return `${address}/response/${id}`;
};

const userOf = (state: State, id: string) => {
  const { name } = state.people.get(id) ?? { name: id };
  return { id, username: name, name, team_id: state.teamId };
};

const common = (state: State) => ({ api_app_id: state.appId, token: "ignored", is_enterprise_install: false, enterprise: null });

export function commandPayload(state: State, address: string, { user, text, channel }: { user: string; text: string; channel: string }) {
  return {
    token: "ignored",
    team_id: state.teamId,
    team_domain: "larkspur-eng",
    channel_id: channel,
    channel_name: state.channels.get(channel)?.name ?? "directmessage",
    user_id: user,
    user_name: userOf(state, user).name,
    command: "/dd0c",
    text,
    api_app_id: state.appId,
    is_enterprise_install: "false",
    response_url: newResponseUrl(state, address, user),
    trigger_id: newTrigger(state),
  };
}

type Button = Readonly<Record<string, unknown>> & { readonly text: { readonly text: string }; readonly action_id: string };

const buttonsOf = (blocks: readonly Block[]): readonly (Button & { readonly block_id: string })[] =>
  blocks.flatMap((block, at) =>
    ((block["elements"] as readonly Button[] | undefined) ?? [])
      .filter(({ type }) => type === "button")
      .map((button) => ({ ...button, block_id: String(block["block_id"] ?? `b${at}`) })),
  );

interface Found {
  readonly message: Message;
  readonly button: Button & { readonly block_id: string };
}

function findButton(state: State, label: string, on: string | undefined): Found {
  for (const message of [...state.messages].reverse()) {
    const button = buttonsOf(message.blocks).find(({ text }) => text.text === label);
    if (button !== undefined && (on === undefined || readableBlocks(message.blocks).includes(on))) return { message, button };
  }
  throw new Error(`nobody posted a button ${label}${on === undefined ? "" : ` on ${on}`}`);
}

export function clickPayload(
  state: State,
  address: string,
  { user, label, on }: { user: string; label: string; on?: string | undefined },
): Readonly<Record<string, unknown>> {
  const { message, button } = findButton(state, label, on);
  const { confirm: _shown, style: _look, block_id, ...rest } = button;
  return {
    type: "block_actions",
    user: userOf(state, user),
    ...common(state),
    container: { type: "message", message_ts: message.ts, channel_id: message.channel, is_ephemeral: false },
    trigger_id: newTrigger(state),
    team: { id: state.teamId, domain: "larkspur-eng" },
    channel: { id: message.channel, name: state.channels.get(message.channel)?.name },
    message: {
      type: "message",
      bot_id: "B0DD0C",
      app_id: state.appId,
      text: message.text,
      ts: message.ts,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      team: state.teamId,
      blocks: message.blocks,
    },
    state: { values: {} },
    response_url: newResponseUrl(state, address, user),
    actions: [{ ...rest, block_id, action_ts: `${Date.now() / 1000}.${token().slice(0, 6)}` }],
  };
}

/** `values`: by block id, what was typed, or the values of the options that were picked. */
export function submissionPayload(
  state: State,
  { user, view, values }: { user: string; view: View; values: Readonly<Record<string, unknown>> },
): Readonly<Record<string, unknown>> {
  const inputs = (view.body["blocks"] as readonly Block[]).filter(({ type }) => type === "input");
  const filled = inputs.map((block) => {
    const element = block["element"] as { readonly type: string; readonly action_id: string; readonly initial_value?: string };
    return [String(block["block_id"]), { [element.action_id]: stateOf(element, values[String(block["block_id"])]) }];
  });
  return {
    type: "view_submission",
    team: { id: state.teamId, domain: "larkspur-eng" },
    user: userOf(state, user),
    ...common(state),
    trigger_id: newTrigger(state),
    view: {
      // Slack sends what was left out as empty.
      private_metadata: "",
      callback_id: "",
      ...view.body,
      id: view.id,
      team_id: state.teamId,
      state: { values: Object.fromEntries(filled) as unknown },
      hash: view.hash,
      previous_view_id: null,
      root_view_id: view.id,
      app_id: state.appId,
      external_id: "",
      bot_id: "B0DD0C",
    },
    response_urls: [],
  };
}

function stateOf(element: { readonly type: string; readonly initial_value?: string }, value: unknown): unknown {
  if (element.type === "checkboxes")
    return { type: element.type, selected_options: ((value as readonly string[] | undefined) ?? []).map((one) => ({ value: one })) };
  if (element.type === "static_select")
    return { type: element.type, selected_option: value === undefined ? null : { value: value as string } };
  return { type: element.type, value: value ?? element.initial_value ?? null };
}
