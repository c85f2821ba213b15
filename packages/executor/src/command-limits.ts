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

/** No core files either: they would hold the secrets of a process that died. */
export function limitArguments(limits: CommandLimits, own: OwnLimits): readonly string[] {
  const least = (value: number, name: string): number => Math.min(value, own[name] ?? Number.POSITIVE_INFINITY);
  const cpu = least(limits.cpuSeconds, "cpu time");
  return [
    `--cpu=${cpu}:${least(cpu + CPU_GRACE_SECONDS, "cpu time")}`,
    `--data=${least(limits.memoryBytes, "data size")}`,
    `--as=${least(limits.memoryBytes * ADDRESS_SPACE_FACTOR, "address space")}`,
    ...(limits.processes === null ? [] : [`--nproc=${least(limits.processes, "processes")}`]),
    `--nofile=${least(limits.openFiles, "open files")}`,
    "--core=0",
  ];
}
