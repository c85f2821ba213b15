// What the sub-commands of git share: options of everything that shows history, addresses that run programs, settings that name programs,
// and the commands that undo a change. Used by the files of this folder; decides nothing by itself.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, Finding, OptionRule, RuleContext } from "../../../rule.ts";
import { sensitivePath } from "../../../sensitive-paths.ts";
import type { Inverse, Target } from "../../../types.ts";
import { plainWords } from "../verbs.ts";

/** Options of every command that shows differences: a program of the repository's choice may run, or a file is written. */
export const diffTraps: Readonly<Record<string, OptionRule>> = {
  "--ext-diff|--textconv": { arity: "flag", risk: "dangerous", why: "runs programs that the repository names" },
  "--output": { kind: "write", why: "writes a file" },
  "--show-signature": { arity: "flag", risk: "unknown", why: "runs gpg as the repository says" },
  "-O": { kind: "read" },
};

/** Options of log and diff that take a value as the next word; all others are flags or glued. */
const historyValues =
  "-n|--max-count --skip --since|--after --until|--before --since-as-filter --author --committer --grep --grep-reflog -S -G -L -I|--ignore-matching-lines --format --encoding --diff-filter -U|--unified --diff-algorithm -l --inter-hunk-context --src-prefix --dst-prefix --line-prefix --ws-error-highlight --min-parents --max-parents --anchored --output-indicator-new --output-indicator-old --output-indicator-context --skip-to --rotate-to --find-object --date --exclude --group";
/** Flags of log and diff, so that `--` behind one of them still ends the options. */
const historyFlags =
  "--oneline --graph --all --no-decorate --shortstat --numstat --name-only --name-status -p|--patch|-u -s|--no-patch --raw --reverse --merges --no-merges --first-parent --follow --full-history --cherry --cherry-pick --cherry-mark --left-right --left-only --right-only --date-order --topo-order --author-date-order --abbrev-commit --no-abbrev-commit --no-abbrev --no-color -z|--null --cached --staged --check -q|--quiet --no-index --exit-code --full-index --binary --patch-with-stat --patch-with-raw -b|--ignore-space-change -w|--ignore-all-space --ignore-blank-lines --ignore-space-at-eol --ignore-cr-at-eol -R -a|--text -i|--regexp-ignore-case -E|--extended-regexp -F|--fixed-strings -P|--perl-regexp --invert-grep --all-match --no-renames --rename-empty --no-rename-empty --find-copies-harder --no-ext-diff --no-textconv --no-prefix --default-prefix --compact-summary --cc -c -m --combined-all-paths --patience --histogram --minimal --no-relative --relative-date -g|--walk-reflogs --merge --boundary --simplify-by-decoration --simplify-merges --dense --sparse --show-pulls --children --parents --count --objects --pickaxe-all --pickaxe-regex --source --full-diff --log-size --no-notes --no-mailmap --mailmap --use-mailmap --clear-decorations -t -r --root --no-commit-id --always --bisect --no-expand-tabs -e|--email --function-context|-W --ita-invisible-in-index --merge-base --no-color-moved --no-dual-color --remove-empty --do-walk --irreversible-delete|-D -NUM";

/** Outside a repository, or with --no-index, any file of the machine is printed. */
export function printsSecretFile(inv: Invocation): boolean {
  const anyFile = inv.has("--no-index");
  return inv.operands.some((arg) => (anyFile || /^[/~]/.test(arg.head)) && sensitivePath(arg.head) !== undefined);
}

/** Reads history: no option but the traps does anything else. A word that is not written out could become one of them. */
export function historyRead(why: string, extra: Partial<CommandRule> = {}): CommandRule {
  return {
    why,
    anyOption: true,
    operands: "data*",
    sensitive: printsSecretFile,
    flags: historyFlags,
    values: historyValues,
    optional:
      "-M|--find-renames -C|--find-copies -B|--break-rewrites -X --abbrev --decorate --word-diff --color --color-words --color-moved --dirstat --relative --submodule --pretty --notes --show-notes --branches --tags --remotes --expand-tabs --ancestry-path --disk-usage --stat --no-walk --summary --decorate-refs --glob --ignore-submodules --stat-width --stat-count --header",
    options: diffTraps,
    ...extra,
  };
}

const runsByAddress = /^(ext|fd)::|^-/;

