// Everything one step has printed: the history from the server joined with what arrives live.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { callServer } from "../api/call-server.ts";
import { keys } from "../api/keys.ts";
import { EMPTY_OUTPUT, mergeHistory, type StepOutput } from "./collect-output.ts";

export const useStepOutput = (executionId: string, stepId: string, live: StepOutput | undefined, wanted: boolean) => {
  const history = useQuery({
    queryKey: keys.stepOutput(executionId, stepId),
    queryFn: ({ signal }) => callServer("getStepOutput", { params: { id: executionId, sid: stepId } }, signal),
    enabled: wanted,
    staleTime: 2_000,
  });
  const output = useMemo(() => mergeHistory(live ?? EMPTY_OUTPUT, history.data?.chunks ?? []), [live, history.data]);
  return { output, truncated: history.data?.truncated === true, isPending: history.isPending, error: history.error };
};
