// A text goes in, the terms under which the index keeps it come out: the words themselves, words written together, what they mean.
// Runbooks and alerts go through the same door, so that each can be looked up with the other.
import { type Meaning, vocabulary } from "./vocabulary/read-vocabulary.ts";
import { eachWritten, partsOf, stemOf, type Word } from "./words.ts";

/** One word with every term that stands for it. */
export interface Unit {
  readonly stem: string;
  /** As written, in lower case: for people. */
  readonly word: string;
  /** Other spellings: written together with its neighbour. */
  readonly spellings: readonly string[];
  readonly meanings: readonly Meaning[];
}

const longestRun = 3;
const none: readonly string[] = [];

/** A matter of speed alone: texts repeat their words. Bounded, because alerts choose their words themselves. */
const kept = new Map<string, readonly Unit[]>();
const maxKept = 60_000;

/** The units of one run of letters and digits. */
export function unitsOfWritten(written: string): readonly Unit[] {
  const known = kept.get(written);
  if (known !== undefined) return known;
  if (kept.size >= maxKept) kept.clear();
  const words = partsOf(written);
  const units = words.map((word, at) => unitOf(word, words[at + 1]?.joined ?? null));
  kept.set(written, units);
  return units;
}

function unitOf({ stem, word, joined }: Word, joinedNext: string | null): Unit {
  const spellings = [joined, joinedNext].filter((each) => each !== null);
  if (spellings.length === 0) return { stem, word, spellings: none, meanings: meaningsOf(stem) };
  return { stem, word, spellings, meanings: strongest([stem, ...spellings].flatMap((each) => vocabulary().ofWord(each))) };
}

/** md0, eth1, osd14: a number behind a word counts things and takes nothing from what it means. */
const NUMBERED = /^([a-z]{2,12})\d{1,3}$/;

function meaningsOf(stem: string): readonly Meaning[] {
  const known = vocabulary().ofWord(stem);
  // Most words end with a letter, and every word of a library passes through here.
  const numbered = known.length === 0 && stem.charCodeAt(stem.length - 1) < 58;
  const letters = numbered ? NUMBERED.exec(stem)?.[1] : undefined;
  return letters === undefined ? known : vocabulary().ofWord(stemOf(letters));
}

/** The units of a text in their order, runs of words understood. */
export function unitsOf(text: string): readonly Unit[] {
  const units: Unit[] = [];
  eachWritten(text, (written) => units.push(...unitsOfWritten(written)));
  return withRuns(units);
}

/** The same units, each with the meanings of the runs of words that it stands in. */
export function withRuns<U extends Unit>(units: readonly U[]): readonly U[] {
  const { beginsRun } = vocabulary();
  let understood: U[] | null = null;
  for (let from = 0; from < units.length - 1; from += 1) {
    if (!beginsRun(units[from]?.stem ?? "")) continue;
    for (const { to, meanings } of runsFrom(units, from)) understood = enrich(understood ?? [...units], from, to, meanings);
  }
  return understood ?? units;
}

interface Run {
  /** Place of its last word. */
  readonly to: number;
  readonly meanings: readonly Meaning[];
}

/** Runs of words with a meaning that begin at this unit, shorter ones first. */
function runsFrom(units: readonly Unit[], from: number): readonly Run[] {
  const { ofRun } = vocabulary();
  const runs: Run[] = [];
  let run = units[from]?.stem ?? "";
  for (let to = from + 1; to < Math.min(units.length, from + longestRun); to += 1) {
    run += ` ${units[to]?.stem ?? ""}`;
    const meanings = ofRun(run);
    if (meanings.length > 0) runs.push({ to, meanings });
  }
  return runs;
}

function enrich<U extends Unit>(units: U[], from: number, to: number, meanings: readonly Meaning[]): U[] {
  for (let at = from; at <= to; at += 1) {
    const unit = units[at];
    if (unit !== undefined) units[at] = { ...unit, meanings: strongest([...unit.meanings, ...meanings]) };
  }
  return units;
}

/** Each meaning once, at its greatest strength. */
function strongest(meanings: readonly Meaning[]): readonly Meaning[] {
  const best = new Map<string, Meaning>();
  for (const meaning of meanings) if ((best.get(meaning.term)?.strength ?? 0) < meaning.strength) best.set(meaning.term, meaning);
  return [...best.values()];
}
