// What the agents' door asks about identity: is this token good, take this agent in, renew its certificate, may it still come in.
// Refusals are values with a code; of two uses of one token exactly one takes an agent in.
import { X509Certificate } from "node:crypto";
import type { AgentCertificate } from "../agents/certificate-authority.ts";
import { enrolmentSecretHash } from "../agents/enrolment-token.ts";
import type { AgentGatewayPorts, AgentRegistration } from "../agents/gateway-ports.ts";
import type { PeerIdentity } from "../agents/peer-identity.ts";
import {
  appendEvents,
  findEnrolmentToken,
  insertCertificate,
  isCertificateValid,
  lockAgent,
  registerBinary,
  revokeCertificates,
  type TenantTx,
  upsertAgent,
  useEnrolmentToken,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export type AgentRegistry = Pick<AgentGatewayPorts, "verifyEnrolmentToken" | "registerAgent" | "registerRotation" | "isRevoked">;

const invalidToken = { refused: "ENROLMENT_TOKEN_INVALID" } as const;

const storeCertificate = (tx: TenantTx, agentId: string, certificate: AgentCertificate): Promise<void> =>
  insertCertificate(tx, {
    serial: certificate.serial,
    agentId,
    fingerprint: new X509Certificate(certificate.certificatePem).fingerprint256.replaceAll(":", "").toLowerCase(),
    publicKeyPem: certificate.publicKeyPem,
    notAfter: new Date(certificate.notAfterMs),
  });

const agentDeed = (tenantId: string, agentId: string, sourceIp: string | null, atMs: number): Deed => ({
  tenantId,
  actor: { type: "agent", id: agentId, via: "agent" },
  sourceIp,
  atMs,
});

async function takeIn(
  tx: TenantTx,
  deed: Deed,
  registration: AgentRegistration,
): Promise<{ readonly registered: true } | typeof invalidToken> {
  const { agentId, agentName, agentVersion, certificate } = registration;
  if (!(await useEnrolmentToken(tx, enrolmentSecretHash(registration.secret), new Date(deed.atMs)))) return invalidToken;
  const at = new Date(deed.atMs);
  const binaryHash = registration.binaryHash ?? null;
  await lockAgent(tx, agentId);
  await upsertAgent(tx, { id: agentId, name: agentName, version: agentVersion, binaryHash });
  // Enrolled again, it is another machine or a mended one: what it held before lets nobody in any more.
  const replaced = await revokeCertificates(tx, agentId, null, at);
  await storeCertificate(tx, agentId, certificate);
  const data = {
    agent_id: agentId,
    agent_name: agentName,
    agent_version: agentVersion,
    capabilities: {},
    public_key_fingerprint: certificate.publicKeyFingerprint,
    certificate_serial: certificate.serial,
    replaced_serials: replaced,
    binary_hash: binaryHash,
  };
  const events = [auditDraft(deed, "agent.registered", data)];
  // Whoever had the token vouches for the program that used it.
  const binary = { name: `${agentName}, when it enrolled`, registeredBy: agentId, registeredAt: at };
  if (binaryHash !== null && (await registerBinary(tx, { ...binary, hash: binaryHash })))
    events.push(auditDraft(deed, "agent.binary_registered", { binary_hash: binaryHash, name: binary.name, by: "enrolment" }));
  await appendEvents(tx, events);
  return { registered: true };
}

/** @param onReplaced told of an agent whose earlier certificates were revoked, because it enrolled again */
export function createAgentRegistry(app: Pick<AppContext, "db" | "clock">, onReplaced: (agentId: string) => void): AgentRegistry {
  return {
    verifyEnrolmentToken: async (secret) => {
      const hash = enrolmentSecretHash(secret);
      return (await app.db.withSystem("enrol-agent", (tx) => findEnrolmentToken(tx, hash, new Date(app.clock.now())))) ?? invalidToken;
    },

    registerAgent: async (registration) => {
      const deed = agentDeed(registration.tenantId, registration.agentId, registration.peerAddress, app.clock.now());
      const taken = await app.db.withTenant(registration.tenantId, (tx) => takeIn(tx, deed, registration));
      onReplaced(registration.agentId);
      return taken;
    },

    registerRotation: ({ tenantId, agentId, serial }, certificate) =>
      app.db.withTenant(tenantId, async (tx) => {
        await storeCertificate(tx, agentId, certificate);
        const data = { agent_id: agentId, old_serial: serial, certificate_serial: certificate.serial };
        await appendEvents(tx, [auditDraft(agentDeed(tenantId, agentId, null, app.clock.now()), "agent.certificate_renewed", data)]);
        return { registered: true } as const;
      }),

    isRevoked: async ({ tenantId, agentId, serial }: PeerIdentity) =>
      !(await app.db.withTenant(tenantId, (tx) => isCertificateValid(tx, agentId, serial, new Date(app.clock.now())))),
  };
}
