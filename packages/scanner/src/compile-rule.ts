// Rule data -> lookup tables, once per rule and only when the rule is first needed.
// classify-command.ts reads the tables. A malformed rule is a bug and throws (the rule tests compile every rule).
import { invariant } from "./invariant.ts";
import type { CommandRule, OptionRule, OptionStyle, ProgramRule, WordKind } from "./rule.ts";

export type Arity = "flag" | "value" | "optional" | "pair";

/** One option under all its spellings. `rule` is absent for options that mean no harm. */
export interface OptionSpec {
  readonly names: readonly string[];
  readonly arity: Arity;
  readonly kind: "data" | "read" | "write" | "code" | "inner";
  readonly rule?: OptionRule;
}

export type OptionTable = ReadonlyMap<string, OptionSpec>;

export interface OperandTable {
  /** Kinds by position; `rest` is the kind of all further ones. */
  readonly kinds: readonly WordKind[];
  readonly rest?: WordKind;
  readonly min: number;
}

export interface CompiledCommand {
  readonly rule: CommandRule;
  readonly options: OptionTable;
  readonly operands: OperandTable | undefined;
  readonly verbs: ReadonlyMap<string, CompiledVerb> | undefined;
  /** One of its options does harm: a word that may turn into any option may turn into that one. */
  readonly harmful: boolean;
}

/** A verb is a command, a group that only leads to further words, or both. Its tables are made when it is first met: large clients have hundreds. */
export interface CompiledVerb {
  rule: CommandRule | undefined;
  next: Map<string, CompiledVerb> | undefined;
}

export interface CompiledProgram extends CompiledCommand {
  readonly program: ProgramRule;
  readonly style: OptionStyle;
  readonly globalsAnywhere: boolean;
}

const compiledCommands = new WeakMap<CommandRule, CompiledCommand>();

export function compileProgram(program: ProgramRule): CompiledProgram {
  const style = program.style ?? "gnu";
  const globalsAnywhere = program.globals === undefined ? style === "go" : program.globals === "anywhere";
  return { ...compileCommand(program), program, style, globalsAnywhere };
}

/** Tables of one (sub-)command; the same rule object is compiled once. */
export function compileCommand(rule: CommandRule): CompiledCommand {
  const known = compiledCommands.get(rule);
  if (known !== undefined) return known;
  const options = compileOptions(rule);
  const compiled = {
    rule,
    options,
    harmful: [...options.values()].some(doesHarm),
    operands: rule.operands === undefined ? undefined : compileOperands(rule.operands),
    verbs: rule.verbs === undefined ? undefined : compileVerbs(rule.verbs),
  };
  compiledCommands.set(rule, compiled);
  return compiled;
}

/** At worst, other options print too much or without end. */
function doesHarm({ kind, rule }: OptionSpec): boolean {
  if (kind === "write" || kind === "code" || kind === "inner") return true;
  if (rule === undefined || rule.harmless === true) return false;
  return rule.check !== undefined || rule.allow !== undefined || !printsOnly(rule);
}

function printsOnly({ risk = "safe", sensitive, unbounded }: OptionRule): boolean {
  return risk === "safe" || (risk === "caution" && (sensitive === true || unbounded === true));
}

function compileOptions(rule: CommandRule): OptionTable {
  const table = new Map<string, OptionSpec>();
  addOptions(table, rule.flags, "flag", "data");
  addOptions(table, rule.values, "value", "data");
  addOptions(table, rule.optional, "optional", "data");
  addOptions(table, rule.reads, "value", "read");
  for (const [spelling, option] of Object.entries(rule.options ?? {})) {
    addOption(table, { names: spelling.split("|"), arity: option.arity ?? "value", kind: option.kind ?? "data", rule: option });
  }
  return table;
}

function addOptions(table: Map<string, OptionSpec>, list: string | undefined, arity: Arity, kind: "data" | "read"): void {
  if (list === undefined) return;
  for (const word of list.split(" ")) if (word !== "") addOption(table, { names: word.split("|"), arity, kind });
}

function addOption(table: Map<string, OptionSpec>, spec: OptionSpec): void {
  for (const name of spec.names) {
    invariant(!table.has(name), `option ${name} is listed twice`);
    table.set(name, spec);
  }
}

const kinds: ReadonlySet<string> = new Set(["data", "read", "write", "code", "text", "name", "inner"]);

function isWordKind(text: string): text is WordKind {
  return kinds.has(text);
}

function compileOperands(notation: string): OperandTable {
  const list: WordKind[] = [];
  let rest: WordKind | undefined;
  let min = 0;
  for (const word of notation.split(" ")) {
    if (word === "none") continue;
    const mark = word.at(-1);
    const kind = mark === "*" || mark === "?" ? word.slice(0, -1) : word;
    invariant(isWordKind(kind) && rest === undefined, `operand notation "${notation}"`);
    if (mark === "*") rest = kind;
    else list.push(kind);
    if (mark !== "*" && mark !== "?") min = list.length;
  }
  return rest === undefined ? { kinds: list, min } : { kinds: list, min, rest };
}

function compileVerbs(verbs: Readonly<Record<string, CommandRule>>): Map<string, CompiledVerb> {
  const root = new Map<string, CompiledVerb>();
  for (const [path, rule] of Object.entries(verbs)) addVerb(root, path.split(" "), rule);
  return root;
}

function addVerb(level: Map<string, CompiledVerb>, path: readonly string[], rule: CommandRule): void {
  const [first, ...rest] = path;
  invariant(first !== undefined, "a verb needs a name");
  for (const name of first.split("|")) {
    const node = level.get(name) ?? { rule: undefined, next: undefined };
    level.set(name, node);
    if (rest.length > 0) {
      node.next ??= new Map();
      addVerb(node.next, rest, rule);
    } else {
      invariant(node.rule === undefined, `verb ${name} is listed twice`);
      node.rule = rule;
    }
  }
}
