// Reports of a runbook's runs and its current version -> suggestions, each a change of the source text that was parsed again and gives what it means.
// What cannot be written that way is no suggestion. Nothing of an alert, of an output or of a secret can be in one (generalize-edit.ts).
import { applyAnswers } from "../runbook/questions/apply-answers.ts";
import type { Answer, AnsweredRunbook } from "../runbook/questions/question.ts";
import { parseRunbook } from "../runbook/index.ts";
import { countDivergences } from "./count-divergences.ts";
import { describeChange } from "./describe-change.ts";
import type { DivergenceReport } from "./report.ts";
import { rewrites } from "./rewrite-source.ts";
import { applySpans, joinLines, spansOf } from "./source-lines.ts";
import type { Suggestion, SupportedChange, VersionStep } from "./suggestion.ts";
import { isMeant } from "./verify-rewrite.ts";

export interface SuggestedVersion {
  readonly rawText: string;
  readonly answers: readonly Answer[];
  /** One per command line, in order. */
  readonly steps: readonly VersionStep[];
}

/** More than a person decides about at once; each costs a reading of the text or two. */
const maxSuggestions = 10;

/**
 * One by one, so that a caller can do something else between two readings of a long text; null for a change that no text can be written for.
 * @param reports newest first, one per run of this runbook, of whatever version
 */
export function* suggestUpdates(reports: readonly DivergenceReport[], version: SuggestedVersion): Generator<Suggestion | null> {
  const supported = countDivergences(reports, version.steps).slice(0, maxSuggestions);
  const parsed = supported.length === 0 ? null : parse(version.rawText, version.answers);
  if (parsed === null) return;
  for (const each of supported) yield written(each, version, parsed);
}

function parse(text: string, answers: readonly Answer[]): AnsweredRunbook | null {
  const result = parseRunbook(text);
  return result.ok ? applyAnswers(result.runbook, answers).runbook : null;
}

function written(supported: SupportedChange, version: SuggestedVersion, parsed: AnsweredRunbook): Suggestion | null {
  const { rawText: source, answers, steps } = version;
  const find = (stepId: string): VersionStep | undefined => steps.find((step) => step.stepId === stepId);
  for (const lines of rewrites(supported.change, { source, parsed, find })) {
    const spans = spansOf(source, lines);
    const text = applySpans(source, spans);
    const again = text === joinLines(lines) ? parse(text, answers) : null;
    if (again === null || !isMeant(supported.change, parsed, again, steps)) continue;
    return { ...supported, summary: describeChange(supported, steps), spans, proposed_text: text };
  }
  return null;
}
