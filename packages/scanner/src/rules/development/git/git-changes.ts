// The sub-commands of git that change the repository or its work tree, as data: what the reflog or a second command undoes is caution, what
// throws work away or rewrites what others have is dangerous. git.ts puts them together with the others.
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../../rule.ts";
import type { Inverse, Risk } from "../../../types.ts";
import { changing, destroying, plainWords, running, undoable, unlessHelp } from "../verbs.ts";
import { flagged, gitTargets, judgeSetting, reportAddresses, undoneBy, undoneFromHead } from "./git-words.ts";

const runs: OptionRule = { risk: "dangerous", why: "runs a program" };
const strategy: Readonly<Record<string, OptionRule>> = {
  "-s|--strategy": { allow: "ort recursive resolve octopus ours subtree", why: "runs the program git-merge-STRATEGY" },
};
const heads: Partial<CommandRule> = { targets: gitTargets("reference") };

/** A change that moves the branch: `git reset` goes back to where it was. */
const moving = (why: string, reset: string, options: Readonly<Record<string, OptionRule>> = {}): CommandRule =>
  undoable(why, undoneFromHead(reset), { ...heads, options });

// Pull, fetch, clone: another repository is asked, and may be an address that runs a program.
const asking = {
  options: { "--upload-pack|-u": runs, "-c|--config": { check: judgeSetting } },
  inspect: reportAddresses,
  ...heads,
} as const;

function inspectFetch(inv: Invocation, ctx: RuleContext): void {
  reportAddresses(inv, ctx);
  const overwrites = inv.operands.some(
    (arg) => /^\+?[^:]*:/.test(arg.text) && arg.text.startsWith("+") && !arg.text.includes("refs/remotes/"),
  );
  if (overwrites) ctx.report({ risk: "dangerous", why: "overwrites local branches" });
}

function inspectPush(inv: Invocation, ctx: RuleContext): void {
  reportAddresses(inv, ctx);
  if (inv.operands.some((arg) => arg.head.startsWith("+"))) ctx.report({ risk: "dangerous", why: "overwrites a remote branch" });
  if (inv.operands.slice(inv.has("--repo") ? 0 : 1).some((arg) => arg.head.startsWith(":") && arg.text !== ":"))
    ctx.report({ risk: "dangerous", why: "deletes a remote branch" });
}

const push: CommandRule = {
  ...changing("sends commits to a remote repository", "others may have fetched them already; git revert makes a commit that undoes them"),
  values: "--repo -o|--push-option",
  options: {
    "-f|--force": flagged("overwrites what others have pushed"),
    "--force-with-lease": { arity: "optional", risk: "dangerous", why: "overwrites the remote branch" },
    "--force-if-includes": flagged("overwrites the remote branch"),
    "-d|--delete": flagged("deletes a remote branch"),
    "--mirror|--prune": flagged("deletes remote branches that are not here"),
    "--receive-pack|--exec": runs,
  },
  inspect: inspectPush,
  targets: (inv) => {
    const refs = inv.operands.slice(-1).map((arg) => ({ kind: "remote branch", name: arg.text }));
    return refs.length > 0 ? refs : [{ kind: "repository", name: inv.value("-C") ?? "." }];
  },
};

const pathLike = /^\.{1,2}(\/|$)|^[/~]|\/$|^:|[*?[]|\.[A-Za-z]\w{0,5}$/;

const pathForms = ["-p", "--ours", "--theirs", "--pathspec-from-file"];
const branchForms = ["-b", "-B", "--orphan", "--detach"];

/** Whether checkout takes the words as paths, whose changes it throws away, and not as a branch. */
function checksOutPaths(inv: Invocation): boolean {
  if (pathForms.some((name) => inv.has(name))) return true;
  if (branchForms.some((name) => inv.has(name))) return false;
  if (inv.ended || inv.operands.length > 1) return inv.operands.length > 0;
  return inv.operands.some((arg) => arg.shape === "glob" || pathLike.test(arg.head));
}

function inspectCheckout(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.some((arg) => arg.shape === "one" || arg.shape === "many"))
    ctx.report({ risk: "unknown", why: "the word that is not written out may be a branch or a path" });
  if (checksOutPaths(inv))
    ctx.report({
      risk: "dangerous",
      why: "throws away changes of these paths that are not committed",
      safer: "git stash first, or git diff to see them",
    });
}

const goBack = (inv: Invocation): Inverse | undefined => undoneBy(inv, "checkout -");

const checkout: CommandRule = {
  ...undoable("takes another branch into the work tree; a single word counts as a branch unless it looks like a path", goBack),
  anyWord: true,
  operands: "data*",
  flags: "-h|--help -q --quiet --detach --ours --theirs -p|--patch --guess --no-guess",
  values: "-b --orphan --pathspec-from-file --conflict",
  options: {
    "-f|--force": flagged("throws away changes that are not committed"),
    "-B": { risk: "dangerous", why: "moves a branch that may exist" },
  },
  inspect: inspectCheckout,
  targets: gitTargets("path or branch"),
};

