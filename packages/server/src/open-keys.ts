// The server's own secrets: read from the data folder, made there at the first start, readable by its owner only.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { AppError } from "@dd0c/core";
import { type CertificateAuthority, openCertificateAuthority } from "./agents/certificate-authority.ts";
import { type EngineKey, openEngineKey } from "./agents/engine-key.ts";
import { openPrivateFile } from "./agents/private-file.ts";
import type { Config } from "./config.ts";
import { createSeal, type Seal } from "./webhooks/seal.ts";

export interface Keys {
  /** Certifies agents. */
  readonly ca: CertificateAuthority;
  /** Signs grants and plans. */
  readonly engineKey: EngineKey;
  /** Signs session cookies. */
  readonly authSecret: string;
  /** Opens the secrets of integrations. */
  readonly seal: Seal;
}

const sealKeyBytes = 32;

function sealKeyOf(text: string): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.length !== sealKeyBytes)
    throw new AppError("CONFIG_INVALID", `The key file secrets-key must hold ${sealKeyBytes} bytes in base64.`);
  return key;
}

/** Errors: CONFIG_INVALID when a key file is damaged or others may read it. */
export async function openKeys(config: Config, nowMs: number): Promise<Keys> {
  const folder = config.keysDir ?? join(config.dataDir, "keys");
  const [ca, engineKey, authSecret, sealKey] = await Promise.all([
    openCertificateAuthority(join(folder, "agent-ca.pem"), nowMs),
    openEngineKey(join(folder, "engine.pem")),
    config.authSecret ?? openPrivateFile(join(folder, "auth-secret"), async () => randomBytes(48).toString("base64url")),
    openPrivateFile(join(folder, "secrets-key"), async () => randomBytes(sealKeyBytes).toString("base64")),
  ]);
  return { ca, engineKey, authSecret, seal: createSeal(sealKeyOf(sealKey)) };
}
