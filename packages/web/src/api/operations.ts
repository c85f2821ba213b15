// Panic, audit, settings, keys, single verdicts: small reads and writes around executions.
import type { CallInput, WirePanicState, WirePartyModeState } from "@dd0c/protocol/http";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const PANIC_REFRESH_MS = 5_000;
const PANIC_REFRESH_WHILE_ON_MS = 1_000;

export const usePanic = () =>
  useQuery({
    queryKey: keys.panic,
    queryFn: ({ signal }) => callServer("getPanic", {}, signal),
    refetchInterval: (query) => (query.state.data?.on === true ? PANIC_REFRESH_WHILE_ON_MS : PANIC_REFRESH_MS),
  });

export const useSwitchPanic = (name: "panicOn" | "panicOff") => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => callServer(name, { body: { reason } }),
    onSuccess: async (state: WirePanicState) => {
      client.setQueryData(keys.panic, state);
      await client.invalidateQueries({ queryKey: keys.executions });
      await client.invalidateQueries({ queryKey: keys.agents });
    },
  });
};

export const usePartyMode = () =>
  useQuery({
    queryKey: keys.partyMode,
    queryFn: ({ signal }) => callServer("getPartyMode", {}, signal),
    refetchInterval: PANIC_REFRESH_MS,
  });

export const useLeavePartyMode = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => callServer("leavePartyMode", { body: { reason } }),
    onSuccess: async (state: WirePartyModeState) => {
      client.setQueryData(keys.partyMode, state);
      await client.invalidateQueries({ queryKey: keys.executions });
    },
  });
};

export const useUnknownCommands = (enabled: boolean) =>
  useQuery({
    queryKey: keys.unknownCommands,
    queryFn: ({ signal }) => callServer("unknownCommands", { query: { limit: 50 } }, signal),
    enabled,
  });

export interface AuditFilter {
  readonly type?: string | undefined;
  readonly execution_id?: string | undefined;
  readonly runbook_id?: string | undefined;
}

export const useAuditEvents = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: keys.audit({ ...filter }),
    queryFn: ({ signal, pageParam }) => {
      const set = Object.entries({ ...filter, cursor: pageParam }).filter(([, value]) => value !== undefined && value !== "");
      return callServer("listAudit", { query: Object.fromEntries(set) }, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useVerifyAudit = () => useMutation({ mutationFn: () => callServer("verifyAudit", {}) });

export const useSettings = () => useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => callServer("getSettings", {}, signal) });

export const useUpdateSettings = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"updateSettings">["body"]) => callServer("updateSettings", { body }),
    onSuccess: async (settings) => {
      client.setQueryData(keys.settings, settings);
      await client.invalidateQueries({ queryKey: keys.governance });
      await client.invalidateQueries({ queryKey: keys.runbooks });
    },
  });
};

export const useApiKeys = (enabled: boolean) =>
  useQuery({ queryKey: keys.apiKeys, queryFn: ({ signal }) => callServer("listApiKeys", {}, signal), enabled });

export const useCreateApiKey = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"createApiKey">["body"]) => callServer("createApiKey", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
};

export const useRevokeApiKey = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) => callServer("revokeApiKey", { params: { key_id: keyId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
};

/** The scanner alone, with what it would suggest; asked only when a person wants to know. */
export const useScannerTest = (command: string, asked: boolean) =>
  useQuery({
    queryKey: keys.scannerTest(command),
    queryFn: ({ signal }) => callServer("scannerTest", { body: { command } }, signal),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Both keys' opinion on one command while it is edited; the server decides again when the edit is sent. */
export const useVerdict = (command: string) =>
  useQuery({
    queryKey: keys.verdict(command),
    queryFn: ({ signal }) => callServer("classify", { body: { command } }, signal),
    enabled: command.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
