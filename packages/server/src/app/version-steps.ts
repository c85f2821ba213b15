// A preview and the steps of the version before go in; the rows of the new version come out, one per command line.
// A document step without a command is one row for a human. Nothing here is decided: classifications are taken as they are.
import type { AnsweredCommand, AnsweredRunbook, AnsweredStep, ParsedRunbook } from "@dd0c/core";
import type { StepRecord } from "../db/index.ts";
import type { ClassifiedLine } from "./classified-runbook.ts";
import { type KnownStep, stableStepIds } from "./stable-step-ids.ts";

type Draft = Omit<StepRecord, "id" | "stepId">;

const manualRow = (step: AnsweredStep): Draft => ({
  order: step.order,
  sub: 0,
  label: String(step.order),
  kind: step.kind,
  section: step.section,
  description: step.description,
  command: null,
  expectedOutput: step.expected_output,
  rollbackCommand: null,
  timeoutMs: null,
  line: step.source_lines[0],
  endLine: step.source_lines[1],
  variables: [],
  classification: null,
});

const variablesIn = (parsed: ParsedRunbook, text: string): readonly string[] =>
  parsed.variables.filter(({ placeholders }) => placeholders.some((placeholder) => text.includes(placeholder))).map(({ name }) => name);

/** A step's own rollback belongs to its only command, or to the last of several; never to one that its author accepted from the prose. */
const ofLast = (step: AnsweredStep, index: number, value: string | null): string | null =>
  index === step.commands.findLastIndex(({ accepted }) => accepted !== true) ? value : null;

const commandRow = (parsed: ParsedRunbook, step: AnsweredStep, command: AnsweredCommand, line: ClassifiedLine): Draft => ({
  ...manualRow(step),
  sub: line.commandIndex,
  label: line.label,
  kind: "command",
  command: command.text,
  expectedOutput: ofLast(step, line.commandIndex, step.expected_output),
  rollbackCommand: command.rollback_command ?? ofLast(step, line.commandIndex, step.rollback_command),
  line: command.line,
  endLine: command.end_line ?? command.line,
  variables: variablesIn(parsed, command.text),
  classification: line.classification,
});

export function versionSteps(
  parsed: AnsweredRunbook,
  lines: readonly ClassifiedLine[],
  known: readonly KnownStep[],
  newId: () => string,
): readonly StepRecord[] {
  const drafts = parsed.steps.flatMap((step) => {
    if (step.commands.length === 0) return [manualRow(step)];
    return lines.flatMap((line) => {
      const command = line.stepOrder === step.order ? step.commands[line.commandIndex] : undefined;
      return command === undefined ? [] : [commandRow(parsed, step, command, line)];
    });
  });
  const stepIds = stableStepIds(known, drafts, newId);
  return drafts.map((draft, index) => ({ ...draft, id: newId(), stepId: stepIds[index] ?? newId() }));
}
