// A step of the run and the values so far go in; exactly what would run comes out, scanned as it will be run. Pure work of core around
// the scanner; this file only loads the SQL parser where a text needs it.
import {
  classifyStep,
  type PreparedStep,
  prepareStep,
  type RunbookVariable,
  scannedTexts,
  type StepState,
  textToPrepare,
  type VariableValue,
} from "@dd0c/core";
import { type Risk, scan } from "@dd0c/scanner";
import { lineOf, type Renderings } from "@dd0c/executor";
import { sha256 } from "./audit-file.ts";
import type { RunLine, RunMaterial } from "./run-material.ts";
import { localAgent } from "./run-session.ts";
import { loadSqlFor } from "./sound-scanner.ts";

const loadFor = (texts: readonly string[]): Promise<void> => loadSqlFor(texts.flatMap(scannedTexts));

type Next = Pick<StepState, "stepExecutionId" | "attempt" | "rollbackCommand" | "timeoutMs"> &
  Partial<Pick<StepState, "looked" | "origin">>;

/** What every rendering of a step on this machine has in common. */
const settingsOf = (step: Next, workingDirectory: string) => ({
  stepExecutionId: step.stepExecutionId,
  attempt: step.attempt + 1,
  rollbackCommand: step.rollbackCommand,
  timeoutMs: step.timeoutMs,
  agentName: localAgent.name,
  run: { agentId: localAgent.id, workingDirectory, runAs: null, environment: [], stdinHash: null },
  looked: step.looked,
  isWayBack: step.origin === "rollback",
});

/** The runbook's own text with the values filled in as literal words. */
export const prepareTemplate = async (
  step: Next,
  line: Pick<RunLine, "template" | "classified">,
  variables: readonly RunbookVariable[],
  values: ReadonlyMap<string, VariableValue>,
  cwd: string,
): Promise<PreparedStep> => {
  const command = line.template.command ?? "";
  const given = [...values.values()];
  // A value may turn the text into SQL.
  await loadFor([command, step.rollbackCommand ?? "", ...given.map(({ value }) => `${command} ${value}`)]);
  const input = {
    ...settingsOf(step, cwd),
    command,
    variables,
    values: given,
    answers: line.classified?.classification.answers ?? [],
    templateRisk: line.template.templateRisk,
  };
  return prepareStep(input, sha256).prepared;
};

/** A text that stands as it is (typed instead of the runbook's, run again, or a rollback): it needs opinions of its own. */
export const prepareLiteral = async (
  step: Next,
  command: string,
  words: { readonly description: string; readonly section: string | null; readonly atLeast: Risk | null },
  cwd: string,
): Promise<PreparedStep> => {
  await loadFor([command, step.rollbackCommand ?? ""]);
  const context = { command, description: words.description, section: words.section, neighbours: [] };
  const { classification } = classifyStep(scan, context);
  const input = {
    ...settingsOf(step, cwd),
    command,
    variables: [],
    values: [],
    answers: classification.answers,
    templateRisk: words.atLeast,
  };
  return prepareStep(input, sha256).prepared;
};

/** A text is the runbook's own until somebody puts another in its place. */
const isTemplate = (step: StepState): boolean => textToPrepare(step)?.typed === false;

/** How the steps of this file are rendered on this machine. */
export const renderingsOf = ({ runbook, lines }: RunMaterial, cwd: string): Renderings => {
  const typed: Renderings["typed"] = (walk, step, command, atLeast) => {
    const section = step.origin === "rollback" ? "Rollback" : (lineOf(walk, step)?.step.section ?? null);
    return prepareLiteral(step, command, { description: step.description, section, atLeast }, cwd);
  };
  return {
    typed,
    next: async (walk, step, values) => {
      const label = lineOf(walk, step)?.template.label;
      const line = lines.find(({ template }) => template.label === label);
      if (line === undefined || !isTemplate(step)) return typed(walk, step, textToPrepare(step)?.command ?? "", step.templateRisk);
      return prepareTemplate(step, line, runbook.variables, new Map(values.map((value) => [value.name, value])), cwd);
    },
  };
};
