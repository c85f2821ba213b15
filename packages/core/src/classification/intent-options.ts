// Reads the options of one command against the options that are known to only show something; one unknown option is enough to refuse.
// The words behind a program and a row of intent-option-table.ts go in, a yes or no comes out. Part of the intent advisor.

export interface AllowedOptions {
  /** Letters without a value. */
  readonly flags: string;
  /** Letters that take the rest of the word or the next word. */
  readonly valued: string;
  readonly longs: ReadonlySet<string>;
  /** One of these must be there (letters, or long names behind `--`, `b&n` for both); empty when the program only shows by itself. */
  readonly needed: readonly string[];
  readonly maxOperands: number;
}

/**
 * @param row - `flags | valued | long names | needed | operands`, columns may be left out at the end, `-` for none
 */
export function allowedOptions(row: string): AllowedOptions {
  const [flags = "", valued = "", longs = "", needed = "", operands = ""] = row
    .split("|")
    .map((column) => column.trim().replace(/^-$/, ""));
  return {
    flags,
    valued,
    longs: new Set(words(longs)),
    needed: words(needed),
    maxOperands: operands === "" ? Number.POSITIVE_INFINITY : Number(operands),
  };
}

interface Found {
  readonly options: Set<string>;
  operands: number;
}

export function onlyAllowed(allowed: AllowedOptions, rest: readonly string[]): boolean {
  const found: Found = { options: new Set(), operands: 0 };
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "--") {
      found.operands += rest.length - at - 1;
      break;
    }
    const used = word.startsWith("--") ? longOption(allowed, found, word) : shortOptions(allowed, found, word);
    if (used === null) return false;
    at += used;
  }
  const isAsked =
    allowed.needed.length === 0 || allowed.needed.some((option) => option.split("&").every((each) => found.options.has(each)));
  return isAsked && found.operands <= allowed.maxOperands;
}

function longOption(allowed: AllowedOptions, found: Found, word: string): number | null {
  const name = word.slice(2).replace(/=.*$/s, "");
  found.options.add(`--${name}`);
  return allowed.longs.has(name) ? 0 : null;
}

/** @returns how many further words it takes, or null for a letter that is not allowed */
function shortOptions(allowed: AllowedOptions, found: Found, word: string): number | null {
  if (!/^-./.test(word)) {
    found.operands++;
    return 0;
  }
  for (const [index, letter] of [...word.slice(1)].entries()) {
    found.options.add(letter);
    if (allowed.valued.includes(letter)) return index === word.length - 2 ? 1 : 0;
    if (!allowed.flags.includes(letter)) return null;
  }
  return 0;
}

function words(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}
