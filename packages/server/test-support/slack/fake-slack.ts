// Slack on a local port: the Web API over HTTP (forms and JSON), Socket Mode over WebSockets, response URLs. It keeps what was posted, refuses
// what Slack refuses, and delivers what people do: commands, clicks, submitted views. A test says how it misbehaves.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answerApi } from "./fake-web-api.ts";
import { commandPayload, clickPayload, submissionPayload } from "./payloads.ts";
import { readableBlocks, readableView } from "./readable.ts";
import { type Call, type Message, newState, type State, type View } from "./state.ts";
import { acceptSocket, type Socket } from "./web-socket.ts";

export interface Ack {
  /** From delivery to acknowledgement. */
  readonly ms: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface FakeSlack {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly channel: string;
  /** Every call of the Web API, in order of arrival. */
  readonly calls: readonly Call[];
  readonly messages: (channel?: string) => readonly Message[];
  /** What a person was told privately, in order. */
  readonly whispers: readonly { readonly user: string; readonly text: string }[];
  readonly views: readonly View[];
  readonly homes: ReadonlyMap<string, View>;
  readonly sockets: () => number;
  /** The whole channel as a person reads it. */
  readonly read: (channel?: string) => string;
  readonly readView: (view: View) => string;
  readonly command: (user: string, text: string, channel?: string) => Promise<Ack>;
  /** Presses the button with this label on the newest message that has one; `on`: text that the message holds. */
  readonly click: (user: string, label: string, on?: string) => Promise<Ack>;
  /** The envelope of a click, for delivering it late or twice. */
  readonly clickOf: (user: string, label: string, on?: string) => Envelope;
  readonly deliver: (envelope: Envelope) => Promise<Ack>;
  /** The envelope of a submitted view, for delivering it late or twice. */
  readonly submissionOf: (user: string, view: View, values: Readonly<Record<string, unknown>>) => Envelope;
  readonly submit: (user: string, view: View, values: Readonly<Record<string, unknown>>) => Promise<Ack>;
  readonly event: (event: Readonly<Record<string, unknown>>) => Promise<Ack>;
  /** Ends every socket as Slack does when it recycles a host. */
  readonly refresh: () => void;
  /** Nothing is reachable until `up`. */
  readonly down: () => void;
  readonly up: () => void;
  readonly state: State;
  readonly close: () => Promise<void>;
}

export interface Envelope {
  readonly envelope_id: string;
  readonly type: "interactive" | "slash_commands" | "events_api";
  readonly payload: Readonly<Record<string, unknown>>;
  readonly accepts_response_payload: boolean;
}

const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });

const ackTimeoutMs = 10_000;

export async function startFakeSlack(): Promise<FakeSlack> {
  const state = newState();
  const open = new Set<Socket>();
  const waiting = new Map<string, (payload: Readonly<Record<string, unknown>>) => void>();
  let reachable = true;
  let address = "";

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request);
    if (!reachable) return void request.socket.destroy();
    const reply = await answerApi(state, { path: request.url ?? "", headers: request.headers, raw, address });
    if (reply === "cut") return void request.socket.destroy();
    response.writeHead(reply.status, { "content-type": "application/json; charset=utf-8", ...reply.headers });
    response.end(JSON.stringify(reply.body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.on("upgrade", (request: IncomingMessage, stream: Duplex) => {
    const ticket = new URL(request.url ?? "", "http://fake").searchParams.get("ticket") ?? "";
    // A ticket opens one socket.
    if (!reachable || !state.tickets.delete(ticket)) return void stream.destroy();
    const socket = acceptSocket(request, stream, {
      onMessage: (text) => {
        const { envelope_id: id, payload } = JSON.parse(text) as { envelope_id: string; payload?: Record<string, unknown> };
        waiting.get(id)?.(payload ?? {});
      },
      onEnd: () => open.delete(socket),
    });
    open.add(socket);
    socket.send({ type: "hello", num_connections: open.size, connection_info: { app_id: state.appId } });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const deliver = (envelope: Envelope): Promise<Ack> => {
    const [socket] = open;
    if (socket === undefined) return Promise.reject(new Error("no socket is open"));
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("never acknowledged")), ackTimeoutMs);
      waiting.set(envelope.envelope_id, (payload) => {
        clearTimeout(timer);
        resolve({ ms: performance.now() - sent, payload });
      });
      socket.send(envelope);
    });
  };
  const interactive = (payload: Readonly<Record<string, unknown>>): Envelope => ({
    envelope_id: randomUUID(),
    type: "interactive",
    payload,
    accepts_response_payload: payload["type"] === "view_submission",
  });
  const clickOf = (user: string, label: string, on?: string): Envelope => interactive(clickPayload(state, address, { user, label, on }));
  const submissionOf: FakeSlack["submissionOf"] = (user, view, values) => interactive(submissionPayload(state, { user, view, values }));
  const messages = (channel = state.channelId): readonly Message[] => state.messages.filter((each) => each.channel === channel);

  return {
    apiUrl: `${address}/api/`,
    botToken: state.botToken,
    appToken: state.appToken,
    channel: state.channelId,
    calls: state.calls,
    messages,
    whispers: state.whispers,
    views: state.views,
    homes: state.homes,
    sockets: () => open.size,
    read: (channel) =>
      messages(channel)
        .map(({ threadTs, blocks, text }) => {
          const shown = blocks.length === 0 ? text : readableBlocks(blocks);
          const [first = "", ...rest] = shown.split("\n");
          const margin = threadTs === null ? "" : "    ";
          return [`${margin}> ${first}`, ...rest.map((line) => `${margin}  ${line}`)].map((line) => line.trimEnd()).join("\n");
        })
        .join("\n\n"),
    readView: (view) => readableView(view.body),
    command: (user, text, channel = state.channelId) =>
      deliver({
        envelope_id: randomUUID(),
        type: "slash_commands",
        payload: commandPayload(state, address, { user, text, channel }),
        accepts_response_payload: true,
      }),
    clickOf,
    click: (user, label, on) => deliver(clickOf(user, label, on)),
    deliver,
    submissionOf,
    submit: async (user, view, values) => {
      const ack = await deliver(submissionOf(user, view, values));
      const { response_action: action, view: next } = ack.payload as { response_action?: string; view?: View["body"] };
      if (action === "update" && next !== undefined) {
        view.body = next;
        view.hash = `${Date.now()}.${randomUUID()}`;
      }
      // Without errors and without another view Slack closes it.
      if (action === undefined || action === "clear") state.views.splice(state.views.indexOf(view), 1);
      return ack;
    },
    event: (event) =>
      deliver({
        envelope_id: randomUUID(),
        type: "events_api",
        payload: { type: "event_callback", event_id: `Ev${randomUUID()}`, team_id: state.teamId, api_app_id: state.appId, event },
        accepts_response_payload: false,
      }),
    refresh: () => {
      for (const socket of open) socket.send({ type: "disconnect", reason: "refresh_requested", debug_info: { host: "fake" } });
    },
    down: () => {
      reachable = false;
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
    },
    up: () => {
      reachable = true;
    },
    state,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
