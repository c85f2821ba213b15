// Which servers may work on one PostgreSQL: one that stands alone, or any number that share a Redis. Never both, and never two that stand alone.
// In: a login and how this server works. Out: a lock of the database's that ends with its connection, so that a killed server leaves none. It
// belongs to a transaction that stays open and has neither snapshot nor number: it holds no vacuum back, and a pooler of transactions keeps it.
// A lock that was lost with its connection is taken again; where another server has it by then, this one must end.
import { AppError } from "@dd0c/core";
import { Client, type ClientConfig } from "pg";

/** "alone": no other server. "shared": others that share too. */
export type ServerMode = "alone" | "shared";

export interface ServerClaim {
  readonly release: () => Promise<void>;
}

export interface ClaimOptions {
  /** Called once, when another server has taken the place of this one. */
  readonly onDisplaced: () => void;
  /** How long a start waits for a server that is ending. */
  readonly waitMs?: number;
}

const againMs = 250;
/** A server that stops has its answers to finish first. */
const defaultWaitMs = 6_000;
/** A host that is gone without a word frees the lock within half a minute; a local socket needs none of it. */
const keepAlive = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4";

/**
 * Any number will do, if it is not that of the migrations or of first starts; locks of a database are its own.
 * Without a parameter: a statement with one keeps its snapshot until the next.
 */
const statements = {
  alone: "SELECT pg_try_advisory_xact_lock(7305002) AS taken",
  shared: "SELECT pg_try_advisory_xact_lock_shared(7305002) AS taken",
} as const;

const refusals = {
  alone: "This server has no REDIS_URL, and another server works on the same database.",
  shared: "A server without REDIS_URL works on the same database.",
} as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Held {
  readonly client: Client;
  /** Resolves when the connection, and with it the lock, is no more. */
  readonly lost: Promise<void>;
}

/** One try. Null: somebody has a lock that excludes ours. Rejects where the database does not answer. */
async function tryOnce(login: ClientConfig, mode: ServerMode): Promise<Held | null> {
  const client = new Client({ ...login, options: keepAlive, keepAlive: true });
  const lost = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const { rows } = await client.query<{ taken: boolean }>(statements[mode]);
    if (rows[0]?.taken === true) return { client, lost };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  return null;
}

/** Tries until it has the lock; null when somebody else has had it for all of `waitMs`. */
async function take(login: ClientConfig, mode: ServerMode, waitMs: number): Promise<Held | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const held = await tryOnce(login, mode);
    if (held !== null || performance.now() >= until) return held;
    await pause(againMs);
  }
}

/** @throws AppError SERVER_NOT_ALONE */
export async function claimServer(login: ClientConfig, mode: ServerMode, options: ClaimOptions): Promise<ServerClaim> {
  const { onDisplaced, waitMs = defaultWaitMs } = options;
  const first = await take(login, mode, waitMs);
  if (first === null) throw new AppError("SERVER_NOT_ALONE", refusals[mode]);
  let held: Held = first;
  let released = false;
  /** The database may be away for as long as it likes: nothing can be decided meanwhile. */
  const takeAgain = async (): Promise<Held | null> => {
    while (!released) {
      const next = await take(login, mode, 0).catch(() => undefined);
      if (next !== undefined) return next;
      await pause(againMs);
    }
    return null;
  };
  const watch = async (): Promise<void> => {
    await held.lost;
    if (released) return;
    const next = await takeAgain();
    if (released) return void (await next?.client.end());
    if (next === null) return onDisplaced();
    held = next;
    await watch();
  };
  void watch();
  return {
    release: async () => {
      released = true;
      await held.client.end().catch(() => undefined);
    },
  };
}
