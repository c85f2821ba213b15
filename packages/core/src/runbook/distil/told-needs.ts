// Finds the sentences of a conversation that say what somebody must have or be to do something: a role, a permission, a group, an account.
// Lines go in; the sentences come out as lines of their own. In a chat they stand beside the step that needs it, not above the first one.

import { findCodeSpans, maskCodeSpans } from "../source/inline-code.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { isQuestion } from "./said.ts";
import { cut, toParagraph } from "./text-pieces.ts";

const ROLE =
  "(?:roles?|permissions?|rights|privileges?|(?:\\w+-)?admin(?:s|istrator)?|sudo|root(?! cause)|groups?|members?|membership|access|vpn|credentials|account|token|clearance|iam|rolle|rechte|gruppe|rol|permisos?|grupo|rôle|droits|groupe)(?! (?:ids?|names?|numbers?|logs?|lists?|polic\\w+|urls?))";
/** "you need ...", but neither "you need to restart ..." nor a thing that only looks like a right. */
const YOU_NEED = new RegExp(
  String.raw`\b(?:you|u|one)(?:['’]ll| will| would)? (?:(?:need|require)(?! to\b)(?! (?:more|another|fewer|less|a new|new|\d))|(?:need to|must|have to|has to) (?:be|have|hold))\b[^.!?]{0,80}\b${ROLE}\b`,
  "iu",
);
const IT_NEEDS = new RegExp(
  String.raw`\b(?:this|that|it|which)(?: only)? (?:needs|requires|works|goes|is possible|has to be (?:done|run)|must be (?:done|run))(?! to )\b[^.!?]{0,60}\b(?:roles?|permissions?|privileges?|admin(?:s|istrator)?|groups?|membership|rolle|gruppe)\b`,
  "iu",
);
const ELSEWHERE = new RegExp(
  String.raw`\b(?:du brauchst|man braucht|necesitas|hace falta|il faut|você precisa)\b[^.!?]{0,60}\b${ROLE}\b`,
  "iu",
);

/** Each sentence that states a need, with the line it stands on. */
export function needsIn(lines: readonly SourceLine[]): readonly (readonly SourceLine[])[] {
  const text = joinText(lines);
  if (text.length > 20_000) return [];
  const masked = maskCodeSpans(text, findCodeSpans(text));
  const paragraph = toParagraph(lines);
  const found: (readonly SourceLine[])[] = [];
  let from = 0;
  for (const end of [...masked.matchAll(/[.!?](?=\s)|\n|$/g)]) {
    const sentence = masked.slice(from, end.index + 1).trim();
    if (statesNeed(sentence))
      found.push(cut(paragraph, from, end.index).map((line) => ({ ...line, text: line.text.trim().replace(/[\s:,;–—-]+$/, "") })));
    from = end.index + 1;
  }
  return found;
}

function statesNeed(sentence: string): boolean {
  return !isQuestion(sentence) && (YOU_NEED.test(sentence) || IT_NEEDS.test(sentence) || ELSEWHERE.test(sentence));
}
