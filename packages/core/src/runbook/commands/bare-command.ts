// Finds commands that stand in prose without any mark ("Check pods: kubectl get pods -n pay | grep -v Running, then ...").
// A paragraph with its code spans masked goes in; offsets of the commands come out. It ends a command where the sentence goes on.

import { programKind } from "./programs.ts";
import { startsCommand } from "./starts-command.ts";

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const OPENING: Readonly<Record<string, string>> = { "'": "'", "“": "”", '"': '"', "«": "»", "‘": "’", "(": ")" };
const QUOTE_END: Readonly<Record<string, string>> = { "'": "'", '"': '"', "‘": "’", "“": "”" };
const PROSE_FOLLOWS =
  /\s+(?:and|should|which|until|then|so that|before|after|where|it|if|but|because|when|while|must|will|shows?|returns?|again|once|as|manually|to (?:see|check|verify|confirm|get|find|make|ensure|list|show|view|restart|the|be|do)|on (?:the|each|all|every|any|a)|in (?:the|order|a|its|their|this|that|your)|gave|gives|returned|showed|printed|reported|on both|on host|at \d|from (?:the|your|a)|for (?:the|each|a)|with (?:the|a)|within (?:the|a|an)|via|first(?=[).,;]|$)|==?>|-+>|→|…|(?:—|–)(?![—–])|-|\()(?=\s|$|[^\w-])|\s+\((?:should|must|has|have|expect\w*|see|about|takes?|or|e\.g|i\.e|this|the|it|needs?|only|not|\d+ \p{L}+)\b|\s+\(\p{L}+(?: [\p{L}\d'’-]+){2,30}[^()\n]{0,200}\)/iuy;

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

/** Asked at the first of several blanks: the pattern reads over all of them. */
function proseFollows(text: string, at: number): boolean {
  if (/[ \t]/.test(text.charAt(at - 1))) return false;
  if (/(?:^|\s)su$/.test(text.slice(Math.max(0, at - 3), at))) return false;
  PROSE_FOLLOWS.lastIndex = at;
  return PROSE_FOLLOWS.test(text);
}

function endsSentence(text: string, behind: number): boolean {
  return /^(?:\s*$|\s+[\p{Lu}("“\uFFFC]|\s*\n)/u.test(text.slice(behind, behind + 40));
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[\s.,:!?…]/.test(text[last - 1] ?? "") && !/\s\.$/.test(text.slice(start, last))) last--;
  return last;
}
