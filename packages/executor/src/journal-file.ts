// The bytes of the journal on disk: read and checked at open, appended and synced before anybody is told.
// In: a folder, records. Out: checked lines. It must never report a record as written before it is on the disk, never overwrite one,
// and never open a file whose middle was changed.

import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate as immediately } from "node:timers/promises";
import { ExecutorError } from "./executor-error.ts";
import {
  FIRST_HASH,
  type JournalEntry,
  type JournalLine,
  type JournalNote,
  type JournalRecord,
  readLine,
  writeLine,
} from "./journal-record.ts";

export interface JournalFile {
  readonly lines: readonly JournalLine[];
  /** Resolves when the record is on the disk. */
  append(entry: JournalEntry | JournalNote): Promise<JournalRecord>;
  close(): Promise<void>;
}

interface CheckedContent {
  readonly lines: JournalLine[];
  /** Bytes of whole, valid lines. */
  readonly validBytes: number;
}

const NEWLINE = 10;

/** Only the last piece of the file may be torn: a crash cuts the end, whoever changes the middle is found out. */
export function checkContent(content: Buffer): CheckedContent {
  const lines: JournalLine[] = [];
  let validBytes = 0;
  let prev = FIRST_HASH;
  while (validBytes < content.length) {
    const newline = content.indexOf(NEWLINE, validBytes);
    const end = newline === -1 ? content.length : newline;
    const read = newline === -1 ? "torn" : readLine(content.toString("utf8", validBytes, end), prev, lines.length + 1);
    const isLast = end >= content.length - 1;
    if (read === "torn" && isLast) break;
    if (read === "torn" || read === "broken")
      throw new ExecutorError("JOURNAL_CORRUPT", `the journal is broken at record ${lines.length + 1}`);
    lines.push(read);
    prev = read.hash;
    validBytes = end + 1;
  }
  return { lines, validBytes };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readAndCut(handle: FileHandle): Promise<CheckedContent & { readonly cut: JournalNote | undefined }> {
  const content = await handle.readFile();
  const checked = checkContent(content);
  if (checked.validBytes === content.length) return { ...checked, cut: undefined };
  const tail = content.subarray(checked.validBytes);
  await handle.truncate(checked.validBytes);
  await handle.sync();
  return { ...checked, cut: { type: "tail_cut", cutBytes: tail.length, cutSha256: createHash("sha256").update(tail).digest("hex") } };
}

interface Waiting {
  readonly entry: JournalEntry | JournalNote;
  readonly resolve: (record: JournalRecord) => void;
  readonly reject: (error: unknown) => void;
}

/** A disk that had no room may have some again. After any other failure nobody knows what is on it: only the next open reads it afresh. */
const noRoom: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/**
 * Records that are asked for in one turn of the event loop, or while others are being synced, share one sync; each still waits for it.
 * @param validBytes length of the whole, valid lines that are on the disk
 */
function createAppender(
  handle: FileHandle,
  lines: JournalLine[],
  clock: () => Date,
  validBytes: number,
): Pick<JournalFile, "append"> & { idle(): Promise<void> } {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let written = validBytes;
  let broken: unknown;
  /** Takes away the half line of a write for which there was no room: nobody was told that it was written, and nothing was done on it. */
  const mend = async (): Promise<void> => {
    if (broken === undefined) return;
    if (!noRoom.includes(codeOf(broken)))
      throw new ExecutorError("JOURNAL_WRITE_FAILED", "the journal could not be written before", broken);
    await handle.truncate(written);
    await handle.datasync();
    broken = undefined;
  };
  const write = async (batch: readonly Waiting[]): Promise<void> => {
    await mend();
    const added = chained(batch, lines, clock);
    const text = Buffer.from(added.map(({ line }) => `${line}\n`).join(""));
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } catch (error) {
      // Half a line may be on the disk: what follows would look like tampering.
      broken = error;
      throw new ExecutorError("JOURNAL_WRITE_FAILED", "the journal cannot be written", error);
    }
    written += text.length;
    added.forEach(({ record, hash }, at) => {
      lines.push({ record, hash });
      batch[at]?.resolve(record);
    });
  };
  const flush = async (): Promise<void> => {
    await immediately();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    flushing = undefined;
  };
  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        flushing ??= flush();
      }),
    idle: async () => await flushing,
  };
}

type ChainedLine = JournalLine & { readonly line: string };

function chained(batch: readonly Waiting[], lines: readonly JournalLine[], clock: () => Date): readonly ChainedLine[] {
  let prev = lines.at(-1)?.hash ?? FIRST_HASH;
  return batch.map(({ entry }, at) => {
    const record: JournalRecord = { seq: lines.length + 1 + at, at: clock().toISOString(), ...entry };
    const { line, hash } = writeLine(record, prev);
    prev = hash;
    return { record, hash, line };
  });
}

/**
 * Opens or creates the file; the first record holds a random id.
 * @throws JOURNAL_CORRUPT: a record other than the last is not what was written; JOURNAL_WRITE_FAILED
 */
export async function openJournalFile(path: string, newId: () => string, clock: () => Date): Promise<JournalFile> {
  const { O_RDWR, O_CREAT, O_APPEND } = constants;
  const handle = await open(path, O_RDWR | O_CREAT | O_APPEND, 0o600);
  try {
    const { lines, validBytes, cut } = await readAndCut(handle);
    const { append, idle } = createAppender(handle, lines, clock, validBytes);
    if (lines.length === 0) {
      await append({ type: "opened", journalId: newId(), format: 1 });
      await syncFolder(dirname(path));
    }
    if (cut !== undefined) await append(cut);
    return {
      lines,
      append,
      close: async () => {
        await idle();
        await handle.close();
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Where the journal lies inside its folder. */
export function journalPath(folder: string): string {
  return join(folder, "journal.jsonl");
}
