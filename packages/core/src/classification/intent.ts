// The built-in advisor: says "safe" when the command, or the prose around it, states that somebody only wants to look. Otherwise it is silent.
// A command with its description goes in, an opinion or none comes out. Independent of the scanner in code and vocabulary; pure.

import { gitIntent } from "./intent-git.ts";
import { segmentsOf } from "./intent-segments.ts";
import {
  ALSO_NOUNS,
  asksInSql,
  BETRAYING,
  BETRAYING_OPTIONS,
  CHANGING,
  GH_SENDS,
  LISTED,
  NEVER,
  PRINTING,
  PRINTS_WITH,
  READING,
  READING_COMPOUND,
  SHAPES,
  VERB_FIRST,
} from "./intent-vocabulary.ts";
import type { Intent } from "./intent-words.ts";
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
  if (asksInSql(context.command)) return safe(0.95, "The statement only asks.");
  switch (textIntent(context.command, 0)) {
    case "read":
      return safe(0.95, "Every part of the command only reads.");
    case "change":
      return silent("a word of the command changes something, or the command could not be followed");
    case "none":
      return toldByProse(context)
        ? safe(0.9, "The description asks to look, and no word of the command says otherwise.")
        : silent("no positive read intent");
  }
}

function toldByProse(context: StepContext): boolean {
  return READING_PROSE.test(context.description) && !(context.section !== null && CHANGING_PROSE.test(context.section));
}

/** The strictest intent of all simple commands in a text; what cannot be followed or writes a file changes something. */
function textIntent(text: string, depth: number): Intent {
  const segments = segmentsOf(text, depth);
  if (segments === null || segments.length === 0 || segments.some((segment) => segment.writes)) return "change";
  const intents = segments.map((segment) => intentOf(segment.words, depth));
  if (intents.includes("change")) return "change";
  return intents.includes("none") ? "none" : "read";
}

