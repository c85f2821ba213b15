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
  if (words.slice(1).some((word) => betrays(word))) return "change";
  if (meaningOf(words[0] ?? "") === "change") return "change";
  if (words.some((word, index) => isSwallowed(words, word, index))) return "change";
  const plain = verbWords(words);
  if (plain.includes("can-i")) return "read";
  const meanings = plain.map((word) => meaningOf(word));
  const changes = meanings.some((meaning, index) => meaning === "change" && !isThing(plain[index] ?? "", readingWordBehind(plain, index)));
  if (changes || MORE_THAN_READING.test(` ${words.join(" ")} `)) return "change";
  if (meanings.includes("read")) return "read";
  return !/^(?:gcloud|az|aws|gsutil)$/.test(words[0] ?? "") && plain.length <= 3 && LISTED.has(plain.at(-1) ?? "") ? "read" : "none";
}

/** `--and-delete`, `--purge-after`, but not `--show-deleted` or `--no-delete`: a changing word begins or follows "and". */
function betrays(word: string): boolean {
  return BETRAYING_OPTIONS.test(word) || /^--?(?:and|then|also)-\w+/.test(word);
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
const PREVIEWS: Readonly<Record<string, RegExp>> = {
  kubectl: /^--dry-run=(?:client|server)$/,
  oc: /^--dry-run=(?:client|server)$/,
  helm: /^--dry-run(?:=client)?$/,
  aws: /^--dry-?run$/,
  rclone: /^(?:--dry-run|-n)$/,
  gsutil: /^-n$/,
  restic: /^(?:--dry-run|-n)$/,
};
/** Options without a value, behind which a dry run is not swallowed. */
const ALONE = /^--(?:ignore-daemonsets|recursive|delete|quiet|force|delete-emptydir-data|all|wait|no-lock|exact-timestamps|prune)$/;

/** `kubectl apply -f x --dry-run=server`: once, and not as the value of the option before. */
function isPreview(words: readonly string[]): boolean {
  const form = PREVIEWS[words[0] ?? ""];
  const at = words.findIndex((word) => form?.test(word) === true);
  const before = words[at - 1] ?? "";
  const all = words.filter((word) => /dry-?run/.test(word));
  if (form === undefined || at < 2 || all.length > 1 || words.slice(0, at).includes("--")) return false;
  if (/^(?:exec|debug|cp|attach|port-forward|edit|plugin|configure|test|template|push|run-job|mount|serve)$/.test(words[1] ?? ""))
    return false;
  const isOwn =
    !before.startsWith("-") ||
    before.includes("=") ||
    ALONE.test(before) ||
    words[at] === "--dry-run=server" ||
    words[at] === "--dry-run=client";
  const swallowed = /^-[a-zA-Z]$|^--(?:namespace|context|filename|output|cluster|user|selector|field-manager)$/.test(before);
  return (
    isOwn &&
    !swallowed &&
    !(words[0] === "gsutil" && words[1] !== "rsync") &&
    !words.some((word) => /^--(?:post-renderer|kubeconfig|endpoint-url|edit|output-dir|password-command)/.test(word))
  );
}

/** The words that say of a thing that it is looked at. */
const NOUN_READS: ReadonlySet<string> = new Set(
  "list ls show get describe view status info inspect history logs log diff list-profiles details search".split(" "),
);

/** The first word behind this one that is no thing itself. */
function readingWordBehind(plain: readonly string[], index: number): string {
  return plain.slice(index + 1).find((word) => !ALSO_NOUNS.has(word)) ?? "";
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
