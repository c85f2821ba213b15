// The intent advisor's reading of git: sub-commands that only look, and those that look in some shapes and change something in others.
// The words of one git command go in, its intent comes out. Data and one function.

import type { Intent } from "./intent-words.ts";

const GIT_READING: ReadonlySet<string> = new Set(
  "status log diff show blame shortlog describe rev-parse rev-list ls-files ls-tree ls-remote cat-file name-rev merge-base for-each-ref show-ref show-branch grep count-objects whatchanged version help var check-ignore check-attr cherry diff-tree diff-index diff-files fsck get-tar-commit-id verify-commit verify-tag verify-pack range-diff check-mailmap check-ref-format annotate".split(
    " ",
  ),
);
/** Sub-commands that list without operands or with these words, and change something otherwise. */
const GIT_LISTING: Readonly<Record<string, RegExp>> = {
  branch:
    /^(?: -[arvli]+| --(?:list|all|remotes?|verbose|show-current|merged|no-merged|contains|no-contains|points-at|format|sort|column|no-column|color|no-color|abbrev|no-abbrev|ignore-case)(?:[= ]\S+)?| (?<=(?:--list|-l|--merged|--contains|--no-merged|--no-contains) )\S+)*$/,
  tag: /^(?: (?:-l|--list)(?: \S+)*| -n\d*| --(?:contains|merged|no-merged|points-at|sort|format|no-contains|column|verify)(?:[= ]\S+)?| -v(?: \S+)+)*$/,
  remote: /^(?: -v| --verbose)*(?: (?:show|get-url)(?: \S+)*)?$/,
  stash: /^ (?:list|show)\b.*$/,
  config:
    /^(?: --(?:global|local|system|worktree|show-origin|show-scope|null|name-only|includes|type=\S+)| -z)*(?: (?:--get|--get-all|--get-regexp|--list|-l|--get-urlmatch|list|get)\b.*| --show-origin \S+)$/,
  add: /^(?: -[vA]| -n| --dry-run| \.| [\w./]+)*(?<= (?:-n|--dry-run)(?: \S+)*)$/,
  apply: /^ --(?:check|stat|numstat|summary)(?: (?!--apply)\S+)*$/,
  clean: /^(?: -[dxXq]*n[dxXq]*| --dry-run)(?: -[dxXfqn]+)*$/,
  "hash-object": /^(?: --stdin| (?!-)\S+)+$/,
  replace: /^ (?:-l|--list)\b.*$/,
  rerere: /^ (?:status|diff|remaining)$/,
  rm: /^(?: -r| -n| --dry-run| --cached| (?!-)\S+)*(?<= (?:-n|--dry-run)(?: \S+)*)$/,
  worktree: /^ list\b.*$/,
  submodule: /^(?: (?:status|summary)\b.*)?$/,
  notes: /^(?: (?:list|show)\b.*)?$/,
  reflog: /^(?: (?:show|exists)\b.*| (?!expire|delete)\S.*)?$/,
  bisect: /^ (?:log|view|visualize|terms)\b.*$/,
  lfs: /^ (?:status|ls-files|env|version|logs)\b.*$/,
  bundle: /^ (?:verify|list-heads)\b.*$/,
  "symbolic-ref": /^(?: -q| --short| --quiet)* \S+$/,
  "sparse-checkout": /^ list$/,
};

/** In front of the sub-command: settings that run programs, and another repository's settings. */
const STEERING = /^(?:-c|--exec-path.*|--config-env.*|-p|--paginate|--git-dir.*|--work-tree.*)$/;
/** Behind it: files that are written, programs that are run; git takes the beginning of a long name too. */
const BETRAYING = /^--(?:outp\w*|ext-d\w*|textc\w*|open-f\w*|upload-p\w*|exec|lost-f\w*)(?:=|$)|^-O|^\w+::/;

export function gitIntent(words: readonly string[]): Intent {
  const at = words.findIndex(isSubCommand);
  if (words.slice(0, Math.max(1, at)).some((word) => STEERING.test(word))) return "change";
  if (at < 0) return words.some((word) => word === "--version" || word === "--help") ? "read" : "none";
  const rest = words.slice(at + 1);
  return rest.some((word) => BETRAYING.test(word)) ? "change" : subCommandIntent(words[at] ?? "", rest);
}

function isSubCommand(word: string, index: number, words: readonly string[]): boolean {
  return index > 0 && !word.startsWith("-") && !/^-(?:C|c|-git-dir|-work-tree)$/.test(words[index - 1] ?? "");
}

function subCommandIntent(verb: string, rest: readonly string[]): Intent {
  if (GIT_READING.has(verb)) return "read";
  const listing = Object.hasOwn(GIT_LISTING, verb) ? GIT_LISTING[verb] : undefined;
  return listing?.test(rest.map((word) => ` ${word}`).join("")) === true ? "read" : "change";
}
