// Questions of one tenant go in; its stored answers, or the model's, or the word for their absence come out, in order and within the budget.
// Counts what was used and keeps what was answered, per tenant. It never rejects: a fault of ours is an absence too.
import { canonicalJson } from "@dd0c/core";
import { maskText } from "@dd0c/scanner";
import { textHash } from "../app/context.ts";
import {
  findModelAnswers,
  type ModelCallRecord,
  modelTokensOf,
  type OpenDatabase,
  readModelChoice,
  recordModelCalls,
  storeModelAnswers,
  type TenantTx,
} from "../db/index.ts";
import type { Clock } from "../ports.ts";
import type { Absence } from "./absence.ts";
import type { Answered, ModelClient } from "./ask-within-budget.ts";
import { inParallel } from "./in-parallel.ts";
import type { ModelQuestion } from "./model-questions.ts";
import { type LlmConfig, type TenantModel, tenantModel } from "./tenant-model.ts";

export interface AskContext {
  readonly config: LlmConfig;
  readonly db: Pick<OpenDatabase, "withTenant">;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly client: ModelClient;
  /** Told of a fault by its name; never with a text. */
  readonly onFault: (name: string) => void;
}

export type TenantAnswer<T> = { readonly value: T; readonly absence: null } | { readonly value: null; readonly absence: Absence };

export interface TenantAnswers<T> {
  readonly tenant: TenantModel;
  /** One per question; empty where the model is not on. */
  readonly answers: readonly TenantAnswer<T>[];
}

/** Questions of one request under way at the same time. */
const atOnce = 12;
/** A token is some four bytes of English; three is careful. */
const bytesPerToken = 3;

const absent = (absence: Absence): { readonly value: null; readonly absence: Absence } => ({ value: null, absence });

const faultName = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

const estimate = (bytes: number): number => Math.ceil(bytes / bytesPerToken);

/** Everything that decides the answer, and whose it is. */
const keyOf = (
  { config }: AskContext,
  tenantId: string,
  model: string,
  { prompt, question, contentHash }: ModelQuestion<unknown>,
): string =>
  textHash(canonicalJson([tenantId, config.llmProvider, config.llmBaseUrl ?? "", model, prompt.hash, question.shapeName, contentHash]));

/** Secrets that a provider sends back, its own key among them, go no further. */
function withoutSecrets(value: unknown, key: string | undefined): unknown {
  if (typeof value === "string") {
    const masked = maskText(value).text;
    return key === undefined ? masked : masked.replaceAll(key, "[masked:key]");
  }
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutSecrets(one, key)]));
}

interface Known {
  readonly tenant: TenantModel;
  readonly remainingTokens: number;
  /** One per question; empty where the model is not on. */
  readonly keys: readonly string[];
  readonly stored: ReadonlyMap<string, unknown>;
}

async function readKnown(ask: AskContext, tx: TenantTx, questions: readonly ModelQuestion<unknown>[]): Promise<Known> {
  const tenant = tenantModel(ask.config, await readModelChoice(tx));
  const { state, model } = tenant;
  if (state !== "on" || model === null) return { tenant, remainingTokens: 0, keys: [], stored: new Map() };
  const used = await modelTokensOf(tx, new Date(ask.clock.now()));
  const keys = questions.map((question) => keyOf(ask, tx.tenantId, model, question));
  return { tenant, remainingTokens: tenant.monthlyTokens - used, keys, stored: await findModelAnswers(tx, keys) };
}

/** Undefined where nothing of the shape that is asked for today is stored. */
function storedAnswer<T>({ stored }: Known, key: string, { question }: ModelQuestion<T>): TenantAnswer<T> | undefined {
  const checked = question.shape.safeParse(stored.get(key));
  return checked.success ? { value: checked.data, absence: null } : undefined;
}

interface Sent<T> {
  readonly key: string;
  readonly question: ModelQuestion<T>;
  readonly answered: Answered<T>;
}

function callRecord(ask: AskContext, model: string, { question, answered }: Sent<unknown>): ModelCallRecord | null {
  const { used } = answered;
  if (used === null) return null;
  const { prompt, contentHash, maskedSecrets } = question;
  const inputTokens = used.inputTokens ?? estimate(used.sentBytes);
  const outputTokens = used.outputTokens ?? estimate(used.receivedBytes);
  const price = ask.config.llmPrices.get(model);
  return {
    id: ask.newId(),
    calledAt: new Date(ask.clock.now() - answered.durationMs),
    purpose: prompt.name,
    provider: ask.config.llmProvider,
    model,
    promptHash: prompt.hash,
    contentHash,
    maskedSecrets,
    sentBytes: used.sentBytes,
    receivedBytes: used.receivedBytes,
    inputTokens,
    outputTokens,
    estimated: used.inputTokens === null || used.outputTokens === null,
    costMicros: price === undefined ? null : Math.round(inputTokens * price.input + outputTokens * price.output),
    attempts: answered.attempts,
    durationMs: answered.durationMs,
    outcome: answered.absence ?? "answered",
  };
}

