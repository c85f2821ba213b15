// One question to a model, once: prompt and shape go in; the checked answer, or the word for its absence, comes out with what it used.
// It never throws and never passes on a provider's words: a failure is one of our own words. Temperature 0, no streaming, no tools, no retry.
import { z } from "zod";
import type { Absence } from "./absence.ts";
import { cappedExchange, type Exchange, isRedirect } from "./capped-fetch.ts";
import { type AnswerMode, openModel, type ProviderAccess } from "./open-model.ts";

export interface Question<T> {
  readonly system: string;
  readonly user: string;
  /** What is asked for on the wire and what is accepted: shallow, every field required, nothing beside them. */
  readonly shape: z.ZodType<T>;
  readonly shapeName: string;
  readonly maxOutputTokens: number;
}

export interface Used {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** As the provider counts; null where it did not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

export type Asked<T> =
  | { readonly value: T; readonly absence: null; readonly used: Used }
  | { readonly value: null; readonly absence: Absence; readonly used: Used; readonly retryAfterMs: number | undefined };

/** More than any model takes in one call: a provider that says so is not believed. */
const maxTokens = 10_000_000;

const count = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.min(Math.round(value), maxTokens) : null;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const parsed = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    return record(JSON.parse(text ?? ""));
  } catch {
    return {};
  }
};

const firstChoice = (answer: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Array.isArray(answer["choices"]) ? record(answer["choices"][0]) : {};

/** How an answer may end, in the words of both wire formats; only an ordinary end may be believed. */
const endings: ReadonlyMap<unknown, Absence | null> = new Map<unknown, Absence | null>([
  ["stop", null],
  ["end_turn", null],
  ["tool_use", null],
  ["stop_sequence", null],
  ["length", "truncated"],
  ["max_tokens", "truncated"],
  ["model_context_window_exceeded", "truncated"],
  ["content_filter", "refused"],
  ["refusal", "refused"],
]);

function endingOf(answer: Readonly<Record<string, unknown>>): Absence | null {
  const choice = firstChoice(answer);
  const refusal = record(choice["message"])["refusal"];
  if (typeof refusal === "string" && refusal !== "") return "refused";
  const ending = endings.get(answer["stop_reason"] ?? choice["finish_reason"]);
  return ending === undefined ? "malformed answer" : ending;
}

function usedIn(exchange: Exchange): Used {
  const usage = record(parsed(exchange.body())["usage"]);
  return {
    sentBytes: exchange.sentBytes(),
    receivedBytes: exchange.receivedBytes(),
    inputTokens: count(usage["input_tokens"] ?? usage["prompt_tokens"]),
    outputTokens: count(usage["output_tokens"] ?? usage["completion_tokens"]),
  };
}

function statusAbsence(status: number): Absence | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return "key refused";
  if (status === 429) return "rate limited";
  if (isRedirect(status)) return "redirected";
  return status >= 500 ? "provider failing" : "request refused";
}

/** What went wrong, from what was seen on the wire; the library's error is not looked at. */
function absenceOf(exchange: Exchange, signal: AbortSignal): Absence {
  const status = exchange.status();
  if (exchange.tooLarge()) return "answer too large";
  if (status !== undefined && exchange.body() !== undefined) {
    return statusAbsence(status) ?? endingOf(parsed(exchange.body())) ?? "malformed answer";
  }
  if (signal.aborted) return signal.reason instanceof DOMException && signal.reason.name === "TimeoutError" ? "timeout" : "cancelled";
  return "unreachable";
}

async function generate<T>(
  access: ProviderAccess,
  model: string,
  question: Question<T>,
  mode: AnswerMode,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<unknown> {
  const { generateText, jsonSchema, Output } = await import("ai");
  // The library prints warnings about settings that a model does not have; our logs are ours.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  const schema = jsonSchema(z.toJSONSchema(question.shape) as Parameters<typeof jsonSchema>[0]);
  const { output } = await generateText({
    model: await openModel(access, model, mode, exchange.fetch),
    system: question.system,
    prompt: question.user,
    output: Output.object({ schema, name: question.shapeName }),
    temperature: 0,
    maxOutputTokens: question.maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
  });
  return output;
}

/** Settles when the signal does, whatever the library and the provider do. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(new Error("aborted"));
    signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
  });

/** Never rejects. */
export async function askOnce<T>(
  access: ProviderAccess,
  model: string,
  question: Question<T>,
  mode: AnswerMode,
  caller: AbortSignal,
): Promise<Asked<T>> {
  const exchange = cappedExchange();
  // One of its own: what listens to it goes with it, and not with the budget of a whole runbook.
  const signal = AbortSignal.any([caller]);
  const absent = (absence: Absence): Asked<T> => ({
    value: null,
    absence,
    used: usedIn(exchange),
    retryAfterMs: exchange.retryAfterMs(),
  });
  try {
    const answer = await Promise.race([generate(access, model, question, mode, exchange, signal), untilAborted(signal)]);
    const ending = endingOf(parsed(exchange.body()));
    if (ending !== null) return absent(ending);
    const checked = question.shape.safeParse(answer);
    return checked.success ? { value: checked.data, absence: null, used: usedIn(exchange) } : absent("wrong shape");
  } catch {
    return absent(absenceOf(exchange, signal));
  }
}
