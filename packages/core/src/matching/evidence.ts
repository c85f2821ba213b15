// An alert's units and one runbook go in, what speaks for the pair and against it comes out: numbers from 0 to 1, the same measure in any library.
// Nothing is decided here; rank.ts weighs them.
import { type AlertUnit, type AlertUnits, rarenessOf } from "./alert-units.ts";
import type { Unit } from "./index-terms.ts";
import { gradeIn, type IndexedRunbook, type MatchLibrary } from "./match-library.ts";
import { likeness } from "./trigrams.ts";
import type { AlertText } from "./alert-text.ts";
import { bareName } from "./words.ts";

/** Names of the measures, in the order of their weights. */
export const measures = [
  "exactName",
  "sectionName",
  "likeName",
  "headlineHeld",
  "allHeld",
  "amountHeld",
  "proseHeld",
  "aboutHeld",
  "nearBest",
  "titleSaid",
  "titleInHeadline",
  "pairsHeld",
  "systemsHeld",
  "systemsStrange",
  "titleSystemsUnsaid",
  "symptomsAgree",
  "symptomsDiffer",
  "thingsAgree",
  "serviceAgrees",
] as const;
export type Measure = (typeof measures)[number];
export type Evidence = Readonly<Record<Measure, number>>;

/** How far a meaning stands for the word itself. */
const meaningWorth = { system: 0.9, thing: 0.7, symptom: 0.7 } as const;

/** How far a word inside the name of a machine says that the alert is about it. */
const insideWorth = 0.6;

type Terms = ReadonlyMap<string, number>;

/** An alert made ready to be held against many runbooks. */
export interface AskedAlert {
  readonly text: AlertText;
  readonly units: AlertUnits;
  /** Term -> how clearly the alert says it. */
  readonly said: Terms;
  readonly saidInHeadline: Terms;
  readonly bareNames: readonly string[];
  readonly service: string | null;
  readonly team: string | null;
}

/** Terms under which a unit may be found, with how far each stands for it. */
export function termsOf({ stem, spellings, meanings }: Unit): readonly (readonly [string, number])[] {
  return [
    [stem, 1],
    ...spellings.map((spelling) => [spelling, 1] as const),
    ...meanings.map(({ term, kind, strength }) => [term, meaningWorth[kind] * strength] as const),
  ];
}

