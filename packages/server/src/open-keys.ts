// The server's own secrets: read from the data folder, made there at the first start, readable by its owner only.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type CertificateAuthority, openCertificateAuthority } from "./agents/certificate-authority.ts";
import { type EngineKey, openEngineKey } from "./agents/engine-key.ts";
import { openPrivateFile } from "./agents/private-file.ts";
import type { Config } from "./config.ts";

export interface Keys {
  /** Certifies agents. */
  readonly ca: CertificateAuthority;
  /** Signs grants and plans. */
  readonly engineKey: EngineKey;
  /** Signs session cookies. */
  readonly authSecret: string;
}

/** Errors: CONFIG_INVALID when a key file is damaged or others may read it. */
export async function openKeys(config: Config, nowMs: number): Promise<Keys> {
  const folder = config.keysDir ?? join(config.dataDir, "keys");
  const [ca, engineKey, authSecret] = await Promise.all([
    openCertificateAuthority(join(folder, "agent-ca.pem"), nowMs),
    openEngineKey(join(folder, "engine.pem")),
    config.authSecret ?? openPrivateFile(join(folder, "auth-secret"), async () => randomBytes(48).toString("base64url")),
  ]);
  return { ca, engineKey, authSecret };
}
