// The lines of a signed export, as `dd0c verify-audit` reads them: keys, events with their checkpoints, and the closing statement.
// The statement is signed only over what was verified on the way out: the export of a broken chain comes out whole, and without it.
import { AppError, type ChainHead, emptyHead, type ExportStatement, exportLine, keyLine, signedLine, verifyNext } from "@dd0c/core";
import { latestCheckpoint } from "../db/index.ts";
import { readAuditKeys, signatureOf, statementOf } from "./audit-keys.ts";
import { type ChainRecord, chainRecords } from "./chain-records.ts";
import { type AppContext, sha256 } from "./context.ts";
import { takeCheckpoints } from "./take-checkpoints.ts";

type ExportContext = Pick<AppContext, "db" | "clock" | "engineKey" | "objects">;

export async function* exportLines(app: ExportContext, tenantId: string): AsyncGenerator<string> {
  const upTo = await signWhatHolds(app, tenantId);
  for (const key of (await readAuditKeys(app)).list) yield `${keyLine(key)}\n`;
  let place: Place = { head: emptyHead(tenantId), checkpoints: 0, covered: 0, holds: true };
  for await (const record of chainRecords(app, tenantId, upTo === undefined ? {} : { upTo })) {
    place = advance(place, record);
    yield `${lineOf(record)}\n`;
  }
  if (place.holds && place.covered === place.head.seq) yield `${closingLine(app, place)}\n`;
}

/** @returns the number of events that are signed. Undefined for a broken chain: whoever exports it wants to see all of it, not an error. */
async function signWhatHolds(app: ExportContext, tenantId: string): Promise<number | undefined> {
  try {
    await takeCheckpoints(app, tenantId, true);
  } catch (error) {
    if (error instanceof AppError && error.code === "AUDIT_CHAIN_BROKEN") return undefined;
    throw error;
  }
  return (await app.db.withTenant(tenantId, (tx) => latestCheckpoint(tx, tenantId)))?.seq;
}

interface Place {
  readonly head: ChainHead;
  readonly checkpoints: number;
  readonly covered: number;
  readonly holds: boolean;
}

function advance(place: Place, record: ChainRecord): Place {
  if (record.kind === "checkpoint") return { ...place, checkpoints: place.checkpoints + 1, covered: record.stored.seq };
  const step = verifyNext(place.head, record.stored.event, record.stored.hash, sha256);
  return step.ok ? { ...place, head: step.head } : { ...place, holds: false };
}

const lineOf = ({ kind, stored }: ChainRecord): string =>
  kind === "event" ? exportLine(stored.event, stored.hash) : signedLine(statementOf(stored), stored.signature);

function closingLine(app: ExportContext, { head, checkpoints }: Place): string {
  const statement: ExportStatement = {
    kind: "dd0c.audit-export.v1",
    chain: head.chain,
    count: head.seq,
    head: head.hash,
    checkpoints,
    exported_at: new Date(app.clock.now()).toISOString(),
    key_id: app.engineKey.id,
  };
  return signedLine(statement, signatureOf(app, statement));
}
