// Numbers -> shell text that strains a grammar: here-documents, nested quotes, substitutions, comments, continued lines, compound commands,
// redirections everywhere; sometimes with single characters changed. Test code only; the same numbers give the same text.
// Programs are named, never pathed, and files are `f`, `g` and /dev/null, so that a text may be given to a bash in which every call is recorded.
import fc from "fast-check";
import { brittleWords, changes, inBody, inDouble, inSingle, joints, plainWords, programs, redirections, risky } from "./shell-pieces.ts";

/** The longest list of choices; a text whose choices are used up closes what it has opened. */
const choices = 90;

export const shellText: fc.Arbitrary<string> = fc
  .noBias(fc.array(fc.nat(9_999), { minLength: 6, maxLength: choices, size: "max" }))
  .map((numbers) => new Writer(numbers).text());

interface Pending {
  readonly close: string;
  readonly body: string;
}

class Writer {
  private readonly numbers: readonly number[];
  private at = 0;
  /** Here-documents whose text follows at the next newline, per nesting level. */
  private pending: Pending[] = [];

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  text(): string {
    const changed = this.below(10) < 3 ? 1 + this.below(3) : 0;
    let text = this.script(0);
    for (let i = 0; i < changed; i++) text = this.change(text);
    return text;
  }

  private get spent(): boolean {
    return this.at >= this.numbers.length;
  }

  private below(count: number): number {
    // Behind the last choice everything is short and plain.
    return (this.numbers[this.at++] ?? 1) % count;
  }

