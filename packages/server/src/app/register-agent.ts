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
  await upsertAgent(tx, { id: agentId, name: agentName, version: agentVersion });
  await storeCertificate(tx, agentId, certificate);
  const data = {
    agent_id: agentId,
    agent_name: agentName,
    agent_version: agentVersion,
    capabilities: {},
    public_key_fingerprint: certificate.publicKeyFingerprint,
    certificate_serial: certificate.serial,
  };
  await appendEvents(tx, [auditDraft(deed, "agent.registered", data)]);
  return { registered: true };
}

export function createAgentRegistry(app: Pick<AppContext, "db" | "clock">): AgentRegistry {
  return {
    verifyEnrolmentToken: async (secret) => {
      const hash = enrolmentSecretHash(secret);
      return (await app.db.withSystem("enrol-agent", (tx) => findEnrolmentToken(tx, hash, new Date(app.clock.now())))) ?? invalidToken;
    },

    registerAgent: (registration) => {
      const deed = agentDeed(registration.tenantId, registration.agentId, registration.peerAddress, app.clock.now());
      return app.db.withTenant(registration.tenantId, (tx) => takeIn(tx, deed, registration));
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
