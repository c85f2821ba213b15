// Puts the language model together behind its port: configuration and a database go in, a gateway comes out. Without a provider it does nothing.
// Stands between the use cases and the provider. No text, key or answer of it ever goes to a log.
import { type AdvisorAnswer, groundFindings, modelOpinion, noFindings, type StepContext } from "@dd0c/core";
import { appendEvents, recordDisagreements, readModelChoice, writeModelChoice } from "../db/index.ts";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import { textHash } from "../app/context.ts";
import { type Absence, absenceNote } from "./absence.ts";
import { type AskContext, askForTenant, recallForTenant, type TenantAnswer } from "./ask-for-tenant.ts";
import { createModelClient } from "./ask-within-budget.ts";
import type { OpinionAnswer } from "./answer-shapes.ts";
import { type LlmGateway, modelAdvisor, type ModelStatus } from "./llm-gateway.ts";
import { opinionQuestion, reviewQuestion } from "./model-questions.ts";
import { promptNames, promptOf } from "./prompts.ts";
import { readChoice, type TenantModel, tenantModel } from "./tenant-model.ts";

export type LlmDependencies = Omit<AskContext, "client">;

/** Version of how an answer is read; changes with its shape or its checks. */
const advisorVersion = "1";

/** More different commands than this in a day, called safe and dangerous, retire the model. */
const toleratedDisagreements = 3;
const dayMs = 24 * 3_600_000;

const notConfigured: ModelStatus = { state: "not_configured", provider: null, model: null };

const off: LlmGateway = {
  configured: false,
  describe: async () => notConfigured,
  classify: async () => [],
  recall: async () => [],
  review: async () => ({ ...notConfigured, promptHash: null, findings: noFindings, note: null }),
  compare: async () => undefined,
};

const statusOf = ({ state, provider, model }: TenantModel): ModelStatus => ({ state, provider, model });

function advisorAnswer(model: string | null, answer: TenantAnswer<OpinionAnswer>): AdvisorAnswer {
  const opinion = answer.value === null ? null : modelOpinion(answer.value);
  const absence: Absence | null = opinion === null ? (answer.absence ?? "wrong shape") : null;
  return { advisor: modelAdvisor, version: advisorVersion, model, promptHash: promptOf("classify").hash, opinion, absence };
}

async function classify(ask: AskContext, tenantId: string, contexts: readonly StepContext[], signal?: AbortSignal) {
  if (contexts.length === 0) return [];
  const questions = contexts.map(opinionQuestion);
  const { tenant, answers } = await askForTenant(ask, tenantId, questions, ask.config.llmClassifyBudgetMs, signal);
  return answers.map((answer) => advisorAnswer(tenant.model, answer));
}

const review =
  (ask: AskContext): LlmGateway["review"] =>
  async (tenantId, rawText, parsed, signal) => {
    const question = reviewQuestion(rawText, parsed);
    const { tenant, answers } = await askForTenant(ask, tenantId, [question], ask.config.llmReviewBudgetMs, signal);
    const [answer] = answers;
    if (answer === undefined) return { ...statusOf(tenant), promptHash: null, findings: noFindings, note: null };
    const asked = { ...statusOf(tenant), promptHash: question.prompt.hash };
    return answer.value === null
      ? { ...asked, findings: noFindings, note: absenceNote(answer.absence) }
      : { ...asked, findings: groundFindings(rawText, parsed, answer.value), note: null };
  };

const compare =
  ({ db, clock, onFault }: AskContext): LlmGateway["compare"] =>
  async (tenantId, lines) => {
    const found = lines.flatMap(({ command, classification }) => {
      const answer = classification.answers.find(({ advisor }) => advisor === modelAdvisor);
      const disagree = classification.scanner.risk === "dangerous" && answer?.opinion?.risk === "safe";
      return disagree ? [{ commandHash: textHash(command), model: answer.model ?? "", promptHash: answer.promptHash ?? "" }] : [];
    });
    if (found.length === 0) return;
    const at = new Date(clock.now());
    try {
      await db.withTenant(tenantId, async (tx) => {
        const commands = await recordDisagreements(tx, found, at, new Date(at.getTime() - dayMs));
        const choice = readChoice(await readModelChoice(tx));
        if (commands <= toleratedDisagreements || typeof choice.retired_at === "string") return;
        const deed = systemDeed(tenantId, "llm-gateway", at.getTime());
        await writeModelChoice(tx, { ...choice, retired_at: at.toISOString() }, deed.actor.id, at);
        const models = [...new Set(found.map(({ model }) => model))];
        await appendEvents(tx, [
          auditDraft(deed, "advisor.retired", { advisor: modelAdvisor, models, disagreements: commands, within_hours: 24 }),
        ]);
      });
    } catch (error) {
      onFault(error instanceof Error ? error.name : "unknown");
    }
  };

export function createLlmGateway(dependencies: LlmDependencies): LlmGateway {
  const { config, db, clock, onFault } = dependencies;
  const { llmProvider: provider, llmBaseUrl: baseUrl, llmApiKey: apiKey } = config;
  if (provider === "none") return off;
  // A missing file is found at the start, not when somebody saves a runbook.
  for (const name of promptNames) promptOf(name);
  const ask: AskContext = { ...dependencies, client: createModelClient({ provider, baseUrl, apiKey }, () => clock.monotonic()) };
  return {
    configured: true,
    recall: async (tx, contexts) => {
      const { tenant, answers } = await recallForTenant(ask, tx, contexts.map(opinionQuestion));
      return answers.map((answer) => advisorAnswer(tenant.model, answer));
    },
    describe: async (tenantId) => {
      try {
        return statusOf(tenantModel(config, await db.withTenant(tenantId, readModelChoice)));
      } catch (error) {
        onFault(error instanceof Error ? error.name : "unknown");
        return statusOf(tenantModel(config, undefined));
      }
    },
    classify: (tenantId, contexts, signal) => classify(ask, tenantId, contexts, signal),
    review: review(ask),
    compare: compare(ask),
  };
}
