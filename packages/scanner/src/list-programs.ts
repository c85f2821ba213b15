// What the scanner knows, for people: every rule file with its program names, its source and how many examples prove it.
// Reads the registry; decides nothing.
import { allRules } from "./registry.ts";

export interface KnownProgram {
  readonly names: readonly string[];
  /** Manual page and version that the rule was written from. */
  readonly source: string;
  /** Examples and near-misses that run as tests. */
  readonly rules: number;
}

/** In the order of the registry. */
export const listPrograms = (): readonly KnownProgram[] =>
  allRules.map((rule) => ({
    names: rule.names.split("|"),
    source: rule.source,
    rules: Object.keys(rule.examples).length + rule.nearMisses.length,
  }));
