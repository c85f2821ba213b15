// Handlers for agents: who they are and how they are, tokens for new ones, their certificates and programs.
import type { CertificateAuthority } from "../../agents/certificate-authority.ts";
import { registerAgentBinary, retireAgentBinary } from "../../app/agent-binaries.ts";
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { createEnrolmentToken } from "../../app/create-enrolment-token.ts";
import { revokeAgent } from "../../app/revoke-agent.ts";
import { listAgents, listBinaries, listCertificates } from "../../db/index.ts";
import type { AgentPresence } from "../../ports.ts";
import type { Handlers } from "../call.ts";
import { wireAgent, wireBinary } from "../wire/agent.ts";

type AgentHandlers = Pick<
  Handlers,
  "listAgents" | "createEnrolmentToken" | "revokeAgent" | "listAgentBinaries" | "registerAgentBinary" | "retireAgentBinary"
>;

export interface AgentRouteOptions {
  readonly ca: Pick<CertificateAuthority, "caDer">;
  readonly presence: AgentPresence;
  /** Makes whoever holds the agent's stream look at it again; empty for every agent. */
  readonly onStandingChanged: (agentId: string) => void;
}

export function agentHandlers(app: AppContext, { ca, presence, onStandingChanged }: AgentRouteOptions): AgentHandlers {
  return {
    listAgents: async ({ caller }) => {
      const [agents, certificates] = await app.db.withTenant(caller.tenantId, async (tx) => [
        await listAgents(tx),
        await listCertificates(tx),
      ]);
      return { items: agents.map((agent) => wireAgent(agent, certificates, presence, app.clock.now())) };
    },

    createEnrolmentToken: async ({ caller, body }) => {
      const issued = await createEnrolmentToken(app, ca, deedOf(caller, app.clock.now()), body.agent_name);
      return {
        token: issued.token,
        agent_name: body.agent_name,
        expires_at: issued.expiresAt.toISOString(),
        command: "dd0c agent start --config agent.json --enroll-token-file token.txt",
      };
    },

    revokeAgent: async ({ caller, params, body }) => {
      const revocation = { agentId: params.id, serial: body.serial ?? null, reason: body.reason };
      await revokeAgent(app, deedOf(caller, app.clock.now()), revocation);
      onStandingChanged(params.id);
      return undefined;
    },

    listAgentBinaries: async ({ caller }) => ({ items: (await app.db.withTenant(caller.tenantId, listBinaries)).map(wireBinary) }),

    registerAgentBinary: async ({ caller, body }) => {
      await registerAgentBinary(app, deedOf(caller, app.clock.now()), body.hash, body.name, "admin");
      onStandingChanged("");
      return undefined;
    },

    retireAgentBinary: async ({ caller, params }) => {
      await retireAgentBinary(app, deedOf(caller, app.clock.now()), params.hash);
      onStandingChanged("");
      return undefined;
    },
  };
}
