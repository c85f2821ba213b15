// The language model: its opinions and questions about a text, beside the preview, and a tenant's view and choice of it.
// Asking costs tokens and is limited to a few a minute, so a text is asked about when a person wants it and its answer is kept.
import type { CallInput, WireAnswer, WireModelReview, WireModelSettings } from "@dd0c/protocol/http";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

/** `asked` false asks nothing; an older text's question is aborted when a newer one is asked about. The answer never stands for another text. */
export const useModelReview = (text: string, answers: WireAnswer[], asked: boolean) =>
  useQuery<WireModelReview>({
    queryKey: keys.modelReview(text, answers),
    queryFn: ({ signal }) => callServer("modelReview", { body: { raw_text: text, answers } }, signal),
    enabled: asked && text.trim() !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    retry: false,
  });

export const useModelSettings = () =>
  useQuery<WireModelSettings>({
    queryKey: keys.modelSettings,
    queryFn: ({ signal }) => callServer("getModelSettings", {}, signal),
  });

export const useUpdateModelSettings = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"updateModelSettings">["body"]) => callServer("updateModelSettings", { body }),
    onSuccess: (settings) => client.setQueryData(keys.modelSettings, settings),
  });
};
