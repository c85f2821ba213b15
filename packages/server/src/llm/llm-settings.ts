// The environment variables of the language model: which provider, which models, what they cost, how long they may take. A part of config.ts.
// Model names are configuration and never constants.
import { integer, oneOf, Refused, sealed, setting, url, type Environment } from "../config-values.ts";

/** US dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

export type LlmProvider = "none" | "openai-compatible" | "anthropic";

const providers: readonly LlmProvider[] = ["none", "openai-compatible", "anthropic"];
const modelName = /^[\w][\w.:/@-]{0,127}$/;
const priceEntry = /^([\w][\w.:/@-]{0,127})=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/;
const needed = new Refused("must be set where LLM_PROVIDER is");

/** The provider that is configured; one that does not exist is its own complaint. */
const providerOf = (environment: Environment): LlmProvider => providers.find((one) => one === environment["LLM_PROVIDER"]) ?? "none";
const listOf = (raw: string): readonly string[] =>
  raw
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

function readModel(raw: string | undefined, environment: Environment): string | undefined | Refused {
  if (raw === undefined) return providerOf(environment) === "none" ? undefined : needed;
  return modelName.test(raw) ? raw : new Refused("must be a model's name");
}

function readModels(raw: string | undefined): readonly string[] | Refused {
  const models = listOf(raw ?? "");
  return models.every((model) => modelName.test(model)) ? models : new Refused("must be names of models, separated by commas");
}

function readBaseUrl(raw: string | undefined, environment: Environment): string | undefined | Refused {
  if (raw === undefined && providerOf(environment) === "openai-compatible") return new Refused("must be set for openai-compatible");
  const value = url(["http:", "https:"])(raw);
  if (typeof value !== "string") return value;
  const { username, password } = new URL(value);
  return username === "" && password === "" ? value.replace(/\/+$/, "") : new Refused("must not hold a password; use LLM_API_KEY");
}

function readPrices(raw: string | undefined): ReadonlyMap<string, ModelPrice> | Refused {
  const prices = new Map<string, ModelPrice>();
  for (const entry of listOf(raw ?? "")) {
    const [, model, input, output] = priceEntry.exec(entry) ?? [];
    if (model === undefined) return new Refused("must be entries like model=0.25/1.25, separated by commas");
    prices.set(model, { input: Number(input), output: Number(output) });
  }
  return prices;
}

/** In the order of the documentation. */
export const llmSettings = {
  llmProvider: setting({
    name: "LLM_PROVIDER",
    default: "none",
    meaning:
      "Language model that gives a further opinion: none, openai-compatible or anthropic. Runbook text with known secrets masked is sent there. A configured model that gives no answer leaves the second key unturned: safe becomes caution.",
    read: (raw) => oneOf(providers, "none")(raw),
  }),
  llmBaseUrl: setting({
    name: "LLM_BASE_URL",
    default: "the provider's own",
    meaning: "Address in front of /chat/completions or /messages; needed for openai-compatible.",
    read: readBaseUrl,
  }),
  llmApiKey: setting({
    name: "LLM_API_KEY",
    default: "none",
    meaning: "Key for the provider. It is sent there and appears nowhere else.",
    read: sealed,
  }),
  llmModel: setting({
    name: "LLM_MODEL",
    default: "needed with LLM_PROVIDER",
    meaning: "Model asked where a tenant chose no other.",
    read: readModel,
  }),
  llmModels: setting({
    name: "LLM_MODELS",
    default: "LLM_MODEL alone",
    meaning: "Further models that a tenant may choose, separated by commas.",
    read: readModels,
  }),
  llmPrices: setting({
    name: "LLM_PRICES",
    default: "none",
    meaning:
      "US dollars per million tokens in and out, as model=0.25/1.25, separated by commas. Calls of a model without a price have no cost.",
    read: readPrices,
  }),
  llmMonthlyTokens: setting({
    name: "LLM_MONTHLY_TOKENS",
    default: "5000000",
    meaning: "Tokens that a tenant may use in a calendar month (UTC) where it chose no lower limit; afterwards the model is silent.",
    read: integer(0, 1_000_000_000_000, () => 5_000_000),
  }),
  llmReviewBudgetMs: setting({
    name: "LLM_REVIEW_BUDGET_MS",
    default: "3500",
    meaning: "Milliseconds in which the model must have read a runbook, retries included.",
    read: integer(100, 60_000, () => 3_500),
  }),
  llmClassifyBudgetMs: setting({
    name: "LLM_CLASSIFY_BUDGET_MS",
    default: "2500",
    meaning: "Milliseconds in which the model must have judged all commands of a runbook, retries included.",
    read: integer(100, 60_000, () => 2_500),
  }),
  modelReviewsPerMinute: setting({
    name: "MODEL_REVIEWS_PER_MINUTE",
    default: "10",
    meaning: "Rate limit of asking the model about a text, per tenant.",
    read: integer(1, 1_000_000, () => 10),
  }),
} as const;
