// The built-in advisor: says "safe" when the command, or the prose around it, states that somebody only wants to look. Otherwise it is silent.
// A command with its description goes in, an opinion or none comes out. Independent of the scanner in code and vocabulary; pure.

import { BETRAYING_OPTIONS, ALSO_NOUNS, BETRAYING, CHANGING, NEVER, PRINTING, READING } from "./intent-vocabulary.ts";
import { type Segment, segmentsOf } from "./intent-segments.ts";
import type { AdvisorAnswer, StepContext } from "./types.ts";

const VERSION = "1.0.0";

/** Intentions that contradict a read, at the start of a step's description. */
const CHANGING_PROSE =
  /^(?:\W*(?:then|now|next|first|finally|please|and|to|step \d+)\b[\s,:.-]*)*(?:clean(?:ing)?(?: |-)?up|clean|clear|delete|destroy|drop|erase|evict|fail(?: |-)?over|flush|format|kill|nuke|overwrite|purge|reboot|remove|reset|terminate|truncate|uninstall|wipe|löschen|lösche|eliminar|borrar|supprimer|supprime[rz]|excluir|apagar)\b/i;
const READING_PROSE =
  /^(?:\W*(?:then|now|next|first|finally|please|and|to|step \d+)\b[\s,:.-]*)*(?:check|compare|confirm|count|describe|determine|display|examine|find out|get|identify|inspect|list|look|observe|query|read|review|see|show|verify|view|watch|comprobar|verificar|prüfen?|überprüfen?|vérifier|vérifiez)\b/i;

/** Words of the shell itself in front of a command. */
const SHELL_WORDS: ReadonlySet<string> = new Set(["if", "then", "else", "elif", "do", "while", "until", "!", "time"]);
const SHELL_ALONE: ReadonlySet<string> = new Set(["done", "fi", "esac", "{", "}", "break", "continue", "wait", "exit"]);

/**
 * @returns "safe" with confidence 0.95 (by the command) or 0.9 (by the prose alone), or an answer without opinion that says why
 */
export function adviseIntent(context: StepContext): AdvisorAnswer {
  if (CHANGING_PROSE.test(context.description)) return silent("the description announces a change");
  const segments = segmentsOf(context.command);
  if (segments === null || segments.length === 0) return silent("the command could not be followed");
  if (segments.some((segment) => segment.writes)) return silent("the command writes a file");
  const intents = segments.map((segment) => intentOf(segment.words, 0));
  if (intents.includes("change")) return silent("a word of the command changes something");
  if (intents.every((intent) => intent === "read")) return safe(0.95, "Every part of the command only reads.");
  const toldByProse = READING_PROSE.test(context.description) && !CHANGING_PROSE.test(context.section ?? "");
  return toldByProse ? safe(0.9, "The description asks to look, and no word of the command says otherwise.") : silent("no positive read intent");
}

type Intent = "read" | "change" | "none";

