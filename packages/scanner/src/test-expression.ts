// The condition inside `[[ ... ]]` -> findings: its words are walked, and the operators that evaluate an operand as code are looked at.
import type { TestExpression, Word, WordPart } from "unbash";
import type { Arg } from "./arg.ts";
import { isNumericName } from "./expansions.ts";
import { printsNumber } from "./number-output.ts";
import type { Finding } from "./rule.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import type { Walker } from "./walker.ts";
import { plainName, wordArg } from "./words.ts";

const numeric: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

export function walkTest(root: TestExpression, region: Region, state: ScanState, walker: Walker): void {
  const stack: TestExpression[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isBroken(node, region.source)) state.reportLostToken(spanOf(region, node));
    if (node.type === "TestUnary") walkUnary(node.operator, node.operand, region, state, walker);
    else if (node.type === "TestBinary") {
      for (const word of [node.left, node.right]) walkOperand(node.operator, word, region, state, walker);
    } else if (node.type === "TestLogical") stack.push(...node.operands);
    else stack.push(node.type === "TestNot" ? node.operand : node.expression);
  }
}

/** An operator and its operand on different lines: the parser accepts it, bash does not. */
function isBroken(node: TestExpression, source: string): boolean {
  if (node.type === "TestUnary") return source.slice(node.pos, node.operand.pos).includes("\n");
  return node.type === "TestBinary" && source.slice(node.left.end, node.right.pos).includes("\n");
}

function walkUnary(operator: string, word: Word, region: Region, state: ScanState, walker: Walker): void {
  const arg = wordArg(word, region, state, walker);
  if ((operator === "-v" || operator === "-R") && !isName(arg)) reportEvaluated(state, arg);
}

function walkOperand(operator: string, word: Word, region: Region, state: ScanState, walker: Walker): void {
  // A regular expression may hold `(` and `|`; without parts there is nothing in it to run.
  if (operator === "=~" && word.parts === undefined) return;
  const arg = wordArg(word, region, state, walker);
  if (numeric.has(operator) && !isNumber(arg) && !isNumericVariable(word, state) && !isCounted(word)) {
    state.report(
      "shell.test-arithmetic",
      "unknown",
      spanOf(region, word),
      "The comparison evaluates this word as arithmetic, which may run commands.",
    );
  }
}

/** `$x` and no more, when this text has set it to a number or the shell keeps one in it. */
function isNumericVariable(word: Word, state: ScanState): boolean {
  const part = onlyPart(word.parts);
  const inner = part?.type === "DoubleQuoted" ? onlyPart(part.parts) : part;
  if (inner?.type !== "SimpleExpansion" && inner?.type !== "ParameterExpansion") return false;
  const name = plainName(inner);
  return name !== undefined && isNumericName(name, state);
}

function onlyPart(parts: readonly WordPart[] | undefined): WordPart | undefined {
  return parts?.length === 1 ? parts[0] : undefined;
}

export function isName(arg: Arg): boolean {
  return arg.shape === "literal" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(arg.text);
}

function isNumber(arg: Arg): boolean {
  return arg.shape === "literal" && /^-?[0-9]+$/.test(arg.text);
}

/** What it means that the shell evaluates `arg` as the name of a variable: a subscript in it may run commands, and dangerous where one stands there. */
export function evaluatedName(arg: Arg): Finding {
  const runs = arg.text.includes("$(") || arg.text.includes("`");
  if (runs) return { risk: "dangerous", why: "the name is evaluated, which runs the command in its subscript", span: arg.span };
  return { risk: "unknown", why: "the name is evaluated, and a subscript in it may run commands", span: arg.span };
}

/** `$(... | wc -l)`, `$?`, `$#`. */
function isCounted(word: Word): boolean {
  const part = onlyPart(word.parts);
  const inner = part?.type === "DoubleQuoted" ? onlyPart(part.parts) : part;
  if (inner?.type === "CommandExpansion") return inner.script !== undefined && printsNumber(inner.script);
  return inner?.type === "SimpleExpansion" && /^\$[?#$!]$/.test(inner.text);
}

function reportEvaluated(state: ScanState, arg: Arg): void {
  const { risk, why } = evaluatedName(arg);
  state.report("shell.test-variable", risk, arg.span, `${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
}
