// The tables go in, one lookup comes out: from a word or a run of words to the meanings it has, each with how surely it has it.
// Read once, when the first word asks; a meaning is an index term of its own (`#expiring`), so that texts meet in it without sharing a word.
import { stemOf, wordsOf } from "../words.ts";
import { products } from "./products.ts";
import { symptoms } from "./symptoms.ts";
import { systems } from "./systems.ts";
import { things } from "./things.ts";

/** `system`: whose it is, `thing`: what it is about, `symptom`: what is wrong. */
export type MeaningKind = "system" | "thing" | "symptom";

export interface Meaning {
  /** Term of the index, `#` and the name of the table's line. */
  readonly term: string;
  readonly kind: MeaningKind;
  /** 0..1: 1 for a word of this meaning, less for one that is only near to it. */
  readonly strength: number;
}

export interface Vocabulary {
  /** Meanings of a stem. */
  readonly ofWord: (stem: string) => readonly Meaning[];
  /** Meanings of a run of two or three stems, joined by blanks. */
  readonly ofRun: (stems: string) => readonly Meaning[];
  /** A run begins with this stem. */
  readonly beginsRun: (stem: string) => boolean;
}

const near = 0.5;
const nothing: readonly Meaning[] = [];

function readTable(table: string, kind: MeaningKind, meanings: Map<string, Meaning[]>): void {
  for (const line of table.trim().split("\n")) {
    const [name = "", members = ""] = line.split(":");
    for (const member of members.split(",")) {
      const written = member.trim();
      const loose = written.startsWith("~");
      const key = keyOf(loose ? written.slice(1) : written);
      const known = meanings.get(key) ?? [];
      known.push({ term: `#${kind}:${name}`, kind, strength: loose ? near : 1 });
      meanings.set(key, known);
    }
  }
}

/** A member as the texts hold it after they were cut into words. */
function keyOf(member: string): string {
  const stems = wordsOf(member).map(({ stem }) => stem);
  return stems.length > 0 ? stems.join(" ") : stemOf(member);
}

let read: Vocabulary | undefined;

export function vocabulary(): Vocabulary {
  if (read !== undefined) return read;
  const meanings = new Map<string, Meaning[]>();
  readTable(systems, "system", meanings);
  readTable(products, "system", meanings);
  readTable(things, "thing", meanings);
  readTable(symptoms, "symptom", meanings);
  const of = (key: string): readonly Meaning[] => meanings.get(key) ?? nothing;
  const firsts = new Set([...meanings.keys()].filter((key) => key.includes(" ")).map((key) => key.slice(0, key.indexOf(" "))));
  read = { ofWord: of, ofRun: of, beginsRun: (stem) => firsts.has(stem) };
  return read;
}
