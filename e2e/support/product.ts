// The whole product as a user starts it: `node scripts/start.mjs` with a data folder and ports of its own, in a process group of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { removeFolder } from "../../packages/executor/src/remove-folder.ts";

export const root = resolve(import.meta.dirname, "../..");

/** Below the range from which the system serves everybody who asks for any port: between our look and our use nobody is given it. */
const lowestPort = 12_000;
const ports = 20_000;

/** A listener on a port of chance; undefined where somebody has it. */
const occupy = (): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(lowestPort + Math.floor(Math.random() * ports), "127.0.0.1", () => resolve(server));
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export interface Ports {
  readonly web: number;
  readonly agent: number;
  readonly demo: number;
}

/** Held together until all are found, so that no two are the same. */
export async function freePorts(): Promise<Ports> {
  const held: Server[] = [];
  while (held.length < 3) {
    const server = await occupy();
    if (server !== undefined) held.push(server);
  }
  const [web = 0, agent = 0, demo = 0] = held.map(portOf);
  await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  return { web, agent, demo };
}

export const temporaryFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "dd0c-e2e-"));
  return { path, remove: () => removeFolder(path) };
};

export const environment = (ports: Ports, dataDir: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PORT: String(ports.web),
  AGENT_PORT: String(ports.agent),
  DEMO_PORT: String(ports.demo),
  DATA_DIR: dataDir,
  WRITES_PER_MINUTE: "2000",
  READS_PER_MINUTE: "20000",
  PREVIEWS_PER_MINUTE: "2000",
  SIGN_INS_PER_MINUTE: "200",
});

/** Output of a process, and the wait for something in it. */
export class Output {
  text = "";
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => (this.text += bytes.toString()));
  }

  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(this.text);
      if (match !== null) return match;
      if (performance.now() > until || this.child.exitCode !== null) throw new Error(`${pattern} did not come:\n${this.text}`);
      await new Promise((wait) => setTimeout(wait, 30));
    }
  }
}

export interface Product {
  readonly base: string;
  readonly link: string;
  readonly output: Output;
  readonly child: ChildProcess;
  readonly startedInMs: number;
  /** SIGINT to the whole process group; resolves to the exit code. */
  readonly stop: () => Promise<number | null>;
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((done) => child.once("exit", (code) => done(code)));

export async function startProduct(
  ports: Ports,
  dataDir: string,
  options: { readonly command?: readonly [string, ...string[]]; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Product> {
  const [command, ...args] = options.command ?? [process.execPath, "scripts/start.mjs"];
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    env: { ...environment(ports, dataDir), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = new Output(child);
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGINT");
    return ended(child);
  };
  try {
    const [link] = await output.waitFor(new RegExp(`^http://127\\.0\\.0\\.1:${ports.web}/\\S+$`, "m"), 90_000);
    const startedInMs = performance.now() - started;
    await output.waitFor(/Ctrl-C/, 10_000);
    return { base: `http://127.0.0.1:${ports.web}`, link, output, child, startedInMs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
