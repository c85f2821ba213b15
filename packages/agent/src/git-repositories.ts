// Which git commands ask first: those that would read a repository that the host's owner has not listed (ruling 13).
// In: a dispatch as read here, its working directory, the list. Out: why it asks, or undefined. A repository names programs in its own
// configuration (filters, textconv, gpg), so that reading one can run them. In doubt about which repository it is: it asks.

import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { planCommands } from "@dd0c/core";
import { findGit } from "@dd0c/executor";
import type { ReadDispatch } from "./own-reading.ts";

const because =
  "git can run programs that a repository names. This one is not listed under repositories in the agent's local file, so a person has to approve the step.";

/** What reads no repository. */
const readsNone = new Set(["git", "git.version", "git.help", "git.check-ref-format"]);

/** @param cwd undefined where the local file does not list it; admission refuses that by itself */
export function gitAsksBecause(
  read: Pick<ReadDispatch, "ruleIds" | "plan">,
  cwd: string | undefined,
  repositories: readonly string[],
): string | undefined {
  if (!read.ruleIds.some((rule) => /^git[.-]/.test(rule) && !readsNone.has(rule))) return undefined;
  if (read.plan === null || cwd === undefined) return because;
  const listed = new Set(repositories.map(real));
  const folders = planCommands(read.plan).map(({ argv }) => gitFolder(argv, cwd));
  // Nobody found the git that the scanner saw: it stands where this file does not look.
  if (folders.every((folder) => folder === null)) return because;
  const isListed = (folder: string | undefined): boolean => folder !== undefined && listed.has(repositoryOf(folder) ?? "");
  return folders.every((folder) => folder === null || isListed(folder)) ? undefined : because;
}

/** The folder that git starts from; null: this command is no git; undefined: nobody knows. */
function gitFolder(argv: readonly string[], cwd: string): string | undefined | null {
  const options = findGit(argv);
  if (options === "none") return null;
  return options === "elsewhere" ? undefined : startFolder(options, cwd);
}

/** `-C` counts from the folder so far, as often as it stands before the verb. */
function startFolder(words: readonly string[], cwd: string): string | undefined {
  let folder = cwd;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-C") {
      const next = words[++at] ?? "";
      // Behind a link, .. leads elsewhere than the words say.
      if (next.split("/").includes("..")) return undefined;
      folder = resolve(folder, next);
    }
    if (word === "-c") at++;
    if (/^--(?:git-dir|work-tree|exec-path|namespace|config-env|attr-source)/.test(word)) return undefined;
  }
  return folder;
}

/** The first folder upwards that holds a `.git`, as git finds it. */
function repositoryOf(start: string): string | undefined {
  try {
    for (let folder = real(start); ; folder = dirname(folder)) {
      if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined) return folder;
      if (dirname(folder) === folder) return undefined;
    }
  } catch {
    return undefined;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
