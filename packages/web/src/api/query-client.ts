// The cache of answers. A refused session anywhere empties it, so that no screen keeps showing what its reader may no longer see.
import { ApiError } from "@dd0c/protocol/http";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { keys } from "./keys.ts";

const UNAUTHORIZED = 401;
const RETRIES = 2;

const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status < 500;

/** networkMode "always": without a connection a call fails at once and says so; nothing is queued for later. */
export const createQueryClient = (): QueryClient => {
  const onError = (error: unknown): void => {
    if (error instanceof ApiError && error.status === UNAUTHORIZED) client.setQueryData(keys.session, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { networkMode: "always", staleTime: 5_000, retry: (count, error) => !isRefusal(error) && count < RETRIES },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
};
