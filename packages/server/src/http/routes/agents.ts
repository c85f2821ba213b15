// Handlers for agents: who they are and how they are, and tokens for new ones.
import type { CertificateAuthority } from "../../agents/certificate-authority.ts";
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { createEnrolmentToken } from "../../app/create-enrolment-token.ts";
import { type AgentRecord, listAgents } from "../../db/index.ts";
import type { AgentPresence } from "../../ports.ts";
import type { Handlers } from "../call.ts";

type AgentHandlers = Pick<Handlers, "listAgents" | "createEnrolmentToken">;

export interface AgentRouteOptions {
  readonly ca: Pick<CertificateAuthority, "caDer">;
  readonly presence: AgentPresence;
}

const statusOf = (agent: AgentRecord, presence: AgentPresence): "online" | "offline" | "blocked" | "revoked" => {
  if (agent.status !== "active") return agent.status;
  return presence.isOnline(agent.id) ? "online" : "offline";
};

const wireAgent = (agent: AgentRecord, presence: AgentPresence) => ({
  id: agent.id,
  name: agent.name,
  status: statusOf(agent, presence),
  version: agent.version,
  pattern_version: agent.patternVersion,
  ceiling: agent.ceiling,
  last_heartbeat: agent.lastHeartbeat?.toISOString() ?? null,
  registered_at: agent.registeredAt.toISOString(),
  certificate_expires_at: agent.certificateExpiresAt?.toISOString() ?? null,
  panic_state: presence.panicStateOf(agent.id),
});

export function agentHandlers(app: AppContext, { ca, presence }: AgentRouteOptions): AgentHandlers {
  return {
    listAgents: async ({ caller }) => ({
      items: (await app.db.withTenant(caller.tenantId, listAgents)).map((agent) => wireAgent(agent, presence)),
    }),

    createEnrolmentToken: async ({ caller, body }) => {
      const issued = await createEnrolmentToken(app, ca, deedOf(caller, app.clock.now()), body.agent_name);
      return {
        token: issued.token,
        agent_name: body.agent_name,
        expires_at: issued.expiresAt.toISOString(),
        command: "dd0c agent --config agent.json --enroll-token-file token.txt",
      };
    },
  };
}
