// Whether Slack can be reached.
import { useQuery } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const REFRESH_MS = 15_000;

export const useSlackState = () =>
  useQuery({
    queryKey: keys.slack,
    queryFn: ({ signal }) => callServer("getSlackState", {}, signal),
    refetchInterval: REFRESH_MS,
  });
