// A model's answer about one command goes in, an opinion that may be merged comes out, or null. The last look before the merge.
// Its words are bounded and made visible; a confidence that is none makes a safe or caution answer no opinion, and a dangerous one stays dangerous.

import { shownText, visibleText } from "../runbook/index.ts";
import type { AdvisorRisk, Opinion } from "./types.ts";

/** Of the right shape; the content is not trusted. */
export interface ModelOpinionAnswer {
  readonly classification: AdvisorRisk;
  readonly confidence: number;
  readonly reasoning: string;
  readonly detected_side_effects: readonly string[];
  readonly suggested_rollback: string | null;
}

const MAX_REASONING = 600;
const MAX_SIDE_EFFECTS = 10;
const MAX_PHRASE = 200;
const MAX_COMMAND = 2_000;

export function modelOpinion(answer: ModelOpinionAnswer): Opinion | null {
  const { classification: risk, confidence } = answer;
  const sure = confidence >= 0 && confidence <= 1;
  if (!sure && risk !== "dangerous") return null;
  const rollback = visibleText((answer.suggested_rollback ?? "").slice(0, MAX_COMMAND)).trim();
  return {
    risk,
    confidence: sure ? confidence : 0,
    reasoning: shownText(answer.reasoning, MAX_REASONING),
    sideEffects: answer.detected_side_effects
      .slice(0, MAX_SIDE_EFFECTS)
      .map((effect) => shownText(effect, MAX_PHRASE))
      .filter((effect) => effect !== ""),
    suggestedRollback: rollback === "" ? null : rollback,
  };
}
