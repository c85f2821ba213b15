// Substitutions, parameter and arithmetic expansions inside words: the commands in them are walked, evaluation traps are reported.
// Called by words.ts. What the shell would evaluate as code in an unexpected place (subscripts, `@P`, numbers that are text) is unknown.
import {
  type ArithmeticExpression,
  forEachChild,
  type ParameterOperation,
  type ParameterSliceOperation,
  type ParsedScript,
  type SyntaxNode,
  type Word,
  type WordPart,
} from "unbash";
import type { Arg } from "./arg.ts";
import { checkShellVariable } from "./environment.ts";
import { printsNumber } from "./number-output.ts";
import type { InputKind } from "./rule.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import { isArithmeticNumber, isNumber, unknownNumber } from "./tracked-number.ts";
import { substitutionTrap } from "./substitution-trap.ts";
import type { Span } from "./types.ts";
import type { Walker } from "./walker.ts";

type SubstitutionPart = Extract<WordPart, { type: "CommandExpansion" | "ProcessSubstitution" }>;

/** Walks the script of `$(...)`, backticks, `<(...)` or `>(...)`. */
export function walkSubstitution(part: SubstitutionPart, region: Region, state: ScanState, walker: Walker): void {
  const span = spanOf(region, part);
  if (part.script === undefined || !isClosed(part.text)) {
    state.report("shell.substitution", "unknown", span, "A substitution that could not be read to its end.");
    return;
  }
  const trap = substitutionTrap(part.script, part.text);
  if (trap !== undefined) state.report("shell.substitution", "unknown", span, trap);
  const fed = part.type === "ProcessSubstitution" && part.operator === ">";
  walkNested(part.script, region, state, walker, span, fed ? { kind: "data" } : { kind: "none" });
}

/** In a here-document the parser takes a single backtick for a substitution. */
function isClosed(text: string): boolean {
  const closing = text.startsWith("${") ? "}" : text.startsWith("`") ? "`" : ")";
  return text.length > 1 && text.endsWith(closing);
}

function walkNested(script: ParsedScript, region: Region, state: ScanState, walker: Walker, span: Span, stdin: InputKind): void {
  if (!state.enter(span)) return;
  const kept = new Map(state.variables);
  const inner = script.source === undefined ? region : { source: script.source, base: 0, whole: span };
  walker.script(script, inner, stdin);
  state.variables = kept;
  state.leave();
}

type ParameterPart = Extract<WordPart, { type: "ParameterExpansion" }>;
type DefaultOperation = Extract<ParameterOperation, { type: "Default" }>;

/** Walks the words inside `${...}` and reports the forms that evaluate or assign. */
export function walkParameter(part: ParameterPart, region: Region, state: ScanState, walker: Walker): void {
  const span = spanOf(region, part);
  if (part.index !== undefined) walkSubscript(part.index, region, state, walker);
  if (part.prefix === "!" && part.operation?.type !== "Names" && part.index === undefined && !isHarmlessName(part.parameter, state)) {
    state.report("shell.indirect", "unknown", span, "The variable named by another one may run commands in its subscript.");
  }
  if (part.operation !== undefined) walkOperation(part.operation, part.parameter, region, state, walker, span);
}

function walkOperation(operation: ParameterOperation, name: string, region: Region, state: ScanState, walker: Walker, span: Span): void {
  switch (operation.type) {
    case "Default":
      walkDefault(operation, name, region, state, walker);
      return;
    case "Remove":
    case "CaseModification":
      if (operation.operand !== undefined) walker.word(operation.operand, region);
      return;
    case "Replace":
      walker.word(operation.pattern, region);
      walker.word(operation.replacement, region);
      return;
    case "Slice":
      walkSlice(operation, region, state, walker);
      return;
    case "Names":
      return;
    default:
      state.report("shell.parameter", "unknown", span, "This form of ${...} evaluates the variable's content.");
  }
}

/** The operand may be evaluated or not: what it sets is not known afterwards. `?` may end the line. */
function walkDefault({ operator, operand }: DefaultOperation, name: string, region: Region, state: ScanState, walker: Walker): void {
  if (operator.endsWith("=")) checkShellVariable(state, name, assignedText(name, spanOf(region, operand)));
  // Over-inclusive: only the forms with `=` set it.
  state.variables.set(name, undefined);
  const kept = new Map(state.variables);
  walker.word(operand, region);
  state.blurSince(kept);
  if (operator.endsWith("?")) state.lineMayEnd();
}

function walkSlice(slice: ParameterSliceOperation, region: Region, state: ScanState, walker: Walker): void {
  walkSubscript(slice.offset, region, state, walker);
  if (slice.length === undefined) return;
  walkSubscript(slice.length, region, state, walker);
  // A length that goes back behind the offset is an error.
  if (slice.length.text.includes("-")) state.lineMayEnd();
}

/** The name in `${!x}`: this text has set it to a plain name. */
function isHarmlessName(name: string, state: ScanState): boolean {
  const known = state.variables.get(name);
  return known?.shape === "literal" && isNameText(known.text);
}

/** A subscript or slice bound is arithmetic: digits, `@`, `*` and a sign are plain, anything else may be evaluated. */
function walkSubscript(word: Word, region: Region, state: ScanState, walker: Walker): void {
  if (isPlainNumber(word.text) || word.text === "@" || word.text === "*") return;
  walker.word(word, region);
  state.report("shell.subscript", "unknown", spanOf(region, word), "A subscript is evaluated as arithmetic and may run commands.");
}

function isPlainNumber(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code >= 48 && code <= 57;
    if (!digit && code !== 45 && code !== 32) return false;
  }
  return text !== "";
}

