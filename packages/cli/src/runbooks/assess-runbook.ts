// Gives every command of a runbook the product's own verdict: the scanner's and the built-in advisor's, merged.
// A parsed runbook goes in, verdicts come out by step and command. Loads the SQL parser only where a command needs it; runs nothing.
import { type ClassifiedCommand, classifyStep, type ParsedRunbook, type RollbackCommand, scannedTexts, stepContexts } from "@dd0c/core";
import { isSqlLoaded, loadSql, needsSql, scan } from "@dd0c/scanner";

export interface AssessedRunbook {
  readonly runbook: ParsedRunbook;
  /** Per step, per command. */
  readonly commands: readonly (readonly ClassifiedCommand[])[];
  /** Per entry of `runbook.rollback`. */
  readonly rollback: readonly ClassifiedCommand[];
}

export const assessRunbook = async (runbook: ParsedRunbook): Promise<AssessedRunbook> => {
  const contexts = stepContexts(runbook);
  const texts = [...contexts.map(({ context }) => context.command), ...runbook.rollback.map(({ text }) => text)].flatMap(scannedTexts);
  if (!isSqlLoaded() && texts.some((text) => needsSql(text))) await loadSql();
  const byStep = runbook.steps.map((): ClassifiedCommand[] => []);
  for (const { stepOrder, context } of contexts) byStep[stepOrder - 1]?.push(classifyStep(scan, context));
  return { runbook, commands: byStep, rollback: runbook.rollback.map((command) => assessRollback(runbook, command)) };
};

const assessRollback = ({ variables }: ParsedRunbook, { text }: RollbackCommand): ClassifiedCommand =>
  classifyStep(scan, {
    command: text,
    description: "",
    section: "Rollback",
    neighbours: [],
    placeholders: variables.flatMap(({ placeholders }) => placeholders),
  });
