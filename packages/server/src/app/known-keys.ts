// The keys that a database was used with, as fingerprints: a server that comes with others is refused before it serves anybody.
// Replicas with different keys would refuse each other's agents, grants and sessions one by one, far from the cause. No key is stored here.
import { createHash, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "@dd0c/core";
import { type OpenDatabase, readSystemSetting, writeSystemSetting } from "../db/index.ts";
import type { Keys } from "../open-keys.ts";

const setting = "key_fingerprints";
const derive = promisify(scrypt) as (secret: string, salt: string, length: number) => Promise<Buffer>;

type Fingerprints = Readonly<Record<"agent_ca" | "engine" | "auth_secret" | "secrets", string>>;

const names: Readonly<Record<keyof Fingerprints, string>> = {
  agent_ca: "the agents' authority (agent-ca.pem)",
  engine: "the engine's key (engine.pem)",
  auth_secret: "the session secret (auth-secret or AUTH_SECRET)",
  secrets: "the key of sealed secrets (secrets-key)",
};

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

/** A secret that somebody chose may be short of chance: its fingerprint is made slow to guess. */
const fingerprintsOf = async ({ ca, engineKey, authSecret, seal }: Keys): Promise<Fingerprints> => ({
  agent_ca: hash(ca.caDer),
  engine: hash(engineKey.spkiDer),
  auth_secret: (await derive(authSecret, "dd0c/run session secret", 16)).toString("hex"),
  secrets: seal.fingerprint,
});

/** @param accept the keys were replaced on purpose. @throws AppError KEYS_MISMATCH naming the keys that differ */
export async function checkKeys(
  db: Pick<OpenDatabase, "withSystem" | "alone">,
  keys: Keys,
  { accept, at }: { readonly accept: boolean; readonly at: Date },
): Promise<void> {
  const ours = await fingerprintsOf(keys);
  await db.alone(async () => {
    const known = (await db.withSystem("start-up", (tx) => readSystemSetting(tx, setting))) as Partial<Fingerprints> | undefined;
    const kinds = Object.keys(names) as (keyof Fingerprints)[];
    if (kinds.every((name) => known?.[name] === ours[name])) return;
    // One that an earlier release did not note is noted now.
    const differing = kinds.filter((name) => known?.[name] !== undefined && known[name] !== ours[name]);
    if (differing.length > 0 && !accept)
      throw new AppError("KEYS_MISMATCH", `This database was used with other keys: ${differing.map((name) => names[name]).join(", ")}.`, {
        differing,
      });
    await db.withSystem("start-up", (tx) => writeSystemSetting(tx, setting, ours, "server", at));
  });
}
