// A sed script goes in, everything in it that is not reading and printing comes out. GNU sed 4.9 grammar, accepted by list:
// what this parser cannot follow to the end is one finding of its own. Used by the rule of sed; it never executes anything.
import { sensitivePath } from "../sensitive-paths.ts";
import type { Risk } from "../types.ts";

export interface ScriptFinding {
  readonly risk: Risk;
  readonly why: string;
}

const unreadable: ScriptFinding = { risk: "unknown", why: "this sed script is not understood" };
const writes: ScriptFinding = { risk: "caution", why: "the script writes a file (w)" };
const executes: ScriptFinding = { risk: "dangerous", why: "the script runs a command (e)" };

/** Commands whose whole line is an argument that matters. */
const lineCommands: Readonly<Partial<Record<string, ScriptFinding>>> = {
  e: executes,
  w: writes,
  W: writes,
};

const sinks = new Set(["/dev/null", "/dev/stdout", "/dev/stderr"]);

const isBlank = (char: string | undefined): boolean => char === " " || char === "\t";
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= "0" && char <= "9";

class SedScript {
  readonly findings: ScriptFinding[] = [];
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  parse(): readonly ScriptFinding[] {
    while (this.at < this.text.length) {
      if (!this.command()) return [...this.findings, unreadable];
    }
    return this.findings;
  }

  private skip(test: (char: string | undefined) => boolean): void {
    while (this.at < this.text.length && test(this.text[this.at])) this.at += 1;
  }

  private skipLine(): void {
    while (this.at < this.text.length && this.text[this.at] !== "\n") this.at += 1;
  }

  /** One command with its addresses; false when it is not understood. */
  private command(): boolean {
    this.skip((char) => isBlank(char) || char === ";" || char === "\n");
    if (this.at >= this.text.length) return true;
    if (!this.addresses()) return false;
    this.skip((char) => isBlank(char) || char === "!");
    const name = this.text[this.at] ?? "";
    this.at += 1;
    return this.body(name);
  }

  private addresses(): boolean {
    if (!this.address()) return false;
    this.skip(isBlank);
    if (this.text[this.at] !== ",") return true;
    this.at += 1;
    this.skip(isBlank);
    if (this.text[this.at] === "+" || this.text[this.at] === "~") this.at += 1;
    return this.address();
  }

  /** An address or nothing. */
  private address(): boolean {
    const char = this.text[this.at];
    if (char === "$") {
      this.at += 1;
      return true;
    }
    if (isDigit(char)) {
      this.skip((next) => isDigit(next) || next === "~");
      return true;
    }
    if (char === "/") return this.pattern("/");
    if (char !== "\\") return true;
    const delimiter = this.text[this.at + 1];
    this.at += 1;
    return delimiter !== undefined && delimiter !== "\n" && this.pattern(delimiter);
  }

  private pattern(delimiter: string): boolean {
    this.at += 1;
    if (!this.plainPattern(delimiter)) return false;
    this.skip((char) => char === "I" || char === "M");
    return true;
  }

  /** Moves behind the next unescaped delimiter. */
  private until(delimiter: string): boolean {
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at];
      if (char === "\\") this.at += 1;
      else if (char === delimiter) {
        this.at += 1;
        return true;
      }
    }
    return false;
  }

  private body(name: string): boolean {
    if ("{}=dDgGhHnNpPxzF".includes(name)) return this.end(name === "{" || name === "}");
    if ("qQlL".includes(name)) {
      this.skip((char) => isBlank(char) || isDigit(char));
      return this.end(false);
    }
    if (name === "s") return this.substitution();
    if (name === "y") return this.transliteration();
    return this.lineCommand(name);
  }

  /** Commands whose argument reaches to the end of the line (or of the script). */
  private lineCommand(name: string): boolean {
    if (name !== "" && ":btT".includes(name)) {
      // GNU sed ends a label at a blank: what follows on the line is the next command.
      this.skip(isBlank);
      this.skip((char) => !isBlank(char) && char !== ";" && char !== "\n" && char !== "}");
      return this.end(false);
    }
    if (name !== "" && "aic".includes(name)) return this.appendedText();
    return name === "r" || name === "R" ? this.readFile() : this.actOnLine(name);
  }

  private actOnLine(name: string): boolean {
    const finding = lineCommands[name];
    if (finding === undefined && name !== "#") return false;
    const rest = this.restOfLine();
    if (finding !== undefined && !(finding === writes && sinks.has(rest))) this.findings.push(finding);
    return true;
  }

  /** The text of another file goes to the output: a secret one must not. */
  private readFile(): boolean {
    const file = this.restOfLine();
    const why = sensitivePath(file);
    if (why !== undefined) this.findings.push({ risk: "caution", why: `the script prints ${file}, which ${why}` });
    return file !== "";
  }

  private restOfLine(): string {
    const start = this.at;
    this.skipLine();
    return this.text.slice(start, this.at).trim();
  }

  /** Text of a, i, c: each line that ends in a backslash goes on in the next. */
  private appendedText(): boolean {
    for (; this.at < this.text.length; this.at += 1) {
      if (this.text[this.at] === "\\") this.at += 1;
      else if (this.text[this.at] === "\n") return true;
    }
    return true;
  }

  private end(open: boolean): boolean {
    this.skip(isBlank);
    const char = this.text[this.at];
    return open || char === undefined || char === ";" || char === "\n" || char === "}" || char === "#";
  }

  private delimiter(): string | undefined {
    const char = this.text[this.at];
    this.at += 1;
    return char === undefined || char === "\n" || char === "\\" ? undefined : char;
  }

  private substitution(): boolean {
    const delimiter = this.delimiter();
    if (delimiter === undefined || !this.plainPattern(delimiter) || !this.until(delimiter)) return false;
    return this.substitutionFlags();
  }

  /** A regular expression. Some seds end it at a delimiter inside brackets and some do not: such a script is given up. */
  private plainPattern(delimiter: string): boolean {
    let inBrackets = false;
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at];
      if (char === "\\") this.at += 1;
      else if (char === delimiter) {
        this.at += 1;
        return !inBrackets;
      } else if (char === "[") inBrackets = true;
      else if (char === "]") inBrackets = false;
    }
    return false;
  }

  private substitutionFlags(): boolean {
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at] ?? "";
      if (char === "w") {
        this.at += 1;
        if (!sinks.has(this.restOfLine())) this.findings.push(writes);
        return true;
      }
      if (char === "e") this.findings.push(executes);
      else if (!"gpiImM".includes(char) && !isDigit(char)) return this.end(false);
    }
    return true;
  }

  private transliteration(): boolean {
    const delimiter = this.delimiter();
    return delimiter !== undefined && this.until(delimiter) && this.until(delimiter) && this.end(false);
  }
}

/** Empty when the script only reads its input and prints. */
export function inspectSedScript(text: string): readonly ScriptFinding[] {
  return new SedScript(text).parse();
}
