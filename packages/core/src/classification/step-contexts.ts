// Shows an advisor each command of a runbook with the words around it.
// A parsed runbook goes in; one context per command comes out, in step order. Stands between the parser and the advisors.

import type { ParsedRunbook } from "../runbook/index.ts";
import type { StepContext } from "./types.ts";

export interface CommandContextEntry {
  readonly stepOrder: number;
  /** Position of the command in its step, from 0. */
  readonly commandIndex: number;
  readonly context: StepContext;
}

export function stepContexts(runbook: ParsedRunbook): readonly CommandContextEntry[] {
  const placeholders = runbook.variables.flatMap((variable) => variable.placeholders);
  return runbook.steps.flatMap((step, index) => {
    const neighbours = [runbook.steps[index - 1], runbook.steps[index + 1]].flatMap((other) =>
      other === undefined ? [] : [other.description],
    );
    return step.commands.map((command, commandIndex) => ({
      stepOrder: step.order,
      commandIndex,
      context: { command: command.text, description: step.description, section: step.section, neighbours, placeholders },
    }));
  });
}
