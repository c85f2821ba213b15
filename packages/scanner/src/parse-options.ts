// Sorts the words of a call into options and operands by the tables of a rule and the program's option style.
// In: words, tables. Out: option uses, operands, and what did not fit, which the caller reports as unknown.
// Never skips a word: each one ends as option, value, operand or misfit.
import { type Arg, dropHead } from "./arg.ts";
import type { OptionSpec, OptionTable } from "./compile-rule.ts";
import type { OptionUse } from "./invocation.ts";
import type { OptionStyle } from "./rule.ts";

/** A word that the tables do not explain. `like` is the special option that it may abbreviate. */
export interface Misfit {
  readonly arg: Arg;
  readonly what: "unlisted" | "opaque" | "no value" | "unwanted value" | "abbreviated";
  readonly like?: OptionSpec;
}

const dash = 45;
const maxAbbreviationWork = 64;

export class OptionParser {
  readonly uses: OptionUse[] = [];
  readonly operands: Arg[] = [];
  readonly misfits: Misfit[] = [];
  private readonly args: readonly Arg[];
  private readonly style: OptionStyle;
  private index = 0;
  private ended = false;
  /** The last word was an option of no table: it may take the next word as its value, even `--`. */
  private afterUnlisted = false;
  private tables: readonly OptionTable[] = [];

  constructor(args: readonly Arg[], style: OptionStyle) {
    this.args = args;
    this.style = style;
  }

  /** Reads options up to the next operand and returns that operand without taking it. */
  nextOperand(tables: readonly OptionTable[]): Arg | undefined {
    this.tables = tables;
    for (let arg = this.args[this.index]; arg !== undefined; arg = this.args[this.index]) {
      if (!this.takeOption(arg)) return arg;
    }
    return undefined;
  }

  /** Whether `--` has ended the options. */
  hasEnd(): boolean {
    return this.ended;
  }

  /** Takes the operand that nextOperand returned. */
  take(): void {
    this.index++;
  }

  /**
   * Reads everything that is left. `firstEnds` says that the first operand ends the options, as styles posix and goflag always do;
   * `runs` that the operands are a command of their own, in which a dash still means something.
   */
  rest(tables: readonly OptionTable[], firstEnds: boolean, runs: boolean): void {
    this.tables = tables;
    const stops = firstEnds || this.style === "posix" || this.style === "goflag";
    for (let arg = this.args[this.index]; arg !== undefined; arg = this.args[this.index]) {
      if (this.takeOption(arg)) continue;
      this.operands.push(this.ended && !runs ? plainOperand(arg) : arg);
      this.index++;
      if (stops) break;
    }
    // A first operand that may be no word at all, or an option, ends nothing for certain.
    this.takeOperands(!runs && this.operands[0]?.shape === "literal");
  }

  /** Everything that is left is operands; `ended` says that none of them can be an option any more. */
  private takeOperands(ended: boolean): void {
    for (const arg of this.args.slice(this.index)) this.operands.push(ended ? plainOperand(arg) : arg);
    this.index = this.args.length;
  }

  /** Takes `arg` if it is an option or `--`; false leaves it in place as operand. */
  private takeOption(arg: Arg): boolean {
    if (this.ended || this.style === "none") return false;
    const first = arg.head.charCodeAt(0);
    if (first !== dash) return this.takeUndashed(arg);
    if (arg.head === "-" && arg.shape === "literal") return false;
    this.index++;
    if (arg.head === "--" && arg.shape === "literal") this.endOptions(arg);
    else this.takeKnown(arg);
    return true;
  }

  /** Behind an option that no table lists, `--` may be its value and end nothing. */
  private endOptions(arg: Arg): void {
    if (this.afterUnlisted) this.misfits.push({ arg, what: "unwanted value" });
    this.ended = true;
  }

  private takeKnown(arg: Arg): void {
    const before = this.misfits.length;
    this.takeDashed(arg);
    this.afterUnlisted = this.misfits.length > before;
  }

  /** keyvalue words, and the first word of the bsd style. */
  private takeUndashed(arg: Arg): boolean {
    if (this.style === "keyvalue") return this.takeKeyValue(arg);
    if (this.style !== "bsd" || this.index > 0 || arg.shape !== "literal") return false;
    if (this.find("bsd") !== undefined || arg.text === "") return false;
    this.index++;
    this.takeOldCluster(arg);
    return true;
  }

  private takeKeyValue(arg: Arg): boolean {
    const equals = arg.head.indexOf("=");
    if (equals < 0) return false;
    const spec = this.find(arg.head.slice(0, equals + 1));
    if (spec === undefined) return false;
    this.index++;
    this.uses.push({ spec, value: dropHead(arg, equals + 1), span: arg.span });
    return true;
  }

  private takeDashed(arg: Arg): void {
    if (this.style === "long" || this.style === "goflag") this.takeLong(arg);
    else if (arg.head.charCodeAt(1) === dash) this.takeLong(arg);
    else this.takeShort(arg);
  }

  private takeLong(arg: Arg): void {
    const equals = arg.head.indexOf("=");
    if (equals < 0 && arg.shape !== "literal") {
      this.misfits.push({ arg, what: "opaque" });
      return;
    }
    const name = equals < 0 ? arg.head : arg.head.slice(0, equals);
    const spec = this.find(name) ?? (this.style === "goflag" ? this.find(otherDashes(name)) : undefined);
    if (spec === undefined) this.missingLong(arg, name);
    else this.useLong(arg, spec, equals < 0 ? undefined : dropHead(arg, equals + 1));
  }

