// An agent as pages show it: its record, its certificates and what is known of its stream go in, the contract's shape comes out.
// Whatever keeps it from working is said in words, together with what mends it.
import type { WireAgent, WireAgentBinary, WireAgentCertificate } from "@dd0c/protocol/http";
import type { AgentHostFacts } from "../../agents/host-facts.ts";
import type { AgentBinary, AgentRecord, IssuedCertificate } from "../../db/index.ts";
import type { AgentPresence } from "../../ports.ts";

const reasons = {
  revoked: "Revoked. Enrol it again with a new one-time token to take it back.",
  binary:
    "It runs a program that nobody registered, so it gets no work. Compare the hash with the release's and register it, or replace the program.",
  expired: "Its certificate has expired. Make a new one-time token for its name and start it once with --enroll-token-file.",
  noCertificate: "No certificate of it is valid. Make a new one-time token for its name and start it once with --enroll-token-file.",
};

const statusOf = (agent: AgentRecord, presence: AgentPresence): WireAgent["status"] => {
  if (agent.status !== "active") return agent.status;
  if (!presence.isOnline(agent.id)) return "offline";
  return agent.isBinaryKnown ? "online" : "blocked";
};

function reasonOf(agent: AgentRecord, status: WireAgent["status"], nowMs: number): string | null {
  if (status === "revoked") return reasons.revoked;
  if (status === "blocked") return reasons.binary;
  if (agent.certificateExpiresAt === null) return reasons.noCertificate;
  return agent.certificateExpiresAt.getTime() <= nowMs ? reasons.expired : null;
}

const wireHost = (facts: AgentHostFacts): NonNullable<WireAgent["host"]> => ({
  limits: facts.limits && {
    cpu_seconds: facts.limits.cpuSeconds,
    memory_bytes: facts.limits.memoryBytes,
    processes: facts.limits.processes,
    open_files: facts.limits.openFiles,
  },
  max_stream_bytes: facts.maxStreamBytes,
  run_as: facts.runAs,
  as_root: facts.asRoot,
  sandbox: facts.sandbox,
  no_sandbox_because: facts.noSandboxBecause,
  sandbox_except: facts.sandboxExcept,
});

const wireCertificate = (certificate: IssuedCertificate, inUse: string | undefined): WireAgentCertificate => ({
  serial: certificate.serial,
  issued_at: certificate.issuedAt.toISOString(),
  expires_at: certificate.notAfter.toISOString(),
  revoked_at: certificate.revokedAt?.toISOString() ?? null,
  in_use: certificate.serial === inUse,
});

export function wireAgent(
  agent: AgentRecord,
  certificates: readonly IssuedCertificate[],
  presence: AgentPresence,
  nowMs: number,
): WireAgent {
  const status = statusOf(agent, presence);
  return {
    id: agent.id,
    name: agent.name,
    status,
    version: agent.version,
    pattern_version: agent.patternVersion,
    ceiling: agent.ceiling,
    last_heartbeat: agent.lastHeartbeat?.toISOString() ?? null,
    registered_at: agent.registeredAt.toISOString(),
    certificate_expires_at: agent.certificateExpiresAt?.toISOString() ?? null,
    panic_state: presence.panicStateOf(agent.id),
    certificates: certificates
      .filter(({ agentId }) => agentId === agent.id)
      .map((each) => wireCertificate(each, presence.serialOf(agent.id))),
    binary_hash: agent.binaryHash,
    status_reason: reasonOf(agent, status, nowMs),
    host: agent.hostFacts === null ? null : wireHost(agent.hostFacts as AgentHostFacts),
  };
}

export const wireBinary = (binary: AgentBinary): WireAgentBinary => ({
  hash: binary.hash,
  name: binary.name,
  registered_by: binary.registeredBy,
  registered_at: binary.registeredAt.toISOString(),
  retired_at: binary.retiredAt?.toISOString() ?? null,
});
