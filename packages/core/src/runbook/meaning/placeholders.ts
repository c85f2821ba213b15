// Finds what must be filled in inside a command: `<pod>`, `$POD`, `${POD}`, `{{pod}}`, `{pod}`, `[pod]`, `%POD%`, `POD_NAME`, `your-x`, `xxx`, `...`.
// A command text goes in, ranges come out in order and without overlap. Redirections, templates, jsonpath and shell variables proper stay.

import type { CommandLanguage } from "../types.ts";
import { CHOICES, isForeign, type PlaceholderStyle, STYLES } from "./placeholder-styles.ts";
import { LITERAL, quotedText } from "./quoted-text.ts";

export type { PlaceholderStyle } from "./placeholder-styles.ts";

export interface Placeholder {
  readonly start: number;
  readonly end: number;
  /** As written, marks included. */
  readonly text: string;
  /** Without marks; blanks and other characters become `_`. */
  readonly name: string;
  readonly style: PlaceholderStyle;
  /** For `<stop|start>`. */
  readonly choices?: readonly string[];
}

/** Longer texts are no commands to fill in; the scanner refuses them as well. */
const MAX_TEXT_LENGTH = 16 * 1024;

const NONE: ReadonlySet<string> = new Set();

/** A sign or letters without which no style of placeholder can stand in a text; most commands have none. */
const MAY_HOLD = /[<{%$[…]|\.{3}|\*{4}|[A-Z][A-Z0-9_]|[Yy]our[-_]|my-|[xX]\.|\.[xX]|[xX]{3}|_[a-z]|yyyy/;

/**
 * @param language - SQL knows neither shell variables nor capitals as placeholders
 * @param explained - words in capitals that the prose says are to be replaced; no other word needs telling
 */
export function findPlaceholders(
  text: string,
  language: CommandLanguage = "shell",
  explained: ReadonlySet<string> = NONE,
): readonly Placeholder[] {
  if (text.length > MAX_TEXT_LENGTH || !(MAY_HOLD.test(text) || (explained.size > 0 && /[A-Z]/.test(text)))) return [];
  const found: Placeholder[] = [];
  const taken = new Uint8Array(text.length + 1);
  for (const one of candidates(text, language, explained)) {
    if (taken[one.start] !== 0 || taken[one.end - 1] !== 0) continue;
    found.push(one);
    taken.fill(1, one.start, one.end);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Every reading of every style, the surest first; they may overlap. */
function candidates(text: string, language: CommandLanguage, explained: ReadonlySet<string>): readonly Placeholder[] {
  const found = [...rakeArguments(text)];
  const quoted = quotedText(text);
  for (const { style, pattern, accepts } of STYLES) {
    if (isForeign(style, language) || (style === "explained" && explained.size === 0)) continue;
    for (const match of text.matchAll(pattern)) {
      const [whole, inner = ""] = match;
      const [start, end] = [match.index, match.index + whole.length];
      if (!accepts(inner, { text, start, end, isLiteral: ((quoted[start] ?? 0) & LITERAL) !== 0, explained })) continue;
      found.push(makePlaceholder(style, start, whole, style === "ellipsis" ? nameBefore(text.slice(0, start)) : inner));
    }
  }
  return found;
}

function makePlaceholder(style: PlaceholderStyle, start: number, text: string, inner: string): Placeholder {
  const choices = CHOICES.test(inner) ? inner.split("|").map((choice) => choice.trim()) : null;
  const base = { start, end: start + text.length, text, name: placeholderName(inner), style };
  return choices === null ? base : { ...base, choices };
}

function placeholderName(inner: string): string {
  const bare = inner.replace(/^[{$[]+|[\]}]+$/g, "").replace(/^_(.+)_$/, "$1");
  return /^[\w.-]+$/.test(bare) ? bare : bare.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
}

/** `NAMESPACE=...` and `--bucket ...` say what is left out; elsewhere the word before it does. */
function nameBefore(before: string): string {
  const tail = before.slice(-120);
  const named = /([A-Za-z_]\w*)=["']?$/.exec(tail) ?? /(?:^|\s)--?([A-Za-z][\w-]*)[= ]["']?$/.exec(tail);
  if (named !== null) return named[1] ?? "";
  const [, word = "command"] = /([A-Za-z][\w-]*)[^A-Za-z]*$/.exec(tail) ?? [];
  return `rest_of_${word}`;
}

const RAKE_TASK = /\b[a-z][\w:]*\\?\[([^[\]\n]{1,200}?)\\?\]/g;
const ARGUMENT_NAME = /_|^(?:id|uuid|name|locale|slug|path|url|email|date|user|format|type|env|environment|service)$/i;

/** `rake task[content_id,locale]`: two values. What is already a value (`task[42,en]`) is none. */
function rakeArguments(text: string): readonly Placeholder[] {
  if (!/\brake\s/.test(text)) return [];
  return [...text.matchAll(RAKE_TASK)].flatMap((task) => {
    const [whole, list = ""] = task;
    const values = [...list.matchAll(/[^,]+/g)];
    const names = values.map(([value]) => value.trim());
    const areNames = names.every((name) => /^[A-Za-z]\w*$/.test(name)) && names.some((name) => ARGUMENT_NAME.test(name));
    if (!areNames) return [];
    const from = task.index + whole.indexOf("[") + 1;
    return values.map((value, index) =>
      makePlaceholder("argument", from + value.index + value[0].search(/\S/), names[index] ?? "", names[index] ?? ""),
    );
  });
}
