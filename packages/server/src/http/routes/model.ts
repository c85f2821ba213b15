// Handlers for the language model: its part of a preview, and a tenant's view and choice of it.
import { deedOf } from "../../app/audit-draft.ts";
import type { AppContext } from "../../app/context.ts";
import { readModelOverview, updateModelChoice } from "../../app/model-settings.ts";
import { reviewWithModel } from "../../app/review-with-model.ts";
import type { LlmConfig } from "../../llm/tenant-model.ts";
import type { Handlers } from "../call.ts";
import { wireModelReview, wireModelSettings } from "../wire/model.ts";

type ModelHandlers = Pick<Handlers, "modelReview" | "getModelSettings" | "updateModelSettings">;

export function modelHandlers(app: AppContext, config: LlmConfig): ModelHandlers {
  const overview = async (tenantId: string) =>
    wireModelSettings(await app.db.withTenant(tenantId, (tx) => readModelOverview(tx, config, new Date(app.clock.now()))));

  return {
    modelReview: async ({ caller, body, signal }) => {
      const text = { rawText: body.raw_text, sourceType: body.source_type, answers: body.answers };
      return wireModelReview(await reviewWithModel(app, caller.tenantId, text, signal));
    },

    getModelSettings: ({ caller }) => overview(caller.tenantId),

    updateModelSettings: async ({ caller, body }) => {
      const change = { enabled: body.enabled, model: body.model, monthlyTokens: body.monthly_tokens, reason: body.reason ?? null };
      const deed = deedOf(caller, app.clock.now());
      await app.db.withTenant(caller.tenantId, (tx) => updateModelChoice(tx, deed, config, change));
      return overview(caller.tenantId);
    },
  };
}
