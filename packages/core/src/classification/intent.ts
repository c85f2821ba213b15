// The built-in advisor: says "safe" when the command, or the prose around it, states that somebody only wants to look. Otherwise it is silent.
// A command with its description goes in, an opinion or none comes out. Independent of the scanner in code and vocabulary; pure.

import { gitIntent } from "./intent-git.ts";
import { type Segment, segmentsOf } from "./intent-segments.ts";
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
  SHAPE_ALIASES,
  SHAPES,
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
  const segments = segmentsOf(context.command);
  if (segments === null || segments.length === 0) return silent("the command could not be followed");
  if (segments.some((segment) => segment.writes)) return silent("the command writes a file");
  const intents = segments.map((segment) => intentOf(segment.words, 0));
  if (intents.includes("change")) return silent("a word of the command changes something");
  if (intents.every((intent) => intent === "read")) return safe(0.95, "Every part of the command only reads.");
  const toldByProse = READING_PROSE.test(context.description) && !CHANGING_PROSE.test(context.section ?? "");
  return toldByProse
    ? safe(0.9, "The description asks to look, and no word of the command says otherwise.")
    : silent("no positive read intent");
}

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
  return programIntent(program, words);
}

function programIntent(program: string, words: readonly string[]): Intent {
  if (program === "find") return findIntent(words);
  if (PRINTING.has(program)) return printingIntent(program, words);
  if (asksForHelp(words)) return "read";
  if (program === "git") return gitIntent(words);
  const shape = SHAPES[SHAPE_ALIASES[program] ?? program];
  if (shape !== undefined) return shape.test(joined(words)) ? "read" : "change";
  if (program === "gh" && words[1] === "api") return GH_SENDS.test(joined(words)) ? "change" : "read";
  return verbIntent(words);
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

function assignmentOrRest(words: readonly string[], depth: number): Intent {
  if (words.length > 1)
    return /^(?:PATH|LD_|BASH_ENV|ENV|IFS|PAGER|GIT_|\w*CONFIG|\w*OPTIONS|\w*OPTS)/.test(words[0] ?? "")
      ? "change"
      : intentOf(words.slice(1), depth + 1);
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
    case "busybox":
      return withoutOptions(words.slice(1));
    case "command":
      return /^-[vV]$/.test(words[1] ?? "") ? ["which"] : words.slice(1);
    case "xargs":
      return withoutOptions(words.slice(1));
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
  const at = words.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const plain = at > 0 && words.slice(1, at).every((word) => word.startsWith("-") || word === "pipefail");
  return plain ? (words.slice(at + 1).find((word) => !word.startsWith("-")) ?? "") : null;
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
  const plain = plainWords(words).slice(0, 7);
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
