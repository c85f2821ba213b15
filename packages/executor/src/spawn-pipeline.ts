// One pipeline spawned: each member directly from its argv, in a session and process group of its own, joined by kernel pipes.
// In: prepared members and reserved pipes. Out: running members. It is synchronous, so that nothing can come between two members;
// it must never start a shell and never leave a pipe end open in this process.

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { Sink } from "@dd0c/scanner";
import type { CommandGroup } from "./command-groups.ts";
import { assertNever, errnoOf, invariant } from "./executor-error.ts";
import type { HostGuard } from "./host-guard.ts";
import type { MemberResult } from "./member-result.ts";
import type { OsPipe, OwnEnd } from "./os-pipes.ts";
import type { PreparedMember } from "./prepare-plan.ts";
import { type ProcessIdentity, readProcess } from "./process-table.ts";

/** What the journal keeps of a process. */
export interface SpawnedProcess extends ProcessIdentity {
  /** Position among all members of the plan. */
  readonly member: number;
  /** SHA-256 over the arguments joined by NUL, hex. */
  readonly argvSha256: string;
}

export interface RunningMember {
  readonly argv0: string;
  readonly process: ProcessIdentity | undefined;
  readonly argvSha256: string;
  /** Resolves when the process has been reaped; never rejects. */
  readonly ended: Promise<MemberResult>;
}

/** Where the pipeline's own input and outputs lie; these stay open. */
export interface StepStreams {
  readonly nullFd: number;
  readonly stdoutFd: number;
  readonly stderrFd: number;
}

export interface PipelineInput {
  readonly members: readonly PreparedMember[];
  /** As many as `pipesNeeded` says. */
  readonly pipes: readonly ((own: OwnEnd) => OsPipe)[];
  readonly streams: StepStreams;
  readonly cwd: string;
  readonly bootId: string;
  readonly guard: HostGuard;
  /** Its processes are limited together. */
  readonly group?: CommandGroup | undefined;
  /** The command is proven to only read. */
  readonly readOnly: boolean;
}

export interface RunningPipeline {
  readonly members: readonly RunningMember[];
  /** Drops what has not been read of here-strings. */
  close(): void;
}

/** One pipe between two neighbours, one for each text on standard input. */
export function pipesNeeded(members: readonly PreparedMember[]): number {
  return members.length - 1 + members.filter((member) => member.stdin.kind === "text").length;
}

/** Exit statuses bash gives when execve fails. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

function notStarted(argv0: string, error: unknown): MemberResult {
  const spawnError = errnoOf(error);
  return { argv0, exitCode: spawnError === "ENOENT" ? NOT_FOUND : NOT_EXECUTABLE, signal: null, started: false, spawnError };
}

function watch(child: ChildProcess, argv0: string): Promise<MemberResult> {
  return new Promise((resolve) => {
    child.on("exit", (exitCode, signal) => resolve({ argv0, exitCode, signal, started: true }));
    child.on("error", (error) => {
      if (child.pid === undefined) resolve(notStarted(argv0, error));
    });
  });
}

/** Limits and sandbox are programs that become the member, or watch over it in its process group; the journal's pid is the first of them. */
function spawnMember(member: PreparedMember, stdio: Stdio, { cwd, bootId, guard, group, readOnly }: PipelineInput): RunningMember {
  const [argv0 = ""] = member.argv;
  const account = guard.runAs === undefined ? {} : { uid: guard.runAs.uid, gid: guard.runAs.gid };
  const argvSha256 = createHash("sha256").update(member.argv.join("\0")).digest("hex");
  try {
    const command = guard.wrap(member, cwd, readOnly);
    const how = { ...account, argv0: command.argv0, cwd, env: { ...member.env }, stdio: [...stdio], detached: true };
    const child = spawn(command.file, [...command.args], how);
    // prlimit, or the loader, is not through yet: nothing of the command has started another process.
    if (child.pid !== undefined) group?.add(child.pid);
    const ended = watch(child, argv0);
    // Not reaped before the event loop turns again: /proc still knows it, even if it has ended already.
    const facts = child.pid === undefined ? undefined : readProcess(child.pid);
    return { argv0, argvSha256, ended, process: facts && { pid: facts.pid, startTime: facts.startTime, bootId } };
  } catch (error) {
    return { argv0, argvSha256, ended: Promise.resolve(notStarted(argv0, error)), process: undefined };
  }
}

function pickSink(sink: Sink, stdoutFd: number, stderrFd: number, nullFd: number): number {
  switch (sink) {
    case "stdout":
      return stdoutFd;
    case "stderr":
      return stderrFd;
    case "null":
      return nullFd;
    default:
      return assertNever(sink);
  }
}

/** Writes a here-string as fast as it is read; a reader that leaves early is its own business. */
function feed(fd: number, text: string): Socket {
  const writer = new Socket({ fd, readable: false, writable: true });
  writer.on("error", () => undefined);
  writer.end(text);
  return writer;
}

type Stdio = readonly [stdin: number, stdout: number, stderr: number];

/** All pipe ends of a pipeline, opened before its first process exists: running out of descriptors must not leave half of it running. */
interface Wiring {
  readonly stdio: readonly Stdio[];
  /** Write ends of here-strings: the rest of the descriptors belongs to the children. */
  readonly feeds: readonly { readonly fd: number; readonly text: string }[];
  readonly childFds: readonly number[];
}

function wire({ members, pipes, streams }: PipelineInput): Wiring {
  const openers = [...pipes];
  const childFds: number[] = [];
  const feeds: { fd: number; text: string }[] = [];
  const open = (own: OwnEnd): OsPipe => {
    const opener = openers.shift();
    invariant(opener !== undefined, "enough pipes were reserved");
    const pipe = opener(own);
    childFds.push(pipe.readFd);
    if (own === "none") childFds.push(pipe.writeFd);
    return pipe;
  };
  const stdinOf = (stdin: PreparedMember["stdin"], previous: number): number => {
    if (stdin.kind === "inherit") return previous;
    if (stdin.kind === "null") return streams.nullFd;
    const pipe = open("write");
    feeds.push({ fd: pipe.writeFd, text: stdin.text });
    return pipe.readFd;
  };
  try {
    let previous = streams.nullFd;
    const stdio = members.map((member, index): Stdio => {
      const next = index < members.length - 1 ? open("none") : undefined;
      const outFd = next?.writeFd ?? streams.stdoutFd;
      const stdin = stdinOf(member.stdin, previous);
      previous = next?.readFd ?? streams.nullFd;
      const sink = (to: Sink): number => pickSink(to, outFd, streams.stderrFd, streams.nullFd);
      return [stdin, sink(member.stdout), sink(member.stderr)];
    });
    return { stdio, feeds, childFds };
  } catch (error) {
    for (const fd of [...childFds, ...feeds.map((feed) => feed.fd)]) closeSync(fd);
    throw error;
  }
}

/** Starts all members, or none when the pipes cannot be opened (a system error, thrown). */
export function spawnPipeline(input: PipelineInput): RunningPipeline {
  const wiring = wire(input);
  const writers = wiring.feeds.map(({ fd, text }) => feed(fd, text));
  try {
    const members = input.members.map((member, index) => {
      const stdio = wiring.stdio[index];
      invariant(stdio !== undefined, "every member is wired");
      return spawnMember(member, stdio, input);
    });
    return { members, close: () => writers.forEach((writer) => writer.destroy()) };
  } finally {
    for (const fd of wiring.childFds) closeSync(fd);
  }
}