/** Counting must not cost the answer: a database that is away is reported and the answer stands. */
async function keep(ask: AskContext, tenantId: string, model: string, sent: readonly Sent<unknown>[]): Promise<void> {
  const at = new Date(ask.clock.now());
  const calls = sent.flatMap((one) => callRecord(ask, model, one) ?? []);
  const answers = sent.flatMap(({ key, question, answered }) =>
    answered.value === null ? [] : [{ key, purpose: question.prompt.name, answer: answered.value }],
  );
  if (calls.length === 0) return;
  try {
    await ask.db.withTenant(tenantId, async (tx) => {
      await recordModelCalls(tx, calls, at);
      await storeModelAnswers(tx, answers, at);
    });
  } catch (error) {
    ask.onFault(faultName(error));
  }
}

interface Waiting<T> {
  readonly key: string;
  readonly question: ModelQuestion<T>;
}

/** Asks what is not known yet. The limit is checked before each question, with what is under way counted as used. */
async function askMissing<T>(ask: AskContext, known: Known, model: string, waiting: readonly Waiting<T>[], signal: AbortSignal) {
  const key = ask.config.llmApiKey?.reveal();
  let remaining = known.remainingTokens;
  const notAsked = (absence: Absence): Answered<T> => ({ value: null, absence, used: null, attempts: 0, durationMs: 0 });
  const askOne = async ({ question }: Waiting<T>): Promise<Answered<T>> => {
    if (question.tooLong) return notAsked("text too long");
    if (signal.aborted) return notAsked(absenceOf(signal));
    if (remaining <= 0) return notAsked("monthly limit reached");
    remaining -= estimate(Buffer.byteLength(question.question.system + question.question.user)) + question.question.maxOutputTokens;
    const answered = await ask.client.ask(model, question.question, signal);
    return answered.value === null ? answered : { ...answered, value: question.question.shape.parse(withoutSecrets(answered.value, key)) };
  };
  return inParallel(waiting, atOnce, async (one): Promise<Sent<T>> => ({ ...one, answered: await askOne(one) }));
}

const absenceOf = (signal: AbortSignal): Absence =>
  signal.reason instanceof DOMException && signal.reason.name === "TimeoutError" ? "timeout" : "cancelled";

async function answerAll<T>(
  ask: AskContext,
  tenantId: string,
  questions: readonly ModelQuestion<T>[],
  budgetMs: number,
  caller: AbortSignal | undefined,
): Promise<TenantAnswers<T>> {
  const known = await ask.db.withTenant(tenantId, (tx) => readKnown(ask, tx, questions));
  const { tenant, keys } = known;
  if (tenant.state !== "on" || tenant.model === null) return { tenant, answers: [] };
  const answers = new Map<string, TenantAnswer<T>>();
  const waiting = new Map<string, Waiting<T>>();
  for (const [index, question] of questions.entries()) {
    const key = keys[index] ?? "";
    const stored = storedAnswer(known, key, question);
    if (stored === undefined) waiting.set(key, { key, question });
    else answers.set(key, stored);
  }
  const budget = AbortSignal.timeout(budgetMs);
  const signal = caller === undefined ? budget : AbortSignal.any([caller, budget]);
  const sent = await askMissing(ask, known, tenant.model, [...waiting.values()], signal);
  for (const { key, answered } of sent) {
    answers.set(key, answered.value === null ? absent(answered.absence ?? "internal fault") : { value: answered.value, absence: null });
  }
  await keep(ask, tenantId, tenant.model, sent);
  return { tenant, answers: keys.map((key) => answers.get(key) ?? absent("internal fault")) };
}

/** @param budgetMs for all questions together, retries included */
export async function askForTenant<T>(
  ask: AskContext,
  tenantId: string,
  questions: readonly ModelQuestion<T>[],
  budgetMs: number,
  caller?: AbortSignal,
): Promise<TenantAnswers<T>> {
  try {
    return await answerAll(ask, tenantId, questions, budgetMs, caller);
  } catch (error) {
    ask.onFault(faultName(error));
    // Whether the tenant has it on could not be read: it counts as on, and silent.
    const tenant = tenantModel(ask.config, undefined);
    return { tenant, answers: tenant.state === "on" ? questions.map(() => absent("internal fault")) : [] };
  }
}

/** What is stored, without asking: the rest is absent as not asked. Inside the caller's transaction. */
export async function recallForTenant<T>(ask: AskContext, tx: TenantTx, questions: readonly ModelQuestion<T>[]): Promise<TenantAnswers<T>> {
  const known = await readKnown(ask, tx, questions);
  const { tenant, keys } = known;
  if (tenant.state !== "on") return { tenant, answers: [] };
  return { tenant, answers: questions.map((question, index) => storedAnswer(known, keys[index] ?? "", question) ?? absent("not asked")) };
}
