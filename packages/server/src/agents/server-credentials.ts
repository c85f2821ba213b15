// TLS of the agent port: asks every client for a certificate of our authority, but lets one without it as far as Enroll.
// A certificate that is not ours counts as none. The gateway's own certificate is renewed in time without a restart.

import { experimental, type ServerCredentials } from "@grpc/grpc-js";
import type { CertificateAuthority } from "./certificate-authority.ts";

const checkEveryMs = 3_600_000;
const renewBeforeMs = 30 * 86_400_000;

type Provider = NonNullable<Parameters<typeof experimental.createCertificateProviderServerCredentials>[1]>;
type IdentityListener = Parameters<Provider["addIdentityCertificateListener"]>[0];
type CaListener = Parameters<Provider["addCaCertificateListener"]>[0];

export interface RenewingCredentials {
  readonly credentials: ServerCredentials;
  stop(): void;
}

/** @param names what agents dial: DNS names and IP addresses. */
export async function renewingCredentials(
  ca: CertificateAuthority,
  names: readonly string[],
  now: () => number,
): Promise<RenewingCredentials> {
  let current = await ca.issueServerCertificate(names, now());
  const identityListeners = new Set<IdentityListener>();
  const identity = () => ({ certificate: Buffer.from(current.chainPem), privateKey: Buffer.from(current.keyPem) });
  const renew = async () => {
    if (current.notAfterMs - now() > renewBeforeMs) return;
    current = await ca.issueServerCertificate(names, now());
    for (const listener of identityListeners) listener(identity());
  };
  // The library attaches itself only after it has added its listeners: what they are told at once would go unheard.
  const provider: Provider = {
    addCaCertificateListener: (listener: CaListener) => queueMicrotask(() => listener({ caCertificate: Buffer.from(ca.caPem) })),
    removeCaCertificateListener: () => undefined,
    addIdentityCertificateListener(listener) {
      identityListeners.add(listener);
      queueMicrotask(() => listener(identity()));
    },
    removeIdentityCertificateListener: (listener) => void identityListeners.delete(listener),
  };
  const timer = setInterval(() => void renew(), checkEveryMs).unref();
  return {
    credentials: experimental.createCertificateProviderServerCredentials(provider, provider, false),
    stop: () => clearInterval(timer),
  };
}
