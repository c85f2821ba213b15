// How a released executable ends: a mark and an Ed25519 signature over the SHA-256 of everything in front of them. Written by
// scripts/release-agent.mjs, read by the program itself before it does anything else.

export const releaseMark = Buffer.from("\ndd0c-agent-release-v1\n", "latin1");
export const signatureBytes = 64;

/** The bytes that are signed. @param contentSha256 lower-case hexadecimal */
export const releaseStatement = (contentSha256: string): Buffer => Buffer.from(`dd0c-agent-release-v1 ${contentSha256}\n`, "latin1");
