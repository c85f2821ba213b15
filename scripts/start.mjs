// `npm start`: sets up a fresh clone, then runs the server, a local agent and the demo service as separate processes and
// says what to do next. Ctrl-C ends all of them; the server ends last so that the agent's last words are recorded.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./lib/freshness.mjs";
import { build, install } from "./lib/setup.mjs";

const say = (line = "") => process.stdout.write(`${line}\n`);
const port = Number(process.env.PORT ?? 4400);
const agentPort = Number(process.env.AGENT_PORT ?? port + 1);
const demoPort = Number(process.env.DEMO_PORT ?? port + 2);
const dataDir = resolve(root, process.env.DATA_DIR ?? ".dd0c");

const children = new Map();
let stopping = false;

/** Log file of a process whose lines would only bury the banner. */
const logFile = (name) => {
  mkdirSync(join(dataDir, "logs"), { recursive: true, mode: 0o700 });
  return openSync(join(dataDir, "logs", `${name}.log`), "a", 0o600);
};

/** Starts one of our processes; resolves with its first message of the given type, rejects if it ends before. */
const start = (name, args, type, env = {}, stderr = "inherit") =>
  new Promise((ready, failed) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", stderr, "ipc"],
    });
    children.set(name, child);
    child.on("message", (message) => message?.type === type && ready(message));
    child.on("exit", (code, signal) => {
      children.delete(name);
      failed(new Error(`${name} ended (${signal ?? code}) before it was ready; its message stands above or in ${join(dataDir, "logs")}.`));
      if (!stopping) void stop(`${name} ended unexpectedly (${signal ?? `exit code ${code}`}).`, 1);
    });
  });

const end = (name, graceMs) =>
  new Promise((done) => {
    const child = children.get(name);
    if (!child) return done();
    child.once("exit", done);
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
  });

async function stop(reason, code) {
  if (stopping) return;
  stopping = true;
  if (reason) say(reason);
  await Promise.all([end("agent", 5_000), end("payment-svc", 2_000)]);
  await end("server", 10_000);
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop("", 0));

try {
  await install(say);
  await build(say);
  const env = {
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    PORT: String(port),
    AGENT_PORT: String(agentPort),
    DEMO_PORT: String(demoPort),
    DATA_DIR: dataDir,
    DEMO: "1",
  };
  const firstStart = !existsSync(dataDir);
  say(firstStart ? "Starting for the first time: creating the database ..." : "Starting ...");
  const server = await start("server", ["packages/server/dist/main.js"], "ready", env);
  await start("payment-svc", ["scripts/demo/payment-svc.mjs", String(demoPort), join(dataDir, "demo/payment-svc")], "ready");
  await start(
    "agent",
    ["packages/agent/dist/main.js", "--config", server.agentConfigFile, "--enroll-token-file", server.enrolmentTokenFile],
    "connected",
    {},
    logFile("agent"),
  );

  say();
  say("dd0c/run is ready. Sign in with this link (it works once, on this machine):");
  say();
  say(server.signInUrl);
  say();
  say("  database   embedded, in the data folder (survives a crash; a power loss may cost the last moments)");
  say(
    `  agent      connected over mTLS on port ${agentPort}; its own ceiling is caution, and dangerous for the demo folder and payment-svc only`,
  );
  say(
    `  demo       payment-svc on port ${demoPort} has run out of connections: open the runbook "Payment service latency" and start the copilot`,
  );
  say(`  logs       ${join(dataDir, "logs")}`);
  say("  stop       Ctrl-C");
} catch (error) {
  await stop(error.message, 1);
}
