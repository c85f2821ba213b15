// An archive from the object store as a file of its own for as long as it is read, so that nothing is held in memory. Its content is what its key
// says, or this fails.
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { AppContext } from "./context.ts";

/** A folder of our own; whoever makes it removes it. */
export const makeScratchFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "dd0c-archive-"));

export const removeScratchFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Undefined: there is none. Errors: OBJECT_DAMAGED, OBJECT_STORE_UNAVAILABLE */
export async function fetchArchive({ objects }: Pick<AppContext, "objects">, key: string, folder: string): Promise<string | undefined> {
  const stream = await objects.get(key);
  if (stream === undefined) return undefined;
  const file = join(folder, "fetched.parquet");
  await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  return file;
}
