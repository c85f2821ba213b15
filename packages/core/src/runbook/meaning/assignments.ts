// Finds the variables that a command gives a value: `NS=shop`, `export A=x B=y`, `POD=$(...)`, `arr=(...)`, `for n in`, `read x`, `$x = ...`.
// A command text goes in; names come out with the place from which on they have it. An empty value or `...` gives none.

import { BODY, quotedText } from "./quoted-text.ts";

export interface Assignment {
  readonly name: string;
  /** Offset in the text from which on the name has its value. */
  readonly from: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
}

/** Longer texts are no commands to fill in. */
const MAX_TEXT_LENGTH = 16 * 1024;

const NAME = /^[A-Za-z_]\w*$/;
const ASSIGNS = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=(?!=)([\s\S]*)$/;
/** What the author left out is no value. */
const NO_VALUE = /^(?:""|''|["']?(?:\.{3}|…)["']?)?$/;
const KEYWORDS = new Set("then do else elif if while until time ! {".split(" "));
const DECLARES = new Set("export declare typeset readonly local let set setx".split(" "));
/** Options of `read` that take a word of their own. */
const READ_OPTIONS = /^-\w*[dinNptu]$/;

const POWERSHELL =
  /(?:^|[;\n{(|])\s*(?:\[[\w.[\]]+\]\s*)?\$(?:(?:script|global|local|private|env):)?([A-Za-z_]\w*)\s*(?:[+-]|\?\?)?=(?!=)|\bforeach\s*\(\s*\$([A-Za-z_]\w*)\s+in\b|\s-(?:OutVariable|ov|ErrorVariable|PipelineVariable)\s+\+?(\w+)|\b(?:Set|New)-Variable\s+(?:-Name\s+)?(\w+)/gi;

/** Without one of these a command gives nothing a value. */
const MAY_ASSIGN = /=|\b(?:read|for|select|mapfile|readarray|printf|getopts|set|foreach)\b|variable/i;

export function findAssignments(text: string): readonly Assignment[] {
  if (text.length > MAX_TEXT_LENGTH || !MAY_ASSIGN.test(text)) return [];
  const inPowerShell = [...text.matchAll(POWERSHELL)].map((match) => ({
    name: match.slice(1).find((name) => name !== undefined) ?? "",
    from: match.index,
  }));
  return [...inPowerShell, ...splitWords(text).flatMap(assignedBy)];
}

function assignedBy(words: readonly Word[]): readonly Assignment[] {
  const first = words.findIndex(({ text }) => !KEYWORDS.has(text));
  const own = first === -1 ? [] : words.slice(first);
  const command = own.findIndex(({ text }) => !ASSIGNS.test(text));
  if (command === -1) return own.flatMap(assignment);
  return settled(own.slice(command));
}

/** What a builtin gives a value; an assignment in front of another program is for that program alone. */
function settled([command, ...words]: readonly Word[]): readonly Assignment[] {
  const redirection = words.findIndex(({ text }) => /^\d*[<>]/.test(text));
  const rest = redirection === -1 ? words : words.slice(0, redirection);
  const builtin = command?.text ?? "";
  if (DECLARES.has(builtin)) return declared(rest);
  return named(BUILTINS.get(builtin)?.(rest) ?? []);
}

/** Which words name what the builtin gives a value. */
const BUILTINS: ReadonlyMap<string, (words: readonly Word[]) => readonly Word[]> = new Map([
  ["for", (words) => words.slice(0, 1)],
  ["select", (words) => words.slice(0, 1)],
  ["read", (words) => words.filter((_, index) => !READ_OPTIONS.test(words[index - 1]?.text ?? ""))],
  ["mapfile", (words) => words.slice(-1)],
  ["readarray", (words) => words.slice(-1)],
  ["printf", (words) => (words[0]?.text === "-v" ? words.slice(1, 2) : [])],
  ["getopts", (words) => words.slice(1, 2)],
]);

/** `set -gx NAME value` of fish as well. */
function declared(words: readonly Word[]): readonly Assignment[] {
  const [first, second, ...rest] = words;
  const isFish = first?.text.startsWith("-") === true && second !== undefined && rest.length > 0 && NAME.test(second.text);
  return isFish && !words.some(({ text }) => ASSIGNS.test(text)) ? named([second]) : words.flatMap(assignment);
}

function assignment({ text, start }: Word): readonly Assignment[] {
  const [, name, value = ""] = ASSIGNS.exec(text) ?? [];
  return name === undefined || NO_VALUE.test(value) ? [] : [{ name, from: start + text.length }];
}

function named(words: readonly Word[]): readonly Assignment[] {
  return words.filter(({ text }) => NAME.test(text)).map(({ text, start }) => ({ name: text, from: start }));
}

/** Words of each statement, quotes and substitutions kept in their word; bodies of here-documents belong to none. */
function splitWords(text: string): readonly (readonly Word[])[] {
  const flags = quotedText(text);
  const statements: Word[][] = [[]];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const isBody = ((flags[at] ?? 0) & BODY) !== 0;
    if (!isBody && !endsWord(text, at, start)) {
      if (start === -1) start = at;
      at = skipGroup(text, at);
      continue;
    }
    if (start !== -1) statements.at(-1)?.push({ text: text.slice(start, at), start });
    start = -1;
    if (!isBody && SEPARATORS.has(text.charAt(at))) statements.push([]);
  }
  return statements;
}

const SEPARATORS = new Set("\n;&|()");

/** A bracket belongs to the word behind `=` and `$`, and opens a subshell elsewhere. */
function endsWord(text: string, at: number, start: number): boolean {
  const char = text.charAt(at);
  if (char === "(") return start === -1 || !"=$".includes(text.charAt(at - 1));
  return char === "" || SEPARATORS.has(char) || /\s/.test(char);
}

const CLOSES: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "(": ")" };

/** @returns the last character of the quote or bracket that opens here, else the place itself */
function skipGroup(text: string, at: number): number {
  const opened = text.charAt(at);
  if (opened === "\\") return at + 1;
  const close = CLOSES[opened];
  if (close === undefined) return at;
  let depth = 0;
  for (let next = at + 1; next < text.length; next++) {
    const char = text.charAt(next);
    if (char === "\\" && opened !== "'") next++;
    else if (char === close && depth === 0) return next;
    else if (char === close) depth--;
    else if (char === opened) depth++;
  }
  return text.length - 1;
}
