// Secrets that must be used as they are (a signature is computed with them) are kept sealed: AES-256-GCM, bound to whom they belong to.
// The key is a file beside the server's other keys and never in the database.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { AppError } from "@dd0c/core";

export interface Seal {
  /** @param owner what the secret belongs to; it can be opened for the same owner only */
  readonly seal: (text: string, owner: string) => string;
  /** @throws AppError KEYS_MISMATCH when it was sealed with another key, for another owner, or was changed */
  readonly open: (sealed: string, owner: string) => string;
  /** Tells one key from another and says nothing about either: the key is random. */
  readonly fingerprint: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes */
export function createSeal(key: Buffer): Seal {
  return {
    fingerprint: createHash("sha256").update("dd0c/run secrets key").update(key).digest("hex").slice(0, 32),
    seal: (text, owner) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner, "utf8"));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    },
    open: (sealed, owner) => {
      const bytes = Buffer.from(sealed, "base64");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(owner, "utf8"));
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
      } catch {
        throw new AppError("KEYS_MISMATCH", "A sealed secret cannot be opened: this server has another secrets key.");
      }
    },
  };
}
