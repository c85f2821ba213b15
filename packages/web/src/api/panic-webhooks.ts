// Webhooks that can switch panic on: list, make, revoke.
import { routePath } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

export const usePanicWebhooks = (enabled: boolean) =>
  useQuery({ queryKey: keys.panicWebhooks, queryFn: ({ signal }) => callServer("listPanicWebhooks", {}, signal), enabled });

export const useCreatePanicWebhook = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => callServer("createPanicWebhook", { body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.panicWebhooks }),
  });
};

export const useRevokePanicWebhook = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callServer("revokePanicWebhook", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.panicWebhooks }),
  });
};

/** The address that a button or another system calls. */
export const panicWebhookUrl = (id: string): string => `${window.location.origin}${routePath("panicByWebhook", { id })}`;
