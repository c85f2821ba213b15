// Hashes and Ed25519 signatures for core's verification of exports and archives.
import { createHash, createPublicKey, verify } from "node:crypto";
import type { ExportTools } from "@dd0c/core";
import { textHash } from "./context.ts";

export const exportTools: ExportTools = {
  sha256Text: textHash,
  keyIdOf: (publicKey) => createHash("sha256").update(publicKey, "base64").digest("hex").slice(0, 16),
  isSignedBy: (publicKey, text, signature) => {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"));
  },
};
