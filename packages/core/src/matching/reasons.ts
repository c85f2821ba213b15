// Why a runbook was offered, in words for people: what of the alert it has, strongest first. At least one reason, whatever the evidence.
// Words of the alert stand in the reasons as it wrote them; they are cut short and are escaped where they are shown.
import type { AlertUnit } from "./alert-units.ts";
import type { AskedAlert } from "./evidence.ts";
import { gradeIn, type MatchLibrary } from "./match-library.ts";
import type { Ranked } from "./rank.ts";
import type { MatchReason } from "./types.ts";

const mostWords = 6;
const longestName = 120;

interface Shared {
  /** Words of the alert that the runbook has. */
  readonly words: readonly string[];
  /** What both mean, where they use different words. */
  readonly meanings: readonly string[];
  /** Systems that both name. */
  readonly systems: readonly string[];
}

const nameOf = (term: string): string => term.slice(term.indexOf(":") + 1);

function shared(asked: AskedAlert, library: MatchLibrary, slot: number): Shared {
  const words: (readonly [number, string])[] = [];
  const meanings: (readonly [number, string])[] = [];
  const systems = new Set<string>();
  for (const unit of asked.units.units) {
    const worth = unit.weight * unit.rareness;
    const grade = Math.max(...[unit.stem, ...unit.spellings].map((term) => gradeIn(library, term, slot)));
    if (grade > 0) words.push([worth * grade, unit.word]);
    for (const [kind, name, weight] of meant(unit, library, slot)) {
      if (kind === "system") systems.add(name);
      else if (grade === 0) meanings.push([worth * weight, name]);
    }
  }
  const best = (found: (readonly [number, string])[]): readonly string[] =>
    [...new Set(found.sort(([a], [b]) => b - a).map(([, word]) => word))].slice(0, mostWords);
  return { words: best(words), meanings: best(meanings), systems: [...systems].slice(0, 3) };
}

function meant(unit: AlertUnit, library: MatchLibrary, slot: number): readonly (readonly [string, string, number])[] {
  return unit.meanings
    .filter(({ strength }) => strength === 1)
    .map(({ term, kind }) => [kind, nameOf(term), gradeIn(library, term, slot)] as const)
    .filter(([kind, , grade]) => grade >= (kind === "system" ? 0.6 : 0.3));
}

/** Reasons of one ranked runbook. */
export function reasonsFor(asked: AskedAlert, library: MatchLibrary, { runbook, evidence }: Ranked): readonly MatchReason[] {
  const slot = library.slotOf(runbook.id) ?? -1;
  const { words, meanings, systems } = shared(asked, library, slot);
  const reasons: MatchReason[] = [];
  const say = (holds: boolean, signal: MatchReason["signal"], text: string): void => {
    if (holds) reasons.push({ signal, text });
  };
  const name = (asked.text.name || asked.text.title).slice(0, longestName);
  say(evidence.exactName === 1, "name", `it has the alert's name, ${name}`);
  say(evidence.exactName === 0 && evidence.sectionName === 1, "name", `it has a section with the alert's name, ${name}`);
  say(evidence.exactName === 0 && evidence.titleSaid >= 0.7, "title", "the alert says what its title says");
  say(evidence.serviceAgrees === 1, "service", `it is for the service ${asked.service ?? ""}`);
  say(evidence.serviceAgrees > 0 && evidence.serviceAgrees < 1, "team", `it belongs to ${asked.team ?? asked.service ?? ""}`);
  say(systems.length > 0, "meaning", `both are about ${systems.join(", ")}`);
  say(words.length > 0, "words", `both say ${words.join(", ")}`);
  say(meanings.length > 0, "meaning", `it speaks of the same in other words: ${meanings.join(", ")}`);
  say(reasons.length === 0, "words", "it is spelled like the alert");
  return reasons;
}
