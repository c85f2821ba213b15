// The engine's signature: canonical bytes of announcements, amendments and grants go in, Ed25519 signatures come out.
// Agents receive the public half at enrolment. This file decides nothing about what may be signed.

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { AppError } from "@dd0c/core";
import { openPrivateFile } from "./private-file.ts";

/** A signed document as it goes over the wire: the payload is exactly the bytes that were signed. */
interface SignedPayload {
  readonly payload: Buffer;
  readonly signature: Buffer;
  readonly keyId: string;
}

export interface EngineKey {
  /** First 16 hex digits of the SHA-256 of the public key. */
  readonly id: string;
  /** Public half, SPKI DER. */
  readonly spkiDer: Buffer;
  /** Signs canonical bytes (`grantBytes`, `announcementBytes` of core). */
  sign(canonical: Uint8Array): SignedPayload;
}

/** Opens the key kept in `file` (PKCS #8 PEM, 0600), creating it at the first start. @throws AppError CONFIG_INVALID */
export async function openEngineKey(file: string): Promise<EngineKey> {
  const create = () => generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return loadEngineKey(await openPrivateFile(file, async () => create()));
}

/** Loads a key from PEM text. @throws AppError CONFIG_INVALID */
function loadEngineKey(pem: string): EngineKey {
  const privateKey = parsePrivateKey(pem);
  const spkiDer = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const id = createHash("sha256").update(spkiDer).digest("hex").slice(0, 16);
  return {
    id,
    spkiDer,
    sign(canonical) {
      const payload = Buffer.from(canonical);
      return { payload, signature: sign(null, payload, privateKey), keyId: id };
    },
  };
}

function parsePrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== "ed25519") throw new Error(`unexpected key type ${key.asymmetricKeyType}`);
    return key;
  } catch {
    throw new AppError("CONFIG_INVALID", "The engine's signing key cannot be read.");
  }
}
