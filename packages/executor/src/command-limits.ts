// What one process of a command may use at most, as arguments of util-linux prlimit.
// In: limits of the local file and what this agent may have itself. Out: arguments. Pure but for one read of /proc/self/limits.
// It must never ask for more than the agent's own hard limit: only root could have that, and prlimit would start nothing.

import { readFileSync } from "node:fs";

/** All but `processes` count for each process alone. */
export interface CommandLimits {
  /** Processor time; SIGXCPU at it, SIGKILL a little later for a process that goes on. */
  readonly cpuSeconds: number;
  /** Private memory that it may write; its address space, of which Go, Java and Node reserve much more than they use, may be four times that. */
  readonly memoryBytes: number;
  /**
   * Processes and threads of the account at once, those of other steps and of everything else it runs; null: as many as the account may have.
   * The kernel does not hold root to it.
   */
  readonly processes: number | null;
  readonly openFiles: number;
}

/** Hard limits by the kernel's name; absent: no limit. */
export type OwnLimits = Readonly<Record<string, number>>;

const ADDRESS_SPACE_FACTOR = 4;
/** Between SIGXCPU and SIGKILL. */
const CPU_GRACE_SECONDS = 5;

/** Reads lines such as `Max open files            1024                 4096                 files`. */
export function readOwnLimits(text: string = readFileSync("/proc/self/limits", "latin1")): OwnLimits {
  const lines = [...text.matchAll(/^Max (.+?)\s{2,}\S+\s+(\d+)\s/gm)];
  return Object.fromEntries(lines.map(([, name = "", hard]) => [name, Number(hard)]));
}

const atMost = (value: number, own: number | undefined): number => Math.min(value, own ?? Number.POSITIVE_INFINITY);

/** What a process really gets: an agent that may have less itself gives less. */
export function heldLimits(limits: CommandLimits, own: OwnLimits): CommandLimits {
  return {
    cpuSeconds: atMost(limits.cpuSeconds, own["cpu time"]),
    memoryBytes: atMost(limits.memoryBytes, own["data size"]),
    processes: limits.processes === null ? null : atMost(limits.processes, own["processes"]),
    openFiles: atMost(limits.openFiles, own["open files"]),
  };
}

/** No core files either: they would hold the secrets of a process that died. */
export function limitArguments(limits: CommandLimits, own: OwnLimits): readonly string[] {
  const held = heldLimits(limits, own);
  return [
    `--cpu=${held.cpuSeconds}:${atMost(held.cpuSeconds + CPU_GRACE_SECONDS, own["cpu time"])}`,
    `--data=${held.memoryBytes}`,
    `--as=${atMost(limits.memoryBytes * ADDRESS_SPACE_FACTOR, own["address space"])}`,
    ...(held.processes === null ? [] : [`--nproc=${held.processes}`]),
    `--nofile=${held.openFiles}`,
    "--core=0",
  ];
}
