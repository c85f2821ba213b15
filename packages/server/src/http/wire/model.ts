// The language model's part of a preview and of the settings, as the API shows them. Costs leave as dollars.
import type { WireModelReview, WireModelSettings } from "@dd0c/protocol/http";
import type { ModelOverview } from "../../app/model-settings.ts";
import type { ClassifiedProposal, ReviewedPreview } from "../../app/review-with-model.ts";
import { secondKeyOf } from "../../app/second-key.ts";
import { promptNames, promptOf } from "../../llm/prompts.ts";
import { wireClassification } from "./classification.ts";
import { wireLine } from "./runbook.ts";

const prompts = () => promptNames.map((name) => ({ name, sha256: promptOf(name).hash }));

const wireProposal = ({ proposal, classified }: ClassifiedProposal): WireModelReview["proposals"][number] => {
  const classification = wireClassification(proposal.command, classified.verdict, classified.classification);
  return { ...proposal, classification };
};

export const wireModelReview = ({ preview, review, proposals, notes }: ReviewedPreview): WireModelReview => ({
  model: { state: review.state, provider: review.provider, name: review.model, prompts: prompts() },
  commands: preview.lines.map((line) => ({
    ...wireLine(line),
    second_key: secondKeyOf(line.classification, false) === "turned" ? "turned" : "missing",
  })),
  counts: preview.counts,
  proposals: proposals.map(wireProposal),
  questions: review.findings.questions.map((question) => ({ ...question })),
  prerequisites: review.findings.prerequisites.map((prerequisite) => ({ ...prerequisite })),
  variables: review.findings.variables.map((variable) => ({ ...variable })),
  notes: [...notes],
});

const dollars = (micros: number): number => micros / 1_000_000;

export const wireModelSettings = ({ tenant, offered, ceilingTokens, address, month, usage, calls }: ModelOverview): WireModelSettings => ({
  model: { state: tenant.state, provider: tenant.provider, name: tenant.model, address, prompts: prompts() },
  offered: [...offered],
  monthly_tokens: tenant.monthlyTokens,
  monthly_tokens_ceiling: ceilingTokens,
  retired_at: tenant.retiredAt,
  usage: {
    month,
    models: usage.map((each) => ({
      model: each.model,
      calls: each.calls,
      input_tokens: each.inputTokens,
      output_tokens: each.outputTokens,
      cost_usd: dollars(each.costMicros),
    })),
  },
  calls: calls.map((call) => ({
    id: call.id,
    called_at: call.calledAt.toISOString(),
    purpose: call.purpose,
    provider: call.provider,
    model: call.model,
    prompt_sha256: call.promptHash,
    content_sha256: call.contentHash,
    masked_secrets: call.maskedSecrets,
    sent_bytes: call.sentBytes,
    received_bytes: call.receivedBytes,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    estimated: call.estimated,
    cost_usd: call.costMicros === null ? null : dollars(call.costMicros),
    attempts: call.attempts,
    duration_ms: call.durationMs,
    outcome: call.outcome,
  })),
});
