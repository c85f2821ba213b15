// Server and agent as two processes of their own, so that a test can kill one of them and bring it back.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment, ended, type Ports, root } from "./product.ts";

interface Ready {
  readonly signInUrl: string;
  readonly agentConfigFile: string;
  readonly enrolmentTokenFile: string;
}

export interface Part<T> {
  readonly child: ChildProcess;
  readonly ready: T;
  readonly stderr: () => string;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<number | null>;
}

async function startPart<T>(args: readonly string[], env: NodeJS.ProcessEnv, type: string): Promise<Part<T>> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let stderr = "";
  child.stderr?.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  const part = (ready: T): Part<T> => ({
    child,
    ready,
    stderr: () => stderr,
    kill: async () => {
      child.kill("SIGKILL");
      await ended(child);
    },
    stop: async () => {
      child.kill("SIGTERM");
      return ended(child);
    },
  });
  for (;;) {
    const [message] = (await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => {
        throw new Error(`${args[0] ?? ""} ended early:\n${stderr}`);
      }),
    ])) as [{ type?: string }];
    if (message.type === type) return part(message as T);
  }
}

export const startServer = (ports: Ports, dataDir: string, more: NodeJS.ProcessEnv = {}): Promise<Part<Ready>> =>
  startPart<Ready>(["packages/server/dist/main.js"], { ...environment(ports, dataDir), DEMO: "1", LOG_LEVEL: "warn", ...more }, "ready");

export const startAgent = (ready: Pick<Ready, "agentConfigFile" | "enrolmentTokenFile">): Promise<Part<unknown>> =>
  startPart(
    ["packages/agent/dist/main.js", "--config", ready.agentConfigFile, "--enroll-token-file", ready.enrolmentTokenFile],
    process.env,
    "connected",
  );

/** Lets the agent run one more program shape: its own file, which only its owner edits. */
export function allow(dataDir: string, line: object): void {
  const file = join(dataDir, "agent/agent.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as { allow: object[] };
  writeFileSync(file, JSON.stringify({ ...config, allow: [...config.allow, line] }), { mode: 0o600 });
}
