// People's own word about which alerts belong to which runbook.
import type { CallInput } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

export const useAlertMappings = () =>
  useQuery({ queryKey: keys.alertMappings, queryFn: ({ signal }) => callServer("listAlertMappings", {}, signal) });

const useChange = <Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: keys.alertMappings }) });
};

export const useAddMapping = () => useChange((body: CallInput<"createAlertMapping">["body"]) => callServer("createAlertMapping", { body }));

export const useRemoveMapping = () => useChange((id: string) => callServer("removeAlertMapping", { params: { id } }));
