// One row of a runbook version goes in, the step of an execution comes out. A command that the runbook means for another place
// (a shell on another machine, the prompt of a program, another language) becomes a step for a human: an agent would run it here.
import type { RunbookCommand, StepTemplate } from "@dd0c/core";
import { textHash } from "../app/context.ts";
import type { StepRecord, VersionRecord } from "../db/index.ts";

const places: Readonly<Record<string, string>> = {
  remote: "in the shell that the step before opened on another machine",
  repl: "at the prompt of the program that the step before opened",
  powershell: "in PowerShell",
  sql: "in the database client",
  console: "at the program's own console",
};

/** Where a human has to run it; undefined for a command that an agent may run here. */
function elsewhere({ context, language }: RunbookCommand): string | undefined {
  if (context !== undefined && context !== "local") return places[context];
  return language === undefined || language === "shell" ? undefined : places[language];
}

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
  const place = source === undefined ? undefined : elsewhere(source);
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
