// The words behind `dd0c run` go in, checked options come out. Stands before anything is read or run.
import { resolve } from "node:path";
import type { GovernanceMode } from "@dd0c/core";
import { readOptions, UsageError } from "../command-line.ts";

export interface RunOptions {
  readonly file: string;
  readonly governance: GovernanceMode;
  readonly dryRun: boolean;
  readonly resume: boolean;
  /** Folder of the run's record; null: one of its own below the user's state folder. */
  readonly folder: string | null;
  /** Values given with --var, by name. */
  readonly values: ReadonlyMap<string, string>;
}

const shape = {
  governance: { type: "string" },
  "dry-run": { type: "boolean" },
  resume: { type: "boolean" },
  record: { type: "string" },
  var: { type: "string", multiple: true },
} as const;

/** @throws UsageError */
export const readRunOptions = (args: readonly string[]): RunOptions => {
  const { values, positionals } = readOptions(args, shape);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("run takes one runbook file.");
  if (file === "-") throw new UsageError("run takes a file: the standard input is for your answers.");
  if (values["dry-run"] === true && values.resume === true) throw new UsageError("--dry-run and --resume do not go together.");
  return {
    file,
    governance: governanceOf(values.governance ?? "strict"),
    dryRun: values["dry-run"] === true,
    resume: values.resume === true,
    folder: values.record === undefined ? null : resolve(values.record),
    values: valuesOf(values.var ?? []),
  };
};

const governanceOf = (word: string): GovernanceMode => {
  if (word === "strict" || word === "audit") return word;
  throw new UsageError(`--governance is strict or audit, not "${word}".`);
};

const valuesOf = (pairs: readonly string[]): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--var takes NAME=VALUE, not "${pair}".`);
    const name = pair.slice(0, at);
    if (values.has(name)) throw new UsageError(`--var gives ${name} twice.`);
    values.set(name, pair.slice(at + 1));
  }
  return values;
};
