// In: a PGlite instance and connections on a unix socket. Out: a server that speaks the PostgreSQL wire protocol, so `pg` needs no special case.
// The database has one session; clients take turns. A turn lasts from BEGIN to COMMIT/ROLLBACK, or from Parse to Sync, and others queue.
// Never leaves a transaction open for a client that is gone or silent, and never shows one client another's settings.
import { createServer, type Server, type Socket } from "node:net";
import { assumeProfile, ProfileError, readSessionProfile, type SessionProfile } from "./session-profile.ts";
import { createStatementCache } from "./statement-cache.ts";
import { errorFrame, type Frame, FrameError, FrameReader, greetingFrames, queryFrame, readAnswer, syncFrame } from "./wire-frames.ts";

/** The one thing the bridge needs of PGlite: run frontend bytes, hand over backend bytes. Synchronous underneath. */
export type RawDatabase = {
  execProtocolRawStream(message: Uint8Array, options: { syncToFs: boolean; onRawData: (data: Uint8Array) => void }): Promise<void>;
};

export type BridgeOptions = {
  /** Reported to clients as server_version. */
  serverVersion: string;
  /** A client that holds a transaction and says nothing for this long loses it (SQLSTATE 25P03). */
  idleInTransactionMs: number;
};

export type Bridge = {
  listen(socketPath: string): Promise<void>;
  /** Ends every connection, rolls back what is open, stops listening, and leaves the session as it was found. */
  close(): Promise<void>;
};

type Work = { kind: "open"; profile: SessionProfile } | { kind: "frames"; frames: Buffer[] };

type Session = {
  socket: Socket;
  reader: FrameReader;
  profile: SessionProfile | undefined;
  partial: Buffer[];
  queue: Work[];
  idleTimer: NodeJS.Timeout | undefined;
};

/** Whom the database belongs to. DISCARD ALL does not give the session back to him on PGlite, naming him does. */
const ownProfile: SessionProfile = { user: "postgres", settings: [] };

/** Messages after which the backend answers: simple query, sync, flush, and the end of a copy. */
const turnEnds = new Set(["Q", "S", "H", "c", "f"]);

