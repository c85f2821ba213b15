// Tells whether a command begins at a word of the prose: by its program, by what leads to it, and by what follows.
// The masked paragraph and the place of a word go in; yes or no comes out. Where it ends is decided by its caller.

import { isInstruction } from "../meaning/instructions.ts";
import { isKeywordCall, looksLikeSentence } from "./command-shape.ts";
import { PROSE_WORDS, programKind, type ProgramKind } from "./programs.ts";

const LEAD =
  /(?:^|[:.!?]\s*\n|[?!.]\s|\bthen\b|[:“”"«‘]|(?:^|\s)'|(?<!\$)\(|\)\s|->|=>|→|—|–|…|\s-|\b(?:run|ran|(?<!\blong[ -])running|execut(?:e|ed|ing)|us(?:e|ing)|via|with|do|doing|repeat|e\.g\.|issu(?:e|ing)|typ(?:e|ing)|try|by|enter|invok(?:e|ing)|ejecutar|ausführen|mit|con|avec|com))[ \t]*(?:\$ +)?$/i;
/** A word of the prose, with what stands around it. */
interface Place {
  readonly text: string;
  readonly start: number;
  /** The word, as it would be typed. */
  readonly word: string;
  readonly before: string;
}

export function startsCommand(text: string, start: number, written: string): boolean {
  const place = { text, start, word: withTypedDash(written), before: text.slice(Math.max(0, start - 24), start) };
  const kind = programKind(place.word);
  if (kind === null) return opensUnknown(text, start) || opensKeywordCall(place);
  if (LEAD.test(place.before)) return followsLead(place, kind);
  return kind === "plain" && place.before.endsWith(", ") && hasShape(lineBehind(place)) && closesOrder(text, start);
}

/** The rest of the line behind the word. */
function lineBehind({ text, start, word }: Place): string {
  const from = start + word.length;
  return text.slice(from, from + 160).split("\n", 1)[0] ?? "";
}

function followsLead(place: Place, kind: NonNullable<ProgramKind>): boolean {
  const line = lineBehind(place);
  const next = /^[ \t]+(\S+)/.exec(line)?.[1];
  if (next === undefined) return false;
  const argument = withTypedDash(next);
  if (place.word === "step" && /^\d/.test(argument)) return false;
  if (place.word === "sudo") return programKind(argument.replace(/[.,;:)]+$/, "")) !== null || /^[-–—]/.test(argument);
  if (kind === "plain") return followsPlain(argument, line, place.before);
  return followsWordlike(argument, line) || isVerbOf(place, kind, argument);
}

/** "Run bin/gerrit.sh run", `printf '%s'`: what follows is no option and no path, and belongs to the program all the same. */
function isVerbOf({ word, before }: Place, kind: ProgramKind, argument: string): boolean {
  if (kind !== "path") return word === "printf" && /^["'‘“]/.test(argument);
  return /\b(?:run|execute)[ \t]*$/i.test(before) && /^[a-z]+$/.test(argument) && !PROSE_WORDS.has(argument);
}

/** `apt–get`: the dash that a word processor drew inside a name. */
function withTypedDash(word: string): string {
  return /[–—]/.test(word) ? word.replace(/(?<=\w)[–—](?=\w)/g, "-") : word;
}

/** Up to the last closed bracket behind which the sentence goes on. */
function opensKeywordCall({ text, start, word }: Place): boolean {
  if (!/^[A-Z][A-Z0-9]{4}/.test(word)) return false;
  return isKeywordCall(/^\w+(?: [A-Z]+\([^()\n]*\))*/.exec(text.slice(start, start + 300))?.[0] ?? "");
}

/** "make a copy before you touch it, terraform state pull > x": behind the comma of an order, up to the end of the line. */
function closesOrder(text: string, start: number): boolean {
  if (!/[\p{L}\d)], $/u.test(text.slice(Math.max(0, start - 3), start))) return false;
  const line = lineFrom(text, start);
  return !/, (?!.*[-/$])/.test(line) && isInstruction(sentenceBefore(text, start, /\n|[.!?:]\s/)) && !looksLikeSentence(line);
}

function lineFrom(text: string, start: number): string {
  return text.slice(start, start + 300).split("\n", 1)[0] ?? "";
}

function sentenceBefore(text: string, start: number, end: RegExp): string {
  return (
    text
      .slice(Math.max(0, start - 200), start)
      .split(end)
      .at(-1) ?? ""
  );
}

/** "Let it take jobs again: rendertool node --enable x": a program nobody here knows ends an order that a colon closes. */
const UNKNOWN = /^[a-z][\w./-]+(?: [\w./<>-]+){0,3} (?:[-–—]{1,2}[a-z][\w-]*(?:[ =][^!?]*)?|[a-z]\w*=\S+(?: \S+)*)$/;

function opensUnknown(text: string, start: number): boolean {
  if (!isBehindColon(text, start)) return false;
  const call = /^.*?(?=[.!?]\s+\p{Lu}|[.!?]?$)/u.exec(lineFrom(text, start).trim())?.[0] ?? "";
  const isTold = isInstruction(sentenceBefore(text, start, /\n|[.!?]\s/)) || /^\S+\/\S+\s.*--[a-z]/.test(call);
  return UNKNOWN.test(call) && isTold && !looksLikeSentence(call.replace(/[–—]/g, "-"));
}

/** Two single characters decide for most words. */
function isBehindColon(text: string, start: number): boolean {
  if (!/[ \t]/.test(text.charAt(start - 1)) || !/[:： \t]/.test(text.charAt(start - 2))) return false;
  return /[:：][ \t]+$/.test(text.slice(Math.max(0, start - 8), start));
}

function followsPlain(argument: string, line: string, before: string): boolean {
  return hasArgument(argument, line) && (hasShape(line) || !(before === "" || WEAK_LEAD.test(before)));
}

function followsWordlike(argument: string, line: string): boolean {
  if (/^(?:https?:|[=!<>]=)/.test(argument)) return false;
  if (/^[ \t]+[\w@.-]+[ \t]+(?:start|stop|restart|status|reload)\s*$/.test(line)) return true;
  if (/^\d+[smh]?$/.test(argument) && programKind(/^[ \t]+\S+[ \t]+(\S+)/.exec(line)?.[1] ?? "") !== null) return true;
  return /^[-–—]{1,2}[A-Za-z]|^[~./$<]|[/=]|\.\w/.test(argument) || /^[ \t]+\S+[ \t]+[-–—]{1,2}[A-Za-z]/.test(line);
}

const WEAK_LEAD = /(?:^|\n|[?!.]\s|\bthen\b|\b(?:us(?:e|ing)|via|with|by|try|enter|mit|con|avec|com))[ \t]*$/i;

/** `nomad job stop x`: a verb of the program follows. */
const NAMES_JOB = /^[ \t]+job[ \t]+(?:status|stop|run|start|eval|inspect|list|restart|plan|history|revert|allocs|logs)\b/;

/** `gcloud container clusters`: words of a sentence that are subcommands as well. */
const NAMES_THING = /^(?:clusters?|servers?|containers?|roles?|sessions?|pods?|services?|credentials|permissions)$/;

/** The word behind the program is no prose. */
function hasArgument(next: string, line: string): boolean {
  const bare = next.toLowerCase().replace(/[.,:;)]+$/, "");
  if (bare === "job" && NAMES_JOB.test(line)) return true;
  if (/^\d+(?:\.\d+)*$/.test(bare) && bare !== next) return false;
  if (NAMES_THING.test(bare) && /\s--[a-z]/.test(line)) return true;
  return next.startsWith("-") || !(PROSE_WORDS.has(bare) || NO_ARGUMENT.test(bare));
}

/** "manually", "passing", and words that say what the program is. */
const NO_ARGUMENT = /ly$|^[a-z]{4,}ing$|^(?:console|health|v\d+|jobs?|being|checks|make)$/;

/** "using kubectl get pods -n x": an option, a path or the like says that the words are a command. */
function hasShape(line: string): boolean {
  const [call = ""] = line.slice(0, 120).split(/[?!]\s|\s-+>\s/, 1);
  return /\s[-–—]{1,2}[A-Za-z]|[|=/<$]/.test(call);
}
