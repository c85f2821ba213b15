// Whether this person may approve this step as it stands: the engine's check before a grant exists.
// In: the step, what the human saw and typed, who it is. Out: null, or the refusal. Never lets a machine, an old card or a wrong name through.
import { type Refusal, refuse } from "../errors.ts";
import { type Actor, hasRole, isHuman, type Role } from "../trust/actor.ts";
import { refuseByApprovalRules, type VersionFacts } from "../trust/approval-rules.ts";
import type { GateDecision } from "../trust/gate.ts";
import type { EffectivePolicy } from "../trust/policy.ts";
import type { PreparedStep, StepOrigin } from "./types.ts";

export interface ApprovalAttempt {
  readonly actor: Actor;
  readonly roles: readonly Role[];
  /** The stricter of the gate's answers when it was asked for and now. */
  readonly gate: GateDecision;
  readonly origin: StepOrigin;
  /** A way back as it was recorded: gated on risk alone. */
  readonly wayBack: boolean;
  readonly policy: EffectivePolicy;
  readonly version: VersionFacts;
  /** Who started the run. */
  readonly starterId: string;
  readonly nowMs: number;
  readonly prepared: PreparedStep;
  readonly digest: string;
  readonly confirmation: readonly string[];
  /** The human saw that there is no way back. */
  readonly acknowledgedNoRollback: boolean;
}

export type CheckApproval = (attempt: ApprovalAttempt) => Refusal | null;

/** The role that may approve: operators what is asked, approvers what is typed. */
export function approverRole(gate: GateDecision): "operator" | "approver" {
  return gate === "ask" || gate === "auto" ? "operator" : "approver";
}

/**
 * @returns null, or HUMAN_REQUIRED, FORBIDDEN, TRUST_LEVEL_EXCEEDED, STEP_UP_REQUIRED, APPROVER_IS_STARTER, APPROVER_IS_AUTHOR,
 * DIGEST_MISMATCH, CONFIRMATION_REQUIRED, CONFIRMATION_MISMATCH, ROLLBACK_UNACKNOWLEDGED
 */
export const checkApproval: CheckApproval = (attempt) => {
  const { actor, roles, gate, prepared, digest, confirmation } = attempt;
  if (!isHuman(actor)) return refuse("HUMAN_REQUIRED");
  if (gate === "blocked" || gate === "suggest") return refuse("TRUST_LEVEL_EXCEEDED");
  if (!hasRole(roles, approverRole(gate))) return refuse("FORBIDDEN", `This needs the role ${approverRole(gate)}.`);
  const another = refuseByApprovalRules({ ...attempt, risk: prepared.risk });
  if (another !== null) return another;
  if (prepared.digest === null || digest !== prepared.digest) return refuse("DIGEST_MISMATCH");
  const wrongName = gate === "typed" ? checkTyped(prepared, confirmation) : null;
  return wrongName ?? checkNoWayBack(attempt);
};

/** A change without a rollback says so on its card, and that must have been seen (ruling 25). A way back is not asked for its own. */
function checkNoWayBack({ origin, prepared, acknowledgedNoRollback }: ApprovalAttempt): Refusal | null {
  const oneWay = origin !== "rollback" && prepared.risk !== "safe" && prepared.rollbackCommand === null;
  return oneWay && !acknowledgedNoRollback ? refuse("ROLLBACK_UNACKNOWLEDGED") : null;
}

/** Every target once, each exactly; order does not matter, anything more or less does. */
function checkTyped(prepared: PreparedStep, confirmation: readonly string[]): Refusal | null {
  if (confirmation.length === 0 || prepared.targets.length === 0) return refuse("CONFIRMATION_REQUIRED");
  const wanted = prepared.targets.map((target) => target.text).sort();
  const typed = [...confirmation].sort();
  const same = wanted.length === typed.length && wanted.every((text, index) => text === typed[index]);
  return same ? null : refuse("CONFIRMATION_MISMATCH");
}
