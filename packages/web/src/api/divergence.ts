// What a run did beside its runbook, and what several runs suggest about its text.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

/** Written once: it is asked for once. A run that nobody began has none. */
export const useDivergence = (executionId: string) =>
  useQuery({
    queryKey: keys.divergence(executionId),
    queryFn: ({ signal }) => callServer("getDivergence", { params: { id: executionId } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const useSuggestions = (runbookId: string) =>
  useQuery({
    queryKey: keys.suggestions(runbookId),
    queryFn: ({ signal }) => callServer("listSuggestions", { params: { id: runbookId } }, signal),
  });

/** `sha256`: of the text that is on the screen. */
export const useApplySuggestion = (runbookId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, sha256 }: { readonly key: string; readonly sha256: string }) =>
      callServer("applySuggestion", { params: { id: runbookId, key }, body: { proposed_sha256: sha256 } }),
    onSuccess: (runbook) => {
      client.setQueryData(keys.runbook(runbookId), runbook);
      return client.invalidateQueries({ queryKey: keys.runbooks });
    },
  });
};

export const useDismissSuggestion = (runbookId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, reason }: { readonly key: string; readonly reason: string }) =>
      callServer("dismissSuggestion", { params: { id: runbookId, key }, body: { reason } }),
    onSuccess: (left) => client.setQueryData(keys.suggestions(runbookId), left),
  });
};
