// Somebody's receiver of our webhooks: a plain HTTP server that keeps what came, byte for byte, and answers as it is told.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WebhookReceiver {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on; `nth` counts from 1 what came with that id. */
  readonly answer: (how: (received: Received, nth: number) => Answer) => void;
  readonly close: () => Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let how: (received: Received, nth: number) => Answer = () => ({ status: 204 });
  const server = createServer((request, response) => {
    let body = "";
    request
      .setEncoding("utf8")
      .on("data", (chunk: string) => (body += chunk))
      .on("end", () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const one = { path: request.url ?? "", headers, body };
        received.push(one);
        const nth = received.filter((other) => other.headers["webhook-id"] === headers["webhook-id"]).length;
        const { status, headers: answered, body: text } = how(one, nth);
        response.writeHead(status, answered).end(text);
      });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: (next) => void (how = next),
    close: () => new Promise((done) => void server.close(() => done())),
  };
}
