// Agents: the list, tokens for new ones, revoking, and the programs that they may run as.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const AGENTS_REFRESH_MS = 10_000;

export const useAgents = () =>
  useQuery({ queryKey: keys.agents, queryFn: ({ signal }) => callServer("listAgents", {}, signal), refetchInterval: AGENTS_REFRESH_MS });

export const useCreateEnrolmentToken = () =>
  useMutation({ mutationFn: (agentName: string) => callServer("createEnrolmentToken", { body: { agent_name: agentName } }) });

export interface Revocation {
  readonly agentId: string;
  /** Left out: the agent with everything that it holds. */
  readonly serial?: string;
  readonly reason: string;
}

export const useRevokeAgent = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ agentId, ...body }: Revocation) => callServer("revokeAgent", { params: { id: agentId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.agents }),
  });
};

export const useRegisterAgentBinary = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly hash: string; readonly name: string }) => callServer("registerAgentBinary", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.agents }),
  });
};
