// Where git stands in a command, and what it is told before its verb. Pure.

import { basename } from "node:path";

/** They run the rest of their arguments in the same folder. */
const sameFolder: ReadonlySet<string> = new Set(["timeout", "nice", "ionice", "stdbuf", "time"]);
const takesNext: ReadonlySet<string> = new Set([
  ...["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--super-prefix", "--config-env", "--attr-source"],
]);

/**
 * @returns the options in front of git's verb; "none": this command is no git; "elsewhere": there is one that may start in another folder
 * (behind find, xargs, a shell), or in a text
 */
export function findGit(argv: readonly string[]): readonly string[] | "none" | "elsewhere" {
  const at = argv.findIndex((word) => basename(word) === "git" || basename(word).startsWith("git-"));
  // A git inside a text (sh -c) stands alone in no word.
  if (at === -1) return argv.some((word) => /\bgit\b/.test(word)) ? "elsewhere" : "none";
  if (at > 0 && !sameFolder.has(basename(argv[0] ?? ""))) return "elsewhere";
  return optionsOf(argv.slice(at + 1));
}

function optionsOf(words: readonly string[]): readonly string[] {
  let end = 0;
  while (words[end]?.startsWith("-") === true) end += takesNext.has(words[end] ?? "") ? 2 : 1;
  return words.slice(0, end);
}
