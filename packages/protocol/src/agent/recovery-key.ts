// A recovery code and the key that it stands for. In: a code, as a person types it. Out: an Ed25519 key whose public half the server keeps
// and signs into capsules, while the private half exists only where the code is typed. The code itself is stored nowhere.

import { createHash, createPrivateKey, createPublicKey, hkdfSync, randomBytes, sign } from "node:crypto";

export interface RecoveryKey {
  /** First 16 hex digits of the SHA-256 of the public key, as for every key of the link. */
  readonly id: string;
  /** Public half, SPKI DER. */
  readonly spkiDer: Buffer;
  sign(bytes: Uint8Array): Buffer;
}

/** Without 0, 1, I, L, O, U: read aloud at night, no two are taken for each other, and no code is a word. */
const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const codeLength = 25;
/** What precedes a raw Ed25519 seed in PKCS #8 DER. */
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** 122 bits of chance, in groups of five: too many to try, so that no slow hash is needed. */
export function newRecoveryCode(): string {
  let code = "";
  while (code.length < codeLength) {
    // Bytes beyond the last whole round would favour some letters.
    for (const byte of randomBytes(codeLength)) {
      if (byte < 240 && code.length < codeLength) code += letters[byte % letters.length] ?? "";
    }
  }
  return (code.match(/.{5}/g) ?? []).join("-");
}

/** @returns the key, or undefined for what is no code (small letters, blanks and dashes are read as meant) */
export function recoveryKey(typed: string): RecoveryKey | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, "");
  if (code.length !== codeLength || [...code].some((letter) => !letters.includes(letter))) return undefined;
  const seed = Buffer.from(hkdfSync("sha256", code, "", "dd0c.recovery.v1", 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: "der", type: "pkcs8" });
  const spkiDer = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return {
    id: createHash("sha256").update(spkiDer).digest("hex").slice(0, 16),
    spkiDer,
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}