  private useLong(arg: Arg, spec: OptionSpec, glued: Arg | undefined): void {
    if (spec.arity === "flag") this.useFlag(arg, spec, glued);
    else if (spec.arity === "pair") this.takePair(arg, spec, glued);
    else if (glued !== undefined) this.uses.push({ spec, value: glued, span: arg.span });
    else if (spec.arity === "optional") this.uses.push({ spec, span: arg.span });
    else this.takeValue(arg, spec);
  }

  /** Two words; the first must be one word for certain, or the second is not the value. */
  private takePair(arg: Arg, spec: OptionSpec, glued: Arg | undefined): void {
    const name = this.args[this.index];
    if (glued !== undefined) this.misfits.push({ arg, what: "unwanted value", like: spec });
    else if (name === undefined) this.misfits.push({ arg, what: "no value", like: spec });
    else {
      this.index++;
      if (name.shape === "many" || name.shape === "glob") this.misfits.push({ arg: name, what: "unwanted value" });
      this.takeValue(arg, spec);
    }
  }

  /** `--flag=false` of the Go styles is the flag not given; any other glued value of a flag is a misfit. */
  private useFlag(arg: Arg, spec: OptionSpec, glued: Arg | undefined): void {
    if (glued === undefined || (this.isGo() && glued.shape === "literal" && glued.text === "true"))
      this.uses.push({ spec, span: arg.span });
    else if (!this.isGo() || glued.shape !== "literal" || glued.text !== "false")
      this.misfits.push({ arg, what: "unwanted value", like: spec });
  }

  private isGo(): boolean {
    return this.style === "go" || this.style === "goflag";
  }

  private takeValue(arg: Arg, spec: OptionSpec): void {
    const value = this.args[this.index];
    if (value === undefined) {
      this.misfits.push({ arg, what: "no value", like: spec });
      return;
    }
    this.index++;
    this.uses.push({ spec, value, span: { start: arg.span.start, end: value.span.end } });
  }

  private missingLong(arg: Arg, name: string): void {
    const like = this.style === "gnu" || this.style === "posix" || this.style === "bsd" ? this.findAbbreviated(name) : undefined;
    this.misfits.push(like === undefined ? { arg, what: "unlisted" } : { arg, what: "abbreviated", like });
  }

  private findAbbreviated(name: string): OptionSpec | undefined {
    if (name.length < 3) return undefined;
    let found: OptionSpec | undefined;
    let work = 0;
    for (const table of this.tables) {
      for (const [full, spec] of table) {
        if (!full.startsWith(name) || ++work > maxAbbreviationWork) continue;
        if (found?.rule === undefined) found = spec;
      }
    }
    return found;
  }

  private takeShort(arg: Arg): void {
    const whole = arg.shape === "literal" ? (this.find(arg.head) ?? this.findNumber(arg.head)) : undefined;
    if (whole !== undefined && arg.head.length > 2) this.useLong(arg, whole, undefined);
    else this.takeCluster(arg);
  }

  private findNumber(head: string): OptionSpec | undefined {
    for (let i = 1; i < head.length; i++) {
      const code = head.charCodeAt(i);
      if (code < 48 || code > 57) return undefined;
    }
    return this.find("-NUM");
  }

  private takeCluster(arg: Arg): void {
    const head = arg.head;
    for (let i = 1; i < head.length; i++) {
      const spec = this.find(`-${head[i] ?? ""}`) ?? this.findNumber(head);
      if (spec === undefined) {
        this.missingLetter(arg, i + 1);
        return;
      }
      if (spec.names[0] === "-NUM") i = head.length;
      if (spec.arity === "flag") this.uses.push({ spec, span: arg.span });
      else {
        this.takeClusterValue(arg, spec, i + 1);
        return;
      }
    }
    if (arg.shape !== "literal") this.misfits.push({ arg, what: "opaque" });
  }

  /** A letter of no table; the letters behind it may be its value, or a special option that must not hide there. */
  private missingLetter(arg: Arg, from: number): void {
    for (const letter of arg.head.slice(from, from + maxAbbreviationWork)) {
      const like = this.find(`-${letter}`);
      if (like?.rule === undefined) continue;
      this.misfits.push({ arg, what: "abbreviated", like });
      return;
    }
    this.misfits.push({ arg, what: "unlisted" });
  }

  private takeClusterValue(arg: Arg, spec: OptionSpec, from: number): void {
    const rest = from < arg.head.length || arg.shape !== "literal";
    if (rest) {
      const skip = this.style === "go" && arg.head[from] === "=" ? 1 : 0;
      this.uses.push({ spec, value: dropHead(arg, from + skip), span: arg.span });
    } else if (spec.arity === "optional") this.uses.push({ spec, span: arg.span });
    else this.takeValue(arg, spec);
  }

  /** `tar xzf FILE`: letters without a dash; each one with a value takes the next word. */
  private takeOldCluster(arg: Arg): void {
    for (const letter of arg.text) {
      const spec = this.find(`-${letter}`);
      if (spec === undefined) this.misfits.push({ arg, what: "unlisted" });
      else if (spec.arity === "value") this.takeValue(arg, spec);
      else this.uses.push({ spec, span: arg.span });
    }
  }

  private find(name: string): OptionSpec | undefined {
    for (const table of this.tables) {
      const spec = table.get(name);
      if (spec !== undefined) return spec;
    }
    return undefined;
  }
}

function otherDashes(name: string): string {
  return name.startsWith("--") ? name.slice(1) : `-${name}`;
}

/** Behind `--` nothing can become an option any more. */
function plainOperand(arg: Arg): Arg {
  return arg.dash ? { ...arg, dash: false } : arg;
}
