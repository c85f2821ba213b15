// Which provider, address, key and model go in; the library's handle for one exchange comes out. The two wire formats differ here alone.
// The libraries are loaded at the first use: a server without a model does not pay for them. The key is revealed here and nowhere else.
import type { LanguageModel } from "ai";
import type { SealedSecret } from "../config-values.ts";
import type { LlmProvider } from "./llm-settings.ts";

export interface ProviderAccess {
  readonly provider: Exclude<LlmProvider, "none">;
  readonly baseUrl: string | undefined;
  readonly apiKey: SealedSecret | undefined;
}

/** How strictly the answer's form can be asked for; compatible servers differ. */
export type AnswerMode = "schema" | "json";

/** Where Anthropic's own service is. */
export const anthropicUrl = "https://api.anthropic.com/v1";

/** Some servers want a key and take any. */
const noKey = "none";

export async function openModel(access: ProviderAccess, model: string, mode: AnswerMode, exchange: typeof fetch): Promise<LanguageModel> {
  const apiKey = access.apiKey?.reveal() ?? noKey;
  if (access.provider === "anthropic") {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    // Named always: the library would else read addresses and keys from the environment.
    return createAnthropic({ apiKey, baseURL: access.baseUrl ?? anthropicUrl, fetch: exchange })(model);
  }
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const settings = { name: "llm", apiKey, baseURL: access.baseUrl ?? "", fetch: exchange };
  return createOpenAICompatible({ ...settings, supportsStructuredOutputs: mode === "schema" }).chatModel(model);
}
