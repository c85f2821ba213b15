// Reads programs with sub-commands by their verbs: one changing word or option is too much, one reading verb is needed.
// The words of one command go in, its intent comes out. Part of the intent advisor.

import {
  ALSO_NOUNS,
  BETRAYING_OPTIONS,
  CHANGING,
  LISTED,
  MORE_THAN_READING,
  NAMING_OPTIONS,
  READING,
  READING_COMPOUND,
  VERB_FIRST,
} from "./intent-vocabulary.ts";
import type { Intent } from "./intent-words.ts";

/** The first verb among the words decides, and no option may betray it. */
export function verbIntent(words: readonly string[]): Intent {
  if (isPreview(words)) return "read";
  if (isBetrayed(words)) return "change";
  const plain = verbWords(words);
  if (plain.includes("can-i")) return "read";
  if (MORE_THAN_READING.test(` ${words.join(" ")} `) || plain.some((_, index) => changes(words, plain, index))) return "change";
  return plain.some((word) => meaningOf(word) === "read") || listsByName(words, plain) ? "read" : "none";
}

/** An option, the program's own name or a swallowed word says more than any verb. */
function isBetrayed(words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  return rest.some(betrays) || meaningOf(program) === "change" || words.some((word, index) => isSwallowed(words, word, index));
}

function changes([program = ""]: readonly string[], plain: readonly string[], index: number): boolean {
  const word = plain[index] ?? "";
  return meaningOf(word) === "change" && !isThing(word, readingWordBehind(program, plain.slice(index + 1)));
}

/** `docker images`: what is listed stands last and alone. */
function listsByName([program = ""]: readonly string[], plain: readonly string[]): boolean {
  return !/^(?:gcloud|az|aws|gsutil)$/.test(program) && plain.length <= 3 && LISTED.has(plain.at(-1) ?? "");
}

/** `--and-delete`, `--purge-after`, but not `--show-deleted` or `--no-delete`: a changing word begins or follows "and". */
function betrays(word: string): boolean {
  return BETRAYING_OPTIONS.test(word) || /^--?(?:and|then|also)-\w+|^-w$|[-_]and[-_]|[a-z]And[A-Z]/.test(word);
}

/** A changing word behind an option that may not take it for its value. */
function isSwallowed(words: readonly string[], word: string, index: number): boolean {
  const before = words[index - 1] ?? "";
  return (
    index > 1 &&
    /^-/.test(before) &&
    !before.includes("=") &&
    !NAMING_OPTIONS.test(before) &&
    /^[a-z][\w-]*$/.test(word) &&
    CHANGING.has(word)
  );
}

/** Programs whose `--dry-run` is a mere look, with the forms they know. */
const PREVIEWS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    kubectl: /^--dry-run=(?:client|server)$/,
    oc: /^--dry-run=(?:client|server)$/,
    helm: /^--dry-run(?:=client)?$/,
    aws: /^--dry-?run$/,
    rclone: /^(?:--dry-run|-n)$/,
    gsutil: /^-n$/,
    restic: /^(?:--dry-run|-n)$/,
  }),
);
/** Options without a value, behind which a dry run is not swallowed. */
const ALONE = /^--(?:ignore-daemonsets|recursive|delete|quiet|force|delete-emptydir-data|all|wait|no-lock|exact-timestamps|prune)$/;

/** `kubectl apply -f x --dry-run=server`: once, and not as the value of the option before. */
function isPreview(words: readonly string[]): boolean {
  const [program = "", verb = ""] = words;
  const form = PREVIEWS.get(program);
  if (form === undefined) return false;
  const at = words.findIndex((word) => form.test(word));
  if (at < 2 || words.slice(0, at).includes("--") || words.some((word, index) => spoilsPreview(word, index === at))) return false;
  return hasPreview(program, verb) && standsAlone(words[at] ?? "", words[at - 1] ?? "");
}

function hasPreview(program: string, verb: string): boolean {
  return program === "gsutil" ? verb === "rsync" : !NO_PREVIEW.test(verb);
}

/** A second word about dry runs may take the first one back. */
function spoilsPreview(word: string, isIt: boolean): boolean {
  return NO_PREVIEW_WITH.test(word) || (!isIt && /dry-?run/.test(word));
}

const NO_PREVIEW = /^(?:exec|debug|cp|attach|port-forward|edit|plugin|configure|test|template|push|run-job|mount|serve)$/;
const NO_PREVIEW_WITH = /^--(?:post-renderer|kubeconfig|endpoint-url|edit|output-dir|password-command)/;

/** Not taken by the option before: that one has its value, needs none, or the word cannot be a value. */
function standsAlone(word: string, before: string): boolean {
  if (/^-[a-zA-Z]$|^--(?:namespace|context|filename|output|cluster|user|selector|field-manager)$/.test(before)) return false;
  return !before.startsWith("-") || before.includes("=") || ALONE.test(before) || /^--dry-run=(?:server|client)$/.test(word);
}

/** The words that say of a thing that it is looked at. */
const NOUN_READS: ReadonlySet<string> = new Set(
  "list ls show get describe view status info inspect history logs log diff list-profiles details search".split(" "),
);

/** The first word behind this one that is no thing itself. */
function readingWordBehind(program: string, behind: readonly string[]): string {
  return behind.find((word) => !ALSO_NOUNS.has(word) && !(program === "gcloud" && /^[a-z-]{3,}s$/.test(word) && !READING.has(word))) ?? "";
}

/** `gh run list`, `az failover-group show`: the name of a thing, because a reading verb follows at once. */
function isThing(word: string, next: string): boolean {
  return (
    NOUN_READS.has(next) &&
    (ALSO_NOUNS.has(word) || word.includes("-")) &&
    !/^(?:un|re)?(?:delete|remove|create|start|stop|abandon|recreate|promote|simulate|sign|set|update|add|purge)\b/.test(word)
  );
}

function meaningOf(word: string): Intent {
  const lower = word.toLowerCase();
  if (CHANGING.has(lower)) return "change";
  if (READING.has(lower) || READING_COMPOUND.test(lower)) return "read";
  const first = /^([a-z]+)[-_]/.exec(lower)?.[1] ?? /^([a-z]+)(?=[A-Z])/.exec(word)?.[1] ?? "";
  if (CHANGING.has(first)) return "change";
  return READING.has(first) ? "read" : "none";
}

/** Behind the verb of `kubectl get` or `gcloud ... describe` only names follow, whatever they say; elsewhere the verb may stand last. */
function verbWords(words: readonly string[]): readonly string[] {
  const plain = plainWords(words).slice(0, 7);
  const program = words[0] ?? "";
  const isFinal = /^(?:gcloud|az)$/.test(program) ? /^(?:describe|list|show|log|read)$/ : VERB_FIRST.has(program) ? /./ : null;
  const verb = plain.findIndex((word) => isFinal?.test(word) === true && meaningOf(word) === "read");
  return verb < 0 ? plain : plain.slice(0, verb + 1);
}

/** Words that may be verbs: neither options nor directly behind one that may take a value. */
function plainWords(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word, index) => {
    if (word.startsWith("-") || /[\s/:=.@]/.test(word)) return false;
    const before = words[index] ?? "";
    return (
      index === 0 ||
      !before.startsWith("-") ||
      before.includes("=") ||
      before === "--" ||
      /^--(?:debug|verbose|quiet|no-\S+|all\S*)$|^-n[a-z]\S+/.test(before)
    );
  });
}
