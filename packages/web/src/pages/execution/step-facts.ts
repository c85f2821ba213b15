// Small questions about a step that several parts of its card ask. Pure.
import type { WireStepExecution } from "@dd0c/protocol/http";

const RUNNING: ReadonlySet<WireStepExecution["status"]> = new Set(["auto_executing", "executing", "rolling_back"]);

export const isRunning = (step: Pick<WireStepExecution, "status">): boolean => RUNNING.has(step.status);

/** A step above safe may change state; without a recorded rollback a person has to acknowledge that. A way back itself needs none. */
export const needsNoRollbackAcknowledgement = (step: Pick<WireStepExecution, "origin" | "risk" | "rollback_command">): boolean =>
  step.origin !== "rollback" && step.risk !== "safe" && step.rollback_command === null;

const OPEN: ReadonlySet<WireStepExecution["status"]> = new Set(["pending", "awaiting_approval", "suggested", "blocked"]);

/** A step of the runbook that was not taken yet. */
export const isOpenStep = (step: Pick<WireStepExecution, "status" | "origin">): boolean =>
  step.origin === "runbook" && OPEN.has(step.status);

const FINISHED: ReadonlySet<WireStepExecution["status"]> = new Set(["completed", "failed", "timed_out", "outcome_unknown", "rolled_back"]);

/** It ran, or may have run, or a person said that it did. */
export const isFinished = (step: Pick<WireStepExecution, "status">): boolean => FINISHED.has(step.status);

/** Typed names count only when each is exactly right; nothing to type means nothing can be confirmed. */
export const namesMatch = (expected: readonly { readonly name: string }[], typed: readonly string[]): boolean =>
  expected.length > 0 && expected.every((target, index) => typed[index] === target.name);
