// What an alert says goes in, units with a weight come out: how much each word would tell if a runbook had it.
// Words inside the names of machines and things of the tenant (`worker-07`, `orders-db`) tell little, the names of systems much.
import type { AlertText } from "./alert-text.ts";
import { type Unit, unitsOfWritten, withRuns } from "./index-terms.ts";
import { type MatchLibrary, runbooksIn } from "./match-library.ts";
import { eachWritten } from "./words.ts";

export interface AlertUnit extends Unit {
  /** 0..1: how much the part of the alert that it stands in tells. */
  readonly weight: number;
  /** How rare it is in the library. */
  readonly rareness: number;
  /** In the rule's name or the title. */
  readonly headline: boolean;
  /** Part of a name with digits or separators inside, as machines have. */
  readonly inside: boolean;
  /** No runbook has it, by its spelling. */
  readonly unheard: boolean;
}

export interface AlertUnits {
  readonly units: readonly AlertUnit[];
  /** Pairs of neighbours, joined by a blank. */
  readonly pairs: readonly string[];
}

/** Units read of one alert; what comes after decides nothing. */
const maxUnits = 160;
const ADDRESS = /\b(?:https?:\/\/\S+|[\w.+-]+@[\w.-]+|\d{1,3}(?:\.\d{1,3}){3}\S*)/g;
const partWeights = { headline: 1, prose: 0.6, labels: 0.3 } as const;
type Part = keyof typeof partWeights;

interface Marked extends Unit {
  /** Part of a name with digits or separators inside. */
  readonly inside: boolean;
  /** Written with a capital, not at the start of a sentence. */
  readonly proper: boolean;
}

function markedUnits(text: string): readonly Marked[] {
  const marked: Marked[] = [];
  let begins = true;
  for (const chunk of text.replace(ADDRESS, " ").split(/\s+/)) {
    const inside = /[\p{L}\d][-./:_@]\d|\d[-./:_@][\p{L}\d]|[\p{L}\d][-_/.][\p{L}\d]/u.test(chunk);
    const proper = !begins && /^\W?\p{Lu}/u.test(chunk);
    eachWritten(chunk, (written) => {
      for (const unit of unitsOfWritten(written)) marked.push({ ...unit, inside, proper });
    });
    begins = chunk === "" ? begins : /[.:!?]$/.test(chunk);
  }
  return withRuns(marked);
}

/** Inverse document frequency, 0 for a term of every runbook. */
export function rarenessOf(library: MatchLibrary, term: string): number {
  return Math.log(1 + library.size() / (0.5 + runbooksIn(library.posting(term))));
}

export function alertUnits(text: AlertText, library: MatchLibrary): AlertUnits {
  const seen = new Map<string, AlertUnit>();
  const pairs = new Set<string>();
  const parts: readonly (readonly [Part, string])[] = [
    ["headline", `${text.name}\n${text.title}`],
    ["prose", text.prose],
    ["labels", text.labels],
  ];
  for (const [part, words] of parts) {
    const marked = markedUnits(words);
    marked.forEach((unit, at) => {
      const next = marked[at + 1];
      if (next !== undefined && part !== "labels" && pairs.size < maxUnits) pairs.add(`${unit.stem} ${next.stem}`);
      if (seen.has(unit.stem) || seen.size >= maxUnits) return;
      seen.set(unit.stem, weighed(unit, part, library));
    });
  }
  return { units: [...seen.values()], pairs: [...pairs] };
}

function weighed(unit: Marked, part: Part, library: MatchLibrary): AlertUnit {
  const unheard = [unit.stem, ...unit.spellings].every((term) => library.posting(term) === undefined);
  const system = unit.meanings.some(({ kind, strength }) => kind === "system" && strength === 1);
  const told = unheard && !system ? unheardWeight(unit) : 1;
  const rareness = Math.min(...[unit.stem, ...unit.spellings].map((term) => rarenessOf(library, term)));
  return { ...unit, weight: partWeights[part] * told, rareness, headline: part === "headline", unheard };
}

/** A word that no runbook has: a tenant's name for a machine tells nothing, a proper name something, any other is a matter of wording. */
function unheardWeight({ inside, proper }: Marked): number {
  if (inside) return 0.05;
  return proper ? 0.6 : 0.35;
}
