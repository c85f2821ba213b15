// A text goes in; its commands with the language model's opinion, and what the model would ask the author, come out. Nothing is stored of the text.
// Beside the deterministic preview and never instead of it: without a model, or without its answer, the same risks or higher ones come out.
import { type AdvisorAnswer, classifyStep, type ClassifiedCommand, type Proposal } from "@dd0c/core";
import { modelAdvisor, type ModelReview } from "../llm/llm-gateway.ts";
import type { AppContext } from "./context.ts";
import { parsePreview, type Preview, type PreviewText } from "./parse-preview.ts";

export interface ClassifiedProposal {
  readonly proposal: Proposal;
  readonly classified: ClassifiedCommand;
}

export interface ReviewedPreview {
  readonly preview: Preview;
  readonly review: ModelReview;
  readonly proposals: readonly ClassifiedProposal[];
  readonly notes: readonly string[];
}

/** A model does not vouch for what it proposed itself: its key stays unturned, so a proposal is never safe. */
const noVouching = ({ model, promptHash }: ModelReview): AdvisorAnswer => ({
  advisor: modelAdvisor,
  version: "1",
  model,
  promptHash,
  opinion: null,
  absence: "proposed by the model itself",
});

async function classifyProposals({ scanner }: AppContext, review: ModelReview): Promise<readonly ClassifiedProposal[]> {
  const { proposals } = review.findings;
  if (proposals.length === 0) return [];
  const others = [noVouching(review)];
  const context = { description: "", section: null, neighbours: [] };
  return scanner.batch(
    proposals.map(({ command }) => command),
    "some",
    (scan) =>
      proposals.map((proposal) => ({ proposal, classified: classifyStep(scan, { ...context, command: proposal.command }, others) })),
  );
}

/** One sentence per reason, with how many commands it is about. */
function silenceNotes({ lines }: Preview): readonly string[] {
  const silent = new Map<string, number>();
  for (const { classification } of lines) {
    const absence = classification.answers.find(({ advisor }) => advisor === modelAdvisor)?.absence;
    if (absence !== undefined && absence !== null) silent.set(absence, (silent.get(absence) ?? 0) + 1);
  }
  return [...silent].map(
    ([absence, count]) =>
      `The language model gave no opinion on ${count} of ${lines.length} ${lines.length === 1 ? "command" : "commands"} (${absence}); none of them counts as safe.`,
  );
}

/** Errors: those of parsePreview. */
export async function reviewWithModel(app: AppContext, tenantId: string, text: PreviewText, signal: AbortSignal): Promise<ReviewedPreview> {
  const plain = await parsePreview(app, text, "some");
  const [preview, review] = await Promise.all([
    parsePreview(app, text, "some", (contexts) => app.llm.classify(tenantId, contexts, signal)),
    app.llm.review(tenantId, text.rawText, plain.parsed, signal),
  ]);
  await app.llm.compare(tenantId, preview.lines);
  const notes = [...(review.note === null ? [] : [review.note]), ...silenceNotes(preview)];
  return { preview, review, proposals: await classifyProposals(app, review), notes };
}
