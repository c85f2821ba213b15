// How much ran by itself in seven days, whether that is more than the policy allows, and what follows: a notice, a week later strict governance.
// In: counts, the limit, the notice that stands, the time. Out: one word. Only ever tightens; going back to audit is a person's decision.

/** What happened in a period, counted from the audit log. */
export interface GovernanceCounts {
  /** Steps that ran by themselves. */
  readonly auto: number;
  /** Steps that one person approved with a click, and those for which the names were typed. */
  readonly approved: number;
  readonly typed: number;
  /** Approvals that a person refused, and steps that an agent did. */
  readonly rejected: number;
  readonly refusedByAgent: number;
  readonly blocked: number;
  /** Runbooks whose trust fell. */
  readonly downgrades: number;
  /** Changes of the policy or of a runbook's lock. */
  readonly overrides: number;
}

const dayMs = 86_400_000;
/** A report's length, and how long people have between a notice and what it announces. */
export const weekMs = 7 * dayMs;
/** Fewer steps than this say nothing about a habit. */
export const minimumSteps = 50;

// 1970-01-05 was the first Monday.
const firstMondayMs = 4 * dayMs;

/** The Monday, 00:00 UTC, of the week that holds this moment. */
export const weekStartOf = (atMs: number): number => firstMondayMs + Math.floor((atMs - firstMondayMs) / weekMs) * weekMs;

/** Steps that ran after a decision of the gate or of a person. */
export const stepsOf = ({ auto, approved, typed }: GovernanceCounts): number => auto + approved + typed;

/** Share of automatic steps in percent, with one decimal; null where nothing ran. */
export function autoSharePercent(counts: GovernanceCounts): number | null {
  const steps = stepsOf(counts);
  return steps === 0 ? null : Math.round((counts.auto * 1_000) / steps) / 10;
}

/** More than the limit, of enough steps. Compared exactly, not by the rounded share. */
export const exceedsShare = (counts: GovernanceCounts, maxPercent: number): boolean =>
  stepsOf(counts) >= minimumSteps && counts.auto * 100 > maxPercent * stepsOf(counts);

export interface GovernanceMoment {
  /** Proven-safe steps run by themselves now. */
  readonly auditInForce: boolean;
  /** Of the seven days before `nowMs`. */
  readonly counts: GovernanceCounts;
  readonly maxPercent: number;
  /** The notice that stands; null for none. */
  readonly notice: { readonly dueAtMs: number } | null;
  /** A week was reported just now: notices are given then. */
  readonly weekReported: boolean;
  readonly nowMs: number;
}

export type GovernanceStep = "nothing" | "give_notice" | "withdraw_notice" | "downgrade";

export function nextGovernanceStep({ auditInForce, counts, maxPercent, notice, weekReported, nowMs }: GovernanceMoment): GovernanceStep {
  const exceeds = auditInForce && exceedsShare(counts, maxPercent);
  if (notice === null) return exceeds && weekReported ? "give_notice" : "nothing";
  if (!auditInForce) return "withdraw_notice";
  if (nowMs < notice.dueAtMs) return "nothing";
  return exceeds ? "downgrade" : "withdraw_notice";
}
