// The ways in which authors mark what must be filled in, each as a pattern and a test that refuses what only looks alike.
// Read by placeholders.ts alone, in this order: what an earlier style takes is not offered to a later one.

import type { CommandLanguage } from "../types.ts";

export type PlaceholderStyle =
  | "angle"
  | "shell"
  | "template"
  | "brace"
  | "bracket"
  | "percent"
  | "capitals"
  | "sample"
  | "ellipsis"
  | "argument"
  | "explained";

export interface Style {
  readonly style: PlaceholderStyle;
  readonly pattern: RegExp;
  /** Group 1 is the name; refuses what only looks alike. */
  readonly accepts: (name: string, site: Site) => boolean;
}

/** Where a possible placeholder stands. */
export interface Site {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** In single quotes or a literal here-document: no shell expands it. */
  readonly isLiteral: boolean;
  /** Words that the prose says are to be replaced. */
  readonly explained: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const SHELL_OWN = words(
  "HOME USER PATH PWD OLDPWD SHELL HOSTNAME LOGNAME UID EUID PPID RANDOM IFS PIPESTATUS BASH_SOURCE LINENO SECONDS TERM EDITOR LANG TMPDIR _ true false null env NF NR FS OFS RS FNR " +
    "BASHPID BASH_VERSION FUNCNAME OPTARG OPTIND REPLY SHLVL SSH_AUTH_SOCK SSH_CONNECTION SUDO_USER VISUAL PAGER DISPLAY LC_ALL GOPATH JAVA_HOME KUBECONFIG " +
    "PSVersionTable PSItem PSScriptRoot PSCommandPath PROFILE LASTEXITCODE Error Host args input matches Matches this False True Null script global local using",
);
const NOT_VALUES = words("none nil null unknown br p div span pre code html body snip eof");
const BRACE_WORDS = words("print next exit end range else");
const TEMPLATE_WORDS = words("end else range json print println printf item inventory_hostname ansible_host hostvars");
const BRACKET_WORDS = /^(?:options?|flags?|args?|arguments|ok|yes|no|default)$|^\s|\s$/i;
const CAPITAL_NAME =
  /^(?:(?:YOUR|MY|THE|TARGET|SOURCE|OLD|NEW|SOME|EXAMPLE)_[A-Z0-9_]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:NAME|ID|IDS|IP|HOST|HOSTNAME|ADDRESS|ADDR|NAMESPACE|URL|URI|NUMBER|VERSION|PATH|DIR|ZONE|REGION|DATE|TIMESTAMP|PORT|USER|USERNAME|ARN|UUID|SHA|TAG|FILE|BUCKET|CLUSTER|NODE|POD|SERVICE|TOPIC|GROUP|ACCOUNT|PROJECT|REPO|BRANCH|HERE)|NAMESPACE|PODNAME|POD|NODENAME|CHANGEME|CHANGE_ME|REPLACEME|REPLACE_ME|TODO|FIXME)$/;

export const CHOICES = /^[\w.-]+(?:\s*\|\s*[\w.-]+)+$/;

