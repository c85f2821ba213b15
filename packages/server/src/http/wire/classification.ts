// Verdicts and classifications as the API shows them, everywhere the same shape.
import type { AdvisorAnswer, Classification } from "@dd0c/core";
import type { WireClassification, WireExplainedResult, WireScannerResult } from "@dd0c/protocol/http";
import { findTwinOfText, type Inverse, outline, suggestEdit, suggestForm, type Verdict } from "@dd0c/scanner";

const wireInverse = (inverse: Inverse | undefined): WireScannerResult["inverse"] => {
  if (inverse === undefined) return null;
  return { capture: inverse.kind === "capture" ? inverse.capture : null, command: inverse.command };
};

export const wireScannerResult = (command: string, verdict: Verdict): WireScannerResult => ({
  risk: verdict.risk,
  reasons: verdict.reasons.map((reason) => ({
    rule_id: reason.ruleId,
    risk: reason.risk,
    span: { start: reason.span.start, end: reason.span.end },
    message: reason.message,
    safer_alternative: reason.saferAlternative ?? null,
  })),
  parts: outline(command, verdict.reasons).map(({ span, risk, depth, reasons }) => ({ span, risk, depth, reasons: [...reasons] })),
  runnable: verdict.plan !== undefined,
  not_runnable:
    verdict.notRunnable === undefined
      ? null
      : { code: verdict.notRunnable.code, message: verdict.notRunnable.message, suggestion: verdict.notRunnable.suggestion ?? null },
  targets: verdict.targets.map((target) => ({ kind: target.kind, name: target.name, namespace: target.namespace ?? null })),
  inverse: wireInverse(verdict.inverse),
  sensitive: verdict.sensitive,
  unbounded: verdict.unbounded,
  pattern_version: verdict.patternVersion,
});

/** With the smallest edit that would be safe, and a form that runs where the text itself has no plan: for one command at a time, because each candidate is scanned. */
/** The read-only command that lists what the command would touch; null where none is proven. */
const wireTwin = (command: string, verdict: Verdict): WireExplainedResult["twin"] => {
  const twin = findTwinOfText(command, verdict);
  return twin === undefined ? null : { command: twin.command, lists: twin.reading.kind };
};

export const wireExplained = (command: string, verdict: Verdict) => ({
  ...wireScannerResult(command, verdict),
  safer_edit: suggestEdit(command, verdict) ?? null,
  runnable_form: suggestForm(command, verdict) ?? null,
  twin: wireTwin(command, verdict),
});

export const wireOpinions = (answers: readonly AdvisorAnswer[]): WireClassification["opinions"] =>
  answers.map(({ advisor, opinion, absence }) => ({
    advisor,
    risk: opinion?.risk ?? null,
    confidence: opinion?.confidence ?? null,
    reasoning: opinion?.reasoning ?? absence,
  }));

export const wireClassification = (command: string, verdict: Verdict, classification: Classification): WireClassification => ({
  risk: classification.risk,
  merge_rule: classification.mergeRule,
  scanner: wireScannerResult(command, verdict),
  opinions: wireOpinions(classification.answers),
});

/**
 * A stored decision with the scanner's reasons read again from the text. The risks are those that were decided then:
 * a newer scanner explains, it does not rewrite.
 */
export const wireStoredClassification = (command: string, verdict: Verdict, stored: Classification): WireClassification => ({
  ...wireClassification(command, verdict, stored),
  scanner: { ...wireScannerResult(command, verdict), risk: stored.scanner.risk, pattern_version: stored.scanner.patternVersion },
});
