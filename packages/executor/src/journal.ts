// The agent's memory of what it has started: at most once, whatever crashes.
// In: records about steps. Out: what was started, what the server has not acknowledged, what never finished. It must never forget that a
// step was started, and never answer before a record is on the disk.

import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { invariant } from "./executor-error.ts";
import { journalPath, openJournalFile } from "./journal-file.ts";
import { lockJournal } from "./journal-lock.ts";
import { type JournalEntry, type JournalRecord, stepOf } from "./journal-record.ts";
import type { SpawnedProcess } from "./spawn-pipeline.ts";
import { findSurvivors } from "./stop-survivors.ts";

/** A step that was started by an earlier life of the agent and has no result. */
export interface UnfinishedStep {
  readonly stepExecutionId: string;
  /** As they were spawned; one may be missing whose record was not written before the crash (its marker finds it). */
  readonly processes: readonly SpawnedProcess[];
  /** Pids that are alive now. None: how it ended is unknown, record `outcome_unknown`. Some: it is still running, and can be stopped. */
  readonly survivors: readonly number[];
}

export interface Journal {
  /** Random, made with the journal: another id means another memory. */
  readonly journalId: string;
  /** Appends one record; resolves when it is on the disk. Throws JOURNAL_WRITE_FAILED. */
  append(entry: JournalEntry): Promise<JournalRecord>;
  /** Reserves the right to start a step, at once: false if it was started or claimed before, or refused and not received again since. */
  claim(stepExecutionId: string): boolean;
  /** True for a claimed or started id: it is never spawned again. */
  hasStarted(stepExecutionId: string): boolean;
  /** Received, refused or started before: a second delivery of the same dispatch. */
  isKnown(stepExecutionId: string): boolean;
  /** Records about steps that the server has not acknowledged, in order. */
  unacknowledged(): readonly JournalRecord[];
  unfinished(): readonly UnfinishedStep[];
  /** All records about one step, in order. */
  recordsOf(stepExecutionId: string): readonly JournalRecord[];
  close(): Promise<void>;
}

interface StepMemory {
  readonly records: JournalRecord[];
  started: boolean;
  refused: boolean;
  ended: boolean;
  acknowledgedUpTo: number;
}

function remember(memory: Map<string, StepMemory>, record: JournalRecord): void {
  const id = stepOf(record);
  if (id === undefined) return;
  const step = memory.get(id) ?? { records: [], started: false, refused: false, ended: false, acknowledgedUpTo: 0 };
  memory.set(id, step);
  step.records.push(record);
  if (record.type === "spawning") step.started = true;
  if (record.type === "refused" || record.type === "received") step.refused = record.type === "refused";
  if (record.type === "finished" || record.type === "outcome_unknown") step.ended = true;
  if (record.type === "acknowledged") step.acknowledgedUpTo = Math.max(step.acknowledgedUpTo, record.upTo);
}

function processesOf(step: StepMemory): readonly SpawnedProcess[] {
  return step.records.flatMap((record) => (record.type === "spawned" ? record.processes : []));
}

export interface JournalOptions {
  readonly newId?: () => string;
  readonly clock?: () => Date;
}

/**
 * Opens the journal of a folder and takes its lock.
 * @throws JOURNAL_LOCKED, JOURNAL_LOCK_UNAVAILABLE, JOURNAL_CORRUPT, JOURNAL_WRITE_FAILED
 */
export async function openJournal(folder: string, options: JournalOptions = {}): Promise<Journal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockJournal(folder);
  try {
    const file = await openJournalFile(journalPath(folder), options.newId ?? randomUUID, options.clock ?? (() => new Date()));
    const first = file.lines[0]?.record;
    invariant(first?.type === "opened", "a journal starts with its id");
    const memory = new Map<string, StepMemory>();
    for (const { record } of file.lines) remember(memory, record);
    const claimed = new Set<string>();
    const spawning = new Set<string>();
    const hasStarted = (id: string): boolean => claimed.has(id) || memory.get(id)?.started === true;
    return {
      journalId: first.journalId,
      append: async (entry) => {
        if (entry.type === "spawning") {
          const id = entry.stepExecutionId;
          invariant(!spawning.has(id) && memory.get(id)?.started !== true, "a step is started at most once");
          spawning.add(id);
          claimed.add(id);
        }
        // What was refused never ran: another attempt of it may. At once, because nobody waits for this record before the next one.
        const known = entry.type === "received" ? memory.get(entry.stepExecutionId) : undefined;
        if (known !== undefined) known.refused = false;
        const record = await file.append(entry);
        remember(memory, record);
        if (record.type === "refused" && !spawning.has(record.stepExecutionId)) claimed.delete(record.stepExecutionId);
        return record;
      },
      claim: (id) => {
        const isTaken = hasStarted(id) || memory.get(id)?.refused === true;
        claimed.add(id);
        return !isTaken;
      },
      hasStarted,
      isKnown: (id) => claimed.has(id) || memory.has(id),
      unacknowledged: () =>
        [...memory.values()]
          .flatMap((step) => step.records.filter((record) => record.type !== "acknowledged" && record.seq > step.acknowledgedUpTo))
          .sort((a, b) => a.seq - b.seq),
      unfinished: () =>
        [...memory]
          .filter(([, step]) => step.started && !step.ended)
          .map(([stepExecutionId, step]) => ({ stepExecutionId, processes: processesOf(step) }))
          .map((step) => ({ ...step, survivors: findSurvivors(step) })),
      recordsOf: (id) => memory.get(id)?.records ?? [],
      close: async () => {
        await file.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
