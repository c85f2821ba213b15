// The people of the organisation: list, invite, change, remove; links that nobody has used yet.
import type { CallInput, WireRole } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

export const useMembers = (enabled: boolean) =>
  useQuery({ queryKey: keys.members, queryFn: ({ signal }) => callServer("listMembers", {}, signal), enabled });

export const useInvitations = (enabled: boolean) =>
  useQuery({ queryKey: keys.invitations, queryFn: ({ signal }) => callServer("listInvitations", {}, signal), enabled });

/** Who is a member and which links are open belong together: an accepted or replaced link is gone. */
const useChange = <Input, Answer>(change: (input: Input) => Promise<Answer>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([keys.members, keys.invitations, keys.session].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
};

export const useInviteMember = () => useChange((body: CallInput<"inviteMember">["body"]) => callServer("inviteMember", { body }));

export const useCreateSignInLink = () => useChange((id: string) => callServer("createSignInLink", { params: { id } }));

export const useRevokeInvitation = () => useChange((id: string) => callServer("revokeInvitation", { params: { id } }));

export const useChangeRole = (id: string, myself: boolean) =>
  useChange((role: WireRole) => callServer("changeMemberRole", { params: { id }, body: { role, ...(myself && { myself }) } }));

export const useEndSlackLink = () => useChange((id: string) => callServer("endSlackLink", { params: { id } }));

export const useRemoveMember = (id: string, myself: boolean) =>
  useChange(() => callServer("removeMember", { params: { id }, query: myself ? { myself: "true" } : {} }));
