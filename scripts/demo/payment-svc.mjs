// The demo patient: a small HTTP service whose connection pool leaks. Stale session files each hold a connection; with
// few left it is slow, with none it answers 503. `POST /pool/reset` closes the idle connections (they leak again while the
// session files stay), removing the sessions folder cures it, `POST /incident` makes it ill again. A sessions folder that nobody may
// write to makes it worse: then no customer can sign in at all.
// Usage: node payment-svc.mjs PORT FOLDER. It listens on the loopback address only.
import { appendFileSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [port, folder] = [Number(process.argv[2]), process.argv[3]];
const sessions = join(folder, "sessions");
const logFile = join(folder, "payment-svc.log");
const POOL_SIZE = 20;
const SLOW_FROM = 12;
const MAX_LOG_BYTES = 1_000_000;

let closedAt = 0;
let inUse = 0;

const log = (level, message) => {
  try {
    if (statSync(logFile, { throwIfNoEntry: false })?.size > MAX_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
    appendFileSync(logFile, `${new Date().toISOString()} ${level} ${message}\n`);
  } catch {
    // A full disk must not end the demo.
  }
};

const staleSessions = () => {
  try {
    return readdirSync(sessions).length;
  } catch {
    return 0;
  }
};

/** After a reset each stale session takes its connection back, one per second. */
const refresh = () => {
  const seconds = Math.floor((Date.now() - closedAt) / 1000);
  inUse = Math.min(POOL_SIZE, staleSessions(), seconds);
  return inUse;
};

/** By its mode alone, because root may always write. */
const isClosed = () => ((statSync(sessions, { throwIfNoEntry: false })?.mode ?? 0o200) & 0o222) === 0;

const state = () =>
  isClosed() ? "no_new_sessions" : refresh() >= POOL_SIZE ? "out_of_connections" : inUse >= SLOW_FROM ? "slow" : "healthy";

const breakDown = () => {
  mkdirSync(sessions, { recursive: true });
  for (let at = 1; at <= POOL_SIZE + 4; at++)
    writeFileSync(join(sessions, `session-${String(at).padStart(3, "0")}.lock`), "idle in transaction\n");
  closedAt = 0;
};

const answers = {
  "GET /health": () => {
    const now = state();
    const latency = { healthy: 42, slow: 2_400, out_of_connections: 30_000, no_new_sessions: 0 }[now];
    if (now === "no_new_sessions") log("ERROR", "cannot open a session: the sessions folder is read-only");
    else if (now !== "healthy") log("ERROR", `connection timeout after ${latency} ms, pool ${inUse}/${POOL_SIZE}`);
    return [now === "healthy" || now === "slow" ? 200 : 503, { service: "payment-svc", status: now, latency_p95_ms: latency }];
  },
  "GET /pool": () => [
    200,
    { size: POOL_SIZE, in_use: refresh(), idle_in_transaction: inUse, free: POOL_SIZE - inUse, stale_sessions: staleSessions() },
  ],
  "POST /pool/reset": () => {
    const closed = refresh();
    closedAt = Date.now();
    log("WARN", `pool reset, ${closed} idle connections closed`);
    return [200, { closed, note: "stale sessions will take their connections back" }];
  },
  "POST /incident": () => {
    breakDown();
    log("WARN", "incident started");
    return [200, { status: state() }];
  },
};

mkdirSync(folder, { recursive: true });
if (statSync(logFile, { throwIfNoEntry: false }) === undefined) {
  breakDown();
  log("INFO", "payment-svc started");
  for (let at = 0; at < 25; at++) log("ERROR", `connection timeout after 30000 ms, pool ${POOL_SIZE}/${POOL_SIZE}`);
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const answer = answers[`${request.method} ${pathname}`];
  const [status, body] = answer ? answer() : [404, { error: "unknown path", paths: Object.keys(answers) }];
  response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
});

server.on("error", (error) => {
  process.stderr.write(`payment-svc cannot listen on port ${port}: ${error.code}. Set DEMO_PORT to a free port.\n`);
  process.exit(1);
});
server.listen(port, "127.0.0.1", () => process.send?.({ type: "ready" }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.close(() => process.exit(0)) && server.closeAllConnections());
process.on("disconnect", () => process.exit(0));
