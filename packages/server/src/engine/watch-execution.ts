// A live execution as server-sent events: a snapshot after each change (id = number of its events), output as it arrives.
// Wake-ups only say "look again"; what is sent is read from the database. Ends when the client is gone or the run is over and told.
import type { WireExecution } from "@dd0c/protocol/http";
import { type EngineContext, executionTopic } from "./engine-context.ts";
import { OutputText, outputAfter, snapshot } from "./read-execution.ts";

const keepAliveMs = 15_000;
/** Between replicas a watcher looks by itself at every third turn: several people may watch one run. */
const looks = 3;

const runningStatuses: ReadonlySet<string> = new Set(["auto_executing", "executing", "rolling_back"]);

const frame = (event: string, data: unknown, id?: number): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Wake-ups since the last look: whether the state changed, and which steps printed. */
class Hints {
  state = true;
  readonly printed = new Set<string>();
  private wake: (() => void) | undefined;

  add(message: string): void {
    if (message.startsWith("output ")) this.printed.add(message.slice("output ".length));
    else this.state = true;
    this.wake?.();
  }

  /** Resolves at the next hint, after `ms`, or when the signal says stop. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.state || this.printed.size > 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const finish = (): void => done();
      signal.addEventListener("abort", finish, { once: true });
      this.wake = done;
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", finish);
        resolve();
      }
    });
  }
}

async function* outputFrames(
  engine: EngineContext,
  tenantId: string,
  hints: Hints,
  seen: Map<string, number>,
  text: OutputText,
): AsyncGenerator<string> {
  const printed = [...hints.printed];
  hints.printed.clear();
  for (const step of printed) {
    for await (const batch of outputAfter(engine, tenantId, step, seen.get(step) ?? 0)) {
      seen.set(step, batch.arrival);
      yield frame("output", text.chunk(batch));
    }
  }
}

const isNews = (found: WireExecution, shown: WireExecution | undefined): boolean => JSON.stringify(found) !== JSON.stringify(shown);

/** Steps that may have printed since the last look without anybody having said so. */
const mayHavePrinted = (execution: WireExecution | undefined): readonly string[] =>
  (execution?.steps ?? []).filter(({ status }) => runningStatuses.has(status)).map(({ id }) => id);

/** Errors before the first frame: EXECUTION_NOT_FOUND. */
export async function* watchExecution(
  engine: EngineContext,
  tenantId: string,
  executionId: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const hints = new Hints();
  const seen = new Map<string, number>();
  const text = new OutputText();
  const waitMs = engine.bus.lookAgainMs === undefined ? keepAliveMs : looks * engine.bus.lookAgainMs;
  let shown: WireExecution | undefined;
  const unsubscribe = engine.bus.subscribe(executionTopic(executionId), (message) => hints.add(message));
  try {
    while (!signal.aborted) {
      const isHinted = hints.state || hints.printed.size > 0;
      if (!isHinted) yield ": still here\n\n";
      // A hint between replicas may have been lost: what is read is compared with what was shown.
      if (!isHinted && engine.bus.lookAgainMs !== undefined) {
        for (const step of mayHavePrinted(shown)) hints.printed.add(step);
        hints.state = isNews(await snapshot(engine, tenantId, executionId), shown);
      }
      yield* outputFrames(engine, tenantId, hints, seen, text);
      if (hints.state) {
        hints.state = false;
        shown = await snapshot(engine, tenantId, executionId);
        yield frame("execution", shown, shown.last_seq);
      }
      await hints.wait(waitMs, signal);
    }
  } finally {
    unsubscribe();
  }
}
