// Reads what a step should show: sample output in code blocks, then sentences like "should return ...", "wait for ...", "Expected: ...".
// A draft step goes in; one text comes out, or null. It quotes the source and adds nothing.

import { findCodeSpans } from "../source/inline-code.ts";
import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { trimTail } from "../source/trim-tail.ts";
import type { DraftStep } from "../steps/draft-step.ts";

const MAX_OUTPUT_CHARACTERS = 4000;
/** Nobody writes what to expect in a longer sentence, or in more of them. */
const MAX_SENTENCE = 2000;
const MAX_PARTS = 60;

/** Words that announce what is to be seen; a colon follows. */
export const EXPECTED_LABEL =
  "(?:^|[.\\s(])(?:expected(?: (?:output|result|response|outcome))?|resultado esperado|salida esperada|erwartet(?:es ergebnis|e ausgabe)?|résultat attendu|sortie attendue|saída esperada|期待(?:される)?(?:結果|出力)|verwacht(?:e (?:uitvoer|resultaat))?|risultato atteso|output atteso)";
const LABEL = new RegExp(`${EXPECTED_LABEL}\\s*[:：]\\s*(.+)$`, "iu");
const SENTENCES: readonly RegExp[] = [
  /\b(?:should|must|ha[sv]e? to|needs? to)(?: now| then| all| also| still)?(?: not)? (?:be|end|begin|fall|rise|stay|differ|hold|give|answer|return|show|print|see|report|say|have|contain|output|display|look|list|equal|match|respond|drop|go|come|start|recover|appear|read)\b.*$/i,
  /\byou (?:should|will|would)(?: now)? (?:see|get|find|have)\b.*$/i,
  /\bwait (?:for|until|till)\b.*$/i,
  /\b(?:until|till) (?:the|it|they|all|both|every)\b.*$/i,
  /^(?:prints?|shows?|returns?|says?|answers?) [`"“\p{L}\d].*$/iu,
  /\b(?:and )?(?:saw|see|verify|confirm|ensure|check|make sure|validate) that\b.*$/i,
  /\byou want to see\b.*$/i,
  /^(?:`[^`]+`|it|this|that|which)(?: then| now)? (?:shows?|prints?|says?|returns?|gives?|lists?|reports?|answers?)\b.*$/i,
  /\b(?:is|are) (?:normally|usually|typically)\b.*$/i,
  /`\s+until \S.{2,}$/i,
  /(?:^|: )`[^`]+` has (?:one|two|three|four|five|no|\d+) .*$/i,
  /\b(?:normal|good|ok|expected)(?: \w+)? = .*$|^.{2,60} = (?:good|ok|okay|fine|normal)$/i,
  /,\s*(?:below|above|under|over) \d.*$/i,
  /\b(?:is|are|was|were|went|came|gone?) (?:back|gone|down to|up to)\b.*$/i,
  /\b(?:more|less|fewer|greater|lower|higher) than (?:about )?\d.*$/i,
  /\bmust be (?:above|below|under|over|at least|at most)\b.*$/i,
  /\bis (?:too (?:much|many|high|low)|harmless|fine|normal|healthy|what you want)\b.*$/i,
  /\b(?:says?|shows?|reads?|answers?|prints?|answered|goes to) [`"“(][^`"”]+[`"”].*$/i,
  /\b(?:debe|deben|debería|deberían|sollte|sollten|muss|müssen|doit|doivent|deve|devem|devono|dovrebbe|moet|moeten|tem que|têm que|tiene que|tienen que|soll|sollen)\b.*$/i,
  /(?:であること|と表示される|になる(?:こと|はず)).*$/u,
];
/** "curl ... ==> 200" */
const ARROW = /\s(?:==?>|=>)\s*([^\s`$][^\n]{0,80})$/;
const GOAL = /^(?:then |now |and )?(?:confirm|verify|make sure|ensure|check that)\s+(.{8,})$/i;
/** "Unless it says `ok`": what is quoted should be seen. */
const UNLESS_SHOWN = /^unless\b.*?\b(?:says?|shows?|reads?|returns?|answers?) ([`"“][^`"”]+[`"”])/i;
/** What may be seen, or should not be seen, is not expected. */
const UNEXPECTED = /^(?:if|when|unless|in case|you should (?:not|never)|this should (?:only|never))\b/i;

/** What the step should show, one finding per line: its sample output, then what its sentences tell; null when nothing is told. */
export function expectedOutput(step: DraftStep): string | null {
  const parts: string[] = [];
  const shown = joinText(step.output).trim();
  if (shown !== "") parts.push(shown.slice(0, MAX_OUTPUT_CHARACTERS));
  const arrow = ARROW.exec(joinText(step.prose).trimEnd())?.[1];
  if (arrow !== undefined) parts.push(arrow);
  for (const sentence of sentencesOf(step)) {
    const expected = readSentence(sentence);
    if (expected !== null && parts.length < MAX_PARTS && !parts.some((part) => part.includes(expected))) parts.push(expected);
  }
  return parts.length === 0 ? null : parts.join("\n");
}

/** Sentences of the prose, commands masked so that a full stop in them ends nothing. */
function sentencesOf(step: DraftStep): readonly string[] {
  const text = inParagraphs(step.prose);
  const spans = findCodeSpans(text);
  const sentences: string[] = [];
  let from = 0;
  let next = 0;
  for (const end of text.matchAll(/[.!?](?=\s{1,200}[\p{Lu}`("<*[]|\s{0,200}$)|\n(?=\s{0,200}\n|\s{0,200}[-(])|;\s/gmu)) {
    const at = end.index + 1;
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    if ((spans[next]?.start ?? Number.POSITIVE_INFINITY) < at) continue;
    sentences.push(text.slice(from, at));
    from = at;
  }
  sentences.push(text.slice(from));
  return sentences
    .filter((sentence) => sentence.length <= MAX_SENTENCE)
    .map((sentence) => plainText(sentence))
    .filter((sentence) => sentence !== "");
}

/** Lines that do not follow each other in the source belong to different paragraphs. */
function inParagraphs(lines: readonly SourceLine[]): string {
  return lines.map(({ text, line }, index) => (index > 0 && line - (lines[index - 1]?.line ?? line) > 1 ? `\n${text}` : text)).join("\n");
}

function readSentence(sentence: string): string | null {
  const trimmed = trimTail(sentence.replace(/^[(\s]+/, ""), /[\s.)]/);
  const labelled = LABEL.exec(trimmed)?.[1];
  if (labelled !== undefined) return labelled.trim();
  const shown = UNLESS_SHOWN.exec(trimmed)?.[1];
  if (shown !== undefined) return shown;
  if (UNEXPECTED.test(trimmed)) return null;
  return toldResult(trimmed) ?? goalOf(trimmed);
}

/** A short remark below a command that tells what it shows: "On doit obtenir `yellow`.", "Use% should be below 75%." */
export function tellsWhatIsShown(text: string): boolean {
  return text.length <= 200 && readSentence(plainText(text)) !== null;
}

/** A short sentence as a whole; of a long one, what begins with the words that tell the result. */
function toldResult(sentence: string): string | null {
  for (const pattern of SENTENCES) {
    const match = pattern.exec(sentence);
    if (match !== null) return sentence.length <= 200 ? sentence : match[0].slice(0, 300).trim();
  }
  return null;
}

/** "Confirm the queue is empty": the state to be confirmed. "Verify it with `df -h`" names no state. */
function goalOf(sentence: string): string | null {
  const goal = GOAL.exec(sentence)?.[1];
  return goal === undefined || goal.includes("`") ? null : goal.trim();
}
