// What the fake workspace holds: one app, one channel at first, people, messages, views, and the faults that a test wants.
import type { Block } from "./limits.ts";

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  text: string;
  blocks: readonly Block[];
  readonly metadata: unknown;
}

export interface View {
  readonly id: string;
  /** Changes with every update. */
  hash: string;
  body: Readonly<Record<string, unknown>>;
}

export interface Call {
  readonly method: string;
  readonly channel: string | null;
  readonly atMs: number;
  readonly ok: boolean;
  readonly error: string | null;
}

export interface State {
  readonly appId: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly people: Map<string, { name: string; email?: string }>;
  /** Name by id; an archived channel takes nothing. */
  readonly channels: Map<string, { name: string; archived: boolean }>;
  readonly messages: Message[];
  readonly views: View[];
  readonly homes: Map<string, View>;
  readonly whispers: { user: string; text: string }[];
  readonly calls: Call[];
  readonly tickets: Set<string>;
  /** trigger_id -> when it was given out; gone once it was used. */
  readonly triggers: Map<string, number>;
  readonly responseUrls: Map<string, { user: string; uses: number }>;
  /** Asked before every call: an answer of its own, a wait, or nothing. "lost": done, and the answer never arrives. */
  fault: (method: string, args: Readonly<Record<string, unknown>>) => Fault | undefined;
  /** Writes to one channel that come faster than this are refused, in milliseconds; 0: none are. */
  channelPaceMs: number;
  /** Clock of message ids. */
  nextTs: number;
}

export type Fault =
  | { readonly error: string }
  | { readonly limitedSeconds: number }
  | { readonly status: number }
  | { readonly delayMs: number }
  | "lost"
  | "cut";

export const newState = (): State => ({
  appId: "A0DD0C",
  teamId: "T0LARK001",
  channelId: "C0INC2847",
  botToken: "xoxb-000000000000-fake-bot",
  appToken: "xapp-1-A0DD0C-fake-app",
  people: new Map([
    ["U0ANA", { name: "ana", email: "ana@example.com" }],
    ["U0BOB", { name: "bob", email: "bob@example.com" }],
    ["U0EVE", { name: "eve" }],
  ]),
  channels: new Map([["C0INC2847", { name: "inc-2847", archived: false }]]),
  messages: [],
  views: [],
  homes: new Map(),
  whispers: [],
  calls: [],
  tickets: new Set(),
  triggers: new Map(),
  responseUrls: new Map(),
  fault: () => undefined,
  channelPaceMs: 0,
  nextTs: 1_795_142_471_000_200,
});

export const newTs = (state: State): string => {
  state.nextTs += 1_000_100;
  return `${Math.floor(state.nextTs / 1_000_000)}.${String(state.nextTs % 1_000_000).padStart(6, "0")}`;
};