function intentOf(words: readonly string[], depth: number): Intent {
  const first = words[0];
  if (first === undefined || depth > 6) return "none";
  if (SHELL_ALONE.has(first) && words.length === 1) return "read";
  if (SHELL_WORDS.has(first) || /^[A-Za-z_]\w*=/.test(first)) return assignmentOrRest(words, depth);
  if (first === "for" || first === "case") return "read";
  const wrapped = unwrap(words);
  if (wrapped !== null) return typeof wrapped === "string" ? shellText(wrapped) : intentOf(wrapped, depth + 1);
  const program = first.replace(/^.*\//, "");
  if (NEVER.has(program)) return "change";
  if (words.slice(1).some((word) => /^(?:--help|--version|-version)$/.test(word))) return words.some((word) => CHANGING.has(word) && !ALSO_NOUNS.has(word)) ? "none" : "read";
  if (program === "git") return gitIntent(words);
  return PRINTING.has(program) ? printingIntent(program, words) : verbIntent(words);
}

function assignmentOrRest(words: readonly string[], depth: number): Intent {
  if (words.length > 1) return /^(?:PATH|LD_|BASH_ENV|ENV|IFS|PAGER|GIT_|\w*CONFIG|\w*OPTIONS|\w*OPTS)/.test(words[0] ?? "") ? "change" : intentOf(words.slice(1), depth + 1);
  return /=/.test(words[0] ?? "") ? "read" : "none";
}

/** The command inside `timeout 5 ...`, `xargs ...`, `sh -c '...'`: its words, or its text. */
function unwrap(words: readonly string[]): readonly string[] | string | null {
  switch (words[0]) {
    case "timeout":
      return words.slice(1).filter((word, index) => index > 0 || !/^\d/.test(word));
    case "nice":
    case "ionice":
    case "stdbuf":
    case "builtin":
      return withoutOptions(words.slice(1));
    case "watch":
      return withoutOptions(words.slice(1));
    case "command":
      return /^-[vV]$/.test(words[1] ?? "") ? ["which"] : words.slice(1);
    case "xargs":
      return words.some((word) => /^-[a-zA-Z]*[ap]$|^--arg-file/.test(word)) ? ["rm"] : withoutOptions(words.slice(1));
    case "env":
      return words.length === 1 || words.slice(1).every((word) => word.startsWith("-")) ? null : withoutOptions(words.slice(1));
    case "bash":
    case "sh":
    case "zsh":
    case "dash":
    case "ksh":
    case "fish":
      return shellCommand(words);
    default:
      return null;
  }
}

function shellCommand(words: readonly string[]): string | null {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at === 1 ? (words[2] ?? "") : null;
}

/** Drops leading options; a value stays behind only for the short forms that take a separate one. */
function withoutOptions(words: readonly string[]): readonly string[] {
  let at = 0;
  while ((words[at] ?? "").startsWith("-")) at += /^-[nIPLsdEiouk]$/.test(words[at] ?? "") ? 2 : 1;
  return words.slice(at);
}

function shellText(text: string): Intent {
  const segments = segmentsOf(text, 1);
  if (segments === null || segments.length === 0 || segments.some((segment) => segment.writes)) return "change";
  return strictest(segments);
}

function strictest(segments: readonly Segment[]): Intent {
  const intents = segments.map((segment) => intentOf(segment.words, 2));
  if (intents.includes("change")) return "change";
  return intents.includes("none") ? "none" : "read";
}

function printingIntent(program: string, words: readonly string[]): Intent {
  const betraying = BETRAYING[program];
  if (betraying === undefined) return "read";
  return betraying.test(` ${words.slice(1).join(" ")} `) ? "change" : "read";
}

/** Programs with sub-commands: a reading verb among the words, no changing one, no option that betrays it. */
function verbIntent(words: readonly string[]): Intent {
  const plain = plainWords(words);
  if (words.slice(1).some((word) => BETRAYING_OPTIONS.test(word))) return "change";
  const reading = plain.findIndex((word) => isVerb(word, READING));
  const changing = plain.findIndex((word, index) => isVerb(word, CHANGING) && !(ALSO_NOUNS.has(word) && reading > index));
  if (changing >= 0 && (reading < 0 || changing < reading + 1)) return "change";
  if (reading < 0) return plain.length === 0 && words.every((word, index) => index === 0 || /^(?:-h|-help|-\?|help|-V)$/.test(word)) && words.length > 1 ? "read" : "none";
  return reading <= 6 ? "read" : "none";
}

/** Words that may be verbs: neither options nor directly behind one that may take a value. */
function plainWords(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word, index) => {
    if (word.startsWith("-") || /[\s/:=.@]/.test(word)) return false;
    const before = words[index] ?? "";
    return index === 0 || !before.startsWith("-") || before.includes("=") || before === "--";
  });
}

function isVerb(word: string, verbs: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  return verbs.has(lower) || verbs.has(/^[a-z]+/.exec(lower)?.[0] ?? "") ? verbs.has(lower) || lower.includes("-") : false;
}

