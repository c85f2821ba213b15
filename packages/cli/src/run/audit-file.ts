// The record of a run on disk: the audit export format, one chained event per line, so that `dd0c verify-audit` reads it as it is.
// Drafts go in, sealed events are on the disk before anybody acts on them. It never overwrites a line and never opens a broken chain;
// only a last line that a crash left unfinished is cut off.
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import {
  type AuditDraft,
  type AuditEvent,
  type ChainHead,
  emptyHead,
  exportLine,
  readExportLine,
  sealEvent,
  type Sha256,
  verifyLine,
} from "@dd0c/core";
import { RunEnd } from "@dd0c/executor";

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export interface AuditFile {
  /** Events that stood in the file when it was opened. */
  readonly known: readonly AuditEvent[];
  readonly head: () => ChainHead;
  /** Resolves when all of them are on the disk. @throws RunEnd */
  readonly append: (drafts: readonly AuditDraft[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Content {
  readonly events: readonly AuditEvent[];
  readonly head: ChainHead | null;
  /** Bytes of whole lines. */
  readonly wholeBytes: number;
}

const readContent = (path: string, bytes: Buffer): Content => {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString("utf8").split("\n").slice(0, -1);
  const events: AuditEvent[] = [];
  let head: ChainHead | null = null;
  for (const line of lines) {
    const step = verifyLine(head, line, sha256);
    const read = step.ok ? readExportLine(line) : null;
    if (!step.ok || read === null)
      throw new RunEnd(
        "record",
        `The record ${path} is broken at event ${(head?.seq ?? 0) + 1}: dd0c verify-audit tells more. Nothing is run on top of it.`,
      );
    head = step.head;
    events.push(read.event);
  }
  return { events, head, wholeBytes };
};

/**
 * @param chain name of the chain when the file is new
 * @throws RunEnd when the chain is broken or the disk refuses
 */
export const openAuditFile = async (path: string, chain: string): Promise<AuditFile> => {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  const { events, head: found, wholeBytes } = await readWhole(file, path);
  let head = found ?? emptyHead(chain);
  let isBroken = false;
  const append = async (drafts: readonly AuditDraft[]): Promise<void> => {
    if (isBroken) throw new RunEnd("record", `The record ${path} could not be written before.`);
    let lines = "";
    let next = head;
    for (const draft of drafts) {
      const sealed = sealEvent(draft, next, sha256);
      lines += `${exportLine(sealed.event, sealed.hash)}\n`;
      next = sealed.head;
    }
    // After a failure nobody knows how much of it is on the disk: nothing is written behind it.
    isBroken = true;
    await writeWhole(file, lines).catch((error: unknown) => {
      throw unwritable(path, error);
    });
    isBroken = false;
    head = next;
  };
  await file.truncate(wholeBytes);
  return { known: events, head: () => head, append, close: () => file.close() };
};

/** The events of a record that another program may be writing: nothing is changed. @throws RunEnd */
export const readAuditEvents = async (path: string): Promise<readonly AuditEvent[]> => {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  return readContent(path, bytes).events;
};

const readWhole = async (file: FileHandle, path: string): Promise<Content> => {
  try {
    return readContent(path, await file.readFile());
  } catch (error) {
    await file.close();
    throw error;
  }
};

const writeWhole = async (file: FileHandle, lines: string): Promise<void> => {
  await file.appendFile(lines, "utf8");
  await file.sync();
};

const unwritable = (path: string, error: unknown): RunEnd =>
  new RunEnd(
    "record",
    `The record ${path} cannot be used (${error instanceof Error && "code" in error ? String(error.code) : "unknown"}).`,
  );
