// One program call after its words were sorted into sub-command, options and operands by the program's table.
// Made by parse-options.ts; handed to the functions of a rule. Read only; knows nothing of risk.
import type { Arg } from "./arg.ts";
import type { OptionSpec } from "./compile-rule.ts";
import type { InputKind } from "./rule.ts";
import type { Span } from "./types.ts";

export interface OptionUse {
  readonly spec: OptionSpec;
  readonly value?: Arg;
  readonly span: Span;
}

export class Invocation {
  readonly program: string;
  /** The sub-command as typed: ["rollout", "status"]. */
  readonly path: readonly string[];
  readonly options: readonly OptionUse[];
  readonly operands: readonly Arg[];
  readonly stdin: InputKind;
  readonly span: Span;
  /** The option words that no table lists, as typed; their values stand among the operands. */
  readonly unlisted: readonly Arg[];
  /** `--` stood among the words: what follows it are operands and nothing else (paths, for git checkout). */
  readonly ended: boolean;

  constructor(
    program: string,
    path: readonly string[],
    options: readonly OptionUse[],
    operands: readonly Arg[],
    stdin: InputKind,
    span: Span,
    unlisted: readonly Arg[],
    ended: boolean,
  ) {
    this.program = program;
    this.path = path;
    this.options = options;
    this.operands = operands;
    this.stdin = stdin;
    this.span = span;
    this.unlisted = unlisted;
    this.ended = ended;
  }

  /** Whether the option was given, under any of its spellings. */
  has(name: string): boolean {
    return this.use(name) !== undefined;
  }

  /** The literal value of the last use of an option; undefined when absent, without value, or not written out. */
  value(name: string): string | undefined {
    const arg = this.arg(name);
    return arg?.shape === "literal" ? arg.text : undefined;
  }

  /** The value word of the last use of an option. */
  arg(name: string): Arg | undefined {
    return this.use(name)?.value;
  }

  /** Every value of a repeatable option, in order. */
  all(name: string): readonly Arg[] {
    const values: Arg[] = [];
    for (const use of this.options) if (use.value !== undefined && use.spec.names.includes(name)) values.push(use.value);
    return values;
  }

  /** The operand at `index` when it is literal. */
  operand(index: number): string | undefined {
    const arg = this.operands[index];
    return arg?.shape === "literal" ? arg.text : undefined;
  }

  private use(name: string): OptionUse | undefined {
    for (let i = this.options.length - 1; i >= 0; i--) {
      const use = this.options[i];
      if (use?.spec.names.includes(name)) return use;
    }
    return undefined;
  }
}
