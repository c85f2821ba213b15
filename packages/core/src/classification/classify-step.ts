// One command with its context, the scanner's verdict and the advisors' answers go in; a Classification comes out.
// Stands between parser and gate. The built-in intent advisor always has a say: no caller can leave the second key out.

import type { Verdict } from "@dd0c/scanner";
import { invariant } from "../invariant.ts";
import { exceeds } from "../risk.ts";
import { adviseIntent } from "./intent.ts";
import { merge } from "./merge.ts";
import { sampleTemplate } from "./sample-template.ts";
import { scanStatement } from "./sql-call.ts";
import type { AdvisorAnswer, Classification, Scan, StepContext } from "./types.ts";

/** Goes into every audit record; changes with the merge table or the intent advisor's vocabulary. */
export const classifierVersion = "2.0.0";

export interface ClassifiedCommand {
  readonly verdict: Verdict;
  readonly classification: Classification;
}

/**
 * Scans a command, asks the intent advisor and merges. A template is judged with sample words in place of its placeholders.
 *
 * @param scan - the scanner (`scan` of @dd0c/scanner); text with SQL needs `loadSql()` before, else it comes out unknown
 * @param context - the command text and the words around it
 * @param others - answers of the other configured advisors (a model), already validated; an advisor that gave none stands here with
 *   `opinion: null`
 * @returns the verdict in the words of the command as given, and the classification; total, never throws for any text
 */
export function classifyStep(scan: Scan, context: StepContext, others: readonly AdvisorAnswer[] = []): ClassifiedCommand {
  const judged = sampleTemplate(context.command, context.placeholders ?? []).map((sample) => ({
    verdict: sample.restore(scanStatement(scan, sample.text)),
    answer: adviseIntent({ ...context, command: sample.text }),
  }));
  const [first, ...rest] = judged;
  invariant(first !== undefined, "a template has at least one sample");
  const verdict = rest.reduce((worst, each) => (exceeds(each.verdict.risk, worst.risk) ? each.verdict : worst), first.verdict);
  const { answer } = judged.find((each) => each.answer.opinion === null) ?? first;
  return { verdict, classification: classify(verdict, [answer, ...others]) };
}

/**
 * Merges a verdict with answers that exist already: opinions belong to the template step and survive the filling of its variables, so a
 * rendered command is scanned anew and merged with the answers of its template.
 *
 * @param answers - all configured advisors' answers, the intent advisor's among them; an empty list leaves the second key unturned
 */
export function classify(verdict: Verdict, answers: readonly AdvisorAnswer[]): Classification {
  const merged = merge(verdict.risk, answers);
  return {
    risk: merged.risk,
    mergeRule: merged.mergeRule,
    scanner: { risk: verdict.risk, ruleIds: verdict.reasons.map((reason) => reason.ruleId), patternVersion: verdict.patternVersion },
    answers,
    classifierVersion,
  };
}