function intentOf(words: readonly string[], depth: number): Intent {
  const [first, ...rest] = words;
  if (first === undefined || depth > 6) return "none";
  if (isShellGlue(words)) return "read";
  if (SHELL_WORDS.has(first)) return intentOf(rest, depth + 1);
  if (/^[A-Za-z_]\w*=/.test(first)) return assignmentIntent(first, rest, depth);
  const wrapper = WRAPPERS.get(first);
  if (wrapper !== undefined) return wrapperIntent(wrapper(rest), depth + 1);
  const program = first.replace(/^.*\//, "");
  return NEVER.has(program) ? "change" : programIntent(program, words);
}

/** `shell`: a text for another shell; `words`: a command of its own; `null`: the wrapper by itself only prints. */
type Wrapped = { readonly shell: string } | { readonly words: readonly string[] } | null;

function wrapperIntent(wrapped: Wrapped, depth: number): Intent {
  if (wrapped === null) return "read";
  return "shell" in wrapped ? textIntent(wrapped.shell, depth) : intentOf(wrapped.words, depth);
}

const command = (rest: readonly string[]): Wrapped => ({ words: withoutOptions(rest) });

const shellCommand = (rest: readonly string[]): Wrapped => {
  const at = rest.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const isPlain = at >= 0 && rest.slice(0, at).every((word) => word.startsWith("-") || word === "pipefail");
  const text = isPlain ? rest.slice(at + 1).find((word) => !word.startsWith("-")) : undefined;
  return text === undefined ? { words: [] } : { shell: text };
};

/** The command inside `timeout 5 ...`, `xargs ...`, `sh -c '...'`. */
const WRAPPERS: ReadonlyMap<string, (rest: readonly string[]) => Wrapped> = new Map([
  ...["nice", "ionice", "stdbuf", "builtin", "busybox", "xargs"].map((name) => [name, command] as const),
  ...["bash", "sh", "zsh", "dash", "ksh", "fish"].map((name) => [name, shellCommand] as const),
  ["timeout", (rest: readonly string[]): Wrapped => ({ words: withoutOptions(rest).slice(1) })] as const,
  ["watch", (rest: readonly string[]): Wrapped => ({ shell: withoutOptions(rest).join(" ") })] as const,
  ["command", (rest: readonly string[]): Wrapped => (/^-[vV]$/.test(rest[0] ?? "") ? null : { words: rest })] as const,
  [
    "env",
    (rest: readonly string[]): Wrapped => (rest.every((word) => word.startsWith("-")) ? null : { words: withoutOptions(rest) }),
  ] as const,
]);

function programIntent(program: string, words: readonly string[]): Intent {
  if (program === "find") return findIntent(words);
  if (PRINTING.has(program)) return printingIntent(program, words);
  if (asksForHelp(words)) return "read";
  if (program === "git") return gitIntent(words);
  const sends = program === "gh" && words[1] === "api" ? GH_SENDS.test(joined(words)) : null;
  if (sends !== null) return sends ? "change" : "read";
  const shape = SHAPES.get(program);
  return shape === undefined ? verbIntent(words) : shapeIntent(shape, words);
}

function shapeIntent(shape: RegExp, words: readonly string[]): Intent {
  return shape.test(joined(words)) ? "read" : "change";
}

/** The words behind the program, a blank before each and one at the end. */
function joined(words: readonly string[]): string {
  return ` ${words.slice(1).join(" ")} `;
}

/** `--help` last, or `help` first: nothing is done, whatever the verb. */
function asksForHelp(words: readonly string[]): boolean {
  return (
    (/^(?:--help|-help|-h|--version)$/.test(words.at(-1) ?? "") && !words.some((word) => word.startsWith("--force"))) || words[1] === "help"
  );
}

/** Variables that change what a program does; others are only handed on. */
const STEERING = /^(?:PATH|LD_|BASH_ENV|ENV|IFS|PAGER|GIT_|\w*CONFIG|\w*OPTIONS|\w*OPTS)/;

/** `for x in a b`, `done`: words of the shell that run nothing themselves. */
function isShellGlue([first = "", ...rest]: readonly string[]): boolean {
  return first === "for" || first === "case" || (rest.length === 0 && SHELL_ALONE.has(first));
}

function assignmentIntent(assignment: string, rest: readonly string[], depth: number): Intent {
  if (rest.length === 0) return "read";
  return STEERING.test(assignment) ? "change" : intentOf(rest, depth + 1);
}

/** Drops leading options; a value stays behind only for the short forms that take a separate one. */
function withoutOptions(words: readonly string[]): readonly string[] {
  let at = 0;
  while ((words[at] ?? "").startsWith("-")) at += /^-[nIPLsdEiouk]$/.test(words[at] ?? "") ? 2 : 1;
  return words.slice(at);
}

function printingIntent(program: string, words: readonly string[]): Intent {
  const line = joined(words);
  if (PRINTS_WITH[program]?.test(line) === false) return "none";
  return BETRAYING[program]?.some((pattern) => pattern.test(line)) === true ? "change" : "read";
}

/** What `-exec` runs counts like a command of its own. */
function findIntent(words: readonly string[]): Intent {
  if (printingIntent("find", words) !== "read") return "change";
  for (const [index, word] of words.entries()) {
    if (!/^-exec(?:dir)?$/.test(word)) continue;
    const rest = words.slice(index + 1);
    const end = rest.findIndex((other) => other === ";" || other === "+");
    const inner = intentOf(rest.slice(0, end < 0 ? rest.length : end), 3);
    if (inner !== "read") return "change";
  }
  return "read";
}

/** Programs with sub-commands: the first verb among the words decides, and no option may betray it. */
function verbIntent(words: readonly string[]): Intent {
  if (words.slice(1).some((word) => BETRAYING_OPTIONS.test(word))) return "change";
  if (meaningOf(words[0] ?? "") === "change") return "change";
  const plain = verbWords(words);
  if (plain.includes("can-i")) return "read";
  const meanings = plain.map((word) => meaningOf(word));
  const changes = meanings.some((meaning, index) => meaning === "change" && !isThing(plain[index] ?? "", meanings[index + 1]));
  if (changes) return "change";
  if (meanings.includes("read")) return "read";
  return plain.length <= 3 && LISTED.has(plain.at(-1) ?? "") ? "read" : "none";
}

/** `gh run list`, `az failover-group show`: the name of a thing, because a reading verb follows at once. */
function isThing(word: string, next: Intent | undefined): boolean {
  return (
    next === "read" &&
    (ALSO_NOUNS.has(word) || word.includes("-")) &&
    !/^(?:un|re)?(?:delete|remove|create|start|stop|abandon|recreate|promote|simulate|sign)\b/.test(word)
  );
}

function meaningOf(word: string): Intent {
  const lower = word.toLowerCase();
  if (CHANGING.has(lower)) return "change";
  if (READING.has(lower) || READING_COMPOUND.test(lower)) return "read";
  const first = /^([a-z]+)-/.exec(lower)?.[1] ?? "";
  if (CHANGING.has(first)) return "change";
  return READING.has(first) ? "read" : "none";
}

/** Behind the verb of `kubectl get` only names follow, whatever they say; elsewhere the verb may stand last. */
function verbWords(words: readonly string[]): readonly string[] {
  const plain = plainWords(words).slice(0, 7);
  const verb = VERB_FIRST.has(words[0] ?? "") ? plain.findIndex((word) => meaningOf(word) === "read") : -1;
  return verb < 0 ? plain : plain.slice(0, verb + 1);
}

/** Words that may be verbs: neither options nor directly behind one that may take a value. */
function plainWords(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word, index) => {
    if (word.startsWith("-") || /[\s/:=.@]/.test(word)) return false;
    const before = words[index] ?? "";
    return index === 0 || !before.startsWith("-") || before.includes("=") || before === "--";
  });
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
