// The place where plans run: local configuration checked once, private home, pipes made ahead.
// In: configuration that only the host's owner can change. Out: an Executor for runPlan. It must never take anything from its own environment.

import { isAbsolute, resolve } from "node:path";
import type { EnvironmentPolicy } from "./environment.ts";
import { ExecutorError } from "./executor-error.ts";
import { type GuardConfig, type HostGuard, openHostGuard } from "./host-guard.ts";
import { openPipeFactory, type PipeFactory } from "./os-pipes.ts";
import { prepareHome } from "./private-home.ts";
import { readBootId } from "./process-table.ts";
import { resolveProgram } from "./resolve-program.ts";

const SYSTEM_DIRS = ["/usr/bin", "/bin"];

export interface ExecutorConfig extends EnvironmentPolicy, GuardConfig {
  /** Between SIGTERM and SIGKILL; default 5000. */
  readonly graceMs?: number;
  /** Per output stream; half head, half tail; default 10 MiB. */
  readonly maxStreamBytes?: number;
  /** How long output may stay silent after the last member ended while something still holds the pipe; default 1000. */
  readonly drainMs?: number;
}

export interface Executor {
  readonly policy: EnvironmentPolicy;
  readonly graceMs: number;
  readonly maxStreamBytes: number;
  readonly drainMs: number;
  readonly bootId: string;
  readonly pipes: PipeFactory;
  readonly guard: HostGuard;
  /** Removes the private pipe folder; running plans are not ended. */
  close(): void;
}

/**
 * Prepares the home folder and the pipes, and tries out how commands will be started.
 * @throws EXECUTOR_SETUP_FAILED: a folder that is not absolute or holds a colon, a home that cannot be written, no mkfifo on this machine,
 * limits, an account or a required sandbox that cannot be had
 */
export function openExecutor(config: ExecutorConfig): Executor {
  // The folders are joined by colons to a PATH, and a program is found there by its name.
  const isOnPath = (folder: string): boolean => isAbsolute(folder) && !folder.includes(":");
  if (!isAbsolute(config.home) || !config.programDirs.every(isOnPath) || config.programDirs.length === 0) {
    throw new ExecutorError(
      "EXECUTOR_SETUP_FAILED",
      "home and program folders must be absolute, at least one program folder is needed, and none may hold a colon",
    );
  }
  const mkfifo = resolveProgram("mkfifo", SYSTEM_DIRS);
  if (mkfifo.kind === "refused") throw new ExecutorError("EXECUTOR_SETUP_FAILED", "mkfifo (coreutils or busybox) is needed to make pipes");
  prepareHome(config.home, config.runAs);
  const guard = openHostGuard(config);
  const pipes = openPipeFactory(mkfifo.path, `${resolve(config.home)}-pipes`, config.runAs);
  return {
    policy: config,
    graceMs: config.graceMs ?? 5000,
    maxStreamBytes: config.maxStreamBytes ?? 10 * 1024 * 1024,
    drainMs: config.drainMs ?? 1000,
    bootId: readBootId(),
    pipes,
    guard,
    close: () => pipes.close(),
  };
}