/** `ext::COMMAND` is an address that is run. */
export function reportAddresses(inv: Invocation, ctx: RuleContext): void {
  for (const arg of [...inv.operands, ...inv.all("--repo"), ...inv.all("--remote")])
    if (runsByAddress.test(arg.text)) ctx.report({ risk: "dangerous", why: "this address runs a program", span: arg.span });
}

const namesProgram =
  /^(alias|pager|filter|browser|man|guitool|interactive|include|includeif|credential|uploadpack|gpg|sequence|init|trailer|tar|protocol|url|core\.(pager|editor|askpass|sshcommand|fsmonitor|hookspath|gitproxy|alternaterefscommand|worktree|attributesfile))\b|\.(command|cmd|helper|textconv|driver|external|program|tool|path|editor|pager|process|clean|smudge|uploadpack|receivepack|proxy|update|vcs)(=|$)|^diff\.external/i;
const losesData =
  /^(gc\.(\w*prune\w*|\w*expire\w*|reflog\w*)|clean\.requireforce|submodule\.recurse|receive\.deny\w*|push\.default|fetch\.prune\w*)/i;
const harmless =
  /^(color\.[\w.]+|core\.(quotepath|abbrev|pager=(cat)?$|precomposeunicode|ignorecase|filemode)|advice\.\w+|log\.(date|decorate|abbrevcommit|follow|showroot|mailmap|showsignature=false$)|diff\.(renames|renamelimit|context|algorithm|mnemonicprefix|noprefix|colormoved\w*|wordregex|interhunkcontext|statgraphwidth|ignoresubmodules)|status\.\w+|column\.\w+|blame\.\w+|i18n\.\w+|format\.pretty|pager\.\w+=false$|user\.(name|email)|grep\.(linenumber|column|patterntype|threads|fallbacktonoindex)|branch\.sort|tag\.sort|versionsort\.\w+|merge\.(conflictstyle|renames|renamelimit)|pack\.threads|http\.(lowspeed\w+|version)|fetch\.parallel|submodule\.recurse=false$|init\.defaultbranch)(=|$)/i;

/** `-c NAME=VALUE`: colours and the like are fine, settings that name a program are not. */
export function judgeSetting(value: Arg): Finding | undefined {
  if (value.shape === "literal" && harmless.test(value.text)) return undefined;
  if (namesProgram.test(value.text)) return { risk: "dangerous", why: "this setting names a program that git runs", span: value.span };
  if (losesData.test(value.text)) return { risk: "dangerous", why: "this setting takes a safeguard away", span: value.span };
  return { risk: "unknown", why: "what this setting changes is not in the table", safer: "leave -c out", span: value.span };
}

/** Whether a setting of this name names a program that git runs. */
export function isProgramSetting(name: string): boolean {
  return namesProgram.test(name);
}

/** ` -C DIR` as the call has it; undefined when it is not written out. */
function placeWords(inv: Invocation): string | undefined {
  const dirs = inv.all("-C");
  if (dirs.length === 0) return "";
  const words = plainWords(dirs.slice(-1));
  return dirs.length === 1 && words !== undefined ? ` -C ${words}` : undefined;
}

/** `git -C DIR WORDS`. */
export function undoneBy(inv: Invocation, words: string | undefined): Inverse | undefined {
  const place = placeWords(inv);
  return words === undefined || place === undefined ? undefined : { kind: "command", command: `git${place} ${words}` };
}

/** Notes where the branch stands; `reset` then goes back to it. */
export function undoneFromHead(reset: string): (inv: Invocation) => Inverse | undefined {
  return (inv) => {
    const place = placeWords(inv);
    if (place === undefined) return undefined;
    return { kind: "capture", capture: `git${place} rev-parse HEAD`, command: `git${place} reset ${reset} {capture}` };
  };
}

/** The first operands as things of a kind; the work tree itself when there are none. */
export function gitTargets(kind: string, from = 0): (inv: Invocation) => readonly Target[] {
  return (inv) => {
    const named = inv.operands.slice(from).filter((arg) => arg.shape !== "many");
    if (named.length > 0) return named.map((arg) => ({ kind, name: arg.text }));
    return [{ kind: "repository", name: inv.value("-C") ?? "." }];
  };
}

export const flagged = (why: string): OptionRule => ({ arity: "flag", risk: "dangerous", why });
