// An alert and the runbook that ranks first go in, what speaks against the two belonging together comes out: 0 to 1, in a library of any size.
// An alert is mostly about its first word that is no symptom, and about the systems that its name or title names.
import type { AlertUnit } from "./alert-units.ts";
import { type AskedAlert, termsOf } from "./evidence.ts";
import { gradeIn, type MatchLibrary } from "./match-library.ts";

/** Where a runbook must name a system to be about it: title, headings, what it says first. */
const aboutGrade = 0.65;

const systemsOf = ({ meanings }: AlertUnit): readonly string[] =>
  meanings.filter(({ kind, strength }) => kind === "system" && strength === 1).map(({ term }) => term);

const tellsSymptom = ({ meanings }: AlertUnit): boolean => meanings.some(({ kind }) => kind === "symptom") && !tellsMore(meanings);
const tellsMore = (meanings: AlertUnit["meanings"]): boolean => meanings.some(({ kind, strength }) => kind !== "symptom" && strength === 1);

/** What the alert is about: the first word of its headline that is neither a symptom nor part of a machine's name. */
function subjectOf({ units }: AskedAlert): AlertUnit | undefined {
  return units.units.find((unit) => unit.headline && !unit.inside && !tellsSymptom(unit));
}

/**
 * A title and nothing else. A rule that is described may be called anything; of one line alone the first word is nearly all there is to go by.
 */
export const isTerse = ({ text }: AskedAlert): boolean => text.prose.trim() === "";

/** What the alert is about occurs in no runbook, by no name. */
export function unheardSubject(asked: AskedAlert, library: MatchLibrary): number {
  const subject = subjectOf(asked);
  if (subject === undefined || !subject.unheard) return 0;
  return subject.meanings.some(({ term }) => library.posting(term) !== undefined) ? 0 : 1;
}

/** How little of what the alert is about the runbook at this slot has, at the best place where it stands. */
export function subjectMissed(asked: AskedAlert, library: MatchLibrary, slot: number): number {
  const subject = subjectOf(asked);
  if (subject === undefined) return 0;
  return 1 - Math.max(...termsOf(subject).map(([term, stands]) => stands * gradeIn(library, term, slot)));
}

/** Share of the systems in name and title that the runbook at this slot is not about. */
export function headlineSystemsMissed({ units }: AskedAlert, library: MatchLibrary, slot: number): number {
  const named = new Set(units.units.filter(({ headline }) => headline).flatMap(systemsOf));
  const missed = [...named].filter((term) => gradeIn(library, term, slot) < aboutGrade);
  return named.size === 0 ? 0 : missed.length / named.size;
}

/** How much of what the alert says, symptoms apart, the runbook at this slot has: "down" and "full" are about anything. */
export function topicHeld({ units }: AskedAlert, library: MatchLibrary, slot: number): number {
  let whole = 0;
  let part = 0;
  for (const unit of units.units) {
    if (tellsSymptom(unit)) continue;
    const worth = unit.weight * unit.rareness;
    whole += worth;
    part += worth * Math.max(...termsOf(unit).map(([term, stands]) => stands * gradeIn(library, term, slot)));
  }
  return whole === 0 ? 0 : part / whole;
}
