// In: a data folder. Out: a running embedded database process and the socket folder `pg` connects to.
// The parent's half of child.ts. Waits for a predecessor whose server is already gone; never for one that is alive.
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { AppError } from "@dd0c/core";
import { packagePath } from "../../package-root.ts";
import type { ChildReport } from "./child-protocol.ts";
import { isRunning } from "./data-folder-lock.ts";

export type EmbeddedOptions = {
  dataFolder: string;
  /** The bundled child.ts; default: the one that `npm run build` made. */
  childEntry?: string;
  idleInTransactionMs?: number;
};

export type EmbeddedProcess = {
  pid: number;
  socketFolder: string;
  /** Called once when the process ends without having been asked to; the server cannot go on then. */
  onUnexpectedExit(listener: (reason: string) => void): void;
  stop(): Promise<void>;
};

const predecessorGraceMs = 10_000;
const retryEveryMs = 100;
const stopGraceMs = 10_000;

/**
 * Starts the process and waits until it serves.
 * Errors: INSTANCE_LOCKED (a live server holds the folder; details.pid), DATABASE_UNAVAILABLE (it could not open, with its own words).
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedProcess> {
  const deadline = Date.now() + predecessorGraceMs;
  for (;;) {
    const child = spawnChild(options);
    const report = await firstReport(child);
    if (report.kind === "ready") return runningProcess(child, report.socketFolder);
    if (report.kind === "failed") throw new AppError("DATABASE_UNAVAILABLE", `The embedded database did not open: ${report.message}`);
    if (isRunning(report.parentPid, "") || Date.now() > deadline) {
      throw new AppError("INSTANCE_LOCKED", `Another dd0c server (process ${report.parentPid}) is using ${options.dataFolder}.`, {
        pid: report.parentPid,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, retryEveryMs));
  }
}

function spawnChild(options: EmbeddedOptions): ChildProcess {
  const entry = options.childEntry ?? packagePath("dist", "embedded-db.js");
  if (!existsSync(entry)) throw new AppError("DATABASE_UNAVAILABLE", "The embedded database is not built; run `npm run build`.");
  const idle = options.idleInTransactionMs === undefined ? [] : [String(options.idleInTransactionMs)];
  return fork(entry, [options.dataFolder, ...idle], { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
}

function firstReport(child: ChildProcess): Promise<ChildReport> {
  return new Promise((resolve) => {
    child.once("message", (message) => resolve(message as ChildReport));
    child.once("error", (error) => resolve({ kind: "failed", message: error.message }));
    child.once("exit", (code, signal) => resolve({ kind: "failed", message: `it ended with ${signal ?? `exit code ${code}`}` }));
  });
}

function runningProcess(child: ChildProcess, socketFolder: string): EmbeddedProcess {
  let stopping = false;
  let ended: string | undefined;
  const listeners: Array<(reason: string) => void> = [];
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      ended = signal ?? `exit code ${code}`;
      if (!stopping) for (const listener of listeners) listener(ended);
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    socketFolder,
    onUnexpectedExit: (listener) => {
      if (ended !== undefined && !stopping) listener(ended);
      else listeners.push(listener);
    },
    stop: async () => {
      stopping = true;
      if (ended === undefined && child.connected) child.send("stop");
      const killer = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
      await exited;
      clearTimeout(killer);
    },
  };
}
