// Checks who signed a document before anybody reads it. In: a signed document and the engine keys received at enrolment.
// Out: its text, or null. A key that came later over the wire is never trusted.

import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { SignedDocument } from "@dd0c/protocol/agent";

/** Text of a document with a valid signature by a known key; null for anything else. */
export type ReadSigned = (document: SignedDocument | undefined) => string | null;

/** @param keys Ed25519 public keys as SPKI DER, with their ids */
export function signedDocuments(keys: readonly { readonly id: string; readonly spkiDer: Uint8Array }[]): ReadSigned {
  const known = new Map<string, KeyObject>();
  for (const { id, spkiDer } of keys) {
    const key = createPublicKey({ key: Buffer.from(spkiDer), format: "der", type: "spki" });
    // Any other kind of key would choose another way to verify.
    if (key.asymmetricKeyType === "ed25519") known.set(id, key);
  }
  return (document) => {
    const key = document === undefined ? undefined : known.get(document.keyId);
    if (document === undefined || key === undefined) return null;
    return verify(null, document.payload, key, document.signature) ? Buffer.from(document.payload).toString("utf8") : null;
  };
}
