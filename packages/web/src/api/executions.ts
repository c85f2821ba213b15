// Reading executions and sending a person's decisions. Each decision answers with the new snapshot, which replaces the cached one.
import type { CallInput, WireExecution } from "@dd0c/protocol/http";
import { type QueryClient, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { callServer } from "./call-server.ts";
import { keys } from "./keys.ts";

const LIST_REFRESH_MS = 10_000;

export const useExecutions = (
  filter: { readonly runbookId?: string | undefined; readonly status?: WireExecution["status"] | undefined } = {},
) =>
  useQuery({
    queryKey: keys.executionList(filter.runbookId, filter.status),
    queryFn: ({ signal }) =>
      callServer(
        "listExecutions",
        { query: { ...(filter.runbookId ? { runbook_id: filter.runbookId } : {}), ...(filter.status ? { status: filter.status } : {}) } },
        signal,
      ),
    refetchInterval: LIST_REFRESH_MS,
  });

const readExecution = (client: QueryClient, id: string, signal: AbortSignal): Promise<WireExecution> =>
  callServer("getExecution", { params: { id } }, signal).then((answer) =>
    newerOf(client.getQueryData<WireExecution>(keys.execution(id)), answer),
  );

/** Snapshots may overtake each other on the way; the one with the higher audit sequence number is the truth. */
export const newerOf = (known: WireExecution | undefined, arrived: WireExecution): WireExecution =>
  known !== undefined && known.last_seq > arrived.last_seq ? known : arrived;

export const useExecution = (id: string, refreshMs: number | false = false) => {
  const client = useQueryClient();
  return useQuery({ queryKey: keys.execution(id), queryFn: ({ signal }) => readExecution(client, id, signal), refetchInterval: refreshMs });
};

export const useExecutionDetails = (ids: readonly string[]) => {
  const client = useQueryClient();
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.execution(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => readExecution(client, id, signal),
      refetchInterval: LIST_REFRESH_MS,
    })),
  });
};

export const storeExecution = (client: QueryClient, arrived: WireExecution): void => {
  client.setQueryData<WireExecution>(keys.execution(arrived.id), (known) => newerOf(known, arrived));
};

export const useStartExecution = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"startExecution">["body"]) => callServer("startExecution", { body }),
    onSuccess: ({ joined: _joined, ...execution }) => {
      storeExecution(client, execution);
      return client.invalidateQueries({ queryKey: ["executions", "list"] });
    },
  });
};

/** Decisions on a whole execution. */
export type ExecutionDecision =
  | "confirmPreflight"
  | "abortExecution"
  | "resumeExecution"
  | "runUnlisted"
  | "handOver"
  | "takeOver"
  | "pauseExecution"
  | "setVariable"
  | "declareAction";
/** Decisions on one step; a page offers one only where `step.actions` names it. */
export type StepDecision =
  | "approveStep"
  | "lookStep"
  | "modifyStep"
  | "skipStep"
  | "reportStep"
  | "continueStep"
  | "retryStep"
  | "stopStep"
  | "setTimeout";

type BodyOf<N extends ExecutionDecision | StepDecision> = CallInput<N> extends { readonly body: infer B } ? B : never;

export const useExecutionDecision = <N extends ExecutionDecision>(name: N, id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<N>) => callServer<ExecutionDecision>(name, { params: { id }, body } as CallInput<ExecutionDecision>),
    onSuccess: (execution) => storeExecution(client, execution),
    onError: () => void client.invalidateQueries({ queryKey: keys.execution(id) }),
  });
};

export const useStepDecision = <N extends StepDecision>(name: N, id: string, stepId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<N>) => callServer<StepDecision>(name, { params: { id, sid: stepId }, body } as CallInput<StepDecision>),
    onSuccess: (execution) => storeExecution(client, execution),
    onError: () => void client.invalidateQueries({ queryKey: keys.execution(id) }),
  });
};

/** A person's answer to a condition of the runbook. */
export const useAnswerBranch = (id: string, branch: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<"answerBranch">["body"]) => callServer("answerBranch", { params: { id, branch }, body }),
    onSuccess: (execution) => storeExecution(client, execution),
    onError: () => void client.invalidateQueries({ queryKey: keys.execution(id) }),
  });
};

/** Asks for a way back: of one step, or (without a step) of every step, last first. Nothing is undone before it is approved. */
export const useUndo = (id: string, stepId: string | null) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      stepId === null ? callServer("unwindExecution", { params: { id } }) : callServer("rollbackStep", { params: { id, sid: stepId } }),
    onSuccess: (execution) => storeExecution(client, execution),
    onError: () => void client.invalidateQueries({ queryKey: keys.execution(id) }),
  });
};

/** A code to go on with the run at its agent's host. It is kept nowhere: `reset` forgets it. */
export const useRecoveryCode = (id: string) =>
  useMutation({ mutationFn: () => callServer("issueRecoveryCode", { params: { id } }), gcTime: 0 });
