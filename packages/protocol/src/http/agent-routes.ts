// Endpoints of agents: how they stand, tokens for new ones, their certificates and the programs that they may run as.
import { z } from "zod";
import * as o from "./operations.ts";
import { uuid } from "./primitives.ts";
import { route } from "./route.ts";

export const agentRoutes = {
  listAgents: route({
    method: "GET",
    path: "/agents",
    summary: "Agents and their state",
    access: "viewer",
    status: 200,
    response: z.object({ items: z.array(o.agent) }),
    limit: "read",
  }),
  createEnrolmentToken: route({
    method: "POST",
    path: "/agents/enrolment-tokens",
    summary: "One-time token for a new agent",
    access: "admin",
    humanOnly: true,
    body: o.enrolmentTokenRequest,
    status: 201,
    response: o.enrolmentToken,
    limit: "write",
  }),
  revokeAgent: route({
    method: "POST",
    path: "/agents/:id/revoke",
    summary: "Revoke one certificate of an agent, or the agent with all of them",
    access: "admin",
    humanOnly: true,
    params: z.object({ id: uuid }),
    body: o.revokeAgentRequest,
    status: 204,
    limit: "write",
  }),
  listAgentBinaries: route({
    method: "GET",
    path: "/agents/binaries",
    summary: "Programs that agents may run as",
    access: "viewer",
    status: 200,
    response: z.object({ items: z.array(o.agentBinary) }),
    limit: "read",
  }),
  registerAgentBinary: route({
    method: "POST",
    path: "/agents/binaries",
    summary: "Register the program of an agent release",
    access: "admin",
    humanOnly: true,
    body: o.agentBinaryRequest,
    status: 204,
    limit: "write",
  }),
  retireAgentBinary: route({
    method: "DELETE",
    path: "/agents/binaries/:hash",
    summary: "Retire a program: agents that run it get no work",
    access: "admin",
    humanOnly: true,
    params: z.object({ hash: o.binaryHash }),
    status: 204,
    limit: "write",
  }),
} as const;
