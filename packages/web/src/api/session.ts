// Who is signed in, the first-run choices, sign-out. A missing session is the value null, not an error.
import { ApiError, type WireRole, type WireSession } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const readSession = async (signal: AbortSignal): Promise<WireSession | null> => {
  try {
    return await callServer("getSession", {}, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
};

export const useSession = () =>
  useQuery({ queryKey: keys.session, queryFn: ({ signal }) => readSession(signal), staleTime: 60_000, refetchOnWindowFocus: true });

export const useSetup = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly governance_mode: "strict" | "audit"; readonly demo_trust_level: number }) =>
      callServer("setup", { body }),
    onSuccess: async (session) => {
      await client.invalidateQueries({ queryKey: keys.runbooks });
      await client.invalidateQueries({ queryKey: keys.settings });
      client.setQueryData(keys.session, session);
    },
  });
};

export const useSignOut = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callServer("signOut", {}),
    onSuccess: () => {
      client.clear();
      client.setQueryData(keys.session, null);
    },
  });
};

const CONTAINED: Readonly<Record<WireRole, readonly WireRole[]>> = {
  admin: ["admin", "approver", "operator", "viewer", "author"],
  approver: ["approver", "operator", "viewer"],
  operator: ["operator", "viewer"],
  author: ["author", "viewer"],
  viewer: ["viewer"],
};

/** Roles contain one another; this only decides what a page offers, the server decides what happens. */
export const roleAllows = (has: WireRole, needed: WireRole): boolean => CONTAINED[has].includes(needed);

/** null when the signed-in role allows it, otherwise the sentence that stands beside the disabled control. */
export const useRoleRefusal = (needed: WireRole): string | null => {
  const { data } = useSession();
  if (data === null || data === undefined) return "Sign in first.";
  return roleAllows(data.role, needed) ? null : `Your role is ${data.role}. This needs ${needed}.`;
};