/** Arithmetic over numbers and variables that this text does not set; anything else may run commands and is unknown. */
export function walkArithmetic(
  expression: ArithmeticExpression | undefined,
  region: Region,
  state: ScanState,
  walker: Walker,
  span: Span,
): void {
  if (expression === undefined) {
    state.report("shell.arithmetic", "unknown", span, "Arithmetic that could not be read.");
    return;
  }
  const targets: string[] = [];
  let certain = true;
  const stack: SyntaxNode[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === "ArithmeticBinary" || node.type === "ArithmeticUnary") targets.push(...(arithmeticTarget(node) ?? []));
    certain = isCalculated(node, state) && certain;
    if (node.type === "ArithmeticWord") checkArithmeticWord(node, region, state, walker);
    else if (node.type === "ArithmeticCommandExpansion") arithmeticSubstitution(node.script, region, state, walker, spanOf(region, node));
    else pushOperands(node, stack);
  }
  // Only now: while the words above were checked, the variables still had their old content.
  for (const target of targets) {
    checkShellVariable(state, target, assignedText(target, span));
    setNumber(target, certain, state);
  }
}

/** What an expansion puts into a variable: one word that is not written out. */
function assignedText(name: string, span: Span): Arg {
  return { shape: "one", text: `$${name}`, head: "", dash: true, span };
}

/** Sets a variable to some number; where that may not happen, it is a number only if it was one. */
function setNumber(name: string, certain: boolean, state: ScanState): void {
  state.setVariable(name, certain || isNumber(state.variables.get(name)) ? unknownNumber : undefined);
}

/** Whether all of a node is calculated, and without an error. */
function isCalculated(node: SyntaxNode, state: ScanState): boolean {
  if (!mayFail(node)) return !mayLeaveOut(node);
  state.lineMayEnd();
  return false;
}

/** `a && b`, `a || b`, `a ? b : c`: not all of it is calculated. */
function mayLeaveOut(node: SyntaxNode): boolean {
  return node.type === "ArithmeticTernary" || (node.type === "ArithmeticBinary" && (node.operator === "&&" || node.operator === "||"));
}

/** Division by what may be nothing, a power that may be negative, a number that is none: the shell gives up the line. */
function mayFail(node: SyntaxNode): boolean {
  if (node.type === "ArithmeticWord") return /^[0-9]/.test(node.value) && !isArithmeticNumber(node.value);
  if (node.type !== "ArithmeticBinary" || !/^([/%]|\*\*)=?$/.test(node.operator)) return false;
  return node.right.type !== "ArithmeticWord" || !/^[1-9][0-9]*$/.test(node.right.value);
}

/** The parts that are evaluated; the left side of a plain `=` is not. */
function pushOperands(node: SyntaxNode, stack: SyntaxNode[]): void {
  if (node.type === "ArithmeticBinary" && node.operator === "=" && node.left.type === "ArithmeticWord" && isNameText(node.left.value))
    stack.push(node.right);
  else forEachChild(node, (child) => stack.push(child));
}

function isNameText(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<=", ">="]);

/** The variable that an arithmetic node assigns to, if it does. */
export function arithmeticTarget(
  node: Extract<ArithmeticExpression, { type: "ArithmeticBinary" | "ArithmeticUnary" }>,
): readonly [string] | undefined {
  const assigns =
    node.type === "ArithmeticBinary" ? node.operator.endsWith("=") && !comparisons.has(node.operator) : node.operator.length === 2;
  const target = node.type === "ArithmeticBinary" ? node.left : node.operand;
  return assigns && target.type === "ArithmeticWord" ? [target.value] : undefined;
}

function arithmeticSubstitution(script: ParsedScript | undefined, region: Region, state: ScanState, walker: Walker, span: Span): void {
  if (script !== undefined) {
    const trap = substitutionTrap(script, region.source);
    if (trap !== undefined) state.report("shell.substitution", "unknown", span, trap);
    walkNested(script, region, state, walker, span, { kind: "none" });
  }
  if (script === undefined || !printsNumber(script)) {
    state.report("shell.arithmetic", "unknown", span, "The output of a command is evaluated as arithmetic, which may run commands.");
  }
}

type ArithmeticWord = Extract<ArithmeticExpression, { type: "ArithmeticWord" }>;

function checkArithmeticWord(node: ArithmeticWord, region: Region, state: ScanState, walker: Walker): void {
  const { value, parts = [] } = node;
  if (/^[0-9][0-9a-zA-Z#]*$/.test(value) || /^\$[?#$]$/.test(value)) return;
  const name = /^\$?\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(value)?.[1];
  if (name !== undefined && isNumericName(name, state)) return;
  const scripts = parts.filter((part) => part.type === "CommandExpansion");
  for (const part of scripts) arithmeticSubstitution(part.script, region, state, walker, spanOf(region, part));
  if (scripts.length === 1 && parts.length === 1) return;
  state.report("shell.arithmetic", "unknown", spanOf(region, node), "Arithmetic evaluates the variable's content, which may run commands.");
}

/** Variables in which the shell itself keeps a number. */
const shellNumbers: ReadonlySet<string> = new Set(
  "RANDOM SRANDOM SECONDS LINENO UID EUID PPID BASHPID EPOCHSECONDS HISTCMD OPTIND SHLVL".split(" "),
);

/** A variable that this text has set to a number, or in which the shell keeps one. Any other may hold code for arithmetic. */
export function isNumericName(name: string, state: ScanState): boolean {
  if (state.variables.has(name)) return isNumber(state.variables.get(name));
  return shellNumbers.has(name) && !state.variablesUnknown;
}
