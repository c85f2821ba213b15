// The lines of an archive of the audit log: a Parquet file, a batch of rows at a time, so that memory does not grow with it. Beside each line stand
// columns to search by; a row whose columns say something else than its line is not what was archived.
import { closeSync, openSync, readSync } from "node:fs";
import { type ArchiveRow, archiveRow } from "@dd0c/core";

const rowsAtATime = 2_000;
const magic = "PAR1";

/** Throws what the file system throws. */
export function isArchive(file: string): boolean {
  const handle = openSync(file, "r");
  try {
    const start = Buffer.alloc(magic.length);
    return readSync(handle, start) === magic.length && start.toString("latin1") === magic;
  } finally {
    closeSync(handle);
  }
}

const columns = ["kind", "event_type", "recorded_at", "execution_id", "runbook_id", "actor_id"] as const;

function fits(row: ArchiveRow, found: Readonly<Record<string, unknown>>): boolean {
  return Number(found["seq"]) === row.seq && columns.every((name) => (found[name] ?? null) === row[name]);
}

/** Null in place of a row that does not fit its line, and at the end of what is no whole Parquet file. */
export async function* archiveLines(file: string): AsyncGenerator<string | null> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const buffer = await asyncBufferFromFile(file);
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const total = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < total; rowStart += rowsAtATime) {
      const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd: Math.min(rowStart + rowsAtATime, total) });
      for (const found of rows) {
        const row = archiveRow(String(found["line"]));
        yield fits(row, found) ? row.line : null;
      }
    }
  } catch {
    yield null;
  }
}
