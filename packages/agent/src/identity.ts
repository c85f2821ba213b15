// Who this agent is: its key, certificate, the server's authority and the engine keys, kept in one private file.
// The key is made here and never leaves; everything that is trusted later was received over the first, pinned connection.

import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "@dd0c/core";
import { readFields } from "./read-fields.ts";
import { replaceFile } from "./replace-file.ts";

export interface AgentIdentity {
  readonly tenantId: string;
  readonly agentId: string;
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly caPem: string;
  readonly notAfterMs: number;
  /** SHA-256 of the token that it came from: another token in the token file enrols again. Null: not remembered. */
  readonly tokenHash: string | null;
  readonly engineKeys: readonly { readonly id: string; readonly spkiDer: Uint8Array }[];
}

export function identityFile(dataFolder: string): string {
  return join(dataFolder, "identity.json");
}

/** The stored identity, or undefined before enrolment. @throws AppError CONFIG_INVALID for a damaged or exposed file */
export function loadIdentity(dataFolder: string): AgentIdentity | undefined {
  const file = identityFile(dataFolder);
  if (!existsSync(file)) return undefined;
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new AppError("CONFIG_INVALID", `${file} is accessible to other users; enrol the agent again and keep the file at mode 0600.`);
  }
  return parseIdentity(readFileSync(file, "utf8"), file);
}

function parseIdentity(text: string, file: string): AgentIdentity {
  try {
    const fields = readFields(JSON.parse(text), "identity.json");
    const keys = fields.objects("engineKeys").map((key) => ({ id: key.text("id"), spkiDer: Buffer.from(key.text("spkiDer"), "base64") }));
    return {
      tenantId: fields.text("tenantId"),
      agentId: fields.text("agentId"),
      keyPem: fields.text("keyPem"),
      certificatePem: fields.text("certificatePem"),
      caPem: fields.text("caPem"),
      notAfterMs: fields.integer("notAfterMs", 0, Number.MAX_SAFE_INTEGER, 0),
      tokenHash: fields.has("tokenHash") ? fields.text("tokenHash") : null,
      engineKeys: keys,
    };
  } catch {
    throw new AppError("CONFIG_INVALID", `${file} is damaged; remove it and enrol the agent again.`);
  }
}

/** Replaces the stored identity whole: a crash leaves the old one or the new one. */
export function saveIdentity(dataFolder: string, identity: AgentIdentity): void {
  const file = identityFile(dataFolder);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const engineKeys = identity.engineKeys.map(({ id, spkiDer }) => ({ id, spkiDer: Buffer.from(spkiDer).toString("base64") }));
  replaceFile(file, `${JSON.stringify({ ...identity, engineKeys }, null, 2)}\n`);
}
