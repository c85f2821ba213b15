// What stands between a command and its host: the account it runs as, its limits, the sandbox for what only reads.
// In: configuration of the host's owner. Out: how each command is started. Everything is tried out once when the executor opens.
// It must never start a command with less than the configuration says: what cannot be had stops the start, except a sandbox on "auto".

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type CommandGroups, findGroupFolder, openCommandGroups } from "./command-groups.ts";
import { errnoOf, ExecutorError } from "./executor-error.ts";
import { type CommandLimits, heldLimits, limitArguments, readOwnLimits } from "./command-limits.ts";
import { START_FILE } from "./private-home.ts";
import { resolveProgram } from "./resolve-program.ts";
import { sandboxArguments } from "./sandbox.ts";

/** An account; commands get none of its further groups, and none of the agent's. */
export interface RunAs {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
}

export interface GuardConfig {
  readonly home: string;
  /** Absent: no limits. */
  readonly limits?: CommandLimits | undefined;
  /** Where limits of whole commands are made: "auto", a delegated folder of cgroup v2, or "off" (default). Needs limits. */
  readonly cgroup?: string | undefined;
  /** Absent: the agent's own account. */
  readonly runAs?: RunAs | undefined;
  /** For commands proven to only read. "auto": where bubblewrap works; "required": or the start fails. Default off. */
  readonly sandbox?: "auto" | "off" | "required" | undefined;
}

/** One command as the kernel is asked for it. */
export interface GuardedCommand {
  readonly file: string;
  readonly argv0: string;
  readonly args: readonly string[];
}

export interface HostGuard {
  /** What a process really gets. */
  readonly limits: CommandLimits | undefined;
  readonly runAs: RunAs | undefined;
  /** Limits of whole commands; undefined: each process alone is limited. */
  readonly groups: CommandGroups | undefined;
  /** Why there are none, in words. */
  readonly noGroupsBecause: string | undefined;
  /** Why "auto" goes without a sandbox, in words; undefined where it is off or works. */
  readonly noSandboxBecause: string | undefined;
  readonly hasSandbox: boolean;
  /** Commands have root's rights. */
  readonly asRoot: boolean;
  /** Commands are root's, and lose most of root's rights in the sandbox. */
  readonly takesRightsOfRoot: boolean;
  /** @param path the program's file @param readOnly it is proven to only read */
  wrap(command: { readonly argv: readonly string[]; readonly path: string }, cwd: string, readOnly: boolean): GuardedCommand;
}

const SYSTEM_DIRS = ["/usr/bin", "/bin"];
const PROBE_LIMIT_MS = 10_000;
const MISSING_PRLIMIT =
  "prlimit is needed to limit what commands may use: install util-linux, or give the limits up with limits.mode off in agent.json";

function failed(message: string, cause?: unknown): ExecutorError {
  return new ExecutorError("EXECUTOR_SETUP_FAILED", message, cause);
}

function systemProgram(name: string): string | undefined {
  const found = resolveProgram(name, SYSTEM_DIRS);
  return found.kind === "found" ? found.path : undefined;
}

function limitPrefix(limits: CommandLimits | undefined): readonly string[] {
  if (limits === undefined) return [];
  const prlimit = systemProgram("prlimit");
  if (prlimit === undefined) throw failed(MISSING_PRLIMIT);
  return [prlimit, ...limitArguments(limits, readOwnLimits()), "--"];
}

/** Runs a command that should succeed. Returns undefined, or why it did not. */
function tryOut(argv: readonly string[], runAs: RunAs | undefined): string | undefined {
  const [file = "", ...args] = argv;
  const account = runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid };
  const { status, error, stderr } = spawnSync(file, args, { ...account, cwd: "/", env: {}, timeout: PROBE_LIMIT_MS, encoding: "utf8" });
  if (error !== undefined) return errnoOf(error);
  return status === 0 ? undefined : (stderr.trim().split("\n")[0] ?? "") || `status ${String(status)}`;
}

