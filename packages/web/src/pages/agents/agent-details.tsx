// What one agent is held to and what it holds: limits, account and sandbox on its host, its program, its certificates, and how they are taken away.
import type { WireAgent, WireAgentCertificate } from "@dd0c/protocol/http";
import { useRegisterAgentBinary } from "../../api/agents.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";
import { HostFacts } from "./host-facts.tsx";
import { RevokeForm } from "./revoke-form.tsx";

const Program = ({ agent, hash }: { readonly agent: WireAgent; readonly hash: string }) => {
  const register = useRegisterAgentBinary();
  const role = useRoleRefusal("admin");
  return (
    <section className="space-y-2">
      <h3 className="font-semibold text-ink-strong">Program</h3>
      <p className="font-mono text-small break-all">{hash}</p>
      {agent.status === "blocked" && (
        <>
          <Button
            onClick={() => register.mutate({ hash, name: `Seen at ${agent.name}` })}
            busy={register.isPending && "Registering…"}
            refusal={role}
          >
            Register this program
          </Button>
          {register.isError && <ErrorNotice error={register.error} what="Not registered. The agent gets no work." />}
        </>
      )}
    </section>
  );
};

const state = ({ in_use, revoked_at, expires_at }: WireAgentCertificate): string => {
  if (revoked_at !== null) return "✕ revoked";
  if (Date.parse(expires_at) <= Date.now()) return "✕ expired";
  return in_use ? "● in use" : "○ valid";
};

const Certificate = ({ agent, certificate }: { readonly agent: WireAgent; readonly certificate: WireAgentCertificate }) => (
  <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-3 last:border-b-0">
    <div className="min-w-0">
      <p className="text-ink-strong">{state(certificate)}</p>
      <p className="font-mono text-small break-all">{certificate.serial}</p>
      <p className="text-small text-ink-faint">
        until <Moment iso={certificate.expires_at} />
      </p>
    </div>
    {certificate.revoked_at === null && (
      <RevokeForm
        agentId={agent.id}
        serial={certificate.serial}
        what="this certificate"
        consequence={
          certificate.in_use
            ? "The agent's connection ends at once. Its runs are paused; what it runs now goes on and its outcome is not known."
            : "Whoever holds it is not let in any more."
        }
      />
    )}
  </li>
);

export const AgentDetails = ({ agent }: { readonly agent: WireAgent }) => (
  <div className="space-y-6">
    {agent.status_reason !== null && <p>{agent.status_reason}</p>}
    {agent.binary_hash !== null && <Program agent={agent} hash={agent.binary_hash} />}
    <HostFacts agent={agent} />
    <section className="space-y-2">
      <h3 className="font-semibold text-ink-strong">Certificates</h3>
      <ul className="rounded-lg border border-line">
        {agent.certificates.map((certificate) => (
          <Certificate key={certificate.serial} agent={agent} certificate={certificate} />
        ))}
      </ul>
    </section>
    {agent.status !== "revoked" && (
      <section className="space-y-2">
        <h3 className="font-semibold text-ink-strong">Take the agent out of service</h3>
        <RevokeForm
          agentId={agent.id}
          what={agent.name}
          consequence="All its certificates and unused tokens end at once. A new one-time token for its name takes it back."
        />
      </section>
    )}
  </div>
);
