// The sub-commands of git that list in one form and change in another: branches, tags, remotes, stashes, settings, work trees, submodules,
// notes. As data; git.ts puts them together with the others.
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import type { Inverse, Risk } from "../../../types.ts";
import { changing, destroying, listing, plainWords, reading, running, undoable } from "../verbs.ts";
import { diffTraps, flagged, gitTargets, historyRead, isProgramSetting, undoneBy } from "./git-words.ts";

const has = (inv: Invocation, names: readonly string[]): boolean => names.some((name) => inv.has(name));
const refFilters = ["--list", "--contains", "--no-contains", "--merged", "--no-merged", "--points-at"];
const filterOptions = "--contains --with --no-contains --without --merged --no-merged --points-at --color --column --abbrev --omit-empty";

/** -c and -C are options of git itself too, hence named by their long forms. */
const branchChanges = ["-m", "-M", "--copy", "-d", "-D", "-u", "--unset-upstream", "--edit-description", "-f"];
const listsBranches = (inv: Invocation): boolean => inv.operands.length === 0 || has(inv, refFilters);

function undoneBranch(inv: Invocation): Inverse | undefined {
  const [first, second] = [inv.operand(0), inv.operand(1)];
  if (inv.has("-m"))
    return undoneBy(inv, second === undefined ? undefined : plainWords([...inv.operands].reverse())?.replace(/^/, "branch -m "));
  if (has(inv, branchChanges) || first === undefined) return undefined;
  return undoneBy(inv, plainWords(inv.operands.slice(0, 1))?.replace(/^/, "branch -d "));
}

const branch: CommandRule = {
  why: "lists branches, or changes them",
  risk: (inv) => (listsBranches(inv) && !has(inv, branchChanges) ? "safe" : "caution"),
  operands: "data*",
  flags:
    "-a|--all -r|--remotes|--remote -v|--verbose -vv --show-current -l|--list --no-color --no-column --no-abbrev -i|--ignore-case -q|--quiet --no-track --create-reflog --recurse-submodules",
  values: "--sort --format",
  optional: filterOptions,
  options: {
    "-D": flagged("deletes a branch, merged or not"),
    "-M": flagged("overwrites a branch"),
    "-C": flagged("overwrites a branch"),
    "-f|--force": flagged("moves or deletes a branch without asking"),
    "-d|--delete": { arity: "flag", risk: "caution", why: "deletes a branch that is merged" },
    "-m|--move": { arity: "flag", risk: "caution", why: "renames a branch" },
    "-c|--copy": { arity: "flag", risk: "caution", why: "copies a branch" },
    "--unset-upstream|--edit-description": { arity: "flag", risk: "caution", why: "changes a branch" },
    "-t|--track": { arity: "optional", risk: "caution", why: "makes a branch that follows another" },
    "-u|--set-upstream-to|--set-upstream": { risk: "caution", why: "changes what the branch follows" },
  },
  targets: gitTargets("branch"),
  inverse: undoneBranch,
  noInverse: "the reflog keeps where a branch was; git branch -v shows it before",
};

const tag: CommandRule = {
  why: "lists tags, or makes one",
  risk: (inv) => (inv.operands.length === 0 || has(inv, [...refFilters, "-n", "-v"]) ? "safe" : "caution"),
  operands: "data*",
  flags: "-l|--list -i|--ignore-case --no-column --no-color --omit-empty -v|--verify",
  values: "--sort --format",
  optional: "-n --contains --with --no-contains --without --merged --no-merged --points-at --color --column",
  options: {
    "-d|--delete": flagged("deletes a tag, which has no reflog"),
    "-f|--force": flagged("moves a tag, which has no reflog"),
    "-a|--annotate|-s|--sign|-e|--edit|--create-reflog": { arity: "flag", risk: "caution", why: "makes a tag" },
    "-u|--local-user|-m|--message|-F|--file|--trailer|--cleanup": { risk: "caution", why: "makes a tag" },
  },
  targets: gitTargets("tag"),
  inverse: (inv) => undoneBy(inv, plainWords(inv.operands.slice(0, 1))?.replace(/^/, "tag -d ")),
};

/** Captures the address that `git remote get-url` prints, and writes it back with `verb`. */
const undoneAddress =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const name = plainWords(inv.operands.slice(0, 1));
    const forward = undoneBy(inv, name === undefined ? undefined : `remote get-url ${name}`);
    const back = undoneBy(inv, name === undefined ? undefined : `remote ${verb} ${name}`);
    if (forward === undefined || back === undefined) return undefined;
    return { kind: "capture", capture: forward.command, command: `${back.command} {capture}` };
  };

