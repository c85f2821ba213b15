// The output of a twin -> what the command would touch, or nothing where that cannot be told: a failure, a cut, a line of another shape.
// Called with what an executor brought back. Names in it come from elsewhere and are text, never decisions.
import { readContainers, readUnits } from "./read-services.ts";
import { readObjects, readPods } from "./read-objects.ts";
import { readPaths } from "./read-paths.ts";
import type { Radius, Reading, TwinOutput } from "./types.ts";

/** A count, and for each thing that is counted its kind, name and namespace. */
export interface Listed {
  readonly what: string;
  readonly things: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

const sampleSize = 5;
const maxNameLength = 200;

/** Undefined: not known, and then a card says so. */
export function readTwin(reading: Reading, { stdout, exitCodes, truncated }: TwinOutput): Radius | undefined {
  if (truncated || exitCodes.length === 0 || exitCodes.some((code) => code !== 0)) return undefined;
  if (reading.kind === "rows") return readRows(reading.table, stdout);
  const listed = readList(
    reading,
    stdout.split("\n").filter((line) => line.trim() !== ""),
    stdout,
  );
  if (listed === undefined) return undefined;
  const { what, things } = listed;
  return {
    what,
    count: things.length,
    kinds: sorted(things.map(({ kind }) => kind)),
    namespaces: sorted(things.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]))),
    sample: things.slice(0, sampleSize).map(({ name }) => name.slice(0, maxNameLength)),
  };
}

function readList(reading: Exclude<Reading, { kind: "rows" }>, lines: readonly string[], stdout: string): Listed | undefined {
  switch (reading.kind) {
    case "objects":
      return readObjects(lines);
    case "pods":
      return readPods(lines, reading.daemonPods);
    case "paths":
      return readPaths(stdout.split("\n"), reading.link);
    case "containers":
      return readContainers(lines, reading.only);
    case "units":
      return readUnits(stdout, reading.only);
  }
}

function readRows(table: string, stdout: string): Radius | undefined {
  const count = /^\s*(\d{1,15})\s*$/.exec(stdout)?.[1];
  if (count === undefined) return undefined;
  return { what: `rows of ${table}`, count: Number(count), kinds: [table], namespaces: [], sample: [] };
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
