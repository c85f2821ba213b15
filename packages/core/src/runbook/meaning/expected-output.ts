// Reads what a step should show: sample output in code blocks, then sentences like "should return ...", "wait for ...", "Expected: ...".
// A draft step goes in; one text comes out, or null. It quotes the source and adds nothing.

import { findCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";

const MAX_OUTPUT_CHARACTERS = 4000;

const LABEL =
  /(?:^|[.\s(])(?:expected(?: (?:output|result|response|outcome))?|resultado esperado|salida esperada|erwartet(?:es ergebnis|e ausgabe)?|résultat attendu|sortie attendue|saída esperada|期待(?:される)?(?:結果|出力))\s*[:：]\s*(.+)$/iu;
const SENTENCES: readonly RegExp[] = [
  /\b(?:should|must)(?: now| then| all| also| still)?(?: not)? (?:be|return|show|print|see|report|say|have|contain|output|display|look|list|equal|match|respond|drop|go|come|start|recover|appear|read)\b.*$/i,
  /\byou (?:should|will|would)(?: now)? (?:see|get|find|have)\b.*$/i,
  /\bwait (?:for|until|till)\b.*$/i,
  /\b(?:and )?(?:saw|see|verify|confirm|ensure|check|make sure|validate) that\b.*$/i,
  /\b(?:is|are|was|were|went|came|gone?) (?:back|gone|down to|up to)\b.*$/i,
  /\b(?:debe|deben|debería|deberían|sollte|sollten|muss|müssen|doit|doivent|deve|devem)\b.*$/i,
];
const GOAL = /^(?:then |now |and )?(?:confirm|verify|make sure|ensure|check that)\s+(.{8,})$/i;

export function expectedOutput(step: DraftStep): string | null {
  const parts: string[] = [];
  const shown = joinText(step.output).trim();
  if (shown !== "") parts.push(shown.slice(0, MAX_OUTPUT_CHARACTERS));
  for (const sentence of sentencesOf(step)) {
    const expected = readSentence(sentence);
    if (expected !== null && !parts.some((part) => part.includes(expected))) parts.push(expected);
  }
  return parts.length === 0 ? null : parts.join("\n");
}

/** Sentences of the prose, commands masked so that a full stop in them ends nothing. */
function sentencesOf(step: DraftStep): readonly string[] {
  const text = joinText(step.prose);
  const spans = findCodeSpans(text);
  const sentences: string[] = [];
  let from = 0;
  for (const end of text.matchAll(/[.!?](?=\s+[\p{Lu}`("<*[]|\s*$)|\n(?=\s*\n|\s*[-(])|;\s/gmu)) {
    const at = end.index + 1;
    if (spans.some((span) => span.start < at && at < span.end)) continue;
    sentences.push(text.slice(from, at));
    from = at;
  }
  sentences.push(text.slice(from));
  return sentences.map((sentence) => plainText(sentence)).filter((sentence) => sentence !== "");
}

function readSentence(sentence: string): string | null {
  const trimmed = sentence.replace(/^[(\s]+/, "").replace(/[\s.)]+$/, "");
  const labelled = LABEL.exec(trimmed)?.[1];
  if (labelled !== undefined) return labelled.trim();
  if (/^(?:if|when|unless|in case|you should (?:not|never)|this should (?:only|never))\b/i.test(trimmed)) return null;
  for (const pattern of SENTENCES) {
    const match = pattern.exec(trimmed);
    if (match !== null) return trimmed.length <= 200 ? trimmed : match[0].slice(0, 300).trim();
  }
  const goal = GOAL.exec(trimmed)?.[1];
  return goal === undefined || /`[^`]*$/.test(goal) ? null : goal.trim();
}
