// Reading alerts and answering what is offered for them. An answer comes back as the run that was started, or as the alert as it is now.
import type { CallInput, WireAlertSummary } from "@dd0c/protocol/http";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { storeExecution } from "./executions.ts";
import { keys } from "./keys.ts";

const REFRESH_MS = 5_000;

export interface AlertFilter {
  readonly status?: WireAlertSummary["status"] | undefined;
  readonly match?: WireAlertSummary["match_state"] | undefined;
}

export const useAlerts = (filter: AlertFilter, limit = 50) =>
  useInfiniteQuery({
    queryKey: keys.alertList({ ...filter, limit: String(limit) }),
    queryFn: ({ signal, pageParam }) => {
      const set = Object.entries({ ...filter, limit, cursor: pageParam }).filter(([, value]) => value !== undefined && value !== "");
      return callServer("listAlerts", { query: Object.fromEntries(set) }, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

/** The first alert of each offer that nobody has answered, newest first. */
export const useOpenOffers = (limit: number) =>
  useQuery({
    queryKey: keys.alertList({ offer: "open", limit: String(limit) }),
    queryFn: ({ signal }) => callServer("listAlerts", { query: { offer: "open", limit } }, signal),
    refetchInterval: REFRESH_MS,
  });

export const useAlert = (id: string) =>
  useQuery({
    queryKey: keys.alert(id),
    queryFn: ({ signal }) => callServer("getAlert", { params: { id } }, signal),
    refetchInterval: REFRESH_MS,
  });

export const useStartAlert = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"startAlert">["body"]) => callServer("startAlert", { params: { id }, body }),
    onSuccess: ({ joined: _joined, ...execution }) => {
      storeExecution(client, execution);
      return client.invalidateQueries({ queryKey: keys.alerts });
    },
  });
};

export const useDismissAlert = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => callServer("dismissAlert", { params: { id }, body: reason === "" ? {} : { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
};

/** Asks the provider to resolve it. */
export const useResolveAlert = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callServer("resolveAlert", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alert(id) }),
  });
};
