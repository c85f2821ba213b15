// The rows of a runbook version as the server stores them, for tests only: step ids are "r1", "r2", ... in order.
import type { VersionStep } from "../divergence/suggestion.ts";
import { rowsOf } from "../divergence/verify-rewrite.ts";
import { parseRunbook } from "../runbook/index.ts";
import type { ParsedRunbook } from "../runbook/types.ts";

/** @throws Error for a text that is no runbook */
export function parsedText(text: string): ParsedRunbook {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.runbook;
}

export const versionRows = (text: string): readonly VersionStep[] =>
  rowsOf(parsedText(text)).map(({ step, command }, at) => {
    const sub = command === null ? 0 : step.commands.indexOf(command);
    const label = `${step.order}${step.commands.length > 1 ? String.fromCharCode(97 + sub) : ""}`;
    return { stepId: `r${at + 1}`, order: step.order, sub, label, command: command?.text ?? null, description: step.description };
  });
