// Hashes and Ed25519 signatures of an export, by the runtime's own cryptography. A key of another kind is none.
import { createHash, createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import type { ExportTools } from "@dd0c/core";

function ed25519Key(publicKey: string): KeyObject | null {
  const der = Buffer.from(publicKey, "base64");
  try {
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" && key.export({ type: "spki", format: "der" }).equals(der) ? key : null;
  } catch {
    return null;
  }
}

/** Keys are read once each. */
export function exportTools(): ExportTools {
  const keys = new Map<string, KeyObject | null>();
  const keyOf = (publicKey: string): KeyObject | null => {
    const known = keys.get(publicKey);
    if (known !== undefined) return known;
    const key = ed25519Key(publicKey);
    keys.set(publicKey, key);
    return key;
  };
  return {
    sha256Text: (text) => hash("sha256", text),
    keyIdOf: (publicKey) =>
      keyOf(publicKey) === null ? null : createHash("sha256").update(publicKey, "base64").digest("hex").slice(0, 16),
    isSignedBy: (publicKey, text, signature) => {
      const key = keyOf(publicKey);
      return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"));
    },
  };
}