const remotes: Readonly<Record<string, CommandRule>> = {
  remote: listing("lists remotes", { risk: "safe", flags: "-v|--verbose", operands: "none" }),
  "remote show|get-url": reading("prints facts about a remote"),
  "remote add": undoable("adds a remote", (inv) => undoneBy(inv, plainWords(inv.operands.slice(0, 1))?.replace(/^/, "remote remove "))),
  "remote remove|rm": undoable("removes a remote and the record of its branches", undoneAddress("add")),
  "remote set-url": undoable("changes the address of a remote", undoneAddress("set-url")),
  "remote rename": undoable("renames a remote", (inv) =>
    undoneBy(inv, plainWords([...inv.operands].reverse())?.replace(/^/, "remote rename ")),
  ),
  "remote update|prune|set-head|set-branches": changing(
    "changes what is recorded of a remote",
    "the next fetch brings back what is still there",
  ),
};

const stashed = (inv: Invocation): Inverse | undefined => undoneBy(inv, "stash pop");
const stashes: Readonly<Record<string, CommandRule>> = {
  stash: undoable("puts the changes of the work tree aside", stashed, { risk: "caution", operands: "data*" }),
  "stash list": historyRead("lists stashes"),
  "stash show": historyRead("prints a stash"),
  "stash push|save": undoable("puts the changes of the work tree aside", stashed),
  "stash apply|pop|branch": changing("puts stashed changes into the work tree", "the changes are mixed with what stands there"),
  "stash create|store|export|import": changing("writes a stash", "git stash list shows it"),
  "stash drop": destroying("throws a stash away", "stash", { targets: gitTargets("stash") }),
  "stash clear": destroying("throws every stash away", "repository", { targets: gitTargets("stash") }),
};

const secretSetting = /token|passw|secret|extraheader|cookie/i;
const configWrites = ["--unset", "--unset-all", "--add", "--replace-all", "--rename-section", "--remove-section", "-e"];
const configReads = ["-l", "--get", "--get-all", "--get-regexp", "--get-urlmatch", "--get-color", "--get-colorbool"];

/** `git config NAME` prints, `git config NAME VALUE` writes; since 2.46 `git config get NAME` prints too. */
function printsSetting(inv: Invocation): boolean {
  const [first] = inv.operands;
  if (first === undefined || first.shape !== "literal") return false;
  return first.text === "get" || first.text === "list" || (inv.operands.length === 1 && first.text.includes("."));
}

function configRisk(inv: Invocation): Risk {
  if (has(inv, configWrites)) return "caution";
  if (has(inv, ["--get", "--get-all", "--get-color"])) return inv.operands.length <= 2 ? "safe" : "caution";
  return has(inv, configReads) || printsSetting(inv) ? "safe" : "caution";
}

function inspectConfig(inv: Invocation, ctx: RuleContext): void {
  const reads = configRisk(inv) === "safe";
  if (!reads && inv.operands.some((arg) => isProgramSetting(arg.text)))
    ctx.report({ risk: "dangerous", why: "this setting names a program that git runs" });
  if (reads && inv.operands.some((arg) => secretSetting.test(arg.text)))
    ctx.report({ risk: "caution", sensitive: true, why: "prints a setting that may hold a password" });
}

function undoneSetting(inv: Invocation): Inverse | undefined {
  const name = plainWords(inv.operands.slice(0, 1));
  if (name === undefined || inv.operands.length !== 2 || inv.options.some((use) => !use.spec.names.includes("-C"))) return undefined;
  const read = undoneBy(inv, `config --get ${name}`);
  const write = undoneBy(inv, `config ${name}`);
  if (read === undefined || write === undefined) return undefined;
  return { kind: "capture", capture: read.command, command: `${write.command} {capture}` };
}

const changes = { arity: "flag", risk: "caution", why: "changes settings" } as const;

const config: CommandRule = {
  why: "prints settings, or changes them",
  risk: configRisk,
  operands: "data*",
  flags:
    "-l|--list --global --system --local --worktree --show-origin --show-scope --show-names --no-show-names -z|--null --name-only --bool --int --bool-or-int --path --expiry-date --includes --no-includes --get --get-all --get-regexp --get-urlmatch --get-color --get-colorbool --all --regexp --fixed-value --append",
  values: "--type --default --url --value --comment",
  reads: "-f|--file --blob",
  options: {
    "--unset": changes,
    "--unset-all": changes,
    "--remove-section": changes,
    "--rename-section": changes,
    "--replace-all": changes,
    "--add": changes,
    "-e|--edit": changes,
  },
  answers: [1],
  inspect: inspectConfig,
  inverse: undoneSetting,
  noInverse: "the setting before is overwritten; git config --get NAME shows it before",
  targets: gitTargets("setting"),
};

