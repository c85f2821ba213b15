// Server and agents as processes of their own, for measuring: started with a channel that says when they are ready, stopped, looked at.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Started {
  readonly child: ChildProcess;
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, string>>;
  /** From its start to that word. */
  readonly ms: number;
}

/** A bench that breaks off leaves nothing running. */
const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** @param type of the message that says it is ready */
export function startProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  type: string,
  log: "shown" | "unseen" = "shown",
): Promise<Started> {
  const started = performance.now();
  const said = log === "shown" ? "inherit" : "ignore";
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", said, said, "ipc"] });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return new Promise((resolve, reject) => {
    child.on(
      "message",
      (message: Record<string, string>) => message["type"] === type && resolve({ child, ready: message, ms: performance.now() - started }),
    );
    child.on("exit", () => reject(new Error(`${args[0]} ended`)));
  });
}

export const stopProcess = ({ child }: Started): Promise<unknown> =>
  new Promise((done) => (child.once("exit", done), child.kill("SIGTERM")));

export const residentMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** Limits that keep a server from measuring its own rate limits. */
export const unlimited = { WRITES_PER_MINUTE: "1000000", READS_PER_MINUTE: "1000000", PREVIEWS_PER_MINUTE: "1000000" } as const;

/** A port that no other bench has chosen, with room for its two neighbours. */
export const chancePort = (): number => 21_400 + Math.floor(Math.random() * 2_000) * 3;
