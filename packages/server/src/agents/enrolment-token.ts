// Makes the text that an administrator carries to a new agent. The secret itself is never stored: the server keeps its SHA-256.

import { createHash, randomBytes } from "node:crypto";
import { formatEnrolmentToken } from "@dd0c/protocol/agent";
import type { CertificateAuthority } from "./certificate-authority.ts";

export interface NewEnrolmentToken {
  /** Shown once: `dd0c-enroll.SECRET.CA`. */
  readonly token: string;
  /** What the store keeps and looks up, hex. */
  readonly secretHash: string;
}

/** SHA-256, hex, of an enrolment secret. */
export function enrolmentSecretHash(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

/** A new one-time token for an agent of `ca`. */
export function newEnrolmentToken(ca: Pick<CertificateAuthority, "caDer">): NewEnrolmentToken {
  const secret = randomBytes(32).toString("base64url");
  return { token: formatEnrolmentToken({ secret, caDer: ca.caDer }), secretHash: enrolmentSecretHash(secret) };
}
