// The ground of the fakes for PagerDuty, Opsgenie and dd0c/alert: an HTTP server of its own that keeps what it was asked and can be told to misbehave.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `lost`: it is done, and the connection breaks before the answer. */
export type Misbehaviour = Reply | "lost";

export interface FakeProvider {
  readonly url: string;
  /** As OUTBOUND_ALLOW_HOSTS names it. */
  readonly host: string;
  readonly asked: Asked[];
  /** What the next requests for which `when` holds meet, one after the other. */
  readonly next: { when: (asked: Asked) => boolean; how: Misbehaviour }[];
  readonly close: () => Promise<void>;
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(text);
}

export async function startFakeProvider(answer: (asked: Asked) => Reply | Promise<Reply>): Promise<FakeProvider> {
  const asked: Asked[] = [];
  const next: FakeProvider["next"] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const one = await readAsked(request);
      asked.push(one);
      const at = next.findIndex(({ when }) => when(one));
      const how = at < 0 ? undefined : next.splice(at, 1)[0]?.how;
      if (how !== undefined && how !== "lost") return send(response, how);
      const reply = await answer(one);
      return how === "lost" ? void request.socket.destroy() : send(response, reply);
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    next,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
