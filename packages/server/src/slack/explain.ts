// A refusal goes in, what the person is told privately comes out: cause, state, next step, code. Nothing of a fault but that it was one.
import { AppError } from "@dd0c/core";
import type { WireExecution } from "@dd0c/protocol/http";
import { prose } from "./rich-text.ts";
import { stepName } from "./render-step.ts";
import { stepWords } from "./words.ts";

const next: Readonly<Record<string, string>> = {
  DIGEST_MISMATCH: "The step changed since this card was drawn. Read it again, then decide.",
  PANIC_ACTIVE: "Everything is stopped until an admin lifts it on the web.",
  PARTY_MODE_ACTIVE: "The product halted itself; the page on the web says why.",
  TRUST_LEVEL_EXCEEDED: "The runbook's trust level or a policy does not allow it.",
};

export function explain(error: unknown): string {
  if (!(error instanceof AppError))
    return "It failed, and it is not known whether anything was done. Look at the thread before you try again. (INTERNAL_ERROR)";
  const more = next[error.code];
  return `Nothing was done. ${error.message}${more === undefined ? "" : ` ${more}`} (${error.code})`;
}

/** Codes of a click that came too late. */
const late: ReadonlySet<string> = new Set([
  "EXECUTION_STATE_CONFLICT",
  "DIGEST_MISMATCH",
  "STEP_STATE_CONFLICT",
  "STEP_NOT_FOUND",
  "APPROVAL_TIMEOUT",
  "EXECUTION_ABORTED",
]);
export const isLate = (error: unknown): boolean => error instanceof AppError && late.has(error.code);

/** For a click on a step that was decided meanwhile: who decided, and how it stands. */
export function howItStands(execution: WireExecution, stepId: string | undefined): string {
  const step = execution.steps.find(({ id }) => id === stepId);
  if (step === undefined) return `The run is ${execution.status}.`;
  const by = step.approved_by === null ? "" : ` ${prose(step.approved_by.name ?? "Somebody", 100)} approved it.`;
  return `${stepName(execution, step)}: ${stepWords[step.status]}.${by}`;
}
