// Real connections to real servers on this machine: what is sent where, what is never sent, and what an unpleasant other side can do.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCertificateAuthority } from "../agents/certificate-authority.ts";
import { createGuardedRequest, type GuardOptions, maxAnswerBytes, type OutboundAddress } from "./request-guarded.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];

const listen = async (server: Pick<Server, "listen" | "once" | "address" | "close">, host: string): Promise<number> => {
  await new Promise<void>((done) => server.listen(0, host, done));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
};
const serve = (handler: Handler, host = "127.0.0.1") => listen(createServer(handler), host);

/** Answers in order, the last one for ever; counts how often it was asked. */
const resolver = (...answers: (readonly OutboundAddress[])[]) => {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (host: string) => {
      asked.push(host);
      return answers[Math.min(asked.length, answers.length) - 1] ?? [];
    },
  };
};
const at = (address: string): readonly OutboundAddress[] => [{ address, family: address.includes(":") ? 6 : 4 }];

const ask = (url: string, options: Partial<GuardOptions> = {}, deadlineMs = 3_000, signal = new AbortController().signal) =>
  createGuardedRequest({ allowed: [], now: () => Date.parse("2026-11-22T06:00:00Z"), ...options })(url, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: "hello",
    deadlineMs,
    signal,
  });
const inside = (host: string, port: number) => ({ allowed: [{ host, port }] });

let pair: { key: string; cert: string };
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-tls-"));
  const authority = await openCertificateAuthority(join(folder, "ca.pem"), Date.now());
  const { keyPem, chainPem } = await authority.issueServerCertificate(["hooks.test"], Date.now());
  pair = { key: keyPem, cert: chainPem };
  rmSync(folder, { recursive: true });
});
afterAll(() => {
  for (const close of closers) close();
});

