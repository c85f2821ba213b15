// The Web API's methods that the app calls, with the errors that Slack answers with. A call comes in, an HTTP answer goes out.
import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Block, refusedBlocks, refusedView } from "./limits.ts";
import { type Fault, newTs, type State, type View } from "./state.ts";

export interface ApiRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly address: string;
}

export interface ApiReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Args = Readonly<Record<string, unknown>>;
type Outcome = Readonly<Record<string, unknown>> & { readonly ok: boolean; readonly error?: string };
type Method = (state: State, args: Args, address: string) => Outcome;

const triggerLivesMs = 3_000;
const refused = (error: string): Outcome => ({ ok: false, error });
const done = (more: Args = {}): Outcome => ({ ok: true, ...more });
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Forms carry structures as JSON texts. */
function readArgs({ headers, raw }: ApiRequest): Args {
  if (headers["content-type"]?.startsWith("application/json") === true) return JSON.parse(raw === "" ? "{}" : raw) as Args;
  const structured = new Set(["blocks", "view", "metadata"]);
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([key, value]) => [key, structured.has(key) ? (JSON.parse(value) as unknown) : value]),
  );
}

const channelProblem = (state: State, id: string): string | undefined => {
  const channel = state.channels.get(id);
  if (channel === undefined) return "channel_not_found";
  return channel.archived ? "is_archived" : undefined;
};

const messageProblem = (args: Args): string | undefined =>
  text(args["text"]).length > 40_000 ? "msg_too_long" : refusedBlocks((args["blocks"] as readonly Block[] | undefined) ?? [], "message");

const postMessage: Method = (state, args) => {
  const channel = text(args["channel"]);
  const problem = channelProblem(state, channel) ?? messageProblem(args);
  if (problem !== undefined) return refused(problem);
  const ts = newTs(state);
  const blocks = (args["blocks"] as readonly Block[] | undefined) ?? [];
  const threadTs = typeof args["thread_ts"] === "string" ? args["thread_ts"] : null;
  state.messages.push({ channel, ts, threadTs, text: text(args["text"]), blocks, metadata: args["metadata"] ?? null });
  return done({ channel, ts, message: { ts, text: args["text"] } });
};

const update: Method = (state, args) => {
  const problem = channelProblem(state, text(args["channel"])) ?? messageProblem(args);
  if (problem !== undefined) return refused(problem);
  const message = state.messages.find(({ channel, ts }) => channel === args["channel"] && ts === args["ts"]);
  if (message === undefined) return refused("message_not_found");
  message.text = text(args["text"]);
  message.blocks = (args["blocks"] as readonly Block[] | undefined) ?? [];
  return done({ channel: args["channel"], ts: args["ts"], text: args["text"] });
};

/** `thread_ts` and everything below it, or the channel's own messages. */
const history =
  (inThread: boolean): Method =>
  (state, args) => {
    const found = state.messages.filter(
      ({ channel, ts, threadTs }) =>
        channel === args["channel"] && (inThread ? ts === args["ts"] || threadTs === args["ts"] : threadTs === null),
    );
    const shown = found.map(({ ts, text: said, metadata, threadTs }) => ({
      ts,
      text: said,
      bot_id: "B0DD0C",
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
      ...(metadata === null ? {} : { metadata }),
    }));
    return done({ messages: inThread ? shown : shown.reverse(), has_more: false });
  };

const takeTrigger = (state: State, id: string): string | undefined => {
  const given = state.triggers.get(id);
  if (given === undefined) return "exchanged_trigger_id";
  state.triggers.delete(id);
  return Date.now() - given > triggerLivesMs ? "expired_trigger_id" : undefined;
};

const newHash = (): string => `${Date.now()}.${randomBytes(4).toString("hex")}`;
const shownView = ({ id, hash, body }: View) => ({ view: { ...body, id, hash, state: { values: {} } } });

const openView: Method = (state, args) => {
  const body = args["view"] as Args;
  const problem = takeTrigger(state, text(args["trigger_id"])) ?? refusedView(body);
  if (problem !== undefined) return refused(problem);
  const view: View = { id: `V${randomBytes(5).toString("hex").toUpperCase()}`, hash: newHash(), body };
  state.views.push(view);
  return done(shownView(view));
};

const updateView: Method = (state, args) => {
  const view = state.views.find(({ id }) => id === args["view_id"]);
  if (view === undefined) return refused("not_found");
  if (args["hash"] !== undefined && args["hash"] !== view.hash) return refused("hash_conflict");
  const problem = refusedView(args["view"] as Args);
  if (problem !== undefined) return refused(problem);
  view.body = args["view"] as Args;
  view.hash = newHash();
  return done(shownView(view));
};

