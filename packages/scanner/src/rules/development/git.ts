// git: what only prints is safe; what can be undone from the reflog or by a second command is caution; what throws work away is dangerous.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";

const anyRead = { anyWord: true, operands: "data*" } as const;

const logFlags =
  "--oneline --graph --all --branches --tags --remotes --decorate --no-decorate --stat --shortstat --numstat --name-only --name-status --summary -p|--patch|-u -s|--no-patch --raw --reverse --merges --no-merges --first-parent --follow --full-history --cherry --cherry-pick --left-right --left-only --right-only --date-order --topo-order --author-date-order --abbrev-commit --no-abbrev-commit --no-color -z --cached --staged --check --word-diff --quiet|-q --no-index --exit-code --full-index --binary -b|--ignore-space-change -w|--ignore-all-space --ignore-blank-lines --ignore-space-at-eol -R -a|--text -i|--regexp-ignore-case -E|--extended-regexp -F|--fixed-strings -P|--perl-regexp --invert-grep --all-match --no-renames --find-copies-harder --no-ext-diff --no-textconv --no-prefix --compact-summary --dirstat --cc -c -m --patience --histogram --relative-date -g|--walk-reflogs --merge --boundary --simplify-by-decoration --no-walk --children --parents --count --objects --minimal --pickaxe-all --pickaxe-regex --source -NUM";
const logValues =
  "-n|--max-count --skip --since|--after --until|--before --author --committer --grep -S -G -L --format --encoding --diff-filter -U|--unified --diff-algorithm -l --inter-hunk-context --src-prefix --dst-prefix --ws-error-highlight";
const logOptional =
  "--pretty --date --decorate-refs --color -M|--find-renames -C|--find-copies --abbrev --word-diff-regex --submodule --ignore-submodules --stat-width --glob --exclude --relative";

/** Options of every command that shows differences: a program of the repository's choice may run, or a file is written. */
const diffTraps = {
  "--ext-diff|--textconv": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
  "--output": { kind: "write", why: "writes a file" },
  "--show-signature": { arity: "flag", risk: "unknown", why: "runs gpg as the repository says" },
} as const;

const history: CommandRule = {
  ...anyRead,
  why: "prints history or differences",
  flags: logFlags,
  values: logValues,
  optional: logOptional,
  options: diffTraps,
};

const listForm = (why: string, lists: (inv: Invocation) => boolean, more: Partial<CommandRule> = {}): CommandRule => ({
  why,
  operands: "data*",
  risk: (inv) => (lists(inv) ? "safe" : "caution"),
  ...more,
});

const change = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  ...more,
});
const lossy = (why: string): CommandRule => ({
  risk: "dangerous",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "git reference", name: arg.text })),
});

/** Options of a change that make it one that cannot be taken back. */
const lossyIf = (why: string, dangerous: readonly string[], flags: string, more: Partial<CommandRule> = {}): CommandRule =>
  change(why, { flags, risk: (inv) => (dangerous.some((name) => inv.has(name)) ? "dangerous" : "caution"), ...more });

