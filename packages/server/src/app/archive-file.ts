// The lines of an archive into a Parquet file and back, a batch at a time, in constant memory. Beside each line stand columns to search by, made from
// the line; a row whose columns say something else than its line is refused when it is read.
import { type ArchiveRow, type ArchiveState, AppError, archiveRow, emptyArchive, verifyArchiveEnd, verifyArchiveLine } from "@dd0c/core";
import { exportTools } from "./export-tools.ts";

const rowsPerGroup = 2_000;

const columns = ["kind", "seq", "event_type", "recorded_at", "execution_id", "runbook_id", "actor_id", "line"] as const;
const required = new Set<string>(["kind", "seq", "line"]);

const schema = [
  { name: "root", num_children: columns.length },
  ...columns.map((name) => ({
    name,
    repetition_type: required.has(name) ? ("REQUIRED" as const) : ("OPTIONAL" as const),
    ...(name === "seq" ? ({ type: "INT64" } as const) : ({ type: "BYTE_ARRAY", converted_type: "UTF8" } as const)),
  })),
];

const columnData = (rows: readonly ArchiveRow[]) =>
  columns.map((name) => ({ name, data: rows.map((row) => (name === "seq" ? BigInt(row.seq) : row[name])) }));

/** Overwrites `file`. */
export async function writeArchiveFile(file: string, lines: AsyncIterable<string>): Promise<void> {
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  const writer = new ParquetWriter({ writer: fileWriter(file), schema, createdBy: "dd0c/run" });
  let rows: ArchiveRow[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await writer.write({ columnData: columnData(rows), rowGroupSize: rowsPerGroup });
    rows = [];
  };
  for await (const line of lines) {
    rows.push(archiveRow(line));
    if (rows.length >= rowsPerGroup) await flush();
  }
  await flush();
  await writer.finish();
}

const damaged = (why: string): AppError =>
  new AppError("OBJECT_DAMAGED", "An archive of the audit log is not what its name says.", { reason: why });

/** Null: its columns say something else than its line. */
function rowOf(found: Readonly<Record<string, unknown>>): ArchiveRow | null {
  const row = archiveRow(String(found["line"]));
  return columns.every((name) => (name === "seq" ? Number(found[name]) : (found[name] ?? null)) === row[name]) ? row : null;
}

/** Errors: OBJECT_DAMAGED (no Parquet, or a row whose columns do not fit its line) */
export async function* readArchiveFile(file: string): AsyncGenerator<ArchiveRow> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch(() => {
    throw damaged("no_parquet");
  });
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += rowsPerGroup) {
    const rowEnd = Math.min(rowStart + rowsPerGroup, total);
    const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd });
    for (const found of rows) {
      const row = rowOf(found);
      if (row === null) throw damaged("columns");
      yield row;
    }
  }
}

/** The whole file, every hash and signature. Errors: OBJECT_DAMAGED with the fault and the event. */
export async function verifyArchiveFile(file: string): Promise<ArchiveState> {
  let state = emptyArchive;
  for await (const { line } of readArchiveFile(file)) {
    const step = verifyArchiveLine(state, line, exportTools);
    if (!step.ok) throw damaged(`${step.fault} at ${step.expectedSeq}`);
    state = step.state;
  }
  const end = verifyArchiveEnd(state);
  if (!end.ok) throw damaged(`${end.fault} at ${end.expectedSeq}`);
  return end.state;
}
