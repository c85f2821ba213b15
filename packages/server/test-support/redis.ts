// A real Redis for tests, in a temporary folder and on a port of its own, without persistence. In: nothing. Out: its address, and ways to end it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestRedis {
  readonly url: string;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGSTOP: it holds its connections and says nothing. */
  readonly hang: () => void;
  /** Starts it again on the same port, empty. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const program = "/usr/bin/redis-server";

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    const done = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("data", (bytes) => done(bytes.toString().startsWith("+PONG")));
    socket.once("error", () => done(false));
  });

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn(program, args, { stdio: "ignore" });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once("error", () => reject(new Error("Redis is not installed: apt-get install redis-server (npm test does it)")));
    child.once("exit", () => reject(new Error("Redis ended early")));
  });
  failed.catch(() => undefined);
  while (!(await Promise.race([answers(port), failed]))) await new Promise((wait) => setTimeout(wait, 20));
  return child;
}

/** @param port one that is free */
export async function startRedis(port: number): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-redis-"));
  let child = await launch(port, folder);
  const killOnExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killOnExit);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    hang: () => void child.kill("SIGSTOP"),
    restart: async () => {
      await kill();
      child = await launch(port, folder);
    },
    stop: async () => {
      await kill();
      process.removeListener("exit", killOnExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
