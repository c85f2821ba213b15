// Reads where the consequent of a condition sends the reader: "go to step 6", "repeat from 2", "skip step 5", "weiter mit Schritt 4".
// The words behind the condition go in; the order of the next step comes out, or null when the reader simply goes on.

import { crossReferences, MAY_LOOK_BACK } from "./cross-references.ts";
import type { StepNumbers } from "./step-numbers.ts";

const GOES =
  /(?<!\p{L})(?:go(?:es)?|jump|skip|proceed|continue|return|repeat|redo|back|start (?:again|over)|resume|retry|weiter|gehe?n?|spring\p{L}*|zurück|wiederhol\p{L}*|fort\p{L}*|überspring\p{L}*|ve|vaya|vuelv\p{L}+|volver|ir|pas[ae]r?|salt\p{L}+|contin[uúo]\p{L}*|repit\p{L}+|repet\p{L}+|pass(?:er|ez)|all(?:er|ez)|retourn\p{L}+|repren\p{L}+|répét\p{L}+|vá|volt\p{L}+|pul\p{L}+|vai|torn\p{L}+|ripet\p{L}+|ga|herhaal|terug|verder)(?!\p{L})|戻|進|繰り返|スキップ|再実行|やり直/iu;
const SKIPS =
  /(?<!\p{L})(?:skip|omit|leave out|überspring\p{L}*|auslassen|omit\p{L}*|salta\p{L}*|saut(?:er|ez)|pul(?:e|ar)|sla)\s+(?:the |el |l['’]|o |lo |de )?(?:step|schritt|paso|étape|passo|stap|\d)|(?:schritt|stap)\s+\d+\s+(?:überspringen|auslassen|over)|手順\s*\d+(?:を|は)(?:スキップ|飛ば)/iu;
const HERE =
  /(?<!\p{L})(?:repeat|retry|redo) (?:this|the same) step|(?:diesen schritt) wiederholen|repite este paso|répétez cette étape|repita este passo|ripeti questo passo|herhaal deze stap/iu;

/** A number or a word for a step: without one nobody is sent anywhere, and the long patterns need not be compiled. */
const MAY_NAME_STEP = /\d|step|schritt|paso|[eé]tap|pass[oi]|passagg|stap|手順|ステップ/i;

/** @returns the step that comes next, `own` itself for "repeat this step" */
export function goTo(consequent: string, own: number, numbers: StepNumbers): number | null {
  if (!MAY_NAME_STEP.test(consequent) && !MAY_LOOK_BACK.test(consequent)) return null;
  if (HERE.test(consequent)) return own;
  if (!GOES.test(consequent) && !SKIPS.test(consequent)) return null;
  const [first] = crossReferences(consequent, own, numbers).orders;
  if (first === undefined) return null;
  if (!SKIPS.test(consequent)) return first;
  return first < numbers.count ? first + 1 : null;
}

/** "Otherwise continue": with the next step, not with this one. */
export function goesOn(consequent: string): boolean {
  return /(?<!\p{L})(?:continue|go on|proceed|carry on|move on|weiter(?:machen)?|fortfahren|fahre fort|contin[uúo]\p{L}*|siga|sigue|pass(?:er|ez) à la suite|prossiga|prosegui\p{L}*|ga (?:verder|door))(?!\p{L})|次(?:に|へ)進|続行/iu.test(
    consequent,
  );
}