const GIT_READING: ReadonlySet<string> = new Set(
  "status log diff show blame shortlog describe rev-parse rev-list ls-files ls-tree ls-remote cat-file name-rev merge-base for-each-ref show-ref show-branch grep count-objects whatchanged version help var check-ignore check-attr cherry diff-tree diff-index diff-files fsck get-tar-commit-id verify-commit verify-tag verify-pack range-diff check-mailmap check-ref-format annotate".split(
    " ",
  ),
);
/** Sub-commands that list without operands or with these words, and change something otherwise. */
const GIT_LISTING: Readonly<Record<string, RegExp>> = {
  branch: /^(?: -(?:a|r|v|vv|l|i)| --(?:list|all|remotes|verbose|show-current|merged|no-merged|contains|no-contains|points-at|format|sort|column|no-column|color|no-color|abbrev|no-abbrev|ignore-case)(?:[= ]\S+)?| (?<=(?:--list|-l|--merged|--contains|--no-merged|--no-contains) )\S+)*$/,
  tag: /^(?: (?:-l|--list)(?: \S+)*| -n\d*| --(?:contains|merged|no-merged|points-at|sort|format|no-contains|column|verify)(?:[= ]\S+)?| -v(?: \S+)+)*$/,
  remote: /^(?: -v| --verbose)*(?: (?:show|get-url)(?: \S+)*)?$/,
  stash: /^ (?:list|show)\b.*$/,
  config: /^(?: --(?:global|local|system|worktree|show-origin|show-scope|null|name-only|includes|type=\S+)| -z)*(?: (?:--get|--get-all|--get-regexp|--list|-l|--get-urlmatch|list|get)\b.*)$/,
  worktree: /^ list\b.*$/,
  submodule: /^(?: (?:status|summary)\b.*)?$/,
  notes: /^(?: (?:list|show)\b.*)?$/,
  reflog: /^(?: (?:show|exists)\b.*| (?!expire|delete)\S.*)?$/,
  bisect: /^ (?:log|view|visualize|terms)\b.*$/,
  lfs: /^ (?:status|ls-files|env|version|logs)\b.*$/,
  bundle: /^ (?:verify|list-heads)\b.*$/,
  "symbolic-ref": /^(?: -q| --short| --quiet)* \S+$/,
  sparse: /^ list$/,
  "sparse-checkout": /^ list$/,
  remoteshow: /^$/,
};

function gitIntent(words: readonly string[]): Intent {
  const at = words.findIndex((word, index) => index > 0 && !word.startsWith("-") && !/^-(?:C|c|-git-dir|-work-tree)$/.test(words[index - 1] ?? ""));
  if (words.slice(0, Math.max(1, at)).some((word) => /^(?:-c|--exec-path.*|--config-env.*|-p|--paginate)$/.test(word))) return "change";
  if (at < 0) return words.some((word) => word === "--version" || word === "--help") ? "read" : "none";
  const verb = words[at] ?? "";
  const rest = words.slice(at + 1);
  if (rest.some((word) => /^--?(?:output|ext-diff|textconv|open-files-in-pager|O|upload-pack|exec|lost-found)(?:=|$)|^-O/.test(word))) return "change";
  if (GIT_READING.has(verb)) return "read";
  const listing = GIT_LISTING[verb];
  return listing?.test(rest.map((word) => ` ${word}`).join("")) === true ? "read" : "change";
}

function answer(opinion: AdvisorAnswer["opinion"], absence: string | null): AdvisorAnswer {
  return { advisor: "intent", version: VERSION, model: null, promptHash: null, opinion, absence };
}

function safe(confidence: number, reasoning: string): AdvisorAnswer {
  return answer({ risk: "safe", confidence, reasoning, sideEffects: [], suggestedRollback: null }, null);
}

function silent(absence: string): AdvisorAnswer {
  return answer(null, absence);
}
