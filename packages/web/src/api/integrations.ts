// Integrations that alerts come through. A secret is in the answer that made it and nowhere else.
import type { CallInput, WireAlertMap } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const REFRESH_MS = 10_000;

export const useIntegrations = (enabled: boolean) =>
  useQuery({
    queryKey: keys.integrations,
    queryFn: ({ signal }) => callServer("listIntegrations", {}, signal),
    enabled,
    refetchInterval: REFRESH_MS,
  });

const useChange = <Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: keys.integrations }) });
};

export const useCreateIntegration = () =>
  useChange((body: CallInput<"createIntegration">["body"]) => callServer("createIntegration", { body }));

export const useRotateSecret = (id: string) =>
  useChange((body: CallInput<"rotateIntegrationSecret">["body"]) => callServer("rotateIntegrationSecret", { params: { id }, body }));

export const useRevokeIntegration = () => useChange((id: string) => callServer("revokeIntegration", { params: { id } }));

export const useSaveAlertMap = (id: string) =>
  useChange((map: WireAlertMap | null) => callServer("updateIntegration", { params: { id }, body: { alert_map: map } }));

export const useTryAlertMap = () =>
  useMutation({ mutationFn: (body: CallInput<"tryAlertMap">["body"]) => callServer("tryAlertMap", { body }) });

export const useSetClosing = (id: string) =>
  useChange((body: CallInput<"setClosing">["body"]) => callServer("setClosing", { params: { id }, body }));

export const useRemoveClosing = () => useChange((id: string) => callServer("removeClosing", { params: { id } }));

/** Whole address that the other system calls. */
export const addressOf = (path: string): string => `${window.location.origin}${path}`;
