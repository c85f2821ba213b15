// What the installation offers and what a tenant chose go in; which model its questions go to, and whether they go at all, comes out.
// A choice that cannot be read counts as none: the model then is on, and a silent one raises risks.
import { z } from "zod";
import type { Config } from "../config.ts";
import type { ModelStatus } from "./llm-gateway.ts";

export const modelChoice = z.object({
  enabled: z.boolean().optional(),
  /** One of the installation's; another one counts as not chosen. */
  model: z.string().optional(),
  /** Lower than the installation's limit, or it has no effect. */
  monthly_tokens: z.int().min(0).optional(),
  /** Since when the model is retired for disagreeing with the scanner; a human's choice to enable it ends that. */
  retired_at: z.string().nullable().optional(),
});

export type ModelChoice = z.infer<typeof modelChoice>;

export type LlmConfig = Pick<
  Config,
  | "llmProvider"
  | "llmBaseUrl"
  | "llmApiKey"
  | "llmModel"
  | "llmModels"
  | "llmPrices"
  | "llmMonthlyTokens"
  | "llmReviewBudgetMs"
  | "llmClassifyBudgetMs"
>;

export interface TenantModel extends ModelStatus {
  readonly monthlyTokens: number;
  readonly retiredAt: string | null;
}

/** Every model that a tenant may choose, the default first. */
export const offeredModels = ({ llmModel, llmModels }: LlmConfig): readonly string[] =>
  llmModel === undefined ? [] : [...new Set([llmModel, ...llmModels])];

export const readChoice = (stored: unknown): ModelChoice => modelChoice.safeParse(stored ?? {}).data ?? {};

const stateOf = (choice: ModelChoice): ModelStatus["state"] => {
  if (choice.enabled === false) return "off";
  return typeof choice.retired_at === "string" ? "retired" : "on";
};

/** @param stored the setting as it was stored, or undefined */
export function tenantModel(config: LlmConfig, stored: unknown): TenantModel {
  const choice = readChoice(stored);
  const monthlyTokens = Math.min(choice.monthly_tokens ?? config.llmMonthlyTokens, config.llmMonthlyTokens);
  const retiredAt = choice.retired_at ?? null;
  const offered = offeredModels(config);
  const fallback = offered[0];
  if (config.llmProvider === "none" || fallback === undefined) {
    return { state: "not_configured", provider: null, model: null, monthlyTokens, retiredAt };
  }
  const model = offered.find((one) => one === choice.model) ?? fallback;
  return { state: stateOf(choice), provider: config.llmProvider, model, monthlyTokens, retiredAt };
}
