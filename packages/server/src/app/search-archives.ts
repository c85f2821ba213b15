// Looks for an event in a tenant's archives, newest first: for the few questions that go back further than the database does.
// Reads whole files; callers remember what they found.
import { type ArchiveRow, type AuditEvent, readExportLine } from "@dd0c/core";
import { listArchives } from "../db/index.ts";
import { readArchiveFile } from "./archive-file.ts";
import type { AppContext } from "./context.ts";
import { fetchArchive, makeScratchFolder, removeScratchFolder } from "./fetch-archive.ts";

type SearchContext = Pick<AppContext, "db" | "objects">;

async function newestInFile(app: SearchContext, key: string, wanted: (row: ArchiveRow) => boolean): Promise<AuditEvent | undefined> {
  const folder = await makeScratchFolder();
  try {
    const file = await fetchArchive(app, key, folder);
    let newest: ArchiveRow | undefined;
    if (file !== undefined) for await (const row of readArchiveFile(file)) if (wanted(row)) newest = row;
    return newest === undefined ? undefined : readExportLine(newest.line)?.event;
  } finally {
    await removeScratchFolder(folder);
  }
}

/** Errors: OBJECT_DAMAGED, OBJECT_STORE_UNAVAILABLE */
export async function newestArchived(
  app: SearchContext,
  tenantId: string,
  wanted: (row: ArchiveRow) => boolean,
): Promise<AuditEvent | undefined> {
  for (const { objectKey } of await app.db.withTenant(tenantId, (tx) => listArchives(tx, tenantId))) {
    const found = await newestInFile(app, objectKey, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
