// The words of classification: opinions of advisors and the merged decision about one command.
// A scanner verdict and advisors' answers go in (classify-step.ts), a Classification comes out; it is stored in the audit log as it is,
// so it must hold everything needed to reconstruct the decision.

import type { Risk, Verdict } from "@dd0c/scanner";

/** The advisors' scale: safe < caution < dangerous. An advisor that cannot tell has no opinion; it never says "unknown". */
export type AdvisorRisk = "safe" | "caution" | "dangerous";

/** What an advisor thinks of one command in its context. */
export interface Opinion {
  readonly risk: AdvisorRisk;
  /** 0..1; below 0.9 a safe or caution opinion counts as one level higher. */
  readonly confidence: number;
  readonly reasoning: string;
  readonly sideEffects: readonly string[];
  readonly suggestedRollback: string | null;
}

/** One configured advisor's answer. `opinion: null` leaves its key unturned, whatever the cause. */
export interface AdvisorAnswer {
  readonly advisor: string;
  readonly version: string;
  /** Model name and SHA-256 of the prompt, for advisors that use one; null for the built-in. */
  readonly model: string | null;
  readonly promptHash: string | null;
  readonly opinion: Opinion | null;
  /** Why there is none ("timeout", "no positive read intent"); null when there is one. */
  readonly absence: string | null;
}

/** What an advisor is shown: the command and the words around it. */
export interface StepContext {
  readonly command: string;
  readonly description: string;
  readonly section: string | null;
  /** Descriptions of the steps just before and after. */
  readonly neighbours: readonly string[];
  /** Spellings of variables that are filled with literals before the command runs; absent for a text that runs as it stands. */
  readonly placeholders?: readonly string[];
}

/** A deterministic advisor: a function without effects. */
export type Advise = (context: StepContext) => AdvisorAnswer;

/** The row of the merge table that decided. */
export type MergeRule =
  | "rule_1_scanner_dangerous"
  | "rule_2_scanner_caution"
  | "rule_3_both_agree_safe"
  | "rule_4_scanner_unknown"
  | "escalate_dangerous"
  | "escalate_caution"
  | "second_key_missing";

/** The scanner's part of the decision, without plan and spans (the verdict can be recomputed from text and pattern version). */
export interface VerdictSummary {
  readonly risk: Risk;
  readonly ruleIds: readonly string[];
  readonly patternVersion: string;
}

/** The decision about one command text. Immutable; the gate reads `risk`. */
export interface Classification {
  readonly risk: Risk;
  readonly mergeRule: MergeRule;
  readonly scanner: VerdictSummary;
  readonly answers: readonly AdvisorAnswer[];
  readonly classifierVersion: string;
}

/** The scanner as classification sees it. */
export type Scan = (text: string) => Verdict;
