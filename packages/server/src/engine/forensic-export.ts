// A tenant's whole audit chain into a file of the data folder, signed, as `dd0c verify-audit` reads it: what an investigation starts from.
// Written when party mode begins, readable by its owner only. Never overwrites one that is there.
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportLines } from "../app/export-lines.ts";
import type { EngineContext } from "./engine-context.ts";

/** Rejects when the file cannot be written; the lock that it documents stands all the same. */
export async function writeForensicExport(engine: EngineContext, tenantId: string, partyModeId: string): Promise<void> {
  const folder = join(engine.dataDir, "forensics");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = createWriteStream(join(folder, `party-mode-${partyModeId}.jsonl`), { flags: "wx", mode: 0o600 });
  await pipeline(Readable.from(exportLines(engine, tenantId)), file);
}
