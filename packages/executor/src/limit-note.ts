// Why a command ended as it did, where a limit of this host had a part in it, in words for the person who reads the result.
// In: how its members ended, the end of its error output, what it was held to. Out: sentences, or undefined. Pure.
// It must never repeat anything of the output: a guess is called one, and the numbers are those of the configuration.

import type { CommandGroup } from "./command-groups.ts";
import type { HostGuard } from "./host-guard.ts";
import type { MemberResult } from "./member-result.ts";

export interface LimitNoteInput {
  readonly members: readonly MemberResult[];
  /** Masked. */
  readonly stderrTail: string;
  readonly guard: Pick<HostGuard, "limits" | "runAs" | "hasSandbox" | "takesRightsOfRoot">;
  /** The command ran in the sandbox if there is one. */
  readonly readOnly: boolean;
  /** What the kernel says of the limits of the whole command, where it has some. */
  readonly met?: ReturnType<CommandGroup["met"]> | undefined;
}

const XCPU = 24;
const KILL = 9;
const SIGNAL_BASE = 128;

/** In the sandbox, and behind a wrapper, a signal arrives as a status. */
function endedBy({ signal, exitCode }: MemberResult, name: string, number: number): boolean {
  return signal === name || exitCode === SIGNAL_BASE + number;
}

/** 1 GiB rather than 1073741824. */
function size(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power] ?? ""}`;
}

type Clue = (input: LimitNoteInput) => string | undefined;

const processorTime: Clue = ({ members, guard: { limits } }) =>
  limits !== undefined && members.some((member) => endedBy(member, "SIGXCPU", XCPU))
    ? `A process was ended after ${limits.cpuSeconds} seconds of processor time (limits.cpuSeconds in agent.json).`
    : undefined;

const killed: Clue = ({ members, met }) =>
  met?.memory !== true && members.some((member) => endedBy(member, "SIGKILL", KILL))
    ? "A process was killed, and not by the agent: the host may have run out of memory, or the process went on after its processor time was used up, or someone on the host killed it."
    : undefined;

const memoryOfAll: Clue = ({ met, guard: { limits } }) =>
  limits !== undefined && met?.memory === true
    ? `A process was killed because all of the command together had ${size(limits.memoryBytes)} of memory (limits.memoryBytes in agent.json).`
    : undefined;

const processesOfAll: Clue = ({ met }) =>
  met?.processes === true
    ? "It could start no further process: all of the command together had as many as it may (limits.processes in agent.json)."
    : undefined;

const memory: Clue = ({ stderrTail, guard: { limits } }) =>
  limits !== undefined && /cannot allocate memory|out of memory|memory exhausted|MemoryError|bad_alloc|ENOMEM/i.test(stderrTail)
    ? `It got no more memory. One process may use ${size(limits.memoryBytes)} (limits.memoryBytes in agent.json).`
    : undefined;

const processes: Clue = ({ stderrTail, met, guard: { limits, runAs } }) =>
  met?.processes !== true &&
  limits?.processes != null &&
  /resource temporarily unavailable|cannot fork|can't start new thread|EAGAIN/i.test(stderrTail)
    ? `It could start no further process. ${runAs === undefined ? "The agent's account" : `User ${runAs.user}`} may have ${limits.processes} processes at once, those of other steps counted (limits.processes in agent.json).`
    : undefined;

const openFiles: Clue = ({ stderrTail, guard: { limits } }) =>
  limits !== undefined && /too many open files|EMFILE/i.test(stderrTail)
    ? `It could open no further file. One process may have ${limits.openFiles} files open (limits.openFiles in agent.json).`
    : undefined;

const sandbox: Clue = ({ stderrTail, readOnly, guard: { hasSandbox } }) =>
  readOnly && hasSandbox && /read-only file system|EROFS/i.test(stderrTail)
    ? "It tried to write a file. A command that is proven to only read runs in a sandbox in which nothing can be written (docs/agent.md)."
    : undefined;

const rights: Clue = ({ stderrTail, readOnly, guard: { takesRightsOfRoot } }) =>
  readOnly && takesRightsOfRoot && /operation not permitted|permission denied|must be root/i.test(stderrTail)
    ? "It was refused something. In the sandbox of what only reads, few of root's rights are left; sandboxExcept in agent.json names programs that need more (docs/agent.md)."
    : undefined;

const clues: readonly Clue[] = [processorTime, memoryOfAll, processesOfAll, killed, memory, processes, openFiles, sandbox, rights];

/** Only for a plan that failed by itself: what was stopped or ran out of time has its reason already. */
export function limitNote(input: LimitNoteInput): string | undefined {
  const found = clues.flatMap((clue) => clue(input) ?? []);
  return found.length === 0 ? undefined : found.join(" ");
}
