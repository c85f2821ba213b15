// One row of a runbook version goes in, the step of an execution comes out. A command that the runbook means for another place
// (a shell on another machine, the prompt of a program, another language) becomes a step for a human: an agent would run it here.
import { placeByHand, type RunbookCommand, type StepTemplate } from "@dd0c/core";
import { textHash } from "../app/context.ts";
import type { StepRecord, VersionRecord } from "../db/index.ts";

const commandFields = (step: StepRecord, command: string) => ({
  kind: step.kind,
  description: step.description,
  command,
  rollbackCommand: step.rollbackCommand,
  templateRisk: step.classification?.risk ?? null,
  templateHash: textHash(command),
});

const byHand = { command: null, rollbackCommand: null, templateRisk: null, templateHash: null } as const;

function whatToDo(step: StepRecord, source: RunbookCommand | undefined) {
  const { kind, description, command } = step;
  if (command === null) return { ...byHand, kind, description };
  const place = source === undefined ? undefined : placeByHand(source);
  if (place === undefined) return commandFields(step, command);
  return { ...byHand, kind: "manual" as const, description: `${description}\nRun this yourself ${place}: ${command}` };
}

export function stepTemplate(step: StepRecord, version: Pick<VersionRecord, "parsed">, stepExecutionId: string): StepTemplate {
  return {
    stepExecutionId,
    stepId: step.stepId,
    order: step.order,
    sub: step.sub,
    label: step.label,
    origin: "runbook",
    parentStepExecutionId: null,
    expectedOutput: step.expectedOutput,
    timeoutMs: step.timeoutMs,
    ...whatToDo(step, version.parsed.steps[step.order - 1]?.commands[step.sub]),
  };
}
