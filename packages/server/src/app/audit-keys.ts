// The public keys that checkpoints were signed with: this server's, and those that it had before. An export names them all.
// The private half stays in the engine's key file; what the database holds here is no secret and proves nothing by itself: an id is a hash.
import { createPublicKey, verify } from "node:crypto";
import { type Checkpoint, type ExportKey, type ExportStatement, signedText } from "@dd0c/core";
import { readSystemSetting, type StoredCheckpoint, writeSystemSetting } from "../db/index.ts";
import type { AppContext } from "./context.ts";

type KeyContext = Pick<AppContext, "db" | "clock" | "engineKey">;

const setting = "audit_keys";

type StoredKeys = Readonly<Record<string, string>>;

/** Id -> SPKI DER in base64, our own last. */
async function readKeys({ db, engineKey }: KeyContext): Promise<StoredKeys> {
  const stored = ((await db.withSystem("checkpoint", (tx) => readSystemSetting(tx, setting))) ?? {}) as StoredKeys;
  return { ...stored, [engineKey.id]: engineKey.spkiDer.toString("base64") };
}

/** At start: a key that is replaced later can still be named by every export. */
export async function recordAuditKey(app: KeyContext): Promise<void> {
  await app.db.withSystem("checkpoint", async (tx) => {
    const stored = ((await readSystemSetting(tx, setting)) ?? {}) as StoredKeys;
    if (Object.hasOwn(stored, app.engineKey.id)) return;
    const keys = { ...stored, [app.engineKey.id]: app.engineKey.spkiDer.toString("base64") };
    await writeSystemSetting(tx, setting, keys, "server", new Date(app.clock.now()));
  });
}

export interface AuditKeys {
  readonly list: readonly ExportKey[];
  readonly isSigned: (checkpoint: StoredCheckpoint) => boolean;
}

export async function readAuditKeys(app: KeyContext): Promise<AuditKeys> {
  const keys = await readKeys(app);
  return {
    list: Object.entries(keys).map(([id, public_key]) => ({ id, public_key })),
    isSigned: (checkpoint) => {
      const key = keys[checkpoint.keyId];
      if (key === undefined) return false;
      const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
      return verify(null, Buffer.from(signedText(statementOf(checkpoint))), publicKey, Buffer.from(checkpoint.signature, "base64"));
    },
  };
}

/** The words of a stored checkpoint, exactly as they were signed. */
export const statementOf = ({ chain, seq, hash, takenAt, keyId }: StoredCheckpoint): Checkpoint => ({
  kind: "dd0c.checkpoint.v1",
  chain,
  count: seq,
  head: hash,
  taken_at: takenAt.toISOString(),
  key_id: keyId,
});

/** Base64. */
export const signatureOf = ({ engineKey }: KeyContext, statement: Checkpoint | ExportStatement): string =>
  engineKey.sign(Buffer.from(signedText(statement))).signature.toString("base64");
