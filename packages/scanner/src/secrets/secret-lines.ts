// Secrets whose name stands on a line before them: a name and its value, an announced password, a wrapped token, the data of a Secret.
// In: lines in order. Out: what the lines before make a secret of this one. Holds a few words of state, never text. Pure.
import { isMachineMade, isPassword, isTokenLike, type SecretMatch } from "./secret-shape.ts";

const WORD =
  "(?:password|passwd|passphrase|requirepass|masterauth|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key|_pass|_pwd|_key)";

/** What the coming lines may hold, and for how many of them that is expected. */
type Expected =
  /** `value: x` below its name */
  | { readonly what: "value"; readonly lines: number }
  /** a word alone, or a token wrapped over several lines */
  | { readonly what: "alone"; readonly lines: number }
  /** a value in quotes, below its name in quotes */
  | { readonly what: "quoted"; readonly lines: number }
  /** rows of a table: the cells below a name */
  | { readonly what: "cells"; readonly lines: number; readonly count: number; readonly at: readonly number[]; readonly ruled: boolean }
  /** lines that are secret as a whole */
  | { readonly what: "whole"; readonly lines: number }
  /** `data:` comes next, or has come: values in base64 below it */
  | { readonly what: "data"; readonly lines: number; readonly open: boolean };

interface Lead {
  readonly pattern: RegExp;
  readonly expect: (match: RegExpExecArray) => Expected | null;
}

const leads: readonly Lead[] = [
  {
    pattern: new RegExp(
      `^[ \\t|-]{0,64}["']?(?:name|key|variable)["']?[ \\t]*[:=][ \\t]*["']?[\\w.-]{0,64}${WORD}[\\w.-]{0,32}["']?,?[ \\t]*$`,
      "i",
    ),
    expect: () => ({ what: "value", lines: 3 }),
  },
  {
    pattern: new RegExp(`^[ \\t]{0,64}["']?[\\w.-]{0,64}${WORD}[\\w.-]{0,32}["']?[ \\t]*[:=][ \\t]*\\{[ \\t]*$`, "i"),
    expect: () => ({ what: "value", lines: 5 }),
  },
  {
    pattern: new RegExp(`^[ \\t]{0,64}(?:\\d{1,4}\\)[ \\t]*)?"[\\w.-]{0,64}${WORD}"[ \\t]*$`, "i"),
    expect: () => ({ what: "quoted", lines: 1 }),
  },
  { pattern: /^CREDENTIALS\t/, expect: () => ({ what: "alone", lines: 1 }) },
  {
    pattern: /\b(?:cat|head|tail|more|less)\b[^|\r\n]{0,256}(?:password|secret|token|cookie|credential|\.key)\b/i,
    expect: () => ({ what: "alone", lines: 1 }),
  },
  { pattern: new RegExp(`[|][^\\r\\n]{0,512}${WORD}|${WORD}[^\\r\\n]{0,512}[|]`, "i"), expect: (match) => cellsBelow(match.input) },
  {
    pattern: new RegExp(`${WORD}[^:\\r\\n]{0,60}:[ \\t]*[|>]?[-+]?[ \\t]*$`, "i"),
    expect: () => ({ what: "alone", lines: 3 }),
  },
  { pattern: /^Private-Lines: (\d{1,3})[ \t]*$/, expect: (match) => ({ what: "whole", lines: Number(match[1]) }) },
  {
    pattern: /^[ \t]{0,64}["']?(?:apiVersion["']?: ["']?v1|kind["']?: ["']?Secret)["']?,?[ \t]*$/,
    expect: () => ({ what: "data", lines: 60, open: false }),
  },
];

/** One test for a whole block of lines: where it fails, and nothing is expected, no line needs to be read. */
const anyLead = new RegExp(leads.map(({ pattern }) => pattern.source).join("|"), "im");

/** A row of names with a secret among them, which counts where a line is drawn below it. @returns null where the line is no such row */
function cellsBelow(header: string): Expected | null {
  const cells = cellsOf(header);
  const at = cells.flatMap((cell, index) => (columnName.test(cell) ? [index] : []));
  return cells.length < 2 || at.length === 0 ? null : { what: "cells", lines: 1_000, count: cells.length, at, ruled: false };
}

const columnName = new RegExp(`^[\\w.-]{0,64}(?:${WORD}|key)$`, "i");
const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^[ \t]*[|]|[|][ \t]*$/g, "")
    .split("|")
    .map((cell) => cell.trim());