export const git = program({
  names: "git",
  source: "git(1), git 2.43; reference/command-safety.md 3.4",
  style: "gnu",
  why: "works with a repository",
  flags:
    "--no-pager --no-optional-locks --bare --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs --no-replace-objects --no-lazy-fetch",
  values: "-C",
  options: {
    "-c|--config-env|--exec-path|--git-dir|--work-tree|--namespace|--super-prefix|--attr-source": {
      risk: "unknown",
      why: "another configuration or repository can name programs to run",
    },
    "-p|--paginate": { arity: "flag", risk: "unknown", why: "runs a pager" },
    "-v|--version|-h|--help|--html-path|--man-path|--info-path": { arity: "flag", risk: "safe" },
  },
  verbs: {
    "log|show|diff|whatchanged|shortlog|rev-list|diff-tree|diff-index|diff-files|range-diff": history,
    status: {
      ...anyRead,
      why: "prints the state of the work tree",
      flags:
        "-s|--short -b|--branch --show-stash --long -v|--verbose -z --ahead-behind --no-ahead-behind --renames --no-renames --no-column",
      optional: "--porcelain -u|--untracked-files --ignored --ignore-submodules --column --find-renames",
    },
    blame: {
      ...anyRead,
      why: "prints who changed which line",
      flags: "-b --root --show-stats -p|--porcelain --line-porcelain --incremental -t -l -s -e|--show-email -w -c -f -n --no-progress -NUM",
      values: "-L -S --since --date --ignore-rev --abbrev",
      optional: "-M -C --color-lines",
    },
    "describe|rev-parse|name-rev|merge-base|ls-files|ls-tree|for-each-ref|show-ref|count-objects|cat-file|var|check-ignore|check-attr|cherry|version|help|diff-pairs|get-tar-commit-id|patch-id|show-branch|merge-tree":
      {
        ...anyRead,
        why: "prints facts about the repository",
        anyOption: true,
        options: {
          "--textconv|--filters": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
          "--web|-w": { arity: "flag", risk: "unknown", why: "opens a browser" },
          "--output": { kind: "write", why: "writes a file" },
          "--batch-command": { arity: "optional", risk: "unknown", why: "reads commands" },
        },
        answers: [1],
      },
    "ls-remote": {
      ...anyRead,
      why: "asks a remote repository",
      flags: "-h|--heads -t|--tags --refs -q|--quiet --exit-code --get-url --symref",
      values: "--sort",
      options: { "--upload-pack|--exec|-o|--server-option": { kind: "code", risk: "dangerous", why: "runs a program" } },
      inspect: (inv, ctx) => {
        if (inv.operands.some((arg) => /^ext::|^-/.test(arg.text))) ctx.report({ risk: "dangerous", why: "this address runs a program" });
      },
    },
    grep: {
      ...anyRead,
      why: "prints lines that match",
      flags:
        "-n|--line-number -i|--ignore-case -l|--files-with-matches|--name-only -L -c|--count -w|--word-regexp -v|--invert-match -h -H -E -F -P -G -q -z --cached --untracked --no-index --and --or --not --all-match -o|--only-matching --heading --break -p|--show-function -W --recurse-submodules -a -I -NUM",
      values: "-e -A -B -C --max-depth -m|--max-count --threads",
      optional: "--color",
      reads: "-f",
      options: {
        "-O|--open-files-in-pager": { arity: "optional", kind: "code", risk: "dangerous", why: "runs a program" },
        "--textconv": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
      },
      answers: [1],
    },
    branch: listForm(
      "lists branches, or changes them",
      (inv) =>
        inv.operands.length === 0 ||
        inv.has("--list") ||
        inv.has("--contains") ||
        inv.has("--merged") ||
        inv.has("--no-merged") ||
        inv.has("--points-at"),
      {
        flags: "-a|--all -r|--remotes -v|-vv|--verbose --show-current -l|--list --no-color --no-column --ignore-case -q|--quiet",
        values: "--sort --format",
        optional: "--contains --no-contains --merged --no-merged --points-at --color --column --abbrev",
        options: {
          "-D|-M|-C": { arity: "flag", risk: "dangerous", why: "deletes or overwrites a branch" },
          "-d|--delete|-f|--force": { arity: "flag", risk: "dangerous", why: "deletes or moves a branch" },
          "-m|--move|-c|--copy|--unset-upstream|--edit-description|-t|--track": { arity: "flag", risk: "caution", why: "changes a branch" },
          "-u|--set-upstream-to": { risk: "caution", why: "changes a branch" },
        },
        targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "branch", name: arg.text })),
      },
    ),
    tag: listForm(
      "lists tags, or makes one",
      (inv) => inv.operands.length === 0 || inv.has("--list") || inv.has("-n") || inv.has("--contains"),
      {
        flags: "-l|--list -i|--ignore-case --no-column",
        values: "--sort --format",
        optional: "-n --contains --merged --points-at --color --column",
        options: {
          "-d|--delete|-f|--force": { arity: "flag", risk: "dangerous", why: "deletes or moves a tag" },
          "-a|--annotate|-s|--sign|-v|--verify|-u|-m|-F": { arity: "optional", risk: "caution", why: "makes or verifies a tag" },
        },
        targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "tag", name: arg.text })),
      },
    ),
    remote: listForm(
      "lists remotes, or changes them",
      (inv) => inv.operands.length === 0 || inv.operand(0) === "get-url" || (inv.operand(0) === "show" && inv.operands.length <= 2),
      { flags: "-v|--verbose -n --push --all" },
    ),
    stash: listForm("lists stashes, or changes them", (inv) => inv.operand(0) === "list", {
      flags: "-p|--patch --stat --oneline -q -u|--include-untracked -k|--keep-index",
      inspect: (inv, ctx) => {
        if (["drop", "clear", "pop"].includes(inv.operand(0) ?? "")) ctx.report({ risk: "dangerous", why: "throws a stash away" });
      },
      targets: (inv) => inv.operands.slice(1, 2).map((arg) => ({ kind: "stash", name: arg.text })),
    }),
    config: listForm(
      "prints settings, or changes them",
      (inv) => inv.has("--list") || inv.has("--get") || inv.has("--get-all") || inv.has("--get-regexp"),
      {
        flags:
          "-l|--list --global --system --local --worktree --show-origin --show-scope -z|--null --name-only --bool --int --path --includes --get --get-all --get-regexp",
        values: "--type --default",
        operands: "data*",
        options: {
          "--unset|--unset-all|--remove-section|--rename-section|--replace-all|--add|-e|--edit": {
            arity: "flag",
            risk: "caution",
            why: "changes settings, which can name programs to run",
          },
          "-f|--file|--blob": { kind: "read" },
        },
        inspect: (inv, ctx) => {
          if ((inv.has("--get") || inv.has("--get-all")) && inv.operands.length > 2)
            ctx.report({ risk: "caution", why: "changes settings" });
          if (
            inv.operands.some((arg) => /pager|editor|command|hookspath|fsmonitor|helper|textconv|alias\.|program/i.test(arg.text)) &&
            !inv.has("--get") &&
            !inv.has("--list")
          )
            ctx.report({ risk: "dangerous", why: "this setting names a program that git runs" });
        },
      },
    ),
    reflog: listForm(
      "prints where references were",
      (inv) => inv.operands.length === 0 || !["expire", "delete", "drop", "write"].includes(inv.operand(0) ?? ""),
      {
        flags: logFlags,
        values: logValues,
        optional: logOptional,
        options: diffTraps,
        inspect: (inv, ctx) => {
          if (["expire", "delete", "drop", "write"].includes(inv.operand(0) ?? ""))
            ctx.report({ risk: "dangerous", why: "deletes what lost work could be found by" });
        },
      },
    ),
    worktree: listForm("lists work trees, or changes them", (inv) => inv.operand(0) === "list", {
      flags: "-v --porcelain -z -f|--force",
      inspect: (inv, ctx) => {
        if (["remove", "prune"].includes(inv.operand(0) ?? "")) ctx.report({ risk: "dangerous", why: "removes a work tree" });
      },
    }),
    submodule: listForm(
      "prints the state of submodules, or changes them",
      (inv) => inv.operand(0) === "status" || inv.operand(0) === "summary",
      {
        flags: "--cached --recursive -q|--quiet --init --remote",
        inspect: (inv, ctx) => {
          if (["foreach", "deinit"].includes(inv.operand(0) ?? ""))
            ctx.report({ risk: "dangerous", why: "runs a command or removes a submodule" });
        },
      },
    ),
    notes: listForm("prints notes, or changes them", (inv) => inv.operands.length === 0 || ["list", "show"].includes(inv.operand(0) ?? "")),
    bisect: listForm(
      "prints the search, or goes on with it",
      (inv) => ["log", "view"].includes(inv.operand(0) ?? "") && inv.operand(0) === "log",
      {
        anyOption: true,
        inspect: (inv, ctx) => {
          if (inv.operand(0) === "run") ctx.report({ risk: "dangerous", why: "runs a command" });
        },
      },
    ),
    "fetch|add|commit|merge|cherry-pick|revert|init|am|apply|mv|pull|switch|bundle|format-patch|archive|maintenance|gc|repack|pack-refs|fsck|verify-commit|verify-tag|request-pull|send-email|subtree|sparse-checkout|clone|update-index|rerere|mergetool|difftool|instaweb|daemon|credential|svn|lfs":
      {
        ...change("changes the repository or its work tree"),
        flags: "--force -f --abort --amend --discard-changes -C",
        options: {
          "--upload-pack|-u|--exec|--receive-pack|--template|--extcmd|-x": {
            risk: "dangerous",
            why: "may run a program",
            arity: "optional",
          },
        },
        risk: (inv) =>
          ["mergetool", "difftool", "instaweb", "daemon", "credential", "svn"].includes(inv.path[0] ?? "")
            ? "dangerous"
            : inv.has("--force") || inv.has("-f") || inv.has("--amend") || inv.has("--discard-changes")
              ? "dangerous"
              : "caution",
        targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "git reference", name: arg.text })),
      },
    push: lossyIf(
      "sends commits to a remote repository",
      ["--force", "-f", "--force-with-lease", "--delete", "-d", "--mirror", "--prune"],
      "-f|--force --force-with-lease --delete -d --mirror --prune --tags --all -u|--set-upstream -n|--dry-run",
      {
        inspect: (inv, ctx) => {
          if (inv.operands.some((arg) => /^[+:]/.test(arg.text)))
            ctx.report({ risk: "dangerous", why: "overwrites or deletes a remote branch" });
        },
        targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "remote branch", name: arg.text })),
      },
    ),
    "reset|checkout|restore|clean|rm|rebase|filter-branch|filter-repo|prune|update-ref|replace|symbolic-ref|read-tree|checkout-index|fast-import|prune-packed|unpack-objects|hook|for-each-repo":
      lossy("can throw away work that is not committed, or rewrite history"),
  },
  examples: {
    "git status": "safe",
    "git -C /srv/app log --oneline -5": "safe",
    "git diff HEAD~1 -- app.ts": "safe",
    "git branch -a": "safe",
    "git remote -v": "safe",
    "git fetch": "caution",
    "git commit -m x": "caution",
    "git push --force": "dangerous",
    "git reset --hard HEAD~1": "dangerous",
    "git clean -fdx": "dangerous",
  },
  nearMisses: [
    "git -c core.fsmonitor=x status",
    "git diff --ext-diff",
    "git grep -Osh x",
    "git log --output=f",
    "git branch x",
    "git branch -D x",
    "git stash",
    "git push origin +main",
    "git push origin :main",
    "git reflog expire --all",
    "git config user.name x",
    "git tag v1",
    "git rebase -x 'rm x' main",
    "git bisect run sh",
    "git ls-remote ext::sh",
    "git -p log",
  ],
});
