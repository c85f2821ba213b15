// One command and the words around it go in, the verdict and the merged classification come out, with its reasoning span.
// The scanner comes from a batch of the guard, which loaded the SQL parser where the text may hold SQL and checks the canaries.
import { type AdvisorAnswer, type ClassifiedCommand, classifyStep, scannedTexts, type StepContext } from "@dd0c/core";
import { scan, type Verdict } from "@dd0c/scanner";
import { classifiedAs, hashOf, knownHash, type SetAttributes, span } from "../telemetry/span.ts";
import type { ScannerGuard } from "./scanner-guard.ts";

const describe = (set: SetAttributes<"step_classification">, { classification }: ClassifiedCommand): void => {
  const opinions = classification.answers.flatMap(({ opinion }) => opinion ?? []);
  set({
    "step.classified_as": classifiedAs(classification.risk),
    "step.confidence_score": opinions.length === 0 ? 0 : Math.min(...opinions.map(({ confidence }) => confidence)),
    "step.alternatives_considered": classification.answers.length + 1,
  });
  for (const { model, promptHash, opinion } of classification.answers) {
    if (model === null || promptHash === null) continue;
    set({ "ai.model_version": model, "ai.prompt_hash": knownHash(promptHash) });
    if (opinion !== null) set({ "ai.reasoning_chain": hashOf(opinion.reasoning) });
  }
};

/** Classifies one command inside a batch. `others`: answers of the advisors beside the built-in one. */
export const classifyWith = (
  judge: ScannerGuard["scan"],
  context: StepContext,
  others: readonly AdvisorAnswer[] = [],
): Promise<ClassifiedCommand> =>
  span("step_classification", { "step.text_hash": hashOf(context.command) }, async (set) => {
    const classified = classifyStep(judge, context, others);
    describe(set, classified);
    return classified;
  });

/** Classifies one command, a batch by itself. @throws AppError PARTY_MODE_ACTIVE */
export const classifyCommand = (
  guard: ScannerGuard,
  context: StepContext,
  others: readonly AdvisorAnswer[] = [],
): Promise<ClassifiedCommand> => guard.batch(scannedTexts(context.command), "some", (judge) => classifyWith(judge, context, others));

/** The scanner's reasons for a template, read again; `placeholders` are the spellings of its variables. Decides nothing. */
export const explainTemplate = (command: string, placeholders: readonly string[]): Verdict =>
  classifyStep(scan, { command, description: "", section: null, neighbours: [], placeholders }).verdict;
