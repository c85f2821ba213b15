// Finds what must be filled in inside a command: `<pod>`, `$POD`, `${POD}`, `{{pod}}`, `{pod}`, `[pod]`, `%POD%`, `POD_NAME`, `your-x`, `xxx`.
// A command text goes in, ranges come out in order and without overlap. Redirections, templates, jsonpath and shell variables proper stay.

import type { CommandLanguage } from "../types.ts";

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

export type PlaceholderStyle = "angle" | "shell" | "template" | "brace" | "bracket" | "percent" | "capitals" | "sample";

interface Style {
  readonly style: PlaceholderStyle;
  readonly pattern: RegExp;
  /** Group 1 is the name; refuses what only looks alike. */
  readonly accepts: (name: string, site: Site) => boolean;
}

/** Where a possible placeholder stands. */
interface Site {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly inSingleQuotes: boolean;
}

/** Longer texts are no commands to fill in; the scanner refuses them as well. */
const MAX_TEXT_LENGTH = 16 * 1024;

const SHELL_OWN: ReadonlySet<string> = new Set(
  "HOME USER PATH PWD OLDPWD SHELL HOSTNAME LOGNAME UID EUID PPID RANDOM IFS PIPESTATUS BASH_SOURCE LINENO SECONDS TERM EDITOR LANG TMPDIR _ true false null env NF NR FS OFS RS FNR".split(
    " ",
  ),
);
const NOT_VALUES: ReadonlySet<string> = new Set("none nil null unknown br p div span pre code html body snip eof".split(" "));
const BRACE_WORDS: ReadonlySet<string> = new Set("print next exit end range else".split(" "));
const CAPITAL_NAME =
  /^(?:(?:YOUR|MY|THE|TARGET|SOURCE|OLD|NEW|SOME|EXAMPLE)_[A-Z0-9_]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:NAME|ID|IDS|IP|HOST|HOSTNAME|ADDRESS|ADDR|NAMESPACE|URL|URI|NUMBER|VERSION|PATH|DIR|ZONE|REGION|DATE|TIMESTAMP|PORT|USER|USERNAME|ARN|UUID|SHA|TAG|FILE|BUCKET|CLUSTER|NODE|POD|SERVICE|TOPIC|GROUP|ACCOUNT|PROJECT|REPO|BRANCH|HERE)|NAMESPACE|PODNAME|POD|NODENAME|CHANGEME|CHANGE_ME|REPLACEME|REPLACE_ME|TODO|FIXME)$/;

const CHOICES = /^[\w.-]+(?:\s*\|\s*[\w.-]+)+$/;

