// A tenant's language model as its people see it: which one, what it saw and used, and an admin's choice about it, recorded with old, new and reason.
// What was in a question is nowhere kept; its hash, size and prompt are.
import { AppError } from "@dd0c/core";
import {
  appendEvents,
  latestModelCalls,
  type ModelCallRecord,
  type ModelUsage,
  modelUsageOf,
  readModelChoice,
  type TenantTx,
  writeModelChoice,
} from "../db/index.ts";
import { anthropicUrl } from "../llm/open-model.ts";
import { type LlmConfig, type ModelChoice, offeredModels, readChoice, type TenantModel, tenantModel } from "../llm/tenant-model.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";

export interface ModelOverview {
  readonly tenant: TenantModel;
  readonly offered: readonly string[];
  readonly ceilingTokens: number;
  /** Scheme, host and port of the provider; null where there is none. */
  readonly address: string | null;
  readonly month: string;
  readonly usage: readonly ModelUsage[];
  readonly calls: readonly ModelCallRecord[];
}

export interface ModelChange {
  readonly enabled?: boolean | undefined;
  readonly model?: string | undefined;
  /** Null: the installation's limit. */
  readonly monthlyTokens?: number | null | undefined;
  readonly reason: string | null;
}

const shownCalls = 50;

function addressOf({ llmProvider, llmBaseUrl }: LlmConfig): string | null {
  if (llmProvider === "none") return null;
  return new URL(llmBaseUrl ?? anthropicUrl).origin;
}

export async function readModelOverview(tx: TenantTx, config: LlmConfig, at: Date): Promise<ModelOverview> {
  return {
    tenant: tenantModel(config, await readModelChoice(tx)),
    offered: offeredModels(config),
    ceilingTokens: config.llmMonthlyTokens,
    address: addressOf(config),
    month: at.toISOString().slice(0, 7),
    usage: await modelUsageOf(tx, at),
    calls: await latestModelCalls(tx, shownCalls),
  };
}

function changed(config: LlmConfig, before: ModelChoice, change: ModelChange): ModelChoice {
  const { enabled, model, monthlyTokens } = change;
  if (model !== undefined && !offeredModels(config).includes(model)) {
    throw new AppError("VALIDATION_FAILED", "This model is not offered here.", {
      problems: [{ field: "body.model", problem: "not offered" }],
    });
  }
  const { monthly_tokens: limit, ...rest } = before;
  const kept = monthlyTokens === undefined ? limit : (monthlyTokens ?? undefined);
  return {
    ...rest,
    ...(enabled === undefined ? {} : { enabled }),
    ...(enabled === true ? { retired_at: null } : {}),
    ...(model === undefined ? {} : { model }),
    ...(kept === undefined ? {} : { monthly_tokens: kept }),
  };
}

const wireChoice = ({ state, model, monthlyTokens }: TenantModel) => ({ state, model, monthly_tokens: monthlyTokens });

/** Appends its event last, so call it last in the transaction. Errors: VALIDATION_FAILED for a model that is not offered. */
export async function updateModelChoice(tx: TenantTx, deed: Deed, config: LlmConfig, change: ModelChange): Promise<void> {
  const stored = await readModelChoice(tx);
  const next = changed(config, readChoice(stored), change);
  await writeModelChoice(tx, next, deed.actor.id, new Date(deed.atMs));
  const [old, now] = [tenantModel(config, stored), tenantModel(config, next)];
  const data = { old: { llm: wireChoice(old) }, new: { llm: wireChoice(now) }, reason: change.reason };
  await appendEvents(tx, [auditDraft(deed, "policy.changed", data)]);
}
