// Keeps the certificate young: renews it a month before its end and stores the new one; the next stream uses it.

import { renew } from "./enrol.ts";
import { type AgentIdentity, saveIdentity } from "./identity.ts";
import type { Log } from "./log.ts";
import { firstReachable, type Servers } from "./servers.ts";

const checkEveryMs = 6 * 3_600_000;
const renewBeforeMs = 30 * 86_400_000;

export interface CertificateRenewal {
  /** The identity to use now. */
  current(): AgentIdentity;
  /** Renews if it is time to. A failure is logged and tried again at the next check. */
  check(): Promise<void>;
  stop(): void;
}

export function certificateRenewal(servers: Servers, dataFolder: string, first: AgentIdentity, log: Log): CertificateRenewal {
  let current = first;
  const check = async () => {
    if (current.notAfterMs - Date.now() > renewBeforeMs) return;
    try {
      const renewed = await firstReachable(servers, (server) => renew(server, current));
      saveIdentity(dataFolder, renewed);
      current = renewed;
      log("info", "certificate_renewed", { notAfter: new Date(renewed.notAfterMs).toISOString() });
    } catch (error) {
      log("error", "certificate_not_renewed", { reason: error instanceof Error ? error.message : "" });
    }
  };
  const timer = setInterval(() => void check(), checkEveryMs).unref();
  return { current: () => current, check, stop: () => clearInterval(timer) };
}
