// A journal looked at from outside: read and checked, not opened, cut or written. In: its folder. Out: what stands in it, and whether
// a process owns it now. The lock is tried for a moment only; who starts in that moment waits for nothing and tries again.

import { readFile } from "node:fs/promises";
import { ExecutorError } from "./executor-error.ts";
import { checkContent, journalPath } from "./journal-file.ts";
import { lockJournal } from "./journal-lock.ts";

export interface JournalFacts {
  /** Empty where nothing has been written yet. */
  readonly journalId: string;
  readonly records: number;
  /** Bytes of an unfinished last record. */
  readonly tornBytes: number;
  /** A process owns the journal now. */
  readonly isOpen: boolean;
}

/** @throws JOURNAL_CORRUPT: a record other than the last is not what was written; JOURNAL_LOCK_UNAVAILABLE; the system's error if unreadable */
export async function inspectJournal(folder: string): Promise<JournalFacts> {
  const isOpen = isOwned(folder);
  const content = await readFile(journalPath(folder));
  const { lines, validBytes } = checkContent(content);
  const first = lines[0]?.record;
  const journalId = first?.type === "opened" ? first.journalId : "";
  return { journalId, records: lines.length, tornBytes: content.length - validBytes, isOpen };
}

function isOwned(folder: string): boolean {
  try {
    lockJournal(folder)();
    return false;
  } catch (error) {
    if (error instanceof ExecutorError && error.code === "JOURNAL_LOCKED") return true;
    throw error;
  }
}
