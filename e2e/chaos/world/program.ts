// One program of the product under a supervisor, as systemd would keep it: started, killed, started again when it ends by itself.
// In: arguments and environment. Out: what it said when it was ready. What it writes to standard error is kept for the report.
import { type ChildProcess, spawn } from "node:child_process";
import { ended, root } from "../../support/product.ts";

export interface ProgramOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: () => NodeJS.ProcessEnv;
  /** Type of the message that says it is ready. */
  readonly ready: string;
  readonly onReady?: (message: Readonly<Record<string, string>>) => void;
}

export interface Program {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Starts it and keeps it up. Resolves when it is ready for the first time. */
  start(): Promise<void>;
  /** Kill -9. It stays down until it is started; `meanwhile` runs between. */
  killAndStart(meanwhile?: () => void | Promise<void>): Promise<void>;
  readonly isUp: () => boolean;
  /** Resolves when it is ready, now or after its supervisor brought it back. */
  up(): Promise<void>;
  /** Resolves when the process of this moment is gone. */
  ended(): Promise<void>;
  stop(): Promise<void>;
  /** How often the supervisor had to bring it back. */
  readonly revivals: () => number;
  readonly log: () => string;
}

const reviveAfterMs = 200;
const keptLog = 200_000;

const sleep = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

/** A run that breaks off leaves nothing behind. */
const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export function program(options: ProgramOptions): Program {
  let child: ChildProcess | undefined;
  let wanted = false;
  let ready = false;
  let revivals = 0;
  let log = "";
  const waiters: (() => void)[] = [];

  const launch = (): void => {
    const started = spawn(process.execPath, options.args, { cwd: root, env: options.env(), stdio: ["ignore", "ignore", "pipe", "ipc"] });
    child = started;
    running.add(started);
    started.stderr?.on("data", (bytes: Buffer) => (log = (log + bytes.toString()).slice(-keptLog)));
    started.on("message", (message: Record<string, string>) => {
      if (message["type"] !== options.ready || started !== child) return;
      ready = true;
      options.onReady?.(message);
      for (const wake of waiters.splice(0)) wake();
    });
    started.on("exit", () => {
      running.delete(started);
      if (started !== child) return;
      ready = false;
      void revive(started);
    });
  };
  const revive = async (gone: ChildProcess): Promise<void> => {
    if (!wanted) return;
    await sleep(reviveAfterMs);
    if (!wanted || gone !== child) return;
    revivals += 1;
    launch();
  };
  const up = (): Promise<void> => (ready ? Promise.resolve() : new Promise((wake) => waiters.push(wake)));
  const down = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    wanted = false;
    ready = false;
    const gone = child;
    if (gone === undefined) return;
    gone.kill(signal);
    await Promise.race([ended(gone), sleep(15_000).then(() => gone.kill("SIGKILL"))]);
  };
  const start = (): Promise<void> => {
    wanted = true;
    launch();
    return up();
  };
  return {
    name: options.name,
    pid: () => child?.pid,
    start,
    async killAndStart(meanwhile) {
      await down("SIGKILL");
      await meanwhile?.();
      await start();
    },
    isUp: () => ready,
    up,
    ended: async () => {
      if (child !== undefined) await ended(child);
      ready = false;
    },
    stop: () => down("SIGTERM"),
    revivals: () => revivals,
    log: () => log,
  };
}
