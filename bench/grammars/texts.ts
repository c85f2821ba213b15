// The texts that people wrote: labelled command lines, public and our own, and the shell blocks of runbooks. Empty where ../shared is absent.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownSets, publicSets } from "../labelled-sets.ts";

const runbookFolder = "../shared/corpus/runbooks";

/** Command lines of packages/scanner/corpus and ../shared/corpus/commands, each once. */
export function labelledTexts(): readonly string[] {
  return distinct([...ownSets(), ...publicSets()].flatMap(({ rows }) => rows.map(({ cmd }) => cmd)));
}

/** Fenced blocks of the runbooks that are shell or say nothing of their language: whole, and line by line. */
export function runbookTexts(): readonly string[] {
  if (!existsSync(runbookFolder)) return [];
  const pages = readdirSync(runbookFolder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(join(runbookFolder, name), "utf8"));
  const blocks = pages.flatMap((page) =>
    [...page.matchAll(/^\s*```(?:bash|sh|shell|console|)[ \t]*\n([^]*?)^\s*```/gm)].map((found) => found[1] ?? ""),
  );
  return distinct(blocks.flatMap((block) => [block, ...block.split("\n").map((line) => line.trim().replace(/^\$ /, ""))]));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text.trim() !== "");
}