/** The account must reach its home and read there, under the limits. */
function tryAccount(prefix: readonly string[], { home, runAs }: GuardConfig): void {
  const test = systemProgram("test");
  if (test === undefined) throw failed("test (coreutils or busybox) is needed to try out how commands start");
  const why = tryOut([...prefix, test, "-r", join(home, START_FILE)], runAs);
  if (why === undefined) return;
  const who = runAs === undefined ? "a command" : `a command of user ${runAs.user}`;
  throw failed(`${who} cannot be started with its home folder ${home} and its limits (${why})`);
}

/** What several processes of one command may have together: as much as one alone. */
const PROCESSES_OF_A_COMMAND = 512;

function groupsOf({ limits, cgroup = "off" }: GuardConfig): Pick<HostGuard, "groups" | "noGroupsBecause"> {
  if (limits === undefined) return { groups: undefined, noGroupsBecause: undefined };
  const { memoryBytes, processes } = limits;
  const opened = openCommandGroups(findGroupFolder(cgroup), { memoryBytes, processes: processes ?? PROCESSES_OF_A_COMMAND });
  return "because" in opened ? { groups: undefined, noGroupsBecause: opened.because } : { groups: opened, noGroupsBecause: undefined };
}

interface Sandbox {
  readonly prefix: ((cwd: string) => readonly string[]) | undefined;
  readonly because: string | undefined;
}

/** Tried out with the same arguments as in earnest: a sandbox that lets a file be written is none. */
function openSandbox(prefix: readonly string[], config: GuardConfig): Sandbox {
  const wanted = config.sandbox ?? "off";
  if (wanted === "off") return { prefix: undefined, because: undefined };
  const none = (because: string): Sandbox => {
    if (wanted === "required") throw failed(`agent.json asks for a sandbox, and there is none: ${because}`);
    return { prefix: undefined, because };
  };
  const bwrap = systemProgram("bwrap");
  if (bwrap === undefined) return none("bwrap is not installed (package bubblewrap)");
  const inside = (cwd: string): readonly string[] => [bwrap, ...sandboxArguments(config.home, areRoots(config), cwd)];
  const why = whyUnsound([...prefix, ...inside(config.home)], config);
  return why === undefined ? { prefix: inside, because: undefined } : none(why);
}

/** Commands have root's rights. */
function areRoots({ runAs }: GuardConfig): boolean {
  return (runAs?.uid ?? process.getuid?.()) === 0;
}

function whyUnsound(inside: readonly string[], { home, runAs }: GuardConfig): string | undefined {
  const [truth, test] = [systemProgram("true"), systemProgram("test")];
  if (truth === undefined || test === undefined) return "true and test (coreutils or busybox) are needed to try bwrap out";
  const why = tryOut([...inside, truth], runAs);
  if (why !== undefined) return `bwrap does not work here (${why})`;
  return tryOut([...inside, test, "-w", home], runAs) === undefined ? "bwrap leaves files writable here" : undefined;
}

/**
 * Finds the tools, and starts one harmless command in each of the ways in which commands will be started.
 * @throws EXECUTOR_SETUP_FAILED: limits without prlimit; an account that may not be used or cannot use its home; a required sandbox that does not work
 */
export function openHostGuard(config: GuardConfig): HostGuard {
  const { limits, runAs } = config;
  const prefix = limitPrefix(limits);
  if (limits !== undefined || runAs !== undefined) tryAccount(prefix, config);
  const sandbox = openSandbox(prefix, config);
  return {
    limits: limits === undefined ? undefined : heldLimits(limits, readOwnLimits()),
    runAs,
    asRoot: areRoots(config),
    ...groupsOf(config),
    noSandboxBecause: sandbox.because,
    hasSandbox: sandbox.prefix !== undefined,
    takesRightsOfRoot: sandbox.prefix !== undefined && areRoots(config),
    wrap: ({ argv, path }, cwd, readOnly) => {
      const [argv0 = "", ...args] = argv;
      const before = [...prefix, ...(readOnly ? (sandbox.prefix?.(cwd) ?? []) : [])];
      const [file, ...rest] = before;
      if (file === undefined) return { file: path, argv0, args };
      // By its name, which the tools look up in the same folders: a program that calls itself /usr/bin/ls in its messages reads strangely.
      return { file, argv0: file, args: [...rest, argv0, ...args] };
    },
  };
}