/** Term -> how clearly these units say it. */
export function saidBy(units: readonly AlertUnit[]): Terms {
  const said = new Map<string, number>();
  for (const unit of units)
    for (const [term, worth] of termsOf(unit)) {
      const clearly = worth * (unit.headline ? 1 : 0.5 + unit.weight / 2) * (unit.inside ? insideWorth : 1);
      if ((said.get(term) ?? 0) < clearly) said.set(term, clearly);
    }
  return said;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

interface Held {
  readonly headline: number;
  readonly all: number;
  readonly amount: number;
  readonly prose: number;
  readonly about: number;
}

/** Title, headings and what it says first: what a runbook is about stands there. */
const aboutGrade = 0.65;
/** A meaning stands for the word by this much at least. */
const nearlyAbout = 0.7;

/** How much of what the alert says the runbook has, each word at the best place where it stands. */
function held({ units }: AskedAlert, library: MatchLibrary, slot: number): Held {
  const whole = { headline: 0, prose: 0 };
  const part = { headline: 0, prose: 0 };
  let about = 0;
  for (const unit of units.units) {
    const worth = unit.weight * unit.rareness;
    let best = 0;
    for (const [term, stands] of termsOf(unit)) best = Math.max(best, stands * gradeIn(library, term, slot));
    const where = unit.headline ? "headline" : "prose";
    whole[where] += worth;
    part[where] += worth * best;
    if (best >= aboutGrade * nearlyAbout) about += worth * best;
  }
  const all = part.headline + part.prose;
  return {
    headline: share(part.headline, whole.headline),
    all: share(all, whole.headline + whole.prose),
    amount: all / (all + 12),
    prose: share(part.prose, whole.prose),
    about: share(about, whole.headline + whole.prose),
  };
}

/** How much of a title is said, rare words counting more. */
function titleSaid(title: readonly Unit[], said: Terms, library: MatchLibrary): number {
  let whole = 0;
  let part = 0;
  for (const unit of title) {
    const rareness = rarenessOf(library, unit.stem);
    let best = 0;
    for (const [term, stands] of termsOf(unit)) best = Math.max(best, (said.get(term) ?? 0) * (term === unit.stem ? 1 : stands));
    whole += rareness;
    part += rareness * best;
  }
  return share(part, whole);
}

function pairsHeld({ units }: AskedAlert, library: MatchLibrary, slot: number): number {
  let sum = 0;
  for (const pair of units.pairs) {
    const grade = gradeIn(library, pair, slot);
    if (grade > 0) sum += grade * rarenessOf(library, pair);
  }
  return sum / (sum + 6);
}

/** Terms of one kind that units surely mean. */
function meant(units: readonly Unit[], kind: "system" | "thing" | "symptom"): readonly string[] {
  return [
    ...new Set(
      units.flatMap(({ meanings }) => meanings.filter((each) => each.kind === kind && each.strength === 1).map(({ term }) => term)),
    ),
  ];
}

interface Systems {
  readonly held: number;
  readonly strange: number;
  readonly unsaid: number;
}

function systems(asked: AskedAlert, library: MatchLibrary, slot: number, title: readonly Unit[]): Systems {
  const sums = { all: 0, held: 0, strange: 0, own: 0, unsaid: 0 };
  for (const term of meant(
    asked.units.units.filter(({ weight }) => weight > 0.31),
    "system",
  )) {
    const rareness = rarenessOf(library, term);
    const grade = gradeIn(library, term, slot);
    sums.all += rareness;
    if (grade >= 0.65) sums.held += rareness;
    else if (grade === 0) sums.strange += rareness;
    else sums.held += rareness * grade;
  }
  for (const term of meant(title, "system")) {
    const rareness = rarenessOf(library, term);
    sums.own += rareness;
    sums.unsaid += rareness * (1 - Math.min(1, (asked.said.get(term) ?? 0) / 0.8));
  }
  return { held: share(sums.held, sums.all), strange: sums.strange / (sums.strange + 3), unsaid: sums.unsaid / (sums.unsaid + 3) };
}

const none = { agree: 0, differ: 0 };

/** Whether title and alert speak of the same symptoms or things. */
function agreement(asked: AskedAlert, title: readonly Unit[], kind: "symptom" | "thing", library: MatchLibrary) {
  const own = meant(title, kind);
  if (own.length === 0) return none;
  let whole = 0;
  let part = 0;
  for (const term of own) {
    const rareness = rarenessOf(library, term);
    whole += rareness;
    part += rareness * Math.min(1, (asked.said.get(term) ?? 0) / 0.7);
  }
  return { agree: share(part, whole), differ: part === 0 ? 1 : 0 };
}

const same = (a: string | null, b: string | null): boolean => a !== null && b !== null && bareName(a) !== "" && bareName(a) === bareName(b);

function serviceAgrees(asked: AskedAlert, runbook: IndexedRunbook): number {
  const tagged = runbook.tags.some((tag) => same(tag, asked.service) || same(tag, asked.team));
  if (same(asked.service, runbook.service)) return 1;
  return tagged || same(asked.team, runbook.team) ? 0.6 : 0;
}

/** What speaks for this runbook and against it. */
export function evidenceFor(asked: AskedAlert, library: MatchLibrary, slot: number, runbook: IndexedRunbook, nearBest: number): Evidence {
  const has = held(asked, library, slot);
  const said = runbook.titles.map((title) => titleSaid(title, asked.said, library));
  const best = runbook.titles[said.indexOf(Math.max(...said))] ?? [];
  const whose = systems(asked, library, slot, best);
  const symptom = agreement(asked, best, "symptom", library);
  const [bare = ""] = asked.bareNames;
  return {
    exactName: asked.bareNames.some((name) => runbook.names.includes(name)) ? 1 : 0,
    sectionName: runbook.sections.has(bare) ? 1 : 0,
    likeName: Math.max(0, ...runbook.names.flatMap((name) => asked.bareNames.map((asking) => likeness(name, asking)))),
    headlineHeld: has.headline,
    allHeld: has.all,
    amountHeld: has.amount,
    proseHeld: has.prose,
    aboutHeld: has.about,
    nearBest,
    titleSaid: Math.max(0, ...said),
    titleInHeadline: titleSaid(best, asked.saidInHeadline, library),
    pairsHeld: pairsHeld(asked, library, slot),
    systemsHeld: whose.held,
    systemsStrange: whose.strange,
    titleSystemsUnsaid: whose.unsaid,
    symptomsAgree: symptom.agree,
    symptomsDiffer: symptom.differ,
    thingsAgree: agreement(asked, best, "thing", library).agree,
    serviceAgrees: serviceAgrees(asked, runbook),
  };
}
