// The halt of this installation: in memory, and in a flushed file so that it outlives a restart. Written before anything is told or recorded.
// An unreadable file counts as a halt: what nobody can rule out is on.
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Actor } from "@dd0c/core";

export interface PanicFacts {
  readonly on: boolean;
  /** Names this panic for its acknowledgements; empty when none was ever on. */
  readonly panicId: string;
  readonly sinceMs: number | null;
  readonly by: Actor | null;
  readonly reason: string | null;
}

export interface PanicFlag {
  readonly current: () => PanicFacts;
  /** Synchronous on purpose: when it returns, the halt is in force and on disk. */
  readonly set: (facts: PanicFacts) => void;
  /** Ends the panic that `facts` names, everywhere. Rejects where it cannot be ended for all: then it is on. */
  readonly lift: (facts: PanicFacts) => Promise<void>;
  /** False: a panic may be on that this replica could not hear of. Nothing goes on by itself meanwhile. */
  readonly isCertain: () => boolean;
}

const off: PanicFacts = { on: false, panicId: "", sinceMs: null, by: null, reason: null };

function readFacts(file: string): PanicFacts {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PanicFacts;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return off;
    return { on: true, panicId: "unreadable", sinceMs: null, by: null, reason: "The file that holds the panic state cannot be read." };
  }
}

function writeFacts(file: string, facts: PanicFacts): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(`${file}.new`, "w", 0o600);
  try {
    writeSync(handle, JSON.stringify(facts));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

export function openPanicFlag(file: string): PanicFlag {
  let facts = readFacts(file);
  const set = (next: PanicFacts): void => {
    // A halt is in force at once; its end only when the disk knows.
    if (next.on) facts = next;
    writeFacts(file, next);
    facts = next;
  };
  return { current: () => facts, set, lift: async (known) => set({ ...known, on: false }), isCertain: () => true };
}
