// What an alert and a runbook have in common goes in, the words with which each says it come out: never a stem, never the name of a table's line.
import type { AlertUnit } from "./alert-units.ts";
import type { AskedAlert } from "./evidence.ts";
import type { Unit } from "./index-terms.ts";
import { gradeIn, type IndexedRunbook, type MatchLibrary } from "./match-library.ts";
import type { Meaning } from "./vocabulary/read-vocabulary.ts";

export interface OwnWords {
  /** Words of the alert that the runbook has, those that tell most first. */
  readonly words: readonly string[];
  /** The alert's words for what the runbook says in others, with the title's word for it where the title has one. */
  readonly others: readonly string[];
  /** The alert's words for systems that both name. */
  readonly systems: readonly string[];
}

const mostWords = 6;
const mostSystems = 3;
/** Where a runbook must name a system, or speak of something, for a reason to be made of it. */
const leastGrade = { system: 0.6, thing: 0.3, symptom: 0.3 } as const;

const surely = ({ strength }: Meaning): boolean => strength === 1;
const means = (unit: Unit, term: string): boolean => unit.meanings.some((each) => each.term === term && surely(each));

/** The words of neighbours that together mean this: "connection pool", not "pool". */
function wordsFor(units: readonly Unit[], at: number, term: string): string {
  let from = at;
  let to = at;
  for (let before = units[from - 1]; before !== undefined && means(before, term); before = units[from - 1]) from -= 1;
  for (let after = units[to + 1]; after !== undefined && means(after, term); after = units[to + 1]) to += 1;
  return units
    .slice(from, to + 1)
    .map(({ word }) => word)
    .join(" ");
}

function inTitle({ titles }: IndexedRunbook, term: string): string | undefined {
  for (const title of titles) {
    const at = title.findIndex((unit) => means(unit, term));
    if (at >= 0) return wordsFor(title, at, term);
  }
  return undefined;
}

type Weighed = (readonly [number, string])[];

const best = (found: Weighed, most: number): readonly string[] =>
  [...new Set(found.sort(([a], [b]) => b - a).map(([, word]) => word))].slice(0, most);

/** The place of the runbook at which the unit itself stands, by its own spelling. */
const spelledAt = ({ stem, spellings }: AlertUnit, library: MatchLibrary, slot: number): number =>
  Math.max(...[stem, ...spellings].map((term) => gradeIn(library, term, slot)));

export function ownWords(asked: AskedAlert, library: MatchLibrary, runbook: IndexedRunbook): OwnWords {
  const slot = library.slotOf(runbook.id) ?? -1;
  const { units } = asked.units;
  const [words, others, systems]: [Weighed, Weighed, Weighed] = [[], [], []];
  units.forEach((unit, at) => {
    const worth = unit.weight * unit.rareness;
    const spelled = spelledAt(unit, library, slot);
    if (spelled > 0) words.push([worth * spelled, unit.word]);
    for (const { term, kind } of unit.meanings.filter(surely)) {
      const grade = gradeIn(library, term, slot);
      if (grade < leastGrade[kind]) continue;
      const said = wordsFor(units, at, term);
      if (kind === "system") systems.push([worth, said]);
      else if (spelled === 0) others.push([worth * grade, besideTitle(said, inTitle(runbook, term))]);
    }
  });
  return { words: best(words, mostWords), others: best(others, mostWords), systems: best(systems, mostSystems) };
}

const besideTitle = (said: string, title: string | undefined): string =>
  title === undefined || title === said ? said : `${said} (its title: ${title})`;