describe("requestGuarded", () => {
  it("sends what it is given and reads the answer", async () => {
    const seen: object[] = [];
    const port = await serve((request, response) => {
      request.setEncoding("utf8").on("data", (body: string) => {
        seen.push({ method: request.method, path: request.url, type: request.headers["content-type"], host: request.headers.host, body });
        response.writeHead(202, { "retry-after": "7" }).end("taken");
      });
    });
    const names = resolver(at("127.0.0.1"));
    const answer = await ask(`http://hooks.internal:${port}/in?x=1`, { ...inside("hooks.internal", port), ...names });
    expect(answer).toEqual({ kind: "answered", status: 202, body: "taken", isCut: false, retryAfterMs: 7_000 });
    expect(seen).toEqual([{ method: "POST", path: "/in?x=1", type: "text/plain", host: `hooks.internal:${port}`, body: "hello" }]);
  });

  it("asks the resolver once and connects to what it judged: a second answer leads nowhere", async () => {
    let hits = 0;
    const port = await serve((_request, response) => {
      hits += 1;
      response.end("first");
    }, "127.0.0.1");
    const elsewhere = createServer((_request, response) => response.end("second"));
    await new Promise<void>((done) => elsewhere.listen(port, "127.0.0.9", done));
    closers.push(() => elsewhere.close());
    const names = resolver(at("127.0.0.1"), at("127.0.0.9"));
    expect(await ask(`http://rebind.internal:${port}/`, { ...inside("rebind.internal", port), ...names })).toMatchObject({ body: "first" });
    expect({ hits, asked: names.asked }).toEqual({ hits: 1, asked: ["rebind.internal"] });
  });

  it("never reaches this machine through a name that was open when it was judged", async () => {
    let hits = 0;
    const port = await listen(
      createTcpServer((socket) => {
        hits += 1;
        socket.destroy();
      }) as unknown as Server,
      "127.0.0.1",
    );
    const names = resolver(at("8.8.8.8"), at("127.0.0.1"));
    expect(await ask(`https://rebind.example:${port}/`, names, 400)).toMatchObject({ kind: "failed" });
    expect({ hits, asked: names.asked.length }).toEqual({ hits: 0, asked: 1 });
  });

  it.each([
    ["127.0.0.1", "leads to a loopback address. An operator can name the host"],
    ["10.1.2.3", "leads to a private address. An operator can name the host"],
    ["169.254.169.254", "leads to a link-local address. An operator can name that address itself"],
    ["::ffff:10.0.0.1", "leads to an IPv4 address written as IPv6. An operator can name that address itself"],
  ])("refuses a name that resolves to %s, without a connection", async (address, why) => {
    const answer = await ask("https://hooks.example/", resolver(at(address)));
    expect(answer).toMatchObject({ kind: "refused", why: expect.stringContaining(why) as string });
  });

  it("refuses a name of which one address of several is closed", async () => {
    const mixed = [...at("8.8.8.8"), ...at("10.0.0.1")];
    expect(await ask("https://hooks.example/", resolver(mixed))).toMatchObject({ kind: "refused" });
  });

  it("refuses metadata addresses behind an allowed name too", async () => {
    const names = resolver(at("169.254.169.254"));
    expect(await ask("http://hooks.internal/", { ...inside("hooks.internal", 80), ...names })).toMatchObject({
      kind: "refused",
      why: "The name hooks.internal leads to a link-local address. An operator can name that address itself in OUTBOUND_ALLOW_HOSTS.",
    });
  });

  it("follows no redirect", async () => {
    let secondHits = 0;
    const second = await serve((_request, response) => {
      secondHits += 1;
      response.end();
    });
    const port = await serve((_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${second}/` }).end());
    const allowed = [
      { host: "127.0.0.1", port },
      { host: "127.0.0.1", port: second },
    ];
    expect(await ask(`http://127.0.0.1:${port}/`, { allowed })).toMatchObject({ kind: "answered", status: 307 });
    expect(secondHits).toBe(0);
  });

  it.each([
    ["headers", (_request: IncomingMessage, _response: ServerResponse) => undefined],
    ["the rest of its body", (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(200).write("a")],
    [
      "an end of it",
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write("."), 20);
        response.on("close", () => clearInterval(drip));
      },
    ],
  ])("waits no longer than its deadline for %s", async (_what, handler) => {
    const port = await serve(handler);
    const started = performance.now();
    expect(await ask(`http://127.0.0.1:${port}/`, inside("127.0.0.1", port), 300)).toEqual({
      kind: "failed",
      why: "No whole answer within 0.3 s.",
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("waits no longer than its deadline for a name", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    expect(await ask("https://hooks.example/", { resolve }, 100)).toEqual({ kind: "failed", why: "No whole answer within 0.1 s." });
  });

  it("reads a bounded part of an answer without end, and hangs up", async () => {
    let sent = 0;
    const closed = new Promise<void>((done) => {
      void serve((_request, response) => {
        response.on("close", done).on("error", () => undefined);
        const chunk = Buffer.alloc(16 * 1024, "x");
        const pump = (): void => {
          while (!response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", pump);
          }
        };
        pump();
      }).then(async (port) => {
        const answer = await ask(`http://127.0.0.1:${port}/`, inside("127.0.0.1", port));
        expect(answer).toMatchObject({ kind: "answered", status: 200, isCut: true });
        expect(answer.kind === "answered" && answer.body.length).toBe(maxAnswerBytes);
      });
    });
    await closed;
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it("verifies certificates, of allowed hosts too", async () => {
    let requests = 0;
    const port = await listen(
      createTlsServer(pair, (_request, response) => {
        requests += 1;
        response.end();
      }) as unknown as Server,
      "127.0.0.1",
    );
    const names = resolver(at("127.0.0.1"));
    expect(await ask(`https://hooks.test:${port}/`, { ...inside("hooks.test", port), ...names })).toEqual({
      kind: "failed",
      why: "Its certificate is signed by nobody that this server trusts.",
    });
    expect(requests).toBe(0);
  });

  it("says in words what failed", async () => {
    const gone = createServer();
    const port = await new Promise<number>((done) => gone.listen(0, "127.0.0.1", () => done((gone.address() as AddressInfo).port)));
    await new Promise((done) => gone.close(done));
    expect(await ask(`http://127.0.0.1:${port}/`, inside("127.0.0.1", port))).toEqual({
      kind: "failed",
      why: "Nothing listens at that address.",
    });
    const unknown = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const resolve = () => Promise.reject(unknown);
    expect(await ask("https://nowhere.example/", { resolve })).toEqual({ kind: "failed", why: "The host name is unknown." });
    const talk = await listen(createTcpServer((socket) => socket.end("SSH-2.0\r\n")) as unknown as Server, "127.0.0.1");
    expect(await ask(`http://127.0.0.1:${talk}/`, inside("127.0.0.1", talk))).toMatchObject({
      kind: "failed",
      why: "Its answer is not HTTP.",
    });
  });

  it("ends at once when the server stops", async () => {
    const port = await serve(() => undefined);
    const stop = new AbortController();
    const asked = ask(`http://127.0.0.1:${port}/`, inside("127.0.0.1", port), 10_000, stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await asked).toEqual({ kind: "failed", why: "This server stopped before the answer came." });
  });

  it("reads a date in Retry-After", async () => {
    const port = await serve((_request, response) => response.writeHead(503, { "retry-after": "Sun, 22 Nov 2026 06:02:00 GMT" }).end());
    expect(await ask(`http://127.0.0.1:${port}/`, inside("127.0.0.1", port))).toMatchObject({ status: 503, retryAfterMs: 120_000 });
  });
});