  private one<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error("empty list");
    return item;
  }

  private change(text: string): string {
    const at = this.below(text.length + 1);
    const kind = this.below(4);
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
    if (kind === 1) return text.slice(0, at) + text.slice(at, at + 1) + text.slice(at);
    return text.slice(0, at) + this.one(changes) + text.slice(at);
  }

  /** A whole script: its here-documents end inside of it. */
  private script(depth: number): string {
    const outer = this.pending;
    this.pending = [];
    let text = this.list(depth);
    if (this.pending.length > 0) text += this.newline();
    this.pending = outer;
    return text;
  }

  private list(depth: number): string {
    let text = this.pipeline(depth);
    for (let more = this.below(4); more > 0 && !this.spent; more--) {
      const joint = this.joint();
      text += joint + (/\|(?!\|)[^|]*$/.test(joint) && !joint.includes("||") ? this.command(depth) : this.pipeline(depth));
    }
    return text;
  }

  private joint(): string {
    const text = this.one(joints);
    return text.endsWith("\n") ? text.slice(0, -1) + this.newline() : text;
  }

  /** The text of here-documents follows the first newline behind their operators. */
  private newline(): string {
    const bodies = this.pending.map(({ body, close }) => `${body}${close}\n`).join("");
    this.pending = [];
    return `\n${bodies}`;
  }

  /** With the words that may stand before a pipeline, and nowhere in it. */
  private pipeline(depth: number): string {
    const prefix = this.below(14);
    const front = prefix === 0 ? "! " : prefix === 1 ? this.one(["time ", "time -p ", "! time ", "time -- "]) : "";
    return front + this.command(depth);
  }

  private command(depth: number): string {
    return depth < 3 && !this.spent && this.below(4) === 0 ? this.compound(depth + 1) : this.simple(depth);
  }

  private simple(depth: number): string {
    const items: string[] = [];
    if (this.below(8) === 0)
      items.push(`${this.one(["A=", "LC_ALL=", "A+=", "B[1]=", "A=(b "])}${this.word(depth)}`.replace(/^A=\(b .*/s, (each) => `${each})`));
    const program = this.below(14) === 0 ? this.one(risky) : this.one(programs);
    items.push(this.below(8) === 0 ? this.disguised(program) : program);
    for (let more = this.below(4); more > 0 && !this.spent; more--) items.push(this.word(depth));
    for (let more = this.below(5) === 0 ? 1 + this.below(2) : 0; more > 0; more--) {
      items.splice(this.below(items.length + 1), 0, this.below(3) === 0 ? this.hereDocument(depth) : this.one(redirections));
    }
    return items.join(this.below(6) === 0 ? this.one(["  ", "\t", " \\\n", " \\\n "]) : " ");
  }

  private disguised(program: string): string {
    const [name = "", ...rest] = program.split(" ");
    const spelled = this.one([
      `'${name}'`,
      `"${name}"`,
      `\\${name}`,
      `${name.slice(0, 1)}\\\n${name.slice(1)}`,
      `${name.slice(0, 1)}''${name.slice(1)}`,
    ]);
    return [spelled, ...rest].join(" ");
  }

  private hereDocument(depth: number): string {
    const [open, end, expands] = this.one([
      ["E", "E", true],
      ["E", "E", true],
      ["'E'", "E", false],
      ['"E"', "E", false],
      ["\\E", "E", false],
      ["E''", "E", false],
      ["'E F'", "E F", false],
      ["E-1", "E-1", true],
      ["E$u", "E$u", true],
    ] as const);
    const strip = this.below(3) === 0;
    const lines: string[] = [];
    for (let more = this.below(4); more > 0; more--) {
      lines.push((strip && this.below(2) === 0 ? "\t" : "") + this.bodyLine(expands, depth));
    }
    const body = lines.map((line) => `${line}\n`).join("");
    const close = this.below(25) === 0 ? this.one([` ${end}`, `${end} `, "", `${end})`, `${end};`]) : strip ? `\t${end}` : end;
    this.pending.push({ body, close });
    return `${strip ? "<<-" : "<<"}${this.one(["", "", " "])}${open}`;
  }

  private bodyLine(expands: boolean, depth: number): string {
    const pieces: string[] = [];
    for (let more = 1 + this.below(2); more > 0; more--) {
      pieces.push(expands && depth < 3 && this.below(4) === 0 ? this.substitution(depth + 1, false) : this.one(inBody));
    }
    return pieces.join(" ");
  }

  private word(depth: number): string {
    let text = this.piece(depth);
    while (!this.spent && this.below(4) === 0) text += this.piece(depth);
    return text;
  }

  private piece(depth: number): string {
    switch (this.below(10)) {
      case 0:
        return `'${this.pieces(inSingle)}'`;
      case 1:
      case 2:
        return this.doubleQuoted(depth);
      case 3:
        return depth < 3 ? this.substitution(depth + 1, true) : "b";
      default:
        return this.below(60) === 0 ? this.one(brittleWords) : this.one(plainWords);
    }
  }

  private pieces(list: readonly string[]): string {
    let text = "";
    for (let more = this.below(4); more > 0; more--) text += this.one(list);
    return text;
  }

  private doubleQuoted(depth: number): string {
    let text = "";
    for (let more = this.below(4); more > 0; more--) {
      text += depth < 3 && this.below(4) === 0 ? this.substitution(depth + 1, false) : this.one(inDouble);
    }
    return `"${text}"`;
  }

  private substitution(depth: number, process: boolean): string {
    const kind = this.below(process ? 7 : 5);
    if (kind === 3) return `\`${this.script(depth).replace(/[\\`$]/g, (each) => (this.below(3) === 0 ? each : `\\${each}`))}\``;
    const inner = this.script(depth);
    const close = this.one(["", "", " ", "\n", " # c\n", ";"]);
    switch (kind) {
      case 4:
        return this.one([
          `\${u:-$(${inner}${close})}`,
          `\${u:-\`${inner}\`}`,
          `\${u:-"$(${inner}${close})"}`,
          `$((1 + $(${inner}${close})))`,
          `$( (${inner}) )`,
          `$((${inner}) )`,
        ]);
      case 5:
        return `<(${inner}${close})`;
      case 6:
        return `>(${inner}${close})`;
      default:
        return `$(${this.one(["", "", " ", "\n"])}${inner}${close})`;
    }
  }

  private compound(depth: number): string {
    const list = (): string => this.list(depth);
    const end = (): string => (this.pending.length > 0 ? this.newline() : this.one(["; ", ";", "\n", " # c\n", " & "]));
    const tail = (): string => (this.below(4) === 0 ? ` ${this.below(3) === 0 ? this.hereDocument(depth) : this.one(redirections)}` : "");
    switch (this.below(13)) {
      case 0:
        return `{ ${list()}${end()}}${tail()}`;
      case 1:
        return `(${list()}${this.pending.length > 0 ? this.newline() : ""})${tail()}`;
      case 2:
        return `if ${list()}${end()}then ${list()}${end()}${this.one(["", "else id; ", "elif ls; then id; ", "else\n"]).replace(/^else\n$/, "else\nwc\n")}fi${tail()}`;
      case 3:
      case 4:
        return `for i in ${this.word(depth)} ${this.word(depth)}${this.one(["; ", "\n", " ;\n"])}do ${list()}${end()}done${tail()}`;
      case 5:
        return `until ${list()}${end()}do ${list()}${end()}done${tail()}`;
      case 6:
        return `case ${this.word(depth)} in ${this.one(["a) ", "(a) ", "a|b) ", "*) ", "'a b') ", "[a-c]*) ", "esac) ", "(esac) ", "$(id)) ", "\\)) "])}${list()}${end()};; *) ${list()}${end()}${this.one([";;", "", ";&", ";;&"])} esac${tail()}`;
      case 7:
        return `${this.one(["k() ", "function k ", "function k() ", "k()\n"])}{ ${list()}${end()}}${tail()}`;
      case 8:
        return `[[ ${this.one(["-f f", "a == b*", "$u =~ ^(a|b)c$", '"$u" =~ a\\ b', "a < b", "! -n $u", "( a )", "a && b", "a =~ [[:space:]]", "-z `id`", '"$(id)" = x', "a != !(b)"])} ]]${tail()}`;
      case 9:
        return `((${this.one(["1", "a=1", "1 + 2", "a << 1", "1 < 2", "(1) + (2)", "$(id) + 1", " a > 1 ", "u"])}))`;
      case 10:
        return `for ((i=0; i<2; i++)); do ${list()}${end()}done${tail()}`;
      case 11:
        return this.one([
          `coproc ${list()}`,
          `coproc K { ${list()}${end()}}`,
          `while ! ${list()}${end()}do ${list()}${end()}done`,
          `select i in a; do ${list()}${end()}done`,
        ]);
      default:
        return `{ ${list()}${end()}} | ${this.simple(depth)}`;
    }
  }
}
