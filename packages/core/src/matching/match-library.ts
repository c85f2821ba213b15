// The prepared index of a library: runbooks are put in and taken out one by one, an alert's terms find the runbooks that hold them.
// Plain arrays in memory, built from text alone; the same runbooks put in in any order give the same answers. Nothing here ranks: rank.ts does.
import { type Unit, unitsOf } from "./index-terms.ts";
import { runbookNames, sameAddress, slugOf } from "./runbook-names.ts";
import { runbookParts } from "./runbook-parts.ts";
import type { MatchRunbook } from "./types.ts";
import { bareName } from "./words.ts";

/** What is kept of a runbook beside the postings. */
export interface IndexedRunbook {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** Its title and its file name, each as units: an alert may be called like either. */
  readonly titles: readonly (readonly Unit[])[];
  /** Its headings as bare names: a page about many alerts has one for each. */
  readonly sections: ReadonlySet<string>;
  readonly service: string | null;
  readonly team: string | null;
  readonly tags: readonly string[];
  /** Weight of all its words together. */
  readonly length: number;
}

/** Where a term stands, as a place in `grades`: title, headings, lead, body, code. */
export const grades = [1, 0.75, 0.65, 0.35, 0.3] as const;
const fields = ["title", "headings", "lead", "body", "code"] as const;
const weights = [4, 2, 2, 1, 0.5] as const;
/** Pairs of words count in title, headings and lead. */
const lastOfPairs = 2;

/**
 * The runbooks that hold a term, two numbers for each: its slot, ascending, and a code of the best place that the term stands in and how much
 * it weighs there. One plain array per term, because a library has a hundred thousand terms and a cold start makes them all.
 */
export type Posting = readonly number[];
const placeBits = 8;
const most = 500;

export const runbooksIn = (posting: Posting | undefined): number => (posting?.length ?? 0) / 2;
export const placeIn = (code: number): number => code % placeBits;
export const amountIn = (code: number): number => Math.floor(code / placeBits) / 2;
const codeOf = (place: number, amount: number): number => Math.min(most, Math.round(2 * amount)) * placeBits + place;

export interface MatchLibrary {
  readonly size: () => number;
  /** Adds a runbook, or replaces the one with its id. */
  readonly put: (runbook: MatchRunbook) => void;
  readonly remove: (id: string) => void;
  readonly get: (id: string) => IndexedRunbook | undefined;
  /** Runbooks whose name, or one of whose headings, is this bare name. */
  readonly named: (bareName: string) => Iterable<string>;
  readonly withSection: (bareName: string) => Iterable<string>;
  readonly atAddress: (address: string) => Iterable<string>;
  readonly posting: (term: string) => Posting | undefined;
  readonly slotOf: (id: string) => number | undefined;
  readonly atSlot: (slot: number) => IndexedRunbook | undefined;
  /** Slots are below this number; some are empty. */
  readonly slots: () => number;
  readonly meanLength: () => number;
}

/** Units repeat, and the same words give the same unit. */
function counted(units: readonly Unit[]): ReadonlyMap<Unit, number> {
  const times = new Map<Unit, number>();
  for (const unit of units) times.set(unit, (times.get(unit) ?? 0) + 1);
  return times;
}

/** Term -> code of its best place and its amount, of one runbook. */
type Codes = Map<string, number>;

/** Fields come best place first, so the first place stays. */
function add(codes: Codes, term: string, place: number, amount: number): void {
  const known = codes.get(term);
  codes.set(term, known === undefined ? codeOf(place, amount) : codeOf(placeIn(known), amountIn(known) + amount));
}

function addUnits(codes: Codes, units: readonly Unit[], place: number, weight: number): void {
  for (const [unit, times] of counted(units)) {
    add(codes, unit.stem, place, weight * times);
    for (const spelling of unit.spellings) add(codes, spelling, place, weight * times);
    for (const { term, strength } of unit.meanings) if (strength === 1) add(codes, term, place, weight * times);
  }
}

/** Neighbours, joined by a blank. */
function addPairs(codes: Codes, units: readonly Unit[], place: number, weight: number): void {
  let before: Unit | undefined;
  for (const unit of units) {
    if (before !== undefined) add(codes, `${before.stem} ${unit.stem}`, place, weight);
    before = unit;
  }
}

function sectionsOf(headings: string): ReadonlySet<string> {
  const names = headings.split("\n").map((heading) => bareName(heading.replace(/^alert(?: name)?\s*:/i, "")));
  return new Set(names.filter((name) => name.length >= 6));
}