/** Makes a bridge for one database; it owns the database's protocol from here on. */
export function createBridge(database: RawDatabase, options: BridgeOptions): Bridge {
  const sessions = new Set<Session>();
  const waiting: Session[] = [];
  const statements = createStatementCache();
  let owner: Session | undefined;
  let lastServed: Session | undefined;
  let running = false;

  async function execute(bytes: Buffer): Promise<Buffer> {
    const parts: Buffer[] = [];
    await database.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (data) => parts.push(Buffer.from(data)) });
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  async function assume(session: Session, profile: SessionProfile): Promise<Buffer | undefined> {
    if (lastServed === session) return undefined;
    lastServed = undefined;
    const answer = await execute(queryFrame(assumeProfile(profile)));
    if (readAnswer(answer).hasError) return answer;
    lastServed = session;
    return undefined;
  }

  async function open(session: Session, profile: SessionProfile): Promise<void> {
    const refusal = await assume(session, profile);
    if (refusal !== undefined) {
      session.socket.end(refusal);
      return;
    }
    session.profile = profile;
    session.socket.write(greetingFrames(serverParameters(options.serverVersion)));
  }

  async function serve(session: Session, frames: Buffer[]): Promise<void> {
    if (session.profile === undefined) return;
    const refusal = await assume(session, session.profile);
    if (refusal !== undefined) {
      session.socket.end(refusal);
      return;
    }
    const turn = statements.turn(frames);
    const answer = turn.answered(await execute(turn.bytes));
    session.socket.write(answer);
    const retired = statements.retired();
    if (retired.length > 0) await execute(Buffer.concat([...retired, syncFrame()]));
    const state = readAnswer(answer).transaction;
    owner = state === "idle" ? undefined : session;
    if (owner === session) armIdleTimer(session);
  }

  async function abandon(session: Session): Promise<void> {
    await execute(syncFrame());
    await execute(queryFrame("ROLLBACK"));
    if (owner === session) owner = undefined;
    if (lastServed === session) lastServed = undefined;
  }

  function nextSession(): Session | undefined {
    if (owner !== undefined) return owner.queue.length > 0 || owner.socket.destroyed ? owner : undefined;
    return waiting.shift();
  }

  async function runOne(session: Session): Promise<void> {
    if (session.socket.destroyed) {
      if (owner === session) await abandon(session);
      return;
    }
    const work = session.queue.shift();
    if (work === undefined) return;
    clearTimeout(session.idleTimer);
    if (work.kind === "open") await open(session, work.profile);
    else await serve(session, work.frames);
    if (session.queue.length > 0 && owner !== session) waiting.push(session);
  }

  async function pump(): Promise<void> {
    if (running) return;
    running = true;
    try {
      for (let session = nextSession(); session !== undefined; session = nextSession()) await runOne(session);
    } finally {
      running = false;
    }
  }

  function enqueue(session: Session, work: Work): void {
    session.queue.push(work);
    if (session.queue.length === 1 && owner !== session && !waiting.includes(session)) waiting.push(session);
    void pump();
  }

  function armIdleTimer(session: Session): void {
    clearTimeout(session.idleTimer);
    session.idleTimer = setTimeout(() => {
      if (owner !== session || session.queue.length > 0) return;
      session.socket.end(errorFrame("FATAL", "25P03", "terminating connection due to idle-in-transaction timeout"));
      session.socket.destroySoon();
    }, options.idleInTransactionMs);
    session.idleTimer.unref();
  }

  function takeOpening(session: Session): boolean {
    const opening = session.reader.nextOpening();
    if (opening === undefined) return false;
    if (opening.kind === "encryption_request") {
      session.socket.write("N");
      return true;
    }
    if (opening.kind === "cancel_request") {
      session.socket.end();
      return false;
    }
    if (opening.kind === "unsupported") throw new FrameError("only protocol 3 is spoken here");
    session.profile = readSessionProfile(opening.parameters);
    enqueue(session, { kind: "open", profile: session.profile });
    return true;
  }

  function takeFrame(session: Session): boolean {
    const frame = session.reader.nextFrame();
    if (frame === undefined) return false;
    if (frame.type === "X") {
      session.socket.end();
      return false;
    }
    refuseNamedStatement(frame);
    session.partial.push(frame.bytes);
    if (!turnEnds.has(frame.type)) return true;
    enqueue(session, { kind: "frames", frames: session.partial });
    session.partial = [];
    return true;
  }

  function receive(session: Session, chunk: Buffer): void {
    session.reader.push(chunk);
    try {
      while (session.profile === undefined ? takeOpening(session) : takeFrame(session)) continue;
    } catch (error) {
      const text = error instanceof Error ? error.message : "protocol violation";
      const state = error instanceof ProfileError ? "28000" : error instanceof UnsupportedFrame ? "0A000" : "08P01";
      session.socket.end(errorFrame("FATAL", state, text));
    }
  }

  function leave(session: Session): void {
    clearTimeout(session.idleTimer);
    sessions.delete(session);
    const at = waiting.indexOf(session);
    if (at >= 0) waiting.splice(at, 1);
    if (lastServed === session && owner !== session) lastServed = undefined;
    void pump();
  }

  function accept(socket: Socket): void {
    const session: Session = { socket, reader: new FrameReader(), profile: undefined, partial: [], queue: [], idleTimer: undefined };
    sessions.add(session);
    socket.on("data", (chunk) => receive(session, chunk));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => leave(session));
  }

  const server: Server = createServer(accept);
  return {
    listen: (socketPath) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(socketPath, () => resolve());
      }),
    close: async () => {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.socket.destroy();
      await stopped;
      while (running) await new Promise((resolve) => setImmediate(resolve));
      if (owner !== undefined) await abandon(owner);
      await execute(queryFrame("DISCARD ALL"));
      await execute(queryFrame(assumeProfile(ownProfile)));
    },
  };
}

/** The client asked for something the shared session cannot keep apart. */
class UnsupportedFrame extends Error {
  readonly code = "UNSUPPORTED_FRAME";
}

/** A named statement would be visible to every client of the one session. */
function refuseNamedStatement(frame: Frame): void {
  if (frame.type === "P" && frame.bytes[5] !== 0) throw new UnsupportedFrame("the embedded database keeps no named prepared statements");
}

function serverParameters(serverVersion: string): Record<string, string> {
  return {
    server_version: serverVersion,
    server_encoding: "UTF8",
    client_encoding: "UTF8",
    DateStyle: "ISO, MDY",
    IntervalStyle: "postgres",
    TimeZone: "UTC",
    integer_datetimes: "on",
    standard_conforming_strings: "on",
  };
}
