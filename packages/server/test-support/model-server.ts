// A language model's provider on a local port, speaking both wire formats: what OpenAI-compatible servers and Anthropic's answer.
// A test says how it behaves; it keeps every request, so that a test can look at what left the server.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
  /** System prompt and message, whatever the format. */
  readonly system: string;
  readonly user: string;
  /** Which of our prompts it is. */
  readonly purpose: "classify" | "review";
  readonly format: "openai" | "anthropic";
}

/** What a model says, before it is put into a wire format. */
export interface ModelReply {
  /** The answer's text; an object is serialised. */
  readonly content?: unknown;
  readonly ending?: "stop" | "length" | "refusal";
  readonly tokens?: { readonly input: unknown; readonly output: unknown };
  readonly delayMs?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, instead of everything above. */
  readonly raw?: string;
  /** The connection ends in the middle. */
  readonly destroy?: boolean;
  /** So many bytes of blanks, without end in sight. */
  readonly floodBytes?: number;
}

export type Behaviour = (request: ModelRequest) => ModelReply;

export interface ModelServer {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  readonly behave: (behaviour: Behaviour) => void;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

const textOf = (content: unknown): string => {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map((part: { readonly text?: string }) => part.text ?? "").join("") : "";
};

function readRequest(request: IncomingMessage, raw: string): ModelRequest {
  const body = JSON.parse(raw) as Record<string, unknown>;
  const format = request.url?.endsWith("/messages") === true ? "anthropic" : "openai";
  const messages = body["messages"] as readonly { readonly role: string; readonly content: unknown }[];
  const system = format === "anthropic" ? textOf(body["system"]) : textOf(messages.find(({ role }) => role === "system")?.content);
  return {
    path: request.url ?? "",
    headers: request.headers,
    body,
    system,
    user: textOf(messages.find(({ role }) => role === "user")?.content),
    purpose: system.includes("safety classifier") ? "classify" : "review",
    format,
  };
}

const serialised = (content: unknown): string => (typeof content === "string" ? content : JSON.stringify(content));

function openaiBody(reply: ModelReply): unknown {
  const refusal = reply.ending === "refusal";
  const message = refusal
    ? { role: "assistant", content: null, refusal: "I cannot help with that." }
    : { role: "assistant", content: serialised(reply.content) };
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "m",
    choices: [{ index: 0, message, finish_reason: reply.ending === "length" ? "length" : "stop" }],
    usage: { prompt_tokens: reply.tokens?.input ?? 100, completion_tokens: reply.tokens?.output ?? 20, total_tokens: 120 },
  };
}

const readTool = (text: string, request: ModelRequest): unknown => {
  if (!Array.isArray(request.body["tools"])) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const anthropicEnding = ({ ending = "stop" }: ModelReply, tool: unknown): string => {
  if (ending !== "stop") return ending === "length" ? "max_tokens" : "refusal";
  return tool === undefined ? "end_turn" : "tool_use";
};

/** With a tool in the request the answer is a call of it, else text. */
function anthropicBody(reply: ModelReply, request: ModelRequest): unknown {
  const text = serialised(reply.content);
  const tool = readTool(text, request);
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "m",
    content: tool === undefined ? [{ type: "text", text }] : [{ type: "tool_use", id: "toolu_1", name: "json", input: tool }],
    stop_reason: anthropicEnding(reply, tool),
    stop_sequence: null,
    usage: { input_tokens: reply.tokens?.input ?? 100, output_tokens: reply.tokens?.output ?? 20 },
  };
}

const errorBody = (request: ModelRequest): unknown =>
  request.format === "anthropic"
    ? { type: "error", error: { type: "api_error", message: "broken" }, request_id: "req_1" }
    : { error: { message: "broken", type: "server_error", code: null } };

const bodyOf = (reply: ModelReply, request: ModelRequest): string => {
  if (reply.raw !== undefined) return reply.raw;
  if ((reply.status ?? 200) >= 400) return JSON.stringify(errorBody(request));
  return JSON.stringify(request.format === "anthropic" ? anthropicBody(reply, request) : openaiBody(reply));
};

async function flood(response: ServerResponse, bytes: number): Promise<void> {
  const block = " ".repeat(64 * 1024);
  const gone = once(response, "close");
  for (let sent = 0; sent < bytes && !response.destroyed; sent += block.length) {
    if (!response.write(block)) await Promise.race([once(response, "drain"), gone]);
  }
  response.end();
}

async function answer(response: ServerResponse, request: ModelRequest, reply: ModelReply): Promise<void> {
  if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs).unref());
  if (response.destroyed) return;
  if (reply.destroy === true) return void response.destroy();
  response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
  if (reply.floodBytes !== undefined) return flood(response, reply.floodBytes);
  response.end(bodyOf(reply, request));
}

export async function startModelServer(): Promise<ModelServer> {
  let behaviour: Behaviour = () => ({ status: 500 });
  const requests: ModelRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const request = readRequest(incoming, Buffer.concat(chunks).toString("utf8"));
      requests.push(request);
      void answer(response, request, behaviour(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    behave: (next) => {
      behaviour = next;
    },
    forget: () => void requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A well-formed opinion. */
export const opinionOf = (classification: string, confidence: number, more: Readonly<Record<string, unknown>> = {}) => ({
  classification,
  confidence,
  reasoning: "as asked",
  detected_side_effects: [],
  suggested_rollback: null,
  ...more,
});

/** A review that says nothing. */
export const emptyReview = { proposals: [], questions: [], prerequisites: [], variables: [] };
