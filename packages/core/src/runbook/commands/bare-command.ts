// Finds commands that stand in prose without any mark ("Check pods: kubectl get pods -n pay | grep -v Running, then ...").
// A paragraph with its code spans masked goes in; offsets of the commands come out. It ends a command where the sentence goes on.

import { isInstruction } from "../meaning/instructions.ts";
import { isKeywordCall, looksLikeSentence } from "./command-shape.ts";
import { PROSE_WORDS, programKind } from "./programs.ts";

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const LEAD =
  /(?:^|[:.!?]\s*\n|[?!.]\s|\bthen\b|[:“”"«‘]|(?:^|\s)'|(?<!\$)\(|\)\s|->|=>|→|—|–|…|\s-|\b(?:run|ran|(?<!\blong[ -])running|execut(?:e|ed|ing)|us(?:e|ing)|via|with|doing|issu(?:e|ing)|typ(?:e|ing)|try|by|enter|invok(?:e|ing)|ejecutar|ausführen|mit|con|avec|com))[ \t]*(?:\$ +)?$/i;
const OPENING: Readonly<Record<string, string>> = { "'": "'", "“": "”", '"': '"', "«": "»", "‘": "’", "(": ")" };
const QUOTE_END: Readonly<Record<string, string>> = { "'": "'", '"': '"', "‘": "’", "“": "”" };
const PROSE_FOLLOWS =
  /\s+(?:and|should|which|until|then|so that|before|after|where|it|if|but|because|when|while|must|will|shows?|returns?|again|once|as|manually|to (?:see|check|verify|confirm|get|find|make|ensure|list|show|view|restart|the|be|do)|on (?:the|each|all|every|any|a)|in (?:the|order|a|its|their|this|that|your)|gave|gives|returned|showed|printed|reported|on both|on host|at \d|from (?:the|your|a)|for (?:the|each|a)|with (?:the|a)|within (?:the|a|an)|via|==?>|-+>|→|(?:—|–)(?![—–])|-|\()(?=\s|$|[^\w-])|\s+\((?:should|must|has|have|expect\w*|see|about|takes?|or|e\.g|i\.e|this|the|it|needs?|only|not|\d+ \p{L}+)\b|\s+\(\p{L}+(?: [\p{L}\d'’-]+){2,}[^()\n]*\)/iuy;

export function findBareCommands(masked: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  const word = /[^\s“”«»‘"'(][^\s“”«»‘"(]*/g;
  for (let match = word.exec(masked); match !== null; match = word.exec(masked)) {
    if (!startsCommand(masked, match.index, match[0])) continue;
    const end = commandEnd(masked, match.index);
    if (end - match.index <= match[0].length) continue;
    ranges.push({ start: match.index, end });
    word.lastIndex = end;
  }
  return ranges;
}

function startsCommand(text: string, start: number, written: string): boolean {
  const word = withTypedDash(written);
  const kind = programKind(word);
  const before = text.slice(Math.max(0, start - 24), start);
  if (kind === null) return opensUnknown(text, start) || (/^[A-Z][A-Z0-9]{4}/.test(word) && isKeywordCall(callAt(text, start)));
  const isLed = LEAD.test(before);
  if (!isLed && !(kind === "plain" && before.endsWith(", "))) return false;
  const [line = ""] = text.slice(start + word.length, start + word.length + 160).split("\n", 1);
  if (!isLed) return hasShape(line) && closesOrder(text, start);
  const next = /^[ \t]+(\S+)/.exec(line);
  if (next === null) return false;
  const argument = withTypedDash(next[1] ?? "");
  if (word === "sudo") return programKind(argument) !== null || /^[-–—]/.test(argument);
  if (kind === "plain") return followsPlain(argument, line, before);
  if (kind === "path" && /\b(?:run|execute)[ \t]*$/i.test(before) && /^[a-z]+$/.test(argument) && !PROSE_WORDS.has(argument)) return true;
  return followsWordlike(argument, line) || (word === "printf" && /^["'‘“]/.test(argument));
}

/** `apt–get`: the dash that a word processor drew inside a name. */
function withTypedDash(word: string): string {
  return /[–—]/.test(word) ? word.replace(/(?<=\w)[–—](?=\w)/g, "-") : word;
}

/** Up to the end of the line or of the last closed bracket behind which the sentence goes on. */
function callAt(text: string, start: number): string {
  return /^\w+(?: [A-Z]+\([^()\n]*\))*/.exec(text.slice(start, start + 300))?.[0] ?? "";
}

/** "make a copy before you touch it, terraform state pull > x": behind the comma of an order, up to the end of the line. */
function closesOrder(text: string, start: number): boolean {
  if (!/[\p{L}\d)], $/u.test(text.slice(Math.max(0, start - 3), start))) return false;
  const [line = ""] = text.slice(start, start + 300).split("\n", 1);
  const opening =
    text
      .slice(Math.max(0, start - 200), start)
      .split(/\n|[.!?:]\s/)
      .at(-1) ?? "";
  return !/, (?!.*[-/$])/.test(line) && isInstruction(opening) && !looksLikeSentence(line);
}

/** "Let it take jobs again: rendertool node --enable x": a program nobody here knows ends an order that a colon closes. */
const UNKNOWN = /^[a-z][\w./-]+(?: [\w./<>-]+){0,3} (?:[-–—]{1,2}[a-z][\w-]*(?:[ =][^!?]*)?|[a-z]\w*=\S+(?: \S+)*)$/;

function opensUnknown(text: string, start: number): boolean {
  if (!/[ \t]/.test(text.charAt(start - 1)) || !/[:： \t]/.test(text.charAt(start - 2))) return false;
  if (!/[:：][ \t]+$/.test(text.slice(Math.max(0, start - 8), start))) return false;
  const [line = ""] = text.slice(start, start + 300).split("\n", 1);
  const opening =
    text
      .slice(Math.max(0, start - 200), start)
      .split(/\n|[.!?]\s/)
      .at(-1) ?? "";
  const call = /^.*?(?=[.!?]\s+\p{Lu}|[.!?]?$)/u.exec(line.trim())?.[0] ?? "";
  const isTold = isInstruction(opening) || /^\S+\/\S+\s.*--[a-z]/.test(call);
  return UNKNOWN.test(call) && isTold && !looksLikeSentence(call.replace(/[–—]/g, "-"));
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
  return (
    next.startsWith("-") ||
    !(
      PROSE_WORDS.has(bare) ||
      bare.endsWith("ly") ||
      /^[a-z]{4,}ing$/.test(bare) ||
      /^(?:console|health|v\d+|jobs?|being|checks|make)$/.test(bare)
    )
  );
}

/** "using kubectl get pods -n x": an option, a path or the like says that the words are a command. */
function hasShape(line: string): boolean {
  return /\s--?[A-Za-z]|[|=/<$]/.test(line.slice(0, 120));
}

/** Offset behind the last character of the command that starts at `start`. */
function commandEnd(text: string, start: number): number {
  const closing = OPENING[text.slice(0, start).trimEnd().at(-1) ?? ""] ?? null;
  let quote: string | null = null;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== null) {
      if (char === quote) quote = null;
      continue;
    }
    if (stopsAt(text, at, start, closing)) break;
    quote = opensQuote(text, at, closing);
  }
  return trimmedEnd(text, start, at);
}

/** What closes the quote that opens here, if it closes on the same line. */
function opensQuote(text: string, at: number, closing: string | null): string | null {
  const char = text.charAt(at);
  const end = char === '"' && closing === '"' ? undefined : QUOTE_END[char];
  if (end === undefined) return null;
  const found = text.indexOf(end, at + 1);
  return found >= 0 && !text.slice(at, found).includes("\n") ? end : null;
}

function stopsAt(text: string, at: number, start: number, closing: string | null): boolean {
  const char = text.charAt(at);
  if (char === closing || /[\uFFFC”\n]/.test(char)) return true;
  if (char === ")") return closing === null && closesMore(text.slice(start, at));
  return STOPS[char]?.(text, at) === true;
}

/** The next bracket closes one that was opened in front of the command. */
function closesMore(command: string): boolean {
  return command.split("(").length <= command.split(")").length;
}

/** Marks behind which the sentence may go on, with the question whether it does. */
const STOPS: Readonly<Record<string, (text: string, at: number) => boolean>> = {
  " ": proseFollows,
  "\t": proseFollows,
  ",": (text, at) => /^.(?:\s|$)/.test(text.slice(at, at + 2)) && !/\s-\w+$/.test(text.slice(Math.max(0, at - 4), at)),
  ":": (text, at) => /^.(?:\s|$)/.test(text.slice(at, at + 2)),
  ".": (text, at) => /[^\s./]/.test(text.charAt(at - 1)) && endsSentence(text, at + 1),
  ";": (text, at) =>
    /^;\s+(?:if|then|otherwise|and|this|it|you)\b/i.test(text.slice(at, at + 16)) || wordsFollow(text.slice(at + 1, at + 60)),
};

/** "get ; tiene que salir": behind the mark stands no program and no shell word. */
function wordsFollow(text: string): boolean {
  const word = /^\s+([\p{L}]+)\s+\p{L}/u.exec(text)?.[1];
  return word !== undefined && programKind(word) === null && !/^(?:do|done|then|fi|else|elif|esac|for|while|if|case|in)$/.test(word);
}

function proseFollows(text: string, at: number): boolean {
  if (/(?:^|\s)su$/.test(text.slice(Math.max(0, at - 3), at))) return false;
  PROSE_FOLLOWS.lastIndex = at;
  return PROSE_FOLLOWS.test(text);
}

function endsSentence(text: string, behind: number): boolean {
  return /^(?:\s*$|\s+[\p{Lu}("“\uFFFC]|\s*\n)/u.test(text.slice(behind, behind + 40));
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[\s.,:!?]/.test(text[last - 1] ?? "") && !/\s\.$/.test(text.slice(start, last))) last--;
  return last;
}
