// A classification goes in, what the audit log keeps of it comes out: the scanner's rules and version, every advisor's answer, the rule that decided.
import type { Classification } from "@dd0c/core";

export const classificationFacts = (classification: Classification) => ({
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
  })),
  classifier_version: classification.classifierVersion,
});