const restoreRisk = (inv: Invocation): Risk => (inv.has("--staged") && !inv.has("--worktree") ? "caution" : "dangerous");

const cleanRisk = (inv: Invocation): Risk => (inv.has("-n") && !inv.has("-f") && !inv.has("-i") ? "safe" : "dangerous");

/** Everything behind `git rm` that is more than single files as they are committed. */
function inspectRemove(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.some((arg) => arg.shape !== "literal" || /^\.$|[*?]|\/$/.test(arg.text)))
    ctx.report({ risk: "dangerous", why: "removes more than one file" });
}

const dry = "-n|--dry-run";
const unlessDry =
  (risk: Risk) =>
  (inv: Invocation): Risk =>
    inv.has("--dry-run") || inv.has("--help") ? "safe" : risk;

const applyReads = ["--check", "--stat", "--numstat", "--summary"];
const applyRisk = (inv: Invocation): Risk => (applyReads.some((name) => inv.has(name)) && !inv.has("--apply") ? "safe" : "caution");

const noTrace = "git fsck --unreachable finds the objects until they are pruned";

export const gitChanges: Readonly<Record<string, CommandRule>> = {
  fetch: changing("brings branches of a remote here", "the reflog holds where the remote's branches were", {
    ...asking,
    inspect: inspectFetch,
  }),
  pull: moving("brings commits of a remote into the branch", "--keep", {
    ...strategy,
    ...asking.options,
    "-f|--force": flagged("overwrites local branches"),
  }),
  clone: changing("copies a repository here", "the copy is a new folder; rm takes it away", {
    ...asking,
    values: "-b|--branch -o|--origin --depth",
    options: { ...asking.options, "--template": runs },
  }),
  init: changing("makes a repository", "rm of its .git folder takes it away", { options: { "--template": runs } }),
  add: {
    risk: unlessDry("caution"),
    why: "stages changes",
    operands: "data*",
    flags: `${dry} -A|--all|--no-ignore-removal -u|--update -v|--verbose -f|--force -N|--intent-to-add --renormalize --ignore-errors --ignore-missing --refresh --sparse -p|--patch -i|--interactive -e|--edit -h|--help`,
    values: "--chmod --pathspec-from-file",
    inverse: (inv) => undoneBy(inv, plainWords(inv.operands)?.replace(/^/, "reset -- ")),
  },
  mv: {
    risk: unlessDry("caution"),
    why: "renames files",
    operands: "data*",
    flags: `${dry} -k -v|--verbose --sparse -h|--help`,
    options: { "-f|--force": flagged("overwrites a file") },
    targets: gitTargets("path"),
    inverse: (inv) => undoneBy(inv, inv.operands.length === 2 ? plainWords([...inv.operands].reverse())?.replace(/^/, "mv ") : undefined),
  },
  rm: {
    risk: unlessDry("caution"),
    why: "removes files that are as they were committed",
    operands: "data*",
    flags: `${dry} --cached -q|--quiet --ignore-unmatch --sparse -h|--help`,
    values: "--pathspec-from-file",
    options: { "-f|--force": { arity: "flag" }, "-r": { arity: "flag" } },
    inspect: (inv, ctx) => {
      if (unlessDry("caution")(inv) === "safe") return;
      if (inv.has("-f") || inv.has("-r")) ctx.report({ risk: "dangerous", why: "removes whole folders, or files with changes" });
      inspectRemove(inv, ctx);
    },
    targets: gitTargets("path"),
    inverse: (inv) => undoneBy(inv, plainWords(inv.operands)?.replace(/^/, "checkout HEAD -- ")),
  },
  commit: moving("records a commit", "--soft"),
  merge: moving("merges another branch", "--keep", strategy),
  rebase: moving("makes the commits of the branch anew on another base", "--keep", {
    ...strategy,
    "-x|--exec": { kind: "inner", risk: "dangerous", why: "runs a command after each commit" },
    "-i|--interactive": { arity: "flag", risk: "caution", why: "opens an editor" },
    "--skip": { arity: "flag", risk: "caution", why: "leaves a commit out" },
  }),
  "cherry-pick|revert": moving("makes a commit out of another", "--keep", strategy),
  am: moving("makes commits out of mails", "--keep"),
  apply: {
    risk: (inv) => (inv.has("--help") ? "safe" : applyRisk(inv)),
    why: "changes files as a patch says",
    operands: "read*",
    flags:
      "--check --stat --numstat --summary --apply -R|--reverse --index --cached -N|--intent-to-add -3|--3way --ours --theirs --union --reject -z --unidiff-zero --no-add --binary --allow-binary-replacement --inaccurate-eof -v|--verbose -q|--quiet --recount --unsafe-paths --allow-empty --ignore-space-change --ignore-whitespace -h|--help",
    values: "-p -C --exclude --include --whitespace --directory",
    options: { "--build-fake-ancestor": { kind: "write", why: "writes an index file" } },
    inverse: (inv) => (inv.options.length > 0 ? undefined : undoneBy(inv, plainWords(inv.operands)?.replace(/^/, "apply -R "))),
    noInverse: "git apply -R with the same words takes the patch back",
  },
  switch: {
    ...undoable("takes another branch into the work tree", goBack),
    values: "-c|--create --orphan --conflict",
    options: {
      "-f|--force|--discard-changes": flagged("throws away changes that are not committed"),
      "-C|--force-create": { risk: "dangerous", why: "moves a branch that may exist" },
    },
    ...heads,
  },
  checkout,
  restore: {
    risk: unlessHelp("caution"),
    why: "puts files back as they were staged or committed",
    operands: "data*",
    anyOption: true,
    anyWord: true,
    flags: "-S|--staged -W|--worktree -q|--quiet -h|--help -p|--patch",
    values: "-s|--source --pathspec-from-file",
    inspect: (inv, ctx) => {
      if (restoreRisk(inv) === "dangerous" && !inv.has("--help"))
        ctx.report({
          risk: "dangerous",
          why: "throws away changes that are not committed",
          safer: "--staged only takes them off the stage; git stash keeps them",
        });
    },
    targets: gitTargets("path"),
    noInverse: "git add stages the file again",
  },
  reset: undoable("moves the branch, or takes changes off the stage", undoneFromHead("--soft"), {
    options: {
      "--hard": { ...flagged("throws away changes that are not committed"), safer: "git stash keeps them; --keep refuses to lose them" },
      "--merge": flagged("throws away staged changes"),
    },
    ...heads,
  }),
  clean: {
    risk: (inv) => (inv.has("--help") ? "safe" : cleanRisk(inv)),
    why: "deletes files that git does not know, for good",
    safer: "-n only lists them",
    operands: "data*",
    flags: `${dry} -d -x -X -q|--quiet -f|--force -i|--interactive -h|--help`,
    values: "-e|--exclude",
    targets: gitTargets("path"),
  },
  "bisect start|good|bad|new|old|skip|reset|replay|next": changing(
    "goes on with the search for a commit",
    "git bisect reset goes back to the branch",
  ),
  "bisect run": running("runs a program on many commits", {
    risk: "dangerous",
    firstEnds: true,
    operands: "inner*",
    inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
    targets: gitTargets("program"),
  }),
  push,
  gc: changing("packs the repository and deletes old objects", noTrace, {
    options: { "--prune": { arity: "optional", risk: "dangerous", why: "deletes objects by which lost work could be found" } },
    targets: gitTargets("repository"),
  }),
  prune: destroying("deletes objects by which lost work could be found", "repository", { targets: gitTargets("repository") }),
  "filter-branch|filter-repo|fast-import|update-ref|read-tree|checkout-index|prune-packed|quiltimport|mailinfo": destroying(
    "rewrites history or references",
    "repository",
    { targets: gitTargets("repository") },
  ),
  "hook|for-each-repo|daemon|http-backend|shell|upload-pack|receive-pack|upload-archive|merge-one-file|cvsserver|fetch-pack|send-pack|p4|cvsimport":
    running("runs programs, or serves the repository", { risk: "dangerous", targets: gitTargets("repository") }),
  "send-email|imap-send": changing("sends mail", "mail that was sent cannot be called back", {
    options: {
      "--smtp-server|--sendmail-cmd|--to-cmd|--cc-cmd|--header-cmd": {
        check: (value) =>
          /^[\w.-]+$/.test(value.text) && value.shape === "literal" ? undefined : { risk: "dangerous", why: "may run a program" },
      },
    },
    targets: gitTargets("mail"),
  }),
  "bundle create": changing("writes a bundle", "the bundle is a new file; rm takes it away"),
  "subtree add|merge|split|pull|push": moving("merges or splits a folder's history", "--keep"),
  "maintenance run|register|unregister|stop": changing("tidies the repository up", "nothing that was in use is lost"),
  "maintenance start": undoable("adds timers to the system", (inv) => undoneBy(inv, "maintenance stop")),
  "sparse-checkout init|set|add|reapply|disable|check-rules|clean": changing(
    "changes which files are in the work tree",
    "git sparse-checkout list shows the patterns before",
  ),
  rerere: changing("records conflict resolutions", "the records stand in .git/rr-cache"),
  "rerere forget|clear|gc": changing("forgets conflict resolutions", "they are made again by hand"),
  "multi-pack-index write|repack|expire": changing("writes an index of the repository", "it holds nothing that is not elsewhere"),
  "commit-graph write": changing("writes an index of the repository", "it holds nothing that is not elsewhere"),
  "refs migrate": changing("changes how references are stored", "git refs migrate changes it back"),
  "repack|pack-refs|update-index|update-server-info|pack-objects|index-pack|unpack-objects|commit-tree|write-tree|mktree|mktag|merge-tree|merge-file|merge-index|backfill|unpack-file|replay|diagnose|bugreport|scalar|stage|fast-export|credential-cache|credential-store":
    changing("writes into the repository", noTrace, { targets: gitTargets("repository") }),
  "svn fetch|clone|init|rebase|dcommit|branch|tag|set-tree|gc|reset|commit-diff|create-ignore|mkdirs": changing(
    "exchanges commits with a Subversion repository",
    "what was sent to Subversion stays there",
  ),
};
