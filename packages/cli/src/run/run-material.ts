// The runbook of a run with the product's verdict on every command: text goes in, the steps of an execution and what is shown beside them
// come out. The same reading as `dd0c parse`. What the runbook means for another place becomes a step for the person.
import {
  type BranchTemplate,
  branchTemplates,
  type ClassifiedCommand,
  commandLabel,
  type RunbookCommand,
  type RunbookStep,
  type RunbookVariable,
  parseRunbook,
  type ParsedRunbook,
  placeByHand,
  type StepTemplate,
} from "@dd0c/core";
import { assessRunbook } from "../runbooks/assess-runbook.ts";
import { RunEnd } from "@dd0c/executor";
import { sha256 } from "./audit-file.ts";
import { checkScanner } from "./sound-scanner.ts";

/** One gated line of the runbook: a command, or a step without one. */
export interface RunLine {
  readonly template: Omit<StepTemplate, "stepExecutionId">;
  readonly step: RunbookStep;
  readonly command: RunbookCommand | null;
  readonly classified: ClassifiedCommand | null;
  /** Variables that stand in the command or in what undoes it; none for a command that runs elsewhere. */
  readonly variables: readonly RunbookVariable[];
  /** What has to hold for the step to apply and is no decision that the run stops at; one question each. */
  readonly conditions: readonly string[];
}

export interface RunMaterial {
  readonly runbook: ParsedRunbook;
  /** SHA-256 of the text: the version that the run is pinned to. */
  readonly versionId: string;
  readonly lines: readonly RunLine[];
  /** Decisions of the runbook that the run stops at. */
  readonly branches: readonly BranchTemplate[];
}

const textHash = (text: string): string => sha256(new TextEncoder().encode(text));

/** @throws RunEnd for a text without anything to do, or when the scanner fails its own check */
export const readMaterial = async (text: string, name: string): Promise<RunMaterial> => {
  const parsed = parseRunbook(text);
  if (!parsed.ok) throw new RunEnd(parsed.error.code === "PARSE_FAILED" ? "nothing" : "usage", `${name}: ${parsed.error.message}`);
  const { runbook, commands } = await assessRunbook(parsed.runbook);
  checkScanner();
  const lines = runbook.steps.flatMap((step, at): RunLine[] => {
    if (step.commands.length === 0) return [manualLine(runbook, step, step.description)];
    return step.commands.map((command, sub) => commandLine(runbook, { step, command, sub, classified: commands[at]?.[sub] ?? null }));
  });
  return { runbook, versionId: textHash(text), lines, branches: branchTemplates(runbook.branches) };
};

const manualLine = (runbook: ParsedRunbook, step: RunbookStep, description: string, sub = 0): RunLine => {
  const label = commandLabel(step.order, sub, step.commands.length);
  return {
    template: {
      stepId: label,
      order: step.order,
      sub,
      label,
      origin: "runbook",
      parentStepExecutionId: null,
      kind: step.kind === "command" ? "manual" : step.kind,
      description,
      command: null,
      expectedOutput: step.expected_output,
      rollbackCommand: null,
      templateRisk: null,
      templateHash: null,
      timeoutMs: null,
    },
    step,
    command: null,
    classified: null,
    variables: [],
    conditions: conditionsOf(branchTemplates(runbook.branches), step),
  };
};

interface Found {
  readonly step: RunbookStep;
  readonly command: RunbookCommand;
  readonly sub: number;
  readonly classified: ClassifiedCommand | null;
}

const commandLine = (runbook: ParsedRunbook, { step, command, sub, classified }: Found): RunLine => {
  const place = placeByHand(command);
  if (place !== undefined) return manualLine(runbook, step, `${step.description}\nRun this yourself ${place}: ${command.text}`, sub);
  const base = manualLine(runbook, step, step.description, sub);
  // A step's own rollback belongs to its last command.
  const rollbackCommand = command.rollback_command ?? (sub === step.commands.length - 1 ? step.rollback_command : null);
  const texts = [command.text, rollbackCommand ?? ""];
  return {
    ...base,
    template: {
      ...base.template,
      kind: "command",
      command: command.text,
      rollbackCommand,
      templateRisk: classified?.classification.risk ?? null,
      templateHash: textHash(command.text),
    },
    command,
    classified,
    variables: runbook.variables.filter(({ placeholders }) =>
      placeholders.some((spelling) => texts.some((text) => text.includes(spelling))),
    ),
  };
};

/** A heading's words stand on its steps and begin the decision in front of them too: they are asked about once, there. */
const conditionsOf = (branches: readonly BranchTemplate[], step: RunbookStep): readonly string[] => {
  const asked = branches.filter(({ skipIfYes, skipIfNo }) => [...skipIfYes, ...skipIfNo].includes(step.order));
  const own = [
    ...(step.condition === undefined ? [] : [step.condition]),
    ...(step.alternative === undefined ? [] : [step.alternative.label]),
  ];
  return [...new Set(own)].filter((text) => !asked.some(({ condition }) => text === condition));
};
