// Reading and writing runbooks, and the preview of a paste. A preview of older text is aborted when newer text is asked for.
import type { CallInput, WireAnswer, WirePreview } from "@dd0c/protocol/http";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

export const useRunbooks = (service?: string) =>
  useInfiniteQuery({
    queryKey: keys.runbookList(service),
    queryFn: ({ signal, pageParam }) =>
      callServer(
        "listRunbooks",
        { query: { ...(service ? { service } : {}), ...(pageParam === "" ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const useRunbook = (id: string) =>
  useQuery({ queryKey: keys.runbook(id), queryFn: ({ signal }) => callServer("getRunbook", { params: { id } }, signal) });

export const useRunbookVersions = (id: string) =>
  useQuery({ queryKey: keys.runbookVersions(id), queryFn: ({ signal }) => callServer("listRunbookVersions", { params: { id } }, signal) });

export const useRunbookVersion = (id: string, version: number | undefined) =>
  useQuery({
    queryKey: keys.runbookVersion(id, version ?? 0),
    queryFn: ({ signal }) => callServer("getRunbookVersion", { params: { id, v: version ?? 0 } }, signal),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The last preview stays while the next one is made; empty text, and a preview that has to wait, ask nothing. */
export const usePreview = (text: string, answers: WireAnswer[], wait: boolean) =>
  useQuery<WirePreview>({
    queryKey: keys.preview(text, answers),
    queryFn: ({ signal }) => callServer("parsePreview", { body: { raw_text: text, answers } }, signal),
    enabled: text.trim() !== "" && !wait,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    retry: false,
  });

export const useCreateRunbook = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"createRunbook">["body"]) => callServer("createRunbook", { body }),
    onSuccess: (runbook) => {
      client.setQueryData(keys.runbook(runbook.id), runbook);
      return client.invalidateQueries({ queryKey: ["runbooks", "list"] });
    },
  });
};

export const useUpdateRunbook = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"updateRunbook">["body"]) => callServer("updateRunbook", { params: { id }, body }),
    onSuccess: (runbook) => {
      client.setQueryData(keys.runbook(id), runbook);
      return client.invalidateQueries({ queryKey: keys.runbooks });
    },
  });
};

export const useDeleteRunbook = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callServer("deleteRunbook", { params: { id } }),
    onSuccess: () => {
      client.removeQueries({ queryKey: keys.runbook(id) });
      return client.invalidateQueries({ queryKey: ["runbooks", "list"] });
    },
  });
};
