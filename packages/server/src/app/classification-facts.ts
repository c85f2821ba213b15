// A classification goes in, what the audit log keeps of it comes out: the scanner's rules and version, every advisor's answer, the rule that decided.
import type { AdvisorAnswer, Classification } from "@dd0c/core";

/** What a model said cannot be computed again, so its words are kept; they may quote the command. */
const modelWords = ({ model, opinion }: AdvisorAnswer) =>
  model === null || opinion === null
    ? {}
    : { reasoning: opinion.reasoning, side_effects: opinion.sideEffects, suggested_rollback: opinion.suggestedRollback };

/** @param words whether the record may hold what a model said about the command */
export const classificationFacts = (classification: Classification, words: "with_words" | "without_words") => ({
  final_classification: classification.risk,
  merge_rule: classification.mergeRule,
  scanner: {
    risk: classification.scanner.risk,
    rule_ids: classification.scanner.ruleIds,
    pattern_version: classification.scanner.patternVersion,
  },
  advisors: classification.answers.map((answer) => ({
    advisor: answer.advisor,
    version: answer.version,
    model: answer.model,
    prompt_hash: answer.promptHash,
    risk: answer.opinion?.risk ?? null,
    confidence: answer.opinion?.confidence ?? null,
    absence: answer.absence,
    ...(words === "with_words" ? modelWords(answer) : {}),
  })),
  classifier_version: classification.classifierVersion,
});
