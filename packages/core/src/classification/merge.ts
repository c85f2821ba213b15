// Merges the scanner's risk with the advisors' answers into the final risk. Pure table, hard-coded: no setting reaches it.
// Stands between scanner and gate. It may only raise what the scanner said; safe needs the scanner and every configured advisor.

import type { Risk } from "@dd0c/scanner";
import { riskRank } from "../risk.ts";
import type { AdvisorAnswer, AdvisorRisk, MergeRule, Opinion } from "./types.ts";

export interface Merged {
  readonly risk: Risk;
  readonly mergeRule: MergeRule;
}

/** Below this a safe or caution opinion counts as one level higher. */
const MIN_CONFIDENCE = 0.9;

/**
 * Merges one scanner risk with the answers of all configured advisors.
 *
 * @param scanner - the scanner's risk for the command
 * @param answers - one entry per configured advisor; an entry without opinion, or no entry at all, is an unturned key
 * @returns the final risk and the row of the table that decided; never a refusal
 */
export function merge(scanner: Risk, answers: readonly AdvisorAnswer[]): Merged {
  const opinions = answers.map(({ opinion }) => (opinion === null || opinion === undefined ? null : countedRisk(opinion)));
  if (riskRank(scanner) === riskRank("dangerous")) return { risk: "dangerous", mergeRule: "rule_1_scanner_dangerous" };
  if (opinions.includes("dangerous")) return { risk: "dangerous", mergeRule: "escalate_dangerous" };
  if (scanner === "caution") return { risk: "caution", mergeRule: "rule_2_scanner_caution" };
  if (scanner === "unknown") return { risk: "unknown", mergeRule: "rule_4_scanner_unknown" };
  if (opinions.includes("caution")) return { risk: "caution", mergeRule: "escalate_caution" };
  const everyKeyTurned = opinions.length > 0 && opinions.every((opinion) => opinion === "safe");
  if (!everyKeyTurned) return { risk: "caution", mergeRule: "second_key_missing" };
  return { risk: "safe", mergeRule: "rule_3_both_agree_safe" };
}

/**
 * Stored answers come back as JSON, where anything may stand: a confidence that is missing or no number counts as too low, a risk that is
 * none of the three as dangerous.
 */
function countedRisk({ risk, confidence }: Opinion): AdvisorRisk {
  const sure = typeof confidence === "number" && confidence >= MIN_CONFIDENCE && confidence <= 1;
  if (risk === "safe") return sure ? "safe" : "caution";
  return risk === "caution" && sure ? "caution" : "dangerous";
}
