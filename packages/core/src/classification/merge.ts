// Merges the scanner's risk with the advisors' answers into the final risk. Pure table, hard-coded: no setting reaches it.
// Stands between scanner and gate. It may only raise what the scanner said; safe needs the scanner and every configured advisor.

import type { Risk } from "@dd0c/scanner";
import type { AdvisorAnswer, AdvisorRisk, MergeRule, Opinion } from "./types.ts";

export interface Merged {
  readonly risk: Risk;
  readonly mergeRule: MergeRule;
}

/** Below this a safe or caution opinion counts as one level higher. */
const MIN_CONFIDENCE = 0.9;

const SEVERITY = { safe: 0, caution: 1, dangerous: 2 } as const satisfies Record<AdvisorRisk, number>;

/**
 * Merges one scanner risk with the answers of all configured advisors.
 *
 * @param scanner - the scanner's risk for the command
 * @param answers - one entry per configured advisor; an entry without opinion, or no entry at all, is an unturned key
 * @returns the final risk and the row of the table that decided; never a refusal
 */
export function merge(scanner: Risk, answers: readonly AdvisorAnswer[]): Merged {
  const strictest = strictestOpinion(answers);
  if (scanner === "dangerous") return { risk: "dangerous", mergeRule: "rule_1_scanner_dangerous" };
  if (strictest === "dangerous") return { risk: "dangerous", mergeRule: "escalate_dangerous" };
  if (scanner === "caution") return { risk: "caution", mergeRule: "rule_2_scanner_caution" };
  if (scanner === "unknown") return { risk: "unknown", mergeRule: "rule_4_scanner_unknown" };
  if (strictest === "caution") return { risk: "caution", mergeRule: "escalate_caution" };
  const everyKeyTurned = strictest === "safe" && answers.every((answer) => answer.opinion !== null);
  if (!everyKeyTurned) return { risk: "caution", mergeRule: "second_key_missing" };
  return { risk: "safe", mergeRule: "rule_3_both_agree_safe" };
}

function strictestOpinion(answers: readonly AdvisorAnswer[]): AdvisorRisk | null {
  let strictest: AdvisorRisk | null = null;
  for (const { opinion } of answers) {
    if (opinion === null) continue;
    const risk = countedRisk(opinion);
    if (strictest === null || SEVERITY[risk] > SEVERITY[strictest]) strictest = risk;
  }
  return strictest;
}

/** The comparison is written so that a confidence that is not a number counts as too low. */
function countedRisk({ risk, confidence }: Opinion): AdvisorRisk {
  const sure = confidence >= MIN_CONFIDENCE && confidence <= 1;
  if (sure || risk === "dangerous") return risk;
  return risk === "safe" ? "caution" : "dangerous";
}
