// Keeps one execution's snapshot fresh over server-sent events and collects its streamed output. Goes quiet when the
// execution has ended. The stream only informs: decisions travel by ordinary calls, and a snapshot never goes backwards.
import { routePath, type WireExecution, type WireOutputChunk } from "@dd0c/protocol/http";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { storeExecution } from "../api/executions.ts";
import { keys } from "../api/keys.ts";
import { appendOutput, EMPTY_OUTPUT, type StepOutput } from "./collect-output.ts";

const FLUSH_MS = 100;
const REOPEN_MS = 3_000;
const LINGER_MS = 5_000;

/** `sinceMs`: when this state began, on the reader's clock. "ended": the execution is over and nothing more will come. */
export interface Connection {
  readonly state: "connecting" | "live" | "lost" | "ended";
  readonly sinceMs: number;
}

export type Outputs = Readonly<Record<string, StepOutput>>;

const ENDED: ReadonlySet<WireExecution["status"]> = new Set(["completed", "failed", "aborted", "timed_out"]);
export const hasEnded = (execution: Pick<WireExecution, "status">): boolean => ENDED.has(execution.status);

/** Over, and no step of it is being undone: nothing more will come. */
export const isAtRest = (execution: Pick<WireExecution, "status" | "current_step_id">): boolean =>
  hasEnded(execution) && execution.current_step_id === null;

export const collectByStep = (outputs: Outputs, arrived: readonly WireOutputChunk[]): Outputs => {
  const steps = new Set(arrived.map((chunk) => chunk.step_execution_id));
  const changed = [...steps].map((id) => {
    const pieces = arrived.filter((chunk) => chunk.step_execution_id === id);
    return [id, appendOutput(outputs[id] ?? EMPTY_OUTPUT, pieces)] as const;
  });
  return { ...outputs, ...Object.fromEntries(changed) };
};

/** Pieces come faster than a screen can draw: they are gathered and handed on at most ten times a second. */
const useOutputs = () => {
  const [outputs, setOutputs] = useState<Outputs>({});
  const waiting = useRef<WireOutputChunk[]>([]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (waiting.current.length === 0) return;
      const arrived = waiting.current;
      waiting.current = [];
      setOutputs((before) => collectByStep(before, arrived));
    }, FLUSH_MS);
    return () => clearInterval(timer);
  }, []);
  return { outputs, push: (chunk: WireOutputChunk) => waiting.current.push(chunk) };
};

interface Listeners {
  /** After every connect: output may have been missed. */
  readonly onOpen: () => void;
  readonly onLost: () => void;
  readonly onSnapshot: (execution: WireExecution) => void;
  readonly onOutput: (chunk: WireOutputChunk) => void;
}

/** The browser reconnects by itself with Last-Event-ID after a break; where it gives up, a new stream is opened. */
const openStream = (id: string, listeners: Listeners): (() => void) => {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource(routePath("watchExecution", { id }));
    source.addEventListener("open", listeners.onOpen);
    source.addEventListener("execution", (event: MessageEvent<string>) => listeners.onSnapshot(JSON.parse(event.data) as WireExecution));
    source.addEventListener("output", (event: MessageEvent<string>) => listeners.onOutput(JSON.parse(event.data) as WireOutputChunk));
    source.addEventListener("error", () => {
      listeners.onLost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
};

export const useLiveExecution = (id: string, ended: boolean): { readonly connection: Connection; readonly outputs: Outputs } => {
  const client = useQueryClient();
  const { outputs, push } = useOutputs();
  const [connection, setConnection] = useState<Connection>({ state: "connecting", sinceMs: Date.now() });
  const [lingering, setLingering] = useState(false);
  const take = useRef(push);
  take.current = push;

  useEffect(() => {
    if (!ended) return setLingering(true);
    const timer = setTimeout(() => setLingering(false), LINGER_MS);
    return () => clearTimeout(timer);
  }, [ended]);

  const watching = !ended || lingering;
  useEffect(() => {
    if (!watching) return;
    const onState = (state: Connection["state"]): void => {
      setConnection((before) => (before.state === state ? before : { state, sinceMs: Date.now() }));
    };
    const onOpen = (): void => {
      onState("live");
      void client.invalidateQueries({ queryKey: keys.stepOutputs(id) });
    };
    return openStream(id, {
      onOpen,
      onLost: () => onState("lost"),
      onSnapshot: (execution) => storeExecution(client, execution),
      onOutput: (chunk) => take.current(chunk),
    });
  }, [client, id, watching]);

  return { connection: ended ? { state: "ended", sinceMs: connection.sinceMs } : connection, outputs };
};
