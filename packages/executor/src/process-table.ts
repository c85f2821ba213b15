// What /proc says about processes: identity that survives a reused pid, and who belongs to a step.
// In: pids and step ids. Out: facts of this moment. It must never signal anything itself, and never keep an environment it has read.

import { readdirSync, readFileSync } from "node:fs";
import { MARKER_NAME } from "./environment.ts";

/** A process that can be recognised again: a pid alone may belong to another one tomorrow. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat. */
  readonly startTime: number;
  readonly bootId: string;
}

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** R, S, D, T (stopped), Z (dead, not yet reaped), ... */
  readonly state: string;
  readonly startTime: number;
}

/** Identity of this boot of the machine. */
export function readBootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** Facts about one process, or undefined when it is gone. */
export function readProcess(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The program name stands in parentheses and may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, state: fields[0] ?? "?", parent: Number(fields[1]), group: Number(fields[2]), startTime: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** True while exactly this process (not a later one with the same pid) is running. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.bootId !== readBootId()) return false;
  const facts = readProcess(identity.pid);
  return facts !== undefined && facts.startTime === identity.startTime && facts.state !== "Z";
}

/** The steps that a process says it belongs to, by the markers in its environment. */
function stepsOf(pid: number): ReadonlySet<string> {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").slice(0, -1);
    const marker = `${MARKER_NAME}=`;
    return new Set(entries.filter((entry) => entry.startsWith(marker)).map((entry) => entry.slice(marker.length)));
  } catch {
    return new Set();
  }
}

function readAll(): ProcessFacts[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((facts) => facts !== undefined)
    .filter((facts) => facts.state !== "Z" && facts.pid !== process.pid);
}

/** One look at all processes of this machine, good for as many steps as are asked about in the same moment. */
export interface ProcessWalk {
  readonly all: readonly ProcessFacts[];
  readonly carries: (pid: number, stepExecutionId: string) => boolean;
}

/** An environment is read once, when the first step asks; what is kept of it are its markers. */
export function walkProcesses(): ProcessWalk {
  const steps = new Map<number, ReadonlySet<string>>();
  const markersOf = (pid: number): ReadonlySet<string> => {
    const known = steps.get(pid) ?? stepsOf(pid);
    steps.set(pid, known);
    return known;
  };
  return { all: readAll(), carries: (pid, stepExecutionId) => markersOf(pid).has(stepExecutionId) };
}

/** What is known of a step's processes already: groups by their leaders' numbers, and processes found by an earlier walk. */
export interface KnownProcesses {
  readonly leaders: ReadonlySet<number>;
  readonly reaped: ReadonlySet<number>;
  /** Start time by pid. */
  readonly seen: ReadonlyMap<number, number>;
}

/** Nothing is known but the marker. */
export const NO_KNOWN_PROCESSES: KnownProcesses = { leaders: new Set(), reaped: new Set(), seen: new Map() };

/** A reaped leader's number still names our group while the group has members; a new process with that number has taken it over. */
function isInGroups(facts: ProcessFacts, known: KnownProcesses, pids: ReadonlySet<number>): boolean {
  return known.leaders.has(facts.group) || (known.reaped.has(facts.group) && !pids.has(facts.group));
}

/**
 * All living processes of a step: those that carry its marker, those that are known, and the descendants of both
 * (a child that left the group with an emptied environment).
 */
export function findStepProcesses(stepExecutionId: string, known: KnownProcesses, walk: ProcessWalk = walkProcesses()): ProcessFacts[] {
  const { all, carries } = walk;
  const pids = new Set(all.map((facts) => facts.pid));
  const members = new Set<number>();
  for (const facts of all) {
    const isKnown = known.seen.get(facts.pid) === facts.startTime || isInGroups(facts, known, pids);
    if (isKnown || carries(facts.pid, stepExecutionId)) members.add(facts.pid);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const facts of all) {
      if (members.has(facts.pid) || !members.has(facts.parent)) continue;
      members.add(facts.pid);
      grown = true;
    }
  }
  return all.filter((facts) => members.has(facts.pid));
}