function collect(runbook: MatchRunbook): { readonly entry: IndexedRunbook; readonly terms: ReadonlyMap<string, number> } {
  const { id, title, fileName, service, team, tags, urls } = runbook;
  const names = [title, ...(fileName === null ? [] : [slugOf(fileName)])];
  const parts = runbookParts(runbook.text);
  const texts = { title: names.join("\n"), ...parts };
  const terms: Codes = new Map();
  let length = 0;
  fields.forEach((field, place) => {
    const weight = weights[place] ?? 1;
    const units = unitsOf(texts[field]);
    length += weight * units.length;
    addUnits(terms, units, place, weight);
    if (place <= lastOfPairs) addPairs(terms, units, place, weight);
  });
  const entry: IndexedRunbook = {
    id,
    title,
    names: runbookNames(runbook),
    addresses: urls.map(sameAddress),
    titles: names.map((name) => unitsOf(name)).filter((units) => units.length > 0),
    sections: sectionsOf(parts.headings),
    service,
    team,
    tags,
    length,
  };
  return { entry, terms };
}

/** The code of a slot in a posting, or -1. */
function codeAt(posting: Posting | undefined, slot: number): number {
  const at = posting === undefined ? -1 : placeOf(posting, slot);
  return at < 0 ? -1 : (posting?.[at + 1] ?? -1);
}

/** How much it counts that the runbook at this slot has the term, by where it stands; 0 where it has not. */
export function gradeIn(library: MatchLibrary, term: string, slot: number): number {
  const code = codeAt(library.posting(term), slot);
  return code < 0 ? 0 : (grades[placeIn(code)] ?? 0);
}

function placeOf(posting: Posting, slot: number): number {
  let low = 0;
  let high = posting.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = posting[2 * middle] ?? 0;
    if (found === slot) return 2 * middle;
    if (found < slot) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Keys that several runbooks may share -> their ids. */
function lookup() {
  const ids = new Map<string, Set<string>>();
  return {
    of: (key: string): Iterable<string> => ids.get(key) ?? [],
    add: (keys: Iterable<string>, id: string): void => {
      for (const key of keys) ids.set(key, (ids.get(key) ?? new Set<string>()).add(id));
    },
    remove: (keys: Iterable<string>, id: string): void => {
      for (const key of keys) {
        const held = ids.get(key);
        held?.delete(id);
        if (held?.size === 0) ids.delete(key);
      }
    },
  };
}

/** An index over these runbooks. */
export function createMatchLibrary(runbooks: Iterable<MatchRunbook> = []): MatchLibrary {
  const slotById = new Map<string, number>();
  const bySlot: (IndexedRunbook | undefined)[] = [];
  const postings = new Map<string, number[]>();
  const [names, sections, addresses] = [lookup(), lookup(), lookup()];
  let totalLength = 0;

  const remove = (id: string): void => {
    const slot = slotById.get(id);
    const old = slot === undefined ? undefined : bySlot[slot];
    if (slot === undefined || old === undefined) return;
    slotById.delete(id);
    bySlot[slot] = undefined;
    totalLength -= old.length;
    names.remove(old.names, id);
    sections.remove(old.sections, id);
    addresses.remove(old.addresses, id);
    for (const [term, posting] of postings) {
      const at = placeOf(posting, slot);
      if (at < 0) continue;
      posting.splice(at, 2);
      if (posting.length === 0) postings.delete(term);
    }
  };

  const put = (runbook: MatchRunbook): void => {
    remove(runbook.id);
    const { entry, terms } = collect(runbook);
    const slot = bySlot.length;
    bySlot.push(entry);
    slotById.set(entry.id, slot);
    totalLength += entry.length;
    names.add(entry.names, entry.id);
    sections.add(entry.sections, entry.id);
    addresses.add(entry.addresses, entry.id);
    for (const [term, code] of terms) {
      const posting = postings.get(term);
      if (posting === undefined) postings.set(term, [slot, code]);
      else posting.push(slot, code);
    }
  };

  for (const runbook of runbooks) put(runbook);
  const atSlot = (slot: number): IndexedRunbook | undefined => bySlot[slot];
  return {
    size: () => slotById.size,
    put,
    remove,
    get: (id) => atSlot(slotById.get(id) ?? -1),
    named: names.of,
    withSection: sections.of,
    atAddress: addresses.of,
    posting: (term) => postings.get(term),
    slotOf: (id) => slotById.get(id),
    atSlot,
    slots: () => bySlot.length,
    meanLength: () => (slotById.size === 0 ? 0 : totalLength / slotById.size),
  };
}
