// Tells which earlier step prints the value of a variable, where the text says so: "the pod name from step 2", "use the id printed above".
// Variables, the steps that use them and their prose go in; the same variables come out, those with an origin as runtime values of that step.

import type { RunbookVariable } from "../types.ts";
import { crossReferences } from "./cross-references.ts";
import type { StepNumbers } from "./step-numbers.ts";

export interface VariableUses {
  /** Order of the step; null outside the steps. */
  readonly step: number | null;
  readonly names: readonly string[];
}

export interface StepTexts {
  readonly numbers: StepNumbers;
  /** Prose of the step with this order. */
  textOf(order: number): string;
  /** The nearest step before this one that runs something. */
  runsBefore(order: number): number | null;
}

export function traceOrigins(
  variables: readonly RunbookVariable[],
  uses: readonly VariableUses[],
  steps: StepTexts,
): readonly RunbookVariable[] {
  const firstUse = new Map<string, number>();
  for (const { step, names } of uses) for (const name of names) if (step !== null && !firstUse.has(name)) firstUse.set(name, step);
  return variables.map((variable) => {
    const own = firstUse.get(variable.name);
    const origin = own === undefined ? null : originOf(variable, own, steps);
    if (origin === null) return variable;
    const { source: _source, field: _field, ...rest } = variable;
    return { ...rest, source: "runtime", from_step: origin };
  });
}

function originOf({ name, placeholders, description = "" }: RunbookVariable, own: number, steps: StepTexts): number | null {
  const said = [name.replace(/[-_]+/g, " "), description];
  const sentences = steps
    .textOf(own)
    .split(/(?<=[.!?;。])\s*(?=\S)|\n/u)
    .filter((sentence) => ORIGIN.test(sentence) && speaksOf(sentence, name, placeholders));
  for (const text of [...said, ...sentences]) {
    const origin = stepNamed(text, own, steps);
    if (origin !== null) return origin;
  }
  return null;
}

const ABOVE =
  /(?<!\p{L})(?:(?:printed|shown|returned|listed|noted|found|copied|seen|displayed|output|reported|given|created|from|got) (?:by |from |in )?(?:the )?(?:above|(?:previous|preceding|last) (?:step|command|output|query)|(?:command|output|step|list) above)|from earlier|oben (?:ausgegeben\p{L}*|angezeigt\p{L}*|notiert\p{L}*|gefunden\p{L}*)|von oben|aus dem vorherigen (?:schritt|befehl)|d?el (?:paso|comando) anterior|de l['’]étape précédente|affiché\p{L}* ci-dessus|do (?:passo|comando) anterior|mostrad[oa] acima|d?al (?:passo|comando) precedente|mostrat[oa] sopra|uit de vorige stap|hierboven (?:getoond|genoteerd))(?!\p{L})|上で(?:表示|確認|取得)|前の(?:手順|コマンド)/iu;
const STEP =
  /(?<!\p{L})(?:from|of|in|by|at|during|aus|von|bei|d?el|de|du|d?al|da|do|no|na|uit|van|bij|l['’])\s*(?:the )?(?:(?:output|result) of (?:the )?)?(?:steps?|schritt|paso|étape|etape|passo|stap)\s*#?\d|(?:手順|ステップ)\s*\d+\s*(?:の|で|から)/iu;
const ORIGIN = new RegExp(`${ABOVE.source}|${STEP.source}`, "iu");

function stepNamed(text: string, own: number, { numbers, runsBefore }: StepTexts): number | null {
  if (STEP.test(text)) return crossReferences(text, own, numbers).orders.find((order) => order < own) ?? null;
  return ABOVE.test(text) ? runsBefore(own) : null;
}

/** The sentence has the placeholder itself, or a word of its name. */
function speaksOf(sentence: string, name: string, placeholders: readonly string[]): boolean {
  if (placeholders.some((placeholder) => sentence.includes(placeholder))) return true;
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 1 && !/^(?:the|of|new|old|my|your)$/i.test(word))
    .some((word) => new RegExp(`(?<![a-z\\d])${word}(?![a-z\\d])`, "iu").test(sentence));
}
