// The built-in advisor: says "safe" when the command, or the prose around it, states that somebody only wants to look. Otherwise it is silent.
// A command with its description goes in, an opinion or none comes out. Independent of the scanner in code and vocabulary; pure.

import { hazardIn } from "./intent-hazards.ts";
import { programOnlyReads } from "./intent-programs.ts";
import { announcesChange, announcesLook } from "./intent-prose.ts";
import { type Segment, segmentsOf } from "./intent-segments.ts";
import { isBareQuestion } from "./intent-sql.ts";
import { verbIntent } from "./intent-verbs.ts";
import { ANY_OPERANDS } from "./intent-printing.ts";
import { HAS_VERBS, holdsChange, NEVER } from "./intent-vocabulary.ts";
import type { Intent } from "./intent-words.ts";
import { WRAPPERS, type Wrapped } from "./intent-wrappers.ts";
import type { AdvisorAnswer, StepContext } from "./types.ts";

const VERSION = "2.0.0";

/** Characters; what is longer is no look at something. */
const MAX_COMMAND = 8_000;
const MAX_PROSE = 2_000;

/** Words of the shell itself in front of a command. */
const SHELL_WORDS: ReadonlySet<string> = new Set(["if", "then", "else", "elif", "do", "!", "time"]);
const SHELL_ALONE: ReadonlySet<string> = new Set(["done", "fi", "esac", "{", "}", "break", "continue", "wait", "exit", "[[", "(("]);
const LOOPS: ReadonlySet<string> = new Set(["while", "until"]);
/** What a loop may wait for. */
const ENDS = /^(?:read|IFS=.*|\[|\[\[|test|!|\(\()$/s;

/**
 * @returns "safe" with confidence 0.95 (by the command) or 0.9 (by the prose alone), or an answer without opinion that says why
 */
export function adviseIntent(given: StepContext): AdvisorAnswer {
  if (given.command.length > MAX_COMMAND) return silent("the command is too long to be followed");
  const context = {
    ...given,
    description: given.description.slice(0, MAX_PROSE),
    neighbours: given.neighbours.map((text) => text.slice(0, MAX_PROSE)),
  };
  if (announcesChange(context)) return silent("the description announces a change");
  if (isBareQuestion(context.command)) return safe(0.95, "The statement only asks.");
  const finding = textIntent(context.command, 0);
  if (finding.intent === "read") return safe(0.95, "Every part of the command only reads.");
  if (finding.intent === "change") return silent(finding.because);
  if (!announcesLook(context) || holdsChange(context.command)) return silent("no positive read intent");
  return safe(0.9, "The description asks to look, and no word of the command says otherwise.");
}

/** A simple command, perhaps under a time limit. */
interface Command extends Segment {
  readonly isBounded?: true;
}

interface Finding {
  readonly intent: Intent;
  /** Why there is no opinion. */
  readonly because: string;
}

const READ: Finding = { intent: "read", because: "" };
const NONE: Finding = { intent: "none", because: "no positive read intent" };
const UNFOLLOWED = change("the command could not be followed");
const CHANGES = change("a word of the command changes something");

function change(because: string): Finding {
  return { intent: "change", because };
}

/** The strictest intent of all simple commands in a text; what cannot be followed or writes a file changes something. */
function textIntent(text: string, depth: number): Finding {
  const segments = segmentsOf(text, depth);
  if (segments === null || segments.length === 0) return UNFOLLOWED;
  const findings = segments.map((segment) => (segment.writes ? change("it writes a file") : intentOf(segment, depth)));
  return findings.find(({ intent }) => intent === "change") ?? findings.find(({ intent }) => intent === "none") ?? READ;
}

function intentOf(segment: Command, depth: number): Finding {
  const [first, ...rest] = segment.words;
  if (first === undefined || depth > 8) return UNFOLLOWED;
  const behind: Command = { ...segment, words: rest };
  const byShell = shellWordIntent(first, behind, depth);
  if (byShell !== null) return byShell;
  if (/^[A-Za-z_]\w*=/.test(first)) return assignmentIntent(first, behind, depth);
  const program = programName(first);
  return program === null ? UNFOLLOWED : namedIntent(program, { ...segment, words: [program, ...rest] }, depth);
}

/** Words of the shell itself, which run nothing or what stands behind them; null for everything else. */
function shellWordIntent(first: string, behind: Command, depth: number): Finding | null {
  if (isShellGlue([first, ...behind.words])) return READ;
  const [second = ""] = behind.words;
  if (first === "time" && second.startsWith("-")) return wrapperIntent("time", behind, depth);
  if (LOOPS.has(first)) return ENDS.test(second) ? intentOf(behind, depth + 1) : change("it may never end");
  if (!SHELL_WORDS.has(first)) return null;
  return second === "" ? READ : intentOf(behind, depth + 1);
}

function namedIntent(program: string, segment: Command, depth: number): Finding {
  if (isLoose(program, segment)) return change("a word of it may become an option");
  const hazard = hazardIn(
    program,
    [...segment.words, ...(segment.input?.file === undefined ? [] : [segment.input.file])],
    segment.isBounded === true,
  );
  if (hazard !== null) return change(hazard);
  if (asksForHelp(segment.words)) return READ;
  const known = programOnlyReads(program, segment, (words) => intentOf({ ...segment, words, input: null }, depth + 1).intent === "read");
  if (known === true) return READ;
  if (WRAPPERS.has(program)) return wrapperIntent(program, { ...segment, words: segment.words.slice(1) }, depth);
  if (known === false) return CHANGES;
  if (NEVER.has(program)) return change("it runs, connects or changes something");
  return unknownIntent(segment);
}

/** By verbs; a program whose words say nothing may still be a look when the prose says so. */
function unknownIntent({ words, input }: Segment): Finding {
  const intent = verbIntent(words);
  if (intent === "change") return CHANGES;
  if (intent === "read") return READ;
  return input === null && !HAS_VERBS.has(words[0] ?? "") ? NONE : UNFOLLOWED;
}

/** A path other than the system's own folders may be anything, and so may a variable. */
function programName(first: string): string | null {
  const name = first.replace(/^\/(?:usr\/(?:local\/)?)?s?bin\//, "");
  return /^(?:[\w.+-]+|\[|:)$/.test(name) && !name.startsWith("-") ? name : null;
}

/** Words that nobody can see here, in front of a program that has options to fear. */
function isLoose(program: string, { words, loose }: Segment): boolean {
  if (ANY_OPERANDS.has(program)) return false;
  const isHidden = words.some(
    (word, index) => index > 0 && /^\$/.test(word) && !/^\$[?#$]$/.test(word) && !/^-/.test(words[index - 1] ?? ""),
  );
  return loose || (isHidden && /^(?:sort|find|uniq|xxd|sed|curl|tar|rsync|wget|git|psql|mysql)$/.test(program));
}

function wrapperIntent(name: string, command: Command, depth: number): Finding {
  const wrapped: Wrapped = WRAPPERS.get(name)?.(command.words) ?? { kind: "lost" };
  switch (wrapped.kind) {
    case "prints":
      return READ;
    case "lost":
      return UNFOLLOWED;
    case "shell":
      return textIntent(wrapped.text, depth + 1);
    case "words":
      return intentOf(insideOf(name, command, wrapped.words, wrapped.fed), depth + 1);
  }
}

/** @param fed - the wrapper adds words of its own, which nobody can see here */
function insideOf(name: string, { input, loose, writes, isBounded }: Command, words: readonly string[], fed: boolean): Command {
  const mayHoldOptions = fed && !ANY_OPERANDS.has(words[0] ?? "");
  const inside = { words, input: fed ? null : input, loose: loose || mayHoldOptions, writes };
  return name === "timeout" || isBounded === true ? { ...inside, isBounded: true } : inside;
}

/** `--help` last, or `help` first: nothing is done, whatever the verb. Not behind an option that may take it for its value. */
function asksForHelp(words: readonly string[]): boolean {
  const [program = "", second = "", ...rest] = words;
  if (words.length === 2) return isHelpAlone(program, second);
  const isPlain = words.slice(0, -1).every((word) => /^\w[\w.-]*$/.test(word) && !/^(?:exec|run|debug|rsh|ssh|start|shell)$/.test(word));
  if (!isPlain || NEVER.has(program) || words.length > 5) return false;
  return words.at(-1) === "--help" || (second === "help" && rest.every((word) => /^[\w-]+$/.test(word)));
}

/** `-h` and `-V` mean something else to some programs (`shutdown -h`). */
function isHelpAlone(program: string, option: string): boolean {
  if (/^(?:--help|--?version|-help)$/.test(option)) return true;
  return (option === "-h" && !NEVER.has(program)) || (option === "-V" && !/^(?:mount|umount|kill)/.test(program));
}

/** Variables that change what a program does; others are only handed on. */
const STEERING =
  /^(?:PATH|LD_\w+|BASH_\w+|ENV|IFS|PS\d|PROMPT\w*|\w*PAGER|GIT_\w+|SHELL\w*|EDITOR|VISUAL|BROWSER|LESS\w*|PERL5\w*|RUBY\w*|PYTHON\w*|NODE_\w+|_?JAVA_\w+|TAR_\w+|GREP_\w+|GCONV\w*|LOCPATH|KUBECTL_\w+|\w*CONFIG\w*|\w*OPTIONS|\w*OPTS|\w*_proxy|\w*_PROXY|\w*_RSH|\w*_DIFF|\w*ENDPOINT|HOME|TMPDIR|DYLD_\w+|OPENSSL_\w+)\+?=/;

/** `for x in a b`, `done`: words of the shell that run nothing themselves. */
function isShellGlue([first = "", ...rest]: readonly string[]): boolean {
  if (first === "set") return rest.every((word) => /^-[eux]*o?$|^[-+]o$|^pipefail$|^-euo$/.test(word)) && rest.length > 0;
  return (
    first === "for" ||
    first === "case" ||
    (rest.length === 0 && SHELL_ALONE.has(first)) ||
    (first === "exit" && /^\d*$/.test(rest.join("")))
  );
}

function assignmentIntent(assignment: string, behind: Command, depth: number): Finding {
  if (/^IFS=.{0,3}$/s.test(assignment) && behind.words[0] === "read") return intentOf(behind, depth + 1);
  if (/^PGOPTIONS=-c (?:statement_timeout|default_transaction_read_only)=\w+$/.test(assignment)) return intentOf(behind, depth + 1);
  if (STEERING.test(assignment)) return change("it sets a variable that steers programs");
  return behind.words.length === 0 ? READ : intentOf(behind, depth + 1);
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
