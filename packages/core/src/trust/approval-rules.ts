// What a policy asks beyond the gate: another pair of eyes or a signed-in browser before a dangerous step, and a review before a changed runbook runs.
// In: the policy, who acts through which door, who started, who wrote the version. Out: null, or the refusal that names the layer. Only ever refuses.
import type { Risk } from "@dd0c/scanner";
import { type Refusal, refuse } from "../errors.ts";
import type { Actor, ActorVia } from "./actor.ts";
import type { EffectivePolicy, PolicyField, PolicySource } from "./policy.ts";

/** The runbook version that a run is pinned to, as far as approvals ask about it. */
export interface VersionFacts {
  /** Who saved it; null where that was no member of the tenant (it came with the product, or is a file of the person's own). */
  readonly writtenBy: Actor | null;
  /** Server time. */
  readonly writtenAtMs: number;
  /** A member other than its author looked at it and said so. */
  readonly reviewed: boolean;
}

/** How long an author waits under `after_24_hours`. */
export const authorWaitMs = 86_400_000;

const layerNames: Readonly<Record<PolicySource, string>> = {
  system: "policy.json",
  tenant: "the organisation's policy",
  runbook: "this runbook's lock",
  default: "the product's default",
};

/** The layer in words, as refusals and cards name it. */
export const layerName = (source: PolicySource): string => layerNames[source];

const saidBy = (policy: EffectivePolicy, field: PolicyField): string => layerName(policy.decidedBy[field]);

export interface DangerousApproval {
  readonly policy: EffectivePolicy;
  readonly risk: Risk;
  /** A way back as it was recorded is gated on risk alone. */
  readonly wayBack: boolean;
  readonly actor: Actor;
  readonly starterId: string;
  readonly version: VersionFacts;
  readonly nowMs: number;
}

/**
 * @returns null, or STEP_UP_REQUIRED, APPROVER_IS_STARTER, APPROVER_IS_AUTHOR. Everything that is not known to be less counts as dangerous.
 */
export function refuseByApprovalRules(asked: DangerousApproval): Refusal | null {
  if (["safe", "caution", "unknown"].includes(asked.risk)) return null;
  const door = refuseDoor(asked);
  // Who may take something back is not asked beyond its risk; how they show who they are is.
  if (door !== null || asked.wayBack) return door;
  return refuseStarter(asked) ?? refuseAuthor(asked);
}

/** Behind them stands more than a chat account: a browser session, the person's own terminal, the recovery code that such a session gave out. */
const steppedUp: readonly ActorVia[] = ["web", "cli", "agent"];

function refuseDoor({ policy, actor }: DangerousApproval): Refusal | null {
  if (policy.dangerousStepUp === "not_needed" || steppedUp.includes(actor.via)) return null;
  const who = saidBy(policy, "dangerousStepUp");
  return refuse("STEP_UP_REQUIRED", `Dangerous steps are confirmed in a signed-in browser (${who}). Open the step on the web.`);
}

function refuseStarter({ policy, actor, starterId }: DangerousApproval): Refusal | null {
  if (policy.dangerousApprover === "anyone" || actor.id !== starterId) return null;
  const who = saidBy(policy, "dangerousApprover");
  return refuse("APPROVER_IS_STARTER", `Whoever starts a run does not approve its dangerous steps (${who}). Ask another approver.`);
}

function refuseAuthor({ policy, actor, version, nowMs }: DangerousApproval): Refusal | null {
  const { writtenBy, writtenAtMs } = version;
  if (policy.authorApproval === "at_once" || writtenBy === null) return null;
  // A key does not say which person wrote through it: then it may have been anybody.
  const mayBeAuthor = writtenBy.id === actor.id || writtenBy.via === "api_key";
  if (!mayBeAuthor || nowMs - writtenAtMs >= authorWaitMs) return null;
  const who = saidBy(policy, "authorApproval");
  return refuse(
    "APPROVER_IS_AUTHOR",
    `Whoever wrote a runbook version does not approve its dangerous steps before it is 24 hours old (${who}). Ask another approver, or wait.`,
  );
}

/** @returns null, or REVIEW_REQUIRED for a version that a member wrote and nobody else has reviewed */
export function refuseUnreviewed(policy: EffectivePolicy, version: VersionFacts): Refusal | null {
  if (policy.peerReview === "not_needed" || version.reviewed || version.writtenBy === null) return null;
  return refuse("REVIEW_REQUIRED", `Another member has to review this version before it runs (${saidBy(policy, "peerReview")}).`);
}
