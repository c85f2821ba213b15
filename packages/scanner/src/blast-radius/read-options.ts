// argv -> options and operands, by a table of what is understood. A word that the table does not name gives undefined: then there is no twin.
// Stricter than the scanner's own option parser, because here every option must be known to leave the listed set as it is, or be carried over.

/** What becomes of an option in the twin: carried over as it stands, or left out because it only says how the change is made. */
type Use = "keep" | "drop";
type Arity = "flag" | "value" | "optional";

/** Lists of options, `|` between spellings of one. `optional` takes a value only when glued. */
export interface OptionLists {
  readonly keep?: string;
  readonly drop?: string;
  readonly keepFlags?: string;
  readonly dropFlags?: string;
  readonly keepOptional?: string;
  readonly dropOptional?: string;
}

interface Known {
  readonly name: string;
  readonly use: Use;
  readonly arity: Arity;
}

export type OptionTable = ReadonlyMap<string, Known>;

export interface ReadOption {
  /** The first spelling in the table. */
  readonly name: string;
  readonly value: string | undefined;
  readonly use: Use;
  /** As the twin writes it. */
  readonly words: readonly string[];
}

interface ReadArgs {
  readonly options: readonly ReadOption[];
  readonly operands: readonly string[];
}

/** go: kubectl, docker (`--force=true`, `-n=x`). gnu: getopt_long, without shortened names. */
export type Style = "go" | "gnu";

const fields: readonly (readonly [keyof OptionLists, Use, Arity])[] = [
  ["keep", "keep", "value"],
  ["drop", "drop", "value"],
  ["keepFlags", "keep", "flag"],
  ["dropFlags", "drop", "flag"],
  ["keepOptional", "keep", "optional"],
  ["dropOptional", "drop", "optional"],
];

export function optionTable(...all: readonly OptionLists[]): OptionTable {
  const table = new Map<string, Known>();
  for (const lists of all)
    for (const [field, use, arity] of fields)
      for (const group of (lists[field] ?? "").split(" ").filter((word) => word !== "")) {
        const spellings = group.split("|");
        for (const spelling of spellings) table.set(spelling, { name: spellings[0] ?? spelling, use, arity });
      }
  return table;
}

/** Undefined: a word that is not understood, a value that is missing or empty. */
export function readOptions(args: readonly string[], table: OptionTable, style: Style): ReadArgs | undefined {
  const reader = new Reader(args, table, style);
  return reader.run() ? reader : undefined;
}

class Reader implements ReadArgs {
  readonly options: ReadOption[] = [];
  readonly operands: string[] = [];
  private at = 0;
  private readonly args: readonly string[];
  private readonly table: OptionTable;
  private readonly style: Style;

  constructor(args: readonly string[], table: OptionTable, style: Style) {
    this.args = args;
    this.table = table;
    this.style = style;
  }

  run(): boolean {
    while (this.at < this.args.length) {
      const word = this.args[this.at] ?? "";
      this.at += 1;
      if (word === "--") return this.rest();
      if (!this.word(word)) return false;
    }
    return true;
  }

  /** Behind `--` everything is an operand, whatever it begins with. */
  private rest(): boolean {
    const rest = this.args.slice(this.at);
    this.operands.push(...rest);
    return this.style === "gnu" && rest.every((word) => word !== "");
  }

  private word(word: string): boolean {
    if (word === "" || word === "-") return false;
    if (word.startsWith("--")) return this.long(word);
    if (word.startsWith("-")) return this.cluster(word);
    this.operands.push(word);
    return true;
  }

  private long(word: string): boolean {
    const equals = word.indexOf("=");
    const spelling = equals < 0 ? word : word.slice(0, equals);
    const glued = equals < 0 ? undefined : word.slice(equals + 1);
    const known = this.table.get(spelling);
    if (known === undefined) return false;
    return known.arity === "flag" ? this.flag(known, spelling, glued) : this.longValue(known, spelling, glued);
  }

  private longValue(known: Known, spelling: string, glued: string | undefined): boolean {
    if (glued === undefined && known.arity === "optional") return this.add(known, undefined, [spelling]);
    const value = glued ?? this.next();
    return value !== undefined && value !== "" && this.add(known, value, [`${spelling}=${value}`]);
  }

  /** `--force=true` is how some programs spell a switch that is on; anything else there is not. */
  private flag(known: Known, spelling: string, glued: string | undefined): boolean {
    if (glued !== undefined && (glued !== "true" || this.style !== "go")) return false;
    return this.add(known, undefined, [spelling]);
  }

  private cluster(word: string): boolean {
    for (let i = 1; i < word.length; i += 1) {
      const spelling = `-${word.charAt(i)}`;
      const known = this.table.get(spelling);
      if (known === undefined) return false;
      if (known.arity !== "flag") return this.shortValue(known, spelling, word.slice(i + 1));
      this.add(known, undefined, [spelling]);
    }
    return true;
  }

  private shortValue(known: Known, spelling: string, behind: string): boolean {
    if (known.arity === "optional") return this.add(known, behind === "" ? undefined : behind, [`${spelling}${behind}`]);
    const glued = this.style === "go" && behind.startsWith("=") ? behind.slice(1) : behind;
    const value = behind === "" ? this.next() : glued;
    return value !== undefined && value !== "" && this.add(known, value, [spelling, value]);
  }

  /** A value that looks like an option was more likely forgotten; programs do not agree about it. */
  private next(): string | undefined {
    const value = this.args[this.at];
    this.at += 1;
    return value?.startsWith("-") === true ? undefined : value;
  }

  private add({ name, use }: Known, value: string | undefined, words: readonly string[]): true {
    this.options.push({ name, value, use, words });
    return true;
  }
}

/** The words of the options that the twin takes over, in their order. */
export const keptWords = ({ options }: ReadArgs): readonly string[] =>
  options.filter(({ use }) => use === "keep").flatMap(({ words }) => words);

export const hasOption = ({ options }: ReadArgs, name: string): boolean => options.some((option) => option.name === name);

/** What stands before the sub-command and behind it, where everything before it is in `table` and `verbs` names it. */
export function splitAtVerb(
  args: readonly string[],
  table: OptionTable,
  verbs: ReadonlySet<string>,
  style: Style,
): { readonly before: readonly string[]; readonly verb: string; readonly rest: readonly string[] } | undefined {
  for (const [at, word] of args.entries()) {
    if (!verbs.has(word)) continue;
    const before = readOptions(args.slice(0, at), table, style);
    if (before === undefined) continue;
    return before.operands.length > 0 ? undefined : { before: keptWords(before), verb: word, rest: args.slice(at + 1) };
  }
  return undefined;
}
