// Reads which other steps a text sends the reader to: "repeat step 2", "same as 1", "steps 2 to 4", "weiter mit Schritt 4", "as above".
// A step's text goes in; orders of existing steps come out, and the words of references that lead nowhere. It never guesses a step.

import type { StepNumbers } from "./step-numbers.ts";

export interface CrossReferences {
  /** Orders of other steps, in the order of the text, each once. */
  readonly orders: readonly number[];
  /** Words that send the reader to a step that is not there. */
  readonly unresolved: readonly string[];
}

const STEP_WORD = "(?:steps?|schritte?n?|pasos?|étapes?|etapes?|passos?|passi|passagg(?:io|i)|stap(?:pen)?|手順|ステップ)";
const TO = "(?:to|through|thru|until|bis|al?|à|tot(?: en met)?|t/m|-|–|—|〜|～|から)";
const AND = "(?:,|、|and|und|y|et|e|en|と|&)";
const NUMBERS = String.raw`\d{1,3}(?:\s*(?:${TO}|${AND}(?:\s*${AND})?)\s*(?:${STEP_WORD}\s*)?\d{1,3}(?!\d|\s*%))*`;

/** What a number of steps is never followed by. */
const UNITS = String.raw`%|x\b|times|mal\b|veces|fois|vezes|volte|keer|min|sec|ms\b|hours?|days?|h\b|s\b|gi?b|mi?b`;

/** "Step 2 of the wizard" and "step 2 of 5" count something else. */
const STEP = new RegExp(
  String.raw`(?<![\p{L}\d])${STEP_WORD}\s*(?:#|n[or]\.?\s*)?(${NUMBERS})(?![\d.]*\d|\s*(?:of|in)\s+(?:the|this|that|our)\s+(?:wizard|guide|docs?|documentation|form|dialog|other)|\s+of\s+\d|\s*(?:${UNITS}))`,
  "giu",
);
const BARE = new RegExp(
  String.raw`(?<!\p{L})(?:same as|as in|as for|like in|repeat|redo|see|as per|go (?:back )?to|back to|skip to|jump to|(?:go on|continue|proceed) (?:with|at|from)|weiter (?:mit|bei)|wie (?:in|bei)|siehe|(?:continúa|continuar|sigue|seguir) (?:con|en)|vuelve a|igual que(?: en)?|passe[rz]? à|retourne[rz]? à|comme (?:en|pour)|ir para|voltar (?:para|a)|vai a|torna a|come (?:al|in)|ga (?:naar|verder met)|zoals(?: bij| in))\s+(?:#|n[or]\.?\s*|\()?(\d{1,2})(?![\d.:,]*\d|\p{L}|[ \t]*(?:${UNITS}|of|pods?|nodes?|replicas?|lines?|more|-|/))`,
  "giu",
);
const BEFORE =
  /(?<!\p{L})(?:same as (?:above|before)|(?:do|run|execute|repeat) (?:it |them |the )?(?:as )?above|as above|(?:the )?(?:previous|preceding|last) step|step above|wie oben|vorherige[nr]? schritt|como (?:arriba|antes)|paso anterior|comme ci-dessus|étape précédente|como acima|passo anterior|come sopra|passo precedente|zoals hierboven|vorige stap)(?!\p{L})|上記と同じ|上記と同様|前の手順/giu;

/** Without one of these a text cannot speak of the step before. */
export const MAY_LOOK_BACK =
  /above|before|previous|preceding|last|oben|vorherig|arriba|antes|anterior|dessus|précéd|acima|sopra|precedent|hierboven|vorige|上記|前の/iu;

export function crossReferences(text: string, own: number, numbers: StepNumbers): CrossReferences {
  const found = [...numberedReferences(text, own, numbers), ...referencesBefore(text, own)].sort((a, b) => a.at - b.at);
  return {
    orders: [...new Set(found.flatMap(({ order }) => order ?? []))].filter((order) => order !== own),
    unresolved: [...new Set(found.filter(({ order }) => order === null).map(({ words }) => words))],
  };
}

interface Reference {
  readonly at: number;
  readonly words: string;
  readonly order: number | null;
}

function numberedReferences(text: string, own: number, numbers: StepNumbers): readonly Reference[] {
  if (!/\d/.test(text)) return [];
  const steps = [...text.matchAll(STEP)]
    .filter((match) => !isOwnLabel(text, match.index, match[0]))
    .flatMap(({ 0: words, 1: list = "", index: at }) =>
      listed(list).map((printed) => ({ at, words: words.trim(), order: numbers.orderOf(printed, own) })),
    );
  const bare = [...text.matchAll(BARE)].map(({ 0: words, 1: number, index: at }) => ({
    at,
    words: words.trim(),
    order: numbers.orderOf(Number(number), own),
  }));
  return [...steps, ...bare.filter(({ order }) => order !== null)];
}

function referencesBefore(text: string, own: number): readonly Reference[] {
  if (!MAY_LOOK_BACK.test(text)) return [];
  return [...text.matchAll(BEFORE)].map(({ 0: words, index: at }) => ({ at, words: words.trim(), order: own > 1 ? own - 1 : null }));
}

/** "Step 3: drain it" names itself. */
function isOwnLabel(text: string, at: number, words: string): boolean {
  return /^[\s#*_-]*$/.test(text.slice(0, at)) && /^\s*(?:[:.)–—]|-\s|\*|$)/.test(text.slice(at + words.length));
}

/** Longer lists are no steps of a runbook. */
const MAX_LISTED = 100;

/** "2, 3 and 5" are three numbers, "2 to 4" as well. */
function listed(numbers: string): readonly number[] {
  const all: number[] = [];
  const pieces = numbers.split(/(\d+)/);
  for (let index = 1; index < pieces.length; index += 2) {
    const number = Number(pieces[index]);
    const previous = all.at(-1);
    const between = pieces[index - 1] ?? "";
    if (previous !== undefined && RANGE.test(between) && number > previous && number - previous < MAX_LISTED) {
      for (let one = previous + 1; one < number; one++) all.push(one);
    }
    all.push(number);
  }
  return all;
}

const RANGE = new RegExp(String.raw`^\s*${TO}\s*(?:${STEP_WORD}\s*)?$`, "iu");

const VAGUE =
  /(?<!\p{L})(?:see|as (?:described|explained|shown)|(?:described|explained)) (?:above|below|earlier|previously|elsewhere)(?!\p{L})|(?<!\p{L})(?:siehe (?:oben|unten)|(?:véase|ver) (?:arriba|abajo|más arriba|más abajo)|voir (?:ci-dessus|ci-dessous|plus haut)|ver (?:acima|abaixo)|vedi (?:sopra|sotto)|zie (?:boven|hierboven|onder|hieronder))(?!\p{L})|(?:上記|下記)(?:を参照|参照)/iu;

/** "See above": somewhere else on the page, without saying where. */
export function vagueReference(text: string): string | null {
  return VAGUE.exec(text)?.[0] ?? null;
}