const STYLES: readonly Style[] = [
  { style: "template", pattern: /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g, accepts: (name) => !/^(?:end|else|range|json|println?)$/.test(name) },
  { style: "angle", pattern: /<([A-Za-z_{$[](?:[^<>\n]{0,118}[^<>\s])?)>/g, accepts: acceptsAngle },
  { style: "percent", pattern: /%([A-Z][A-Z0-9_]+)%/g, accepts: () => true },
  { style: "shell", pattern: /\$\{([A-Za-z_]\w*)\}/g, accepts: acceptsShell },
  { style: "shell", pattern: /\$([A-Za-z_]\w*)/g, accepts: acceptsShell },
  {
    style: "brace",
    pattern: /(?<![$%#@{\w])\{([A-Za-z][\w-]*)\}(?!\})/g,
    accepts: (name, site) => !BRACE_WORDS.has(name) && !insideProgramText(site),
  },
  {
    style: "brace",
    pattern: /(?<=[\w/.-])(?<![$%#@{])\{([a-z][a-z_-]{2,})\}(?!\})/g,
    accepts: (name, { text, start }) => !BRACE_WORDS.has(name) && text[start - 1] !== "@",
  },
  { style: "bracket", pattern: /(?<=^|[\s=/:@"'-])\[([A-Za-z][A-Za-z0-9_ -]{1,60})\](?=$|[\s/:."'@-])/g, accepts: acceptsBracket },
  { style: "sample", pattern: /\b((?:your|YOUR|Your)[-_][A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)\b/g, accepts: () => true },
  { style: "sample", pattern: /(?<![\w.-])(my-[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])/g, accepts: () => true },
  {
    style: "sample",
    pattern: /(?<![\w-])([\w-]*[xX]{3,}[\w-]*)(?![\w])/g,
    accepts: (name) => /^(?:[\w-]*[-_])?[xX]{3,}(?:[-_][\w-]*)?$/.test(name),
  },
  { style: "sample", pattern: /(?<!\w)(YYYY-?MM-?DD|yyyy-mm-dd)(?!\w)/g, accepts: () => true },
  { style: "capitals", pattern: /(?<![\w$%{<.-])([A-Z][A-Z0-9_]{2,})(?![\w}>=(%.-])/g, accepts: acceptsCapitals },
];

/** @param language - SQL knows neither shell variables nor capitals as placeholders */
export function findPlaceholders(text: string, language: CommandLanguage = "shell"): readonly Placeholder[] {
  if (text.length > MAX_TEXT_LENGTH) return [];
  const found: Placeholder[] = [];
  const taken = new Uint8Array(text.length);
  const quoted = singleQuoted(text);
  for (const { style, pattern, accepts } of STYLES) {
    if (isForeign(style, language)) continue;
    for (const match of text.matchAll(pattern)) {
      const [whole, inner = ""] = match;
      const [start, end] = [match.index, match.index + whole.length];
      const isFree = taken[start] === 0 && taken[end - 1] === 0;
      if (!isFree || !accepts(inner, { text, start, end, inSingleQuotes: quoted[start] === 1 })) continue;
      found.push(makePlaceholder(style, start, whole, inner));
      taken.fill(1, start, end);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** For each character whether it lies inside single quotes. */
function singleQuoted(text: string): Uint8Array {
  const inside = new Uint8Array(text.length);
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    inside[at] = quote === "'" ? 1 : 0;
    if (char === "\\" && quote !== "'") at++;
    else if (quote === "" && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = "";
  }
  return inside;
}

/** Marks that mean something else in the language. */
function isForeign(style: PlaceholderStyle, language: CommandLanguage): boolean {
  if (style === "shell") return language !== "shell";
  return language === "sql" && (style === "capitals" || style === "bracket" || style === "percent");
}

function makePlaceholder(style: PlaceholderStyle, start: number, text: string, inner: string): Placeholder {
  const choices = style === "angle" && CHOICES.test(inner) ? inner.split("|").map((choice) => choice.trim()) : null;
  const base = { start, end: start + text.length, text, name: placeholderName(inner), style };
  return choices === null ? base : { ...base, choices };
}

function placeholderName(inner: string): string {
  const bare = inner.replace(/^[{$[]+|[\]}]+$/g, "");
  return /^[\w.-]+$/.test(bare) ? bare : bare.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
}

function acceptsAngle(name: string, { text, start }: Site): boolean {
  if (NOT_VALUES.has(name.toLowerCase()) || /^\/|\/$/.test(name) || text[start - 1] === "<") return false;
  if (CHOICES.test(name)) return true;
  const isMarkup = text.includes("</") && text.includes(`</${name}>`);
  const isInput = /^\s$/.test(text.charAt(start - 1)) && /[|;&]|\s>/.test(name);
  return !isMarkup && !isInput && !/^[\w.-]+@[\w.-]+$/.test(name);
}

function acceptsShell(name: string, { text, start, inSingleQuotes }: Site): boolean {
  return !inSingleQuotes && !SHELL_OWN.has(name) && text[start - 1] !== "\\" && text[start - 1] !== "$";
}

function acceptsBracket(name: string): boolean {
  return !/^(?:options?|flags?|args?|ok|yes|no|default)$|^\s|\s$/i.test(name) && !/ (?:-[a-z]|=|==|!=) /.test(` ${name} `);
}

function acceptsCapitals(name: string, { text, start }: Site): boolean {
  return CAPITAL_NAME.test(name) && !/(?:-e|--env|export|unset|signal|-s|printenv)\s+$/.test(text.slice(Math.max(0, start - 12), start));
}

/** `awk '{print}'`, jsonpath and JSON: braces there belong to the embedded language. */
function insideProgramText({ text, start, inSingleQuotes }: Site): boolean {
  return inSingleQuotes && /\b(?:awk|jq|jsonpath|sed|perl|go-template|xargs)\b/.test(text.slice(Math.max(0, start - 400), start));
}
