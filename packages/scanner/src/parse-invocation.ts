// Words of a call -> the sub-command's rule and an Invocation: follows the verbs, reading options on the way.
// Called by classify-command.ts. A verb that is not in the table ends as `unknownVerb`; nothing is judged here.
import type { Arg } from "./arg.ts";
import { type CompiledCommand, type CompiledProgram, type CompiledVerb, compileCommand, type OptionTable } from "./compile-rule.ts";
import { Invocation } from "./invocation.ts";
import { type Misfit, OptionParser } from "./parse-options.ts";
import type { InputKind } from "./rule.ts";
import type { Span } from "./types.ts";

export interface ParsedInvocation {
  /** Undefined when the words lead to no command of the table. */
  readonly command: CompiledCommand | undefined;
  readonly inv: Invocation;
  /** Names the rule in reasons: the first of the program's names and the sub-command. */
  readonly id: string;
  readonly misfits: readonly Misfit[];
  /** How many of `misfits` stand before the end of the sub-command: one of them may have taken the true sub-command as its value. */
  readonly earlyMisfits: number;
  /** How many of the options stand there: their values may turn into words that are another sub-command. */
  readonly earlyOptions: number;
  /** An option of the sub-command, or one of the program that may stand behind it, does harm. */
  readonly harmful: boolean;
  /** The word that is no verb of the table, or that is not written out. */
  readonly unknownVerb: Arg | undefined;
}

/** Where the descent through the verbs stands. */
interface Descent {
  command: CompiledCommand | undefined;
  next: ReadonlyMap<string, CompiledVerb> | undefined;
  tables: readonly OptionTable[];
  readonly path: string[];
  unknownVerb: Arg | undefined;
}

/** `name` is the one of the program's names that was typed. */
export function parseInvocation(
  program: CompiledProgram,
  name: string,
  args: readonly Arg[],
  stdin: InputKind,
  span: Span,
): ParsedInvocation {
  const parser = new OptionParser(args, program.style);
  const descent: Descent = {
    command: startCommand(program),
    next: program.verbs,
    tables: [program.options],
    path: [],
    unknownVerb: undefined,
  };
  while (descent.next !== undefined || descent.command?.rule.otherVerb !== undefined) {
    const word = parser.nextOperand(descent.tables);
    if (word === undefined || !descend(descent, word, program)) break;
    parser.take();
  }
  const [earlyMisfits, earlyOptions] = program.verbs === undefined ? [0, 0] : [parser.misfits.length, parser.uses.length];
  const { command } = descent;
  parser.rest(descent.tables, command?.rule.firstEnds === true, command === undefined || runsOperands(command));
  const inv = new Invocation(name, descent.path, parser.uses, parser.operands, stdin, span, wordsOf(parser.misfits), parser.hasEnd());
  const id = [program.program.names.split("|", 1)[0], ...descent.path].join(".");
  const { unknownVerb } = descent;
  return { command, inv, id, misfits: parser.misfits, earlyMisfits, earlyOptions, harmful: doHarm(descent, program), unknownVerb };
}

function doHarm({ command, path }: Descent, program: CompiledProgram): boolean {
  return command?.harmful === true || (path.length > 0 && program.globalsAnywhere && program.harmful);
}

/** Whether operands may be a command that the program runs, or are not described at all. */
function runsOperands({ operands }: CompiledCommand): boolean {
  return operands === undefined || operands.rest === "inner" || operands.kinds.includes("inner");
}

const noWords: readonly Arg[] = [];

function wordsOf(misfits: readonly Misfit[]): readonly Arg[] {
  return misfits.length === 0 ? noWords : misfits.map((misfit) => misfit.arg);
}

/** A program with verbs is a command of its own only when it says what that means. */
function startCommand(program: CompiledProgram): CompiledCommand | undefined {
  return program.verbs === undefined || program.rule.risk !== undefined || program.rule.otherVerb !== undefined ? program : undefined;
}

/** Follows one word; false when the descent ends here. */
function descend(descent: Descent, word: Arg, program: CompiledProgram): boolean {
  if (word.shape === "literal" && (followVerb(descent, word.text, program) || followOther(descent, word.text, program))) {
    descent.path.push(word.text);
    return true;
  }
  if (descent.command?.rule.operands === undefined) {
    descent.unknownVerb = word;
    descent.command = undefined;
  }
  return false;
}

function followVerb(descent: Descent, word: string, program: CompiledProgram): boolean {
  const verb = descent.next?.get(word);
  if (verb === undefined) return false;
  const command = verb.rule === undefined ? undefined : compileCommand(verb.rule);
  follow(descent, command, verb.next ?? command?.verbs, program);
  return true;
}

function followOther(descent: Descent, word: string, program: CompiledProgram): boolean {
  const other = descent.command?.rule.otherVerb?.(word, descent.path);
  if (other === undefined) return false;
  const command = compileCommand(other);
  follow(descent, command, command.verbs, program);
  return true;
}

function follow(
  descent: Descent,
  command: CompiledCommand | undefined,
  next: ReadonlyMap<string, CompiledVerb> | undefined,
  program: CompiledProgram,
): void {
  descent.command = command;
  descent.next = next;
  const own = command === undefined ? [] : [command.options];
  descent.tables = program.globalsAnywhere ? [...own, ...descent.tables] : own;
}
