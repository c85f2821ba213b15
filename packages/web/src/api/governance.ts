// Governance: what ran by itself and what people decided, the way back from a downgrade, the review of a version.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const REFRESH_MS = 60_000;

export const useGovernance = () =>
  useQuery({
    queryKey: keys.governance,
    queryFn: ({ signal }) => callServer("getGovernance", {}, signal),
    refetchInterval: REFRESH_MS,
  });

export const useRestoreGovernance = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => callServer("restoreGovernance", { body: { reason } }),
    onSuccess: async (governance) => {
      client.setQueryData(keys.governance, governance);
      await client.invalidateQueries({ queryKey: keys.settings });
      await client.invalidateQueries({ queryKey: keys.runbooks });
    },
  });
};

export const useReviewVersion = (runbookId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, sha256 }: { readonly version: number; readonly sha256: string }) =>
      callServer("reviewRunbookVersion", { params: { id: runbookId, v: version }, body: { version_sha256: sha256 } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.runbook(runbookId) }),
  });
};
