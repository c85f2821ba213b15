// A question and a deadline go in; the answer or the word for its absence comes out before the deadline, with retries only inside it.
// Holds what is remembered about the provider between calls: its breaker, and whether it takes a schema. Never rejects.
import type { Absence } from "./absence.ts";
import { type Asked, askOnce, type Question, type Used } from "./ask-once.ts";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker.ts";
import type { AnswerMode, ProviderAccess } from "./open-model.ts";

export interface Answered<T> {
  readonly value: T | null;
  readonly absence: Absence | null;
  /** Of all attempts together; null where nothing was sent. */
  readonly used: Used | null;
  readonly attempts: number;
  readonly durationMs: number;
}

export interface ModelClient {
  readonly ask: <T>(model: string, question: Question<T>, signal: AbortSignal) => Promise<Answered<T>>;
}

/** Worth another try with the same question. */
const passing: ReadonlySet<Absence> = new Set(["provider failing", "rate limited", "unreachable"]);
/** The provider's failures, as opposed to a model that answers badly. */
const failing: ReadonlySet<Absence> = new Set([
  "provider failing",
  "rate limited",
  "unreachable",
  "timeout",
  "answer too large",
  "redirected",
]);

const maxAttempts = 4;
const firstPauseMs = 100;

const sum = (a: number | null, b: number | null): number | null => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));

const added = (before: Used | null, used: Used): Used =>
  before === null
    ? used
    : {
        sentBytes: before.sentBytes + used.sentBytes,
        receivedBytes: before.receivedBytes + used.receivedBytes,
        inputTokens: sum(before.inputTokens, used.inputTokens),
        outputTokens: sum(before.outputTokens, used.outputTokens),
      };

/** True after the pause; false when there is no time for it. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => finish(true), ms);
    const abandoned = (): void => finish(false);
    const finish = (slept: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abandoned);
      resolve(slept);
    };
    signal.addEventListener("abort", abandoned, { once: true });
  });

interface Memory {
  readonly breaker: CircuitBreaker;
  /** Models whose server refused a schema and was then asked for plain JSON. */
  readonly withoutSchema: Set<string>;
}

function remember({ breaker }: Memory, absence: Absence | null): void {
  if (absence === null) breaker.succeeded();
  else if (failing.has(absence)) breaker.failed();
}

/** What to do after a failed attempt: how long to wait, or null to give up. */
function nextPauseMs(memory: Memory, model: string, mode: AnswerMode, attempt: number, asked: Asked<unknown>): number | null {
  if (asked.absence === null || attempt >= maxAttempts) return null;
  if (asked.absence === "request refused" && mode === "schema") {
    memory.withoutSchema.add(model);
    return 0;
  }
  if (!passing.has(asked.absence)) return null;
  return asked.retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1);
}

async function attempts<T>(memory: Memory, access: ProviderAccess, model: string, question: Question<T>, signal: AbortSignal) {
  let used: Used | null = null;
  for (let attempt = 1; ; attempt++) {
    if (!memory.breaker.allows()) return { value: null, absence: "paused after failures" as const, used, attempts: attempt - 1 };
    const mode: AnswerMode = access.provider === "openai-compatible" && memory.withoutSchema.has(model) ? "json" : "schema";
    const asked = await askOnce(access, model, question, mode, signal);
    remember(memory, asked.absence);
    used = added(used, asked.used);
    const wait = nextPauseMs(memory, model, mode, attempt, asked);
    if (wait === null || !(await pause(wait, signal))) return { value: asked.value, absence: asked.absence, used, attempts: attempt };
  }
}

/** @param monotonic milliseconds from an arbitrary start */
export function createModelClient(access: ProviderAccess, monotonic: () => number): ModelClient {
  const memory: Memory = { breaker: createCircuitBreaker(monotonic), withoutSchema: new Set() };
  return {
    ask: async (model, question, signal) => {
      const startedMs = monotonic();
      const done = await attempts(memory, access, model, question, signal);
      return { ...done, durationMs: Math.round(monotonic() - startedMs) };
    },
  };
}
