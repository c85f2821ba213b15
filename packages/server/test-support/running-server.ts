// A whole server in the test's own process on the embedded database, with sign-in and a client that behaves like a browser.
// Everything lies in a temporary folder and on free ports; stop() removes it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallAnswer, type CallInput, createClient, type RouteName } from "@dd0c/protocol/http";
import { pino } from "pino";
import type { ScannerGuard } from "../src/app/scanner-guard.ts";
import { type Config, readConfig } from "../src/config.ts";
import { type OpenDatabase, openDatabase } from "../src/db/index.ts";
import type { Clock } from "../src/ports.ts";
import { type RunningServer, wire } from "../src/wire.ts";
import { embeddedChildEntry } from "./embedded-child.ts";

/** Calls of one session or key; throws ApiError for refusals. */
export interface Session {
  /** Headers that make a request this session's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly call: <N extends RouteName>(name: N, ...input: object extends CallInput<N> ? [] : [CallInput<N>]) => Promise<CallAnswer<N>>;
}

export interface TestServer extends RunningServer {
  readonly database: OpenDatabase;
  readonly folder: string;
  /** Log lines written so far, one JSON object each. */
  readonly log: readonly string[];
  /** Signs the first admin in with a fresh link. */
  readonly signIn: () => Promise<Session>;
  readonly withKey: (key: string) => Session;
  /** A browser's session of our own page. */
  readonly withCookie: (cookie: string) => Session;
  readonly anonymous: Session;
  readonly stop: () => Promise<void>;
}

/** The Cookie header that a Set-Cookie answer leads to. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");

const sessionWith = (url: string, headers: Readonly<Record<string, string>>): Session => {
  const client = createClient({ baseUrl: url, fetch: (address, init) => fetch(address, init), headers });
  return { headers, call: (name, ...input) => client.call(name, (input[0] ?? {}) as never) };
};

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  /** Instead of an embedded database of its own. */
  readonly databaseUrl?: string;
  /** Default: a page without scripts. */
  readonly webFolder?: string;
  /** Default: the compiled-in scanner. */
  readonly scanner?: ScannerGuard;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: ten seconds. */
  readonly heartbeatIntervalMs?: number;
  /** What the server is given of its database; a test that counts what is asked of it wraps it. */
  readonly watch?: (opened: OpenDatabase) => OpenDatabase;
}

function emptyPage(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), "<p>app</p>");
  return folder;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-server-"));
  const limits = { WRITES_PER_MINUTE: "100000", READS_PER_MINUTE: "100000", PREVIEWS_PER_MINUTE: "100000", SIGN_INS_PER_MINUTE: "1000" };
  const config = { ...readConfig({ PORT: "0", DATA_DIR: folder, ...limits, ...options.environment }), ...options.config };
  const opened = await openDatabase(
    options.databaseUrl === undefined
      ? { kind: "embedded", dataFolder: join(folder, "database"), childEntry: await embeddedChildEntry() }
      : { kind: "postgres", url: options.databaseUrl },
  );
  const database = options.watch?.(opened) ?? opened;
  const log: string[] = [];
  const logger = pino({ level: "trace" }, { write: (line: string) => void log.push(line) });
  const webFolder = options.webFolder ?? emptyPage(join(folder, "page"));
  const scanner = options.scanner === undefined ? {} : { scanner: options.scanner };
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const beats = options.heartbeatIntervalMs === undefined ? {} : { heartbeatIntervalMs: options.heartbeatIntervalMs };
  const server = await wire({ config, database, logger, webFolder, ...scanner, ...clock, ...beats }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const withCookie = (cookie: string) => sessionWith(server.url, { cookie, origin: server.url });
  return {
    ...server,
    database,
    folder,
    log,
    signIn: async () => withCookie(cookieOf(await fetch(await server.newSignInLink(), { redirect: "manual" }))),
    withCookie,
    withKey: (key) => sessionWith(server.url, { authorization: `Bearer ${key}` }),
    anonymous: sessionWith(server.url, {}),
    stop: async () => {
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
