// The page of one execution, left open: server-sent events, dialled again whenever the stream ends, as a browser does.
// In: a world and an execution. Out: its newest snapshot, and the wait for the next one.
import { routePath, type WireExecution } from "@dd0c/protocol/http";
import type { World } from "./world/world.ts";

export interface LivePage {
  readonly latest: () => WireExecution | undefined;
  /** Resolves at the next snapshot, or after so long without one. */
  changed(withinMs: number): Promise<void>;
  close(): void;
}

const redialMs = 200;

/** The executions among complete events of a stream; what is left over waits for more bytes. */
function cut(text: string): { readonly executions: readonly WireExecution[]; readonly rest: string } {
  const parts = text.split("\n\n");
  const rest = parts.pop() ?? "";
  const executions = parts
    .filter((part) => part.includes("event: execution\n"))
    .map((part) => JSON.parse(part.slice(part.indexOf("\ndata: ") + 7)) as WireExecution);
  return { executions, rest };
}

export function livePage(world: World, id: string, saw: (execution: WireExecution) => void): LivePage {
  const closing = new AbortController();
  let latest: WireExecution | undefined;
  let waiters: (() => void)[] = [];

  const take = (execution: WireExecution): void => {
    saw(execution);
    if (latest === undefined || execution.last_seq >= latest.last_seq) latest = execution;
    for (const wake of waiters) wake();
    waiters = [];
  };
  const listen = async (): Promise<void> => {
    const { base, cookie } = await world.seat();
    const response = await fetch(`${base}${routePath("watchExecution", { id })}`, { headers: { cookie }, signal: closing.signal });
    if (!response.ok || response.body === null) return;
    let text = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const { executions, rest } = cut(text + piece);
      text = rest;
      for (const execution of executions) take(execution);
    }
  };
  const keepOpen = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await listen().catch(() => undefined);
      if (!closing.signal.aborted) await new Promise((wait) => setTimeout(wait, redialMs));
    }
  };
  void keepOpen();
  return {
    latest: () => latest,
    changed: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        waiters.push(() => (clearTimeout(timer), resolve()));
      }),
    close: () => closing.abort(),
  };
}
