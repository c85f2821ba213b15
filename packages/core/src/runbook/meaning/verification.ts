// Finds the steps that do nothing but check what an earlier step did: those of verification sections, and those that say so.
// Draft steps go in; for each the order of the step it verifies comes out, or null. A look around before anything was done verifies nothing.

import { plainText } from "../source/plain-text.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import { isInstruction } from "./instructions.ts";

const VERIFIES =
  /^(?:(?:now|then|finally|next|and|again|afterwards|lastly|dann|danach|luego|después|puis|ensuite|depois|poi|daarna),?\s+)*(?:verify|confirm|validate|double-?check|check (?:that|whether|again|it|they)|(?:make sure|ensure)(?= .*\b(?:is|are|has|have|been)\b.*\b(?:back|gone|up|running|healthy|ready|recovered|resolved|deleted|removed|created|completed?|working|successful(?:ly)?|green|normal|cleared)\b)|test (?:that|whether|if)|see (?:that|whether|if)|(?:prüfe[n]?|überprüfe[n]?|kontrolliere[n]?),? (?:ob|dass)|verifiziere[n]?|bestätige[n]?|stelle[n]? sicher|sicherstellen|verific(?:a|ar|are|ate|á|o)|verifique[n]?|comprueb[ae]|comprobar|confirm(?:a|ar|e|er|ez|are)|asegúrate|asegurar|vérifi(?:er|ez|e)|assure[rz]-vous|s['’]assurer|certifique-se|conferm(?:a|are)|assicura(?:rsi|ti)|controlla(?:re)? (?:che|se)|controleer (?:of|dat)|verifieer|bevestig)(?!\p{L})/iu;
const VERIFIES_AT_END =
  /(?:verifizieren|überprüfen|bestätigen)[.!]?$|(?:(?:こと|か|状態|結果)[をがは]?確認(?:する|します|してください)?)[。.]?$/u;
/** Looking around: nothing that could be verified. */
const LOOKS =
  /^(?:\W*)(?:check|look|find|list|see|get|show|identify|inspect|describe|examine|review|watch|monitor|read|note|determine|wait|compare|count|query|search|log ?in|ssh|connect|open|prüfe|suche|finde|siehe|warte|revisar|mirar|buscar|ver|esperar|regarder|chercher|lister|attendre|olhar|procurar|aguardar|guarda|cerca|attendere|bekijk|zoek|wacht)(?!\p{L})/iu;

/** Steps in a row that verify the same one. */
const MAX_CHECKS = 10;

export function findVerified(steps: readonly DraftStep[]): readonly (number | null)[] {
  const checks = steps.map((step) => isCheck(step));
  return steps.map((step, index) => {
    if (checks[index] !== true) return null;
    for (let before = index - 1; before >= 0 && index - before <= MAX_CHECKS; before--) {
      const other = steps[before];
      if (checks[before] === true && other !== undefined && isSamePlace(step, other)) continue;
      return other !== undefined && isSamePlace(step, other) && acts(other) ? before + 1 : null;
    }
    return null;
  });
}

/** A section of checks looks back at the one before it; elsewhere a check is about its own section. */
function isSamePlace(step: DraftStep, other: DraftStep): boolean {
  return step.section.kind === "verification" || step.section.title === other.section.title;
}

function isCheck(step: DraftStep): boolean {
  const { kind } = step.section;
  if (kind === "diagnosis" || kind === "prerequisites" || kind === "background") return false;
  return saysSo(step) || (kind === "verification" && !acts(step));
}

/** It tells to do something, or runs something, that is not just looking. */
function acts(step: DraftStep): boolean {
  const text = plainText(step.description);
  if (step.section.kind === "diagnosis" || LOOKS.test(text) || VERIFIES.test(text)) return false;
  return isInstruction(text) || (step.commands.length > 0 && step.section.kind !== "verification");
}

/** "Verify that it is gone", and nothing else to do in the same step. */
function saysSo({ description }: DraftStep): boolean {
  const text = plainText(description).replace(/^[^\p{L}\p{N}]+/u, "");
  if (!VERIFIES.test(text) && !VERIFIES_AT_END.test(text)) return false;
  const rest = text.split(/(?:,|;|\.)?\s+(?:and then|then|and|und|y|et|e|en)\s+|[.;]\s+/).slice(1);
  return !rest.some((clause) => isInstruction(clause) && !VERIFIES.test(clause));
}
