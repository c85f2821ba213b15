// Webhooks and what was sent to the outside. A secret is in the answer that made it and nowhere else.
import type { CallInput, WireOutboundDelivery } from "@dd0c/protocol/http";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const REFRESH_MS = 10_000;
/** While somebody watches a delivery. */
const WATCH_MS = 2_000;

export const useWebhooks = (enabled: boolean, refreshMs = REFRESH_MS) =>
  useQuery({
    queryKey: keys.webhooks,
    queryFn: ({ signal }) => callServer("listWebhookEndpoints", {}, signal),
    enabled,
    refetchInterval: refreshMs,
  });

const useChange = <Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks }) });
};

export const useCreateWebhook = () =>
  useChange((body: CallInput<"createWebhookEndpoint">["body"]) => callServer("createWebhookEndpoint", { body }));

export const useUpdateWebhook = (id: string) =>
  useChange((body: CallInput<"updateWebhookEndpoint">["body"]) => callServer("updateWebhookEndpoint", { params: { id }, body }));

export const useRotateWebhook = (id: string) =>
  useChange((hours: number) => callServer("rotateWebhookSecret", { params: { id }, body: { overlap_hours: hours } }));

export const useTestWebhook = (id: string) => useChange(() => callServer("testWebhookEndpoint", { params: { id } }));

export const useRemoveWebhook = () => useChange((id: string) => callServer("removeWebhookEndpoint", { params: { id } }));

export interface DeliveryFilter {
  readonly target_id?: string | undefined;
  readonly state?: WireOutboundDelivery["state"] | undefined;
}

export const useDeliveries = (filter: DeliveryFilter) =>
  useInfiniteQuery({
    queryKey: keys.deliveryList({ ...filter }),
    queryFn: ({ signal, pageParam }) => {
      const set = Object.entries({ ...filter, limit: 50, cursor: pageParam }).filter(([, value]) => value !== undefined && value !== "");
      return callServer("listOutboundDeliveries", { query: Object.fromEntries(set) }, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

export const useDelivery = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.delivery(id),
    queryFn: ({ signal }) => callServer("getOutboundDelivery", { params: { id } }, signal),
    enabled,
    refetchInterval: WATCH_MS,
  });

export const useReplay = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callServer("replayOutboundDelivery", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.deliveries }),
  });
};
