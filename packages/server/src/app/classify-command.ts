// One command and the words around it go in, the verdict and the merged classification come out, with its reasoning span.
// Loads the SQL parser first where the text may hold SQL; a text that nobody could judge is unknown, never safe.
import { AppError, type ClassifiedCommand, classifyStep, type StepContext } from "@dd0c/core";
import { type CanaryMiss, loadSql, needsSql, runCanaries, runSqlCanaries, scan, type Verdict } from "@dd0c/scanner";
import { classifiedAs, hashOf, type SetAttributes, span } from "../telemetry/span.ts";

const describe = (set: SetAttributes<"step_classification">, { classification }: ClassifiedCommand): void => {
  const opinions = classification.answers.flatMap(({ opinion }) => opinion ?? []);
  set({
    "step.classified_as": classifiedAs(classification.risk),
    "step.confidence_score": opinions.length === 0 ? 0 : Math.min(...opinions.map(({ confidence }) => confidence)),
    "step.alternatives_considered": classification.answers.length + 1,
  });
};

let sqlReady: Promise<void> | undefined;

const refuseMisses = (misses: readonly CanaryMiss[]): void => {
  if (misses.length > 0)
    throw new AppError("CLASSIFICATION_FAILED", "The scanner judges a known dangerous command too low; nothing is classified.");
};

/** SQL verdicts are used only after the SQL canaries came out right. */
const prepareSql = async (): Promise<void> => {
  await loadSql();
  refuseMisses(runSqlCanaries());
};

/** Runs the scanner's canaries; a server whose scanner fails one must not start. */
export const checkScanner = (): void => refuseMisses(runCanaries());

/** Prepares the scanner for texts that may hold SQL. Called once before a batch, so that the batch itself never waits. */
export async function prepareScanner(texts: readonly string[]): Promise<void> {
  if (!texts.some(needsSql)) return;
  sqlReady ??= prepareSql();
  await sqlReady;
}

/** Classifies one command. `prepareScanner` was called with its text. */
export const classifyPrepared = (context: StepContext): Promise<ClassifiedCommand> =>
  span("step_classification", { "step.text_hash": hashOf(context.command) }, async (set) => {
    const classified = classifyStep(scan, context);
    describe(set, classified);
    return classified;
  });

/** Classifies one command by itself. */
export async function classifyCommand(context: StepContext): Promise<ClassifiedCommand> {
  await prepareScanner([context.command]);
  return classifyPrepared(context);
}

/** The scanner's reasons for a template, read again; `placeholders` are the spellings of its variables. */
export const explainTemplate = (command: string, placeholders: readonly string[]): Verdict =>
  classifyStep(scan, { command, description: "", section: null, neighbours: [], placeholders }).verdict;
