// packages/scanner/corpus/*.jsonl -> the command lines labelled safe. Test code only.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Row {
  readonly cmd: string;
  readonly risk?: string;
}

/** The lines that people have labelled as only reading; from the repository's root. */
export function readCorpus(folder = "packages/scanner/corpus"): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const lines = files.sort().flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  const rows = lines.filter((line) => line !== "").map((line): Row => JSON.parse(line));
  return rows.filter((row) => row.risk === "safe").map((row) => row.cmd);
}