const valueLine = /^[ \t|-]{0,64}\\?["']?(?:value|string_?value|content|default)\\?["']?[ \t]*[:=][ \t]*\\?["']?([^\s"'\\,]{6,})/i;
const aloneLine = /^[ \t]{0,64}(?:\d{1,4}\)[ \t]*)?["']?([^\s"']{8,})["']?[ \t]*$/;
const dataLine = /^[ \t]{1,64}["']?[\w.-]{1,253}["']?:[ \t]*["']?([A-Za-z0-9+/]{8,}={0,2})["']?,?[ \t]*$/;
const dataStart = /^[ \t]{0,64}["']?data["']?:[ \t]*\{?[ \t]*$/;
const wrapped = /^[A-Za-z0-9+/_-]{40,}={0,2}$/;

const isBase64 = (value: string): boolean =>
  value.length % 4 === 0 &&
  (value.endsWith("=") || isMachineMade(value) || (value.length >= 12 && /\d/.test(value) && /[a-z][A-Z]/.test(value)));

interface Reading {
  /** The secret of this line, or several. */
  readonly secret: string | readonly string[] | null;
  readonly next: Expected | null;
}

const fewer = (expected: Expected): Expected | null => (expected.lines > 1 ? { ...expected, lines: expected.lines - 1 } : null);

function readValue(expected: Expected, line: string): Reading {
  const secret = valueLine.exec(line)?.[1];
  return secret === undefined ? { secret: null, next: fewer(expected) } : { secret: isTokenLike(secret) ? secret : null, next: null };
}

function readAlone(expected: Expected, line: string): Reading {
  if (line.trim() === "") return { secret: null, next: fewer(expected) };
  const secret = aloneLine.exec(line)?.[1];
  if (secret === undefined || !(isMachineMade(secret) || wrapped.test(secret))) return { secret: null, next: null };
  // A wrapped token goes on as long as lines are nothing but its text.
  return { secret, next: secret.length >= 40 ? expected : null };
}

function readQuoted(line: string): Reading {
  const secret = /^[ \t]{0,64}(?:\d{1,4}\)[ \t]*)?"([^"\r\n]{4,})"[ \t]*$/.exec(line)?.[1] ?? null;
  return { secret: secret !== null && isPassword(secret) && !/^\d+$/.test(secret) ? secret : null, next: null };
}

function readCells(expected: Extract<Expected, { what: "cells" }>, line: string): Reading {
  if (/^[ \t|+:=-]+$/.test(line)) return { secret: null, next: { ...expected, ruled: true } };
  const cells = cellsOf(line);
  if (!expected.ruled || cells.length !== expected.count) return { secret: null, next: null };
  const secret = expected.at.flatMap((index) => cells[index] ?? []).filter((cell) => cell.length >= 4 && isPassword(cell));
  return { secret, next: fewer(expected) };
}

function readData(expected: Extract<Expected, { what: "data" }>, line: string): Reading {
  if (dataStart.test(line)) return { secret: null, next: { ...expected, open: true } };
  if (!expected.open) return { secret: null, next: fewer(expected) };
  const secret = dataLine.exec(line)?.[1];
  if (secret !== undefined) return { secret: isBase64(secret) ? secret : null, next: expected };
  return { secret: null, next: /^[ \t]{2,}\S/.test(line) ? expected : null };
}

function read(expected: Expected, line: string): Reading {
  switch (expected.what) {
    case "value":
      return readValue(expected, line);
    case "alone":
      return readAlone(expected, line);
    case "quoted":
      return readQuoted(line);
    case "cells":
      return readCells(expected, line);
    case "whole":
      return { secret: line.trim() === "" ? null : line.trim(), next: fewer(expected) };
    case "data":
      return readData(expected, line);
  }
}

export class SecretLines {
  private expected: Expected | null = null;

  /** False where reading the lines of this block one by one would find nothing. */
  concerns(block: string): boolean {
    return this.expected !== null || anyLead.test(block);
  }

  /** @param line without its line end */
  read(line: string): readonly SecretMatch[] {
    const now = this.expected;
    const { secret, next } = now === null ? { secret: null, next: null } : read(now, line);
    this.expected = secret === null ? (this.lead(line) ?? next) : next;
    const secrets = secret === null ? [] : typeof secret === "string" ? [secret] : secret;
    return secrets.map((each) => {
      const start = line.lastIndexOf(each);
      return { kind: "secret", from: start, start, end: start + each.length };
    });
  }

  private lead(line: string): Expected | null {
    for (const { pattern, expect } of leads) {
      const match = pattern.exec(line);
      const expected = match === null ? null : expect(match);
      if (expected !== null) return expected;
    }
    return null;
  }
}
