// The sub-commands of git that only print, as data. git.ts puts them together with the others.
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import { each, listing, reading } from "../verbs.ts";
import { diffTraps, historyRead, printsSecretFile, reportAddresses } from "./git-words.ts";

const facts = (why: string, extra: Partial<CommandRule> = {}): CommandRule => reading(why, { answers: [1], ...extra });

/** A first word without a dash is a program that shows the search. */
function reportViewer(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.length > 0) ctx.report({ risk: "unknown", why: "runs a viewer of that name" });
}

export const gitReads: Readonly<Record<string, CommandRule>> = {
  "log|show|whatchanged|rev-list|diff-tree|diff-index|diff-files|diff-pairs|range-diff": historyRead("prints history or differences"),
  shortlog: historyRead("prints a summary of history", {
    flags:
      "-n|--numbered -s|--summary -e|--email -c|--committer --all --branches --tags --remotes --no-merges --merges --first-parent -NUM",
    values: "--group --format --since|--after --until|--before --author --max-count --date",
    optional: "-w",
  }),
  diff: historyRead("prints differences", { answers: [1] }),
  cherry: facts("prints the commits that the other branch lacks"),
  "ls-files|ls-tree": facts("prints names of files", {
    flags:
      "-c|--cached -d|--deleted -m|--modified -o|--others -i|--ignored -s|--stage -u|--unmerged -k|--killed -z -t -v -f -r -l|--long --name-only --name-status --object-only --full-name --full-tree --eol --error-unmatch --exclude-standard --directory --no-empty-directory --recurse-submodules --deduplicate --sparse --resolve-undo --debug",
    values: "-x|--exclude -X|--exclude-from --with-tree --format",
    optional: "--abbrev",
  }),
  "check-ignore|check-attr": facts("says what the repository's settings mean for a file", {
    flags: "-v|--verbose -n|--non-matching -q|--quiet -z --stdin -a|--all --cached --no-index",
    values: "--source",
  }),
  "merge-base|rev-parse|name-rev|show-ref|for-each-ref|check-mailmap|check-ref-format|show-index":
    facts("prints facts about the repository"),
  "describe|count-objects|var|version|get-tar-commit-id|patch-id|show-branch|verify-pack|last-modified|repo":
    facts("prints facts about the repository"),
  "verify-commit|verify-tag": facts("checks a signature"),
  "refs list|exists|verify": facts("prints references"),
  ...each("commit-graph_verify multi-pack-index_verify", facts("checks an index of the repository")),
  help: facts("prints help", { options: { "-w|--web": { arity: "flag", risk: "unknown", why: "opens a browser" } } }),
  status: facts("prints the state of the work tree", {
    flags:
      "-s|--short -b|--branch --show-stash --long -v|--verbose -vv -z --ahead-behind --no-ahead-behind --renames --no-renames --no-column",
    optional: "--porcelain -u|--untracked-files --ignored --ignore-submodules --column --find-renames",
  }),
  "cat-file": facts("prints an object", {
    options: { "--textconv|--filters": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" } },
  }),
  "blame|annotate": facts("prints who changed which line", {
    values: "-L -S --since --date --ignore-rev --ignore-revs-file",
    flags:
      "--no-textconv -b --root --show-stats -p|--porcelain --line-porcelain --incremental -t -l -s -e|--show-email -w -c -f|--show-name -n|--show-number --no-progress --first-parent --reverse -NUM",
    optional: "-M -C --color-lines --color-by-age --abbrev",
    options: {
      "--textconv": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
      "--contents": { kind: "read" },
    },
  }),
  grep: facts("prints lines that match", {
    sensitive: printsSecretFile,
    values: "-e -A|--after-context -B|--before-context -C|--context --max-depth -m|--max-count --threads",
    flags:
      "-n|--line-number -i|--ignore-case -l|--files-with-matches|--name-only -L|--files-without-match -c|--count -w|--word-regexp -v|--invert-match -h -H -E|--extended-regexp -F|--fixed-strings -P|--perl-regexp -G|--basic-regexp -q|--quiet -z|--null -o|--only-matching -p|--show-function -W|--function-context -a|--text -I -r|--recursive --cached --untracked --no-index --and --or --not --all-match --heading --break --recurse-submodules --full-name --no-color --column --exclude-standard --no-exclude-standard -NUM",
    optional: "--color",
    reads: "-f",
    options: {
      "-O|--open-files-in-pager": { arity: "optional", risk: "dangerous", why: "opens the files in a pager, which is any program" },
      "--textconv": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
    },
  }),
  "ls-remote": listing("asks a remote repository", {
    flags: "-h|--heads -b|--branches -t|--tags --refs -q|--quiet --exit-code --get-url --symref",
    values: "--sort -o|--server-option",
    options: { "--upload-pack|--exec": { kind: "code", risk: "dangerous", why: "runs a program" } },
    answers: [2],
    inspect: reportAddresses,
  }),
  "request-pull": listing("prints a summary of changes", { flags: "-p", inspect: reportAddresses }),
  fsck: facts("checks the objects of the repository", {
    options: { "--lost-found": { arity: "flag", risk: "caution", why: "writes what it finds into .git/lost-found" } },
  }),
  "bisect log": facts("prints the search"),
  "bisect visualize|view": historyRead("shows what is left of the search", { inspect: reportViewer }),
  "bisect terms|help": facts("prints words of the search"),
  "rerere status|diff|remaining": facts("prints recorded conflict resolutions"),
  "sparse-checkout list": facts("prints the patterns of the sparse checkout"),
  "hash-object": facts("prints the hash of a file", {
    operands: "read*",
    values: "-t --path",
    options: { "-w": { arity: "flag", risk: "caution", why: "writes an object" } },
  }),
  archive: listing("prints an archive", {
    flags: "-l|--list -v|--verbose --worktree-attributes -NUM",
    values: "--format --prefix --mtime",
    options: {
      "-o|--output": { kind: "write", why: "writes the archive to a file" },
      "--exec": { risk: "dangerous", why: "runs a program on the other side" },
      "--remote": { risk: "unknown", why: "asks another repository" },
      "--add-file|--add-virtual-file": { kind: "read" },
    },
    inspect: reportAddresses,
  }),
  "bundle verify|list-heads": facts("prints what is in a bundle", { operands: "read*" }),
  "maintenance is-needed": facts("says whether maintenance is due"),
  "svn log|info|find-rev|show-ignore|blame|propget|proplist|show-externals": facts("prints facts about a Subversion repository"),
  "stripspace|column|fmt-merge-msg": facts("formats text", { options: { "-F|--file": { kind: "read" } } }),
  "format-patch": historyRead("writes patches", {
    risk: (inv) => (inv.has("--stdout") ? "safe" : "caution"),
    flags: "-NUM --stdout --no-stat -p -k -s -n|--numbered -N|--no-numbered --cover-letter",
    values:
      "--start-number --subject-prefix --suffix --to --cc --in-reply-to --reroll-count -v --base --interdiff --range-diff --creation-factor --description-file --rfc-prefix",
    options: {
      "--ext-diff|--textconv": { ...diffTraps["--ext-diff|--textconv"], arity: "flag" },
      "-o|--output-directory|--output": { kind: "write", why: "writes files" },
    },
    noInverse: "the patches are new files; rm takes them away",
  }),
};