const worktrees: Readonly<Record<string, CommandRule>> = {
  "worktree list": reading("lists work trees"),
  "worktree add": undoable("makes a work tree", (inv) =>
    undoneBy(inv, plainWords(inv.operands.slice(0, 1))?.replace(/^/, "worktree remove ")),
  ),
  "worktree remove": changing("removes a work tree that has no changes", "git worktree add PATH BRANCH makes it anew", {
    options: { "-f|--force": flagged("removes a work tree with its changes") },
    targets: gitTargets("work tree"),
  }),
  "worktree lock": undoable("locks a work tree", (inv) => undoneBy(inv, plainWords(inv.operands)?.replace(/^/, "worktree unlock "))),
  "worktree unlock|move|repair|prune": changing("changes the record of work trees", "git worktree list shows the record before"),
};

/** foreach runs its words, as shell text, in every submodule. */
function runEach(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.length === 1 && inv.operands[0] !== undefined) ctx.scanText(inv.operands[0]);
  else ctx.scanArgv(inv.operands);
}

const submodules: Readonly<Record<string, CommandRule>> = {
  submodule: listing("prints the state of submodules", { risk: "safe", flags: "-q|--quiet --cached --recursive", operands: "none" }),
  "submodule status": reading("prints the state of submodules"),
  "submodule summary": reading("prints what changed in submodules"),
  "submodule foreach": {
    risk: "caution",
    why: "runs a command in every submodule",
    firstEnds: true,
    flags: "--recursive -q|--quiet",
    operands: "inner*",
    inspect: runEach,
    noInverse: "what the command did in each submodule is not recorded",
  },
  "submodule add|init|update|sync|set-branch|set-url|absorbgitdirs": changing(
    "changes submodules, or fetches them",
    "git submodule status shows the commits before",
    { options: { "-f|--force": flagged("throws changes in submodules away") }, targets: gitTargets("submodule") },
  ),
  "submodule deinit": destroying("removes the work tree of a submodule", "submodule", { targets: gitTargets("submodule") }),
};

const notes: Readonly<Record<string, CommandRule>> = {
  notes: listing("lists notes", { risk: "safe", operands: "none", values: "--ref" }),
  "notes list|show|get-ref": reading("prints notes"),
  "notes add|append|edit|copy|merge|remove|prune": changing(
    "changes notes",
    "refs/notes/commits@{1} in the reflog holds them as they were",
  ),
};

export const gitLists: Readonly<Record<string, CommandRule>> = {
  branch,
  tag,
  ...remotes,
  ...stashes,
  config,
  ...worktrees,
  ...submodules,
  ...notes,
  reflog: historyRead("prints where references were", { risk: "safe" }),
  "reflog show|list|exists": historyRead("prints where references were"),
  "reflog expire|delete|drop": destroying("deletes what lost work could be found by", "reference", { targets: gitTargets("reference") }),
  "reflog write": changing("adds an entry to the reflog", "git reflog delete takes it away"),
  "symbolic-ref": listing("prints or changes what a symbolic reference points at", {
    risk: (inv) => (inv.operands.length === 1 && !inv.has("-d") ? "safe" : "caution"),
    flags: "-q|--quiet --short --recurse --no-recurse",
    values: "-m",
    options: { "-d|--delete": flagged("deletes a reference") },
    targets: gitTargets("reference"),
    noInverse: "git symbolic-ref NAME shows the target before",
  }),
  replace: listing("lists replacements, or makes one", {
    risk: (inv) => (inv.operands.length === 0 || inv.has("-l") ? "safe" : "caution"),
    flags: "-l|--list -e|--edit -g|--graft --raw --convert-graft-file",
    values: "--format",
    options: { "-d|--delete|-f|--force": flagged("deletes or overwrites a replacement") },
    targets: gitTargets("object"),
    noInverse: "git replace -d takes it away",
  }),
  "lfs logs": listing("lists logs", { operands: "none" }),
  "lfs logs last|show": reading("prints a log"),
  "lfs ls-files|status|env|version|pointer|locks|ext": reading("prints facts about large files"),
  "lfs fetch|pull|checkout|install|track|untrack|push|lock|migrate|fsck|clone|uninstall|update|dedup|post-checkout": changing(
    "changes large files or the settings about them",
    "git status and .gitattributes show the state before",
    { options: { "-f|--force": flagged("does not ask") }, targets: gitTargets("path") },
  ),
  "lfs prune|unlock": destroying("deletes local copies of large files, or a lock", "path", { targets: gitTargets("path") }),
  "credential fill|capability": {
    why: "prints a stored password",
    sensitive: true,
    risk: "caution",
    operands: "none",
    noInverse: "nothing is changed",
  },
  "credential approve": changing("stores a password", "git credential reject takes it away"),
  "credential reject": destroying("deletes a stored password", "host", { targets: gitTargets("host") }),
  "difftool|mergetool|instaweb|gui|citool|gitk|web--browse": running("starts a program with a window of its own", {
    risk: "dangerous",
    options: diffTraps,
    targets: gitTargets("repository"),
  }),
};