export const STYLES: readonly Style[] = [
  { style: "template", pattern: /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g, accepts: (name) => !TEMPLATE_WORDS.has(name) },
  {
    style: "template",
    pattern: /\{\{\s*(?:\$labels|\$?\.(?:Common|Group)?Labels|alert\.labels|labels)\.([A-Za-z_]\w*)\s*\}\}/g,
    accepts: (_, { text, start }) => !/(?:--format|-f|-o|template)[= ]*\S*$/.test(text.slice(Math.max(0, start - 40), start)),
  },
  { style: "angle", pattern: /<([A-Za-z_{$[](?:[^<>\n]{0,118}[^<>\s])?)>/g, accepts: acceptsAngle },
  { style: "percent", pattern: /%([A-Z][A-Z0-9_]+)%/g, accepts: () => true },
  { style: "shell", pattern: /\$\{([A-Za-z_]\w*)\}/g, accepts: acceptsShell },
  { style: "shell", pattern: /\$([A-Za-z_]\w*)/g, accepts: acceptsShell },
  { style: "brace", pattern: /(?<![$%#@{\w])\{([\w.-]{2,}(?:\|[\w.-]{2,})+)\}(?!\})/g, accepts: acceptsChoices },
  { style: "bracket", pattern: /(?<=^|\s)\[([\w.-]{2,}(?:\|[\w.-]{2,})+)\](?=$|\s)/g, accepts: acceptsChoices },
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
  { style: "sample", pattern: /(?<!\w)(YOUR(?: [A-Z]{2,}){1,4}|(?:INSERT|ENTER)(?: [A-Z]{2,}){1,3} HERE)(?!\w)/g, accepts: () => true },
  { style: "sample", pattern: /\b((?:your|YOUR|Your)[-_][A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)\b/g, accepts: () => true },
  { style: "sample", pattern: /(?<![\w.-])(my-[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])/g, accepts: () => true },
  {
    style: "sample",
    pattern: /(?<![\w.])((?:\d{1,3}|[xX]{1,3})(?:\.(?:\d{1,3}|[xX]{1,3})){3})(?![\w.])/g,
    accepts: (name) => /x/i.test(name),
  },
  {
    style: "sample",
    pattern: /(?<![\w-])([\w-]*[xX]{3,}[\w-]*)(?![\w])/g,
    accepts: (name) => /^(?:[\w-]*[-_])?[xX]{3,}(?:[-_][\w-]*)?$/.test(name),
  },
  {
    style: "sample",
    pattern:
      /(?<!\w)((?:YYYY|AAAA|JJJJ)[-/.]?MM[-/.]?(?:DD|TT|JJ)(?:[T ]HH:MM(?::SS)?Z?)?|(?:DD|TT)[-/.]MM[-/.](?:YYYY|AAAA|JJJJ)|yyyy-mm-dd)(?!\w)/g,
    accepts: acceptsDate,
  },
  { style: "sample", pattern: /(?<![\w./$-])(_[a-z][a-z0-9-]*(?:_[a-z0-9-]+)*_)(?![\w/])/g, accepts: (_, { isLiteral }) => !isLiteral },
  { style: "ellipsis", pattern: /(?<=^|[\s=:"'(])(\.{3}|…|\*{4,})(?=$|[\s"',;)])/g, accepts: (_, { start }) => start > 0 },
  { style: "capitals", pattern: /(?<![\w$%{<.-])([A-Z][A-Z0-9_]{2,})(?![\w}>=(%.-])/g, accepts: acceptsCapitals },
  { style: "explained", pattern: /(?<![\w$%])([A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*)(?![\w=])/g, accepts: acceptsExplained },
];

/** Marks that mean something else in the language. */
export function isForeign(style: PlaceholderStyle, language: CommandLanguage): boolean {
  if (style === "shell") return language !== "shell" && language !== "powershell";
  return language === "sql" && (style === "capitals" || style === "bracket" || style === "percent" || style === "ellipsis");
}

function acceptsAngle(name: string, { text, start }: Site): boolean {
  if (NOT_VALUES.has(name.toLowerCase()) || /^\/|\/$/.test(name) || text[start - 1] === "<") return false;
  if (CHOICES.test(name)) return true;
  if (/^[\w.-]+@[\w.-]+$/.test(name) || text.slice(start, start + 4_000).includes(`</${name}>`)) return false;
  const isInput = /^\s$/.test(text.charAt(start - 1)) && /[|;&]|\s>/.test(name);
  const isComparison = /^[\w.']+ (?:and|or) [\w.']+$/i.test(name) && /\bwhere\b/i.test(text.slice(Math.max(0, start - 400), start));
  return !isInput && !isComparison;
}

function acceptsShell(name: string, { text, start, isLiteral }: Site): boolean {
  return !isLiteral && !SHELL_OWN.has(name) && text[start - 1] !== "\\" && text[start - 1] !== "$";
}

function acceptsChoices(name: string, { isLiteral, text, start }: Site): boolean {
  return !isLiteral && !/["']/.test(text.charAt(start - 1)) && !/^\d+(?:\|\d+)*$/.test(name);
}

function acceptsBracket(name: string): boolean {
  return !BRACKET_WORDS.test(name) && !/ (?:-[a-z]|=|==|!=) /.test(` ${name} `);
}

function acceptsCapitals(name: string, { text, start }: Site): boolean {
  return CAPITAL_NAME.test(name) && !/(?:-e|--env|export|unset|signal|-s|printenv)\s+$/.test(text.slice(Math.max(0, start - 12), start));
}

/** `to_char(x, 'YYYY-MM-DD')` and `--format YYYY-MM-DD` say how dates are written. */
function acceptsDate(_: string, { text, start }: Site): boolean {
  return !/(?:to_(?:char|date|timestamp)\s*\([^,;]*,\s*'|strf\w+\W*|format\w*[\s=:('"]*)$/i.test(
    text.slice(Math.max(0, start - 80), start),
  );
}

function acceptsExplained(name: string, { explained }: Site): boolean {
  return name.length >= 2 && explained.has(name);
}

/** `awk '{print}'`, jsonpath and JSON: braces there belong to the embedded language. */
function insideProgramText({ text, start, isLiteral }: Site): boolean {
  return isLiteral && /\b(?:awk|jq|jsonpath|sed|perl|go-template|xargs)\b/.test(text.slice(Math.max(0, start - 400), start));
}