const publishView: Method = (state, args) => {
  const body = args["view"] as Args;
  const problem = refusedView(body);
  if (problem !== undefined) return refused(problem);
  state.homes.set(text(args["user_id"]), { id: "V0HOME", hash: newHash(), body });
  return done();
};

const openConnection: Method = (state, _args, address) => {
  const ticket = randomBytes(8).toString("hex");
  state.tickets.add(ticket);
  return done({ url: `${address.replace("http", "ws")}/link/?ticket=${ticket}&app_id=${state.appId}` });
};

const userInfo: Method = (state, args) => {
  const person = state.people.get(text(args["user"]));
  if (person === undefined) return refused("user_not_found");
  const { name, email } = person;
  return done({
    user: { id: args["user"], name, real_name: name, profile: { real_name: name, ...(email === undefined ? {} : { email }) } },
  });
};

const methods: Readonly<Record<string, Method>> = {
  "apps.connections.open": openConnection,
  "auth.test": (state) => done({ team_id: state.teamId, team: "Larkspur", user_id: "U0DD0C", bot_id: "B0DD0C" }),
  "chat.postMessage": postMessage,
  "chat.update": update,
  "conversations.history": history(false),
  "conversations.replies": history(true),
  "users.info": userInfo,
  "views.open": openView,
  "views.publish": publishView,
  "views.update": updateView,
};

const writes: readonly string[] = ["chat.postMessage", "chat.update"];

const limited = (seconds: number): ApiReply => ({
  status: 429,
  headers: { "retry-after": String(seconds) },
  body: { ok: false, error: "ratelimited" },
});

/** Slack counts per channel what is written there. */
function tooFast(state: State, method: string, args: Args): boolean {
  if (state.channelPaceMs === 0 || !writes.includes(method)) return false;
  const last = state.calls.findLast((call) => writes.includes(call.method) && call.ok && call.channel === args["channel"]);
  return last !== undefined && performance.now() - last.atMs < state.channelPaceMs;
}

const authorized = (state: State, method: string, request: ApiRequest, args: Args): boolean => {
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? args["token"];
  return token === (method === "apps.connections.open" ? state.appToken : state.botToken);
};

function perform(state: State, method: string, request: ApiRequest, args: Args): ApiReply {
  const note = (ok: boolean, error: string | null): void =>
    void state.calls.push({ method, channel: text(args["channel"]) || null, atMs: performance.now(), ok, error });
  if (tooFast(state, method, args)) {
    note(false, "ratelimited");
    return limited(1);
  }
  const known = methods[method];
  const outcome =
    known === undefined
      ? refused("unknown_method")
      : !authorized(state, method, request, args)
        ? refused("invalid_auth")
        : known(state, args, request.address);
  note(outcome.ok, outcome.error ?? null);
  return { status: 200, body: outcome };
}

async function faulty(fault: Fault, go: () => ApiReply): Promise<ApiReply | "cut"> {
  if (fault === "cut") return "cut";
  if (fault === "lost") {
    go();
    return "cut";
  }
  if ("error" in fault) return { status: 200, body: refused(fault.error) };
  if ("limitedSeconds" in fault) return limited(fault.limitedSeconds);
  if ("status" in fault) return { status: fault.status, body: {} };
  await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  return go();
}

/** What is sent to a response URL: five times, and seen by whoever did it. */
function respond(state: State, id: string, raw: string): ApiReply {
  const target = state.responseUrls.get(id);
  if (target === undefined || target.uses >= 5) return { status: 404, body: { ok: false, error: "used_url" } };
  target.uses += 1;
  const { text: said } = JSON.parse(raw) as { text?: string };
  state.whispers.push({ user: target.user, text: said ?? "" });
  return { status: 200, body: { ok: true } };
}

export async function answerApi(state: State, request: ApiRequest): Promise<ApiReply | "cut"> {
  const [, area = "", rest = ""] = /^\/(\w+)\/([\w.]+)/.exec(request.path) ?? [];
  if (area === "response") return respond(state, rest, request.raw);
  if (area !== "api") return { status: 404, body: {} };
  const args = readArgs(request);
  const go = (): ApiReply => perform(state, rest, request, args);
  const fault = state.fault(rest, args);
  return fault === undefined ? go() : faulty(fault, go);
}
