// A simple command node -> assignments, words, redirections, then classification; records what the command came to.
// Called by walk.ts for every Command node.
import type { ArrayValue, Assignment, Command, ParsedScript, Word } from "unbash";
import { type Arg, literalArg } from "./arg.ts";
import { classifyCommand } from "./classify-command.ts";
import { checkEnvironment, checkShellVariable } from "./environment.ts";
import { mayPrintNothing, printsNumber } from "./number-output.ts";
import { walkRedirects } from "./redirects.ts";
import type { InputKind } from "./rule.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import { sensitivePath, sensitiveWord } from "./sensitive-paths.ts";
import { lostToken, reportCut } from "./token-gaps.ts";
import { numberOrNothing, unknownNumber } from "./tracked-number.ts";
import type { Span } from "./types.ts";
import type { Walker } from "./walker.ts";
import { wordArg, wordArgs } from "./words.ts";

export function walkSimpleCommand(node: Command, region: Region, stdin: InputKind, state: ScanState, walker: Walker): void {
  const outer = state.beginFrame();
  const span = spanOf(region, node);
  const lost = lostToken(node, region.source);
  if (lost !== undefined) state.reportLostToken(spanOf(region, { pos: lost, end: lost + 1 }));
  // Where a redirection fails, the shell's own commands set nothing.
  const kept = node.redirects.length === 0 ? undefined : new Map(state.variables);
  const args = commandArgs(node, region, state, walker);
  walkAssignments(node, args[0], region, state, walker);
  const input = node.redirects.length === 0 ? stdin : walkRedirects(node.redirects, stdin, onlyTruncates(args), region, state, walker);
  const answers =
    args.length === 0
      ? reportAssignments(node, region, state)
      : callsFunction(args, span, state)
        ? noAnswers
        : classifyCommand({ state, text: walker.text }, args, input, span);
  if (kept !== undefined) state.blurSince(kept);
  state.outcomes.set(node, { risk: state.endFrame(outer), answers });
}

const noAnswers: readonly number[] = [];

/** A call of a function that this text has defined; what is in it was judged there, whatever its operands are, but for what it reads. */
function callsFunction([name, ...operands]: readonly Arg[], span: Span, state: ScanState): boolean {
  if (name?.shape !== "literal" || !state.functions.has(name.text)) return false;
  if (!state.countCommand(span)) return true;
  for (const variable of state.functionVariables) state.setVariable(variable, undefined);
  for (const operand of operands) reportSecretOperand(operand, state);
  state.report("shell.function", "safe", span, `Calls the function ${name.text}, which is defined in this text.`);
  return true;
}

/** The function may print what its operand names. */
function reportSecretOperand(operand: Arg, state: ScanState): void {
  const why = sensitivePath(operand.head) ?? sensitiveWord(operand.text);
  if (why === undefined) return;
  state.sensitive = true;
  state.report("shell.function.sensitive", "caution", operand.span, `${operand.text} ${why}.`);
}

function commandArgs(node: Command, region: Region, state: ScanState, walker: Walker): Arg[] {
  if (node.name === undefined) return [];
  const args = [...wordArgs(node.name, region, state, walker)];
  for (const item of node.suffix) {
    if (item.type === "Word") args.push(...wordArgs(item, region, state, walker));
    else if (item.type === "Assignment") args.push(assignmentArg(item, region, state, walker));
  }
  return args;
}

/** `A=b` as an argument of export, declare and the like. */
function assignmentArg(item: Assignment, region: Region, state: ScanState, walker: Walker): Arg {
  const span = spanOf(region, item);
  const value = assignedValue(item, region, state, walker);
  const head = `${item.name}=`;
  if (value?.shape === "literal" && item.append !== true) return literalArg(head + value.text, span);
  return { shape: "one", text: item.text, head, dash: false, span };
}

/** The value of an assignment as one word; undefined for arrays, appended and indexed forms. */
function assignedValue(item: Assignment, region: Region, state: ScanState, walker: Walker): Arg | undefined {
  if (item.index !== undefined) {
    walker.word(item.index, region);
    if (!/^[0-9]+$/.test(item.index.text))
      state.report("shell.subscript", "unknown", spanOf(region, item), "A subscript is evaluated as arithmetic and may run commands.");
  }
  if (isArray(item.value)) {
    reportCut(item.value.elements, region, state);
    for (const element of item.value.elements) wordArgs(element, region, state, walker);
    return undefined;
  }
  const value = wordArg(item.value, region, state, walker);
  return item.index === undefined && item.append !== true ? value : undefined;
}

function isArray(value: Word | ArrayValue): value is ArrayValue {
  return value.type === "ArrayValue";
}

function walkAssignments(node: Command, program: Arg | undefined, region: Region, state: ScanState, walker: Walker): void {
  for (const item of node.prefix) {
    if (item.type !== "Assignment") continue;
    const span = spanOf(region, item);
    const value = assignedValue(item, region, state, walker);
    const known = value ?? { shape: "one" as const, text: item.text, head: "", dash: true, span };
    if (program === undefined) assignVariable(item, value, known, state);
    else givenVariable(item.name, known, program, state);
  }
}

/** In some shells an assignment before a built-in command stays behind. */
function givenVariable(name: string, value: Arg, program: Arg, state: ScanState): void {
  if (!(name === "IFS" && program.text === "read")) checkEnvironment(state, name, value);
  if (state.variables.has(name)) state.setVariable(name, undefined);
}

function assignVariable(item: Assignment, value: Arg | undefined, shown: Arg, state: ScanState): void {
  checkShellVariable(state, item.name, shown);
  if (value?.shape === "literal") state.setVariable(item.name, value);
  else state.setVariable(item.name, value === undefined ? undefined : calculated(item));
}

/** `i=$((i + 1))`, `n=$(ls | wc -l)`: whatever comes out is a number. */
function calculated({ value }: Assignment): Arg | undefined {
  if (value.type !== "Word" || value.parts?.length !== 1) return undefined;
  const [part] = value.parts;
  if (part?.type === "ArithmeticExpansion") return unknownNumber;
  return part?.type === "CommandExpansion" ? printedNumber(part.script) : undefined;
}

function printedNumber(script: ParsedScript | undefined): Arg | undefined {
  if (script === undefined || !printsNumber(script)) return undefined;
  return mayPrintNothing(script) ? numberOrNothing : unknownNumber;
}

function reportAssignments(node: Command, region: Region, state: ScanState): readonly number[] {
  if (node.prefix.some((item) => item.type === "Assignment") && state.countCommand(spanOf(region, node))) {
    state.report("shell.assignment", "safe", spanOf(region, node), "Sets a variable of the shell.");
  }
  return [];
}

/** `> f`, `: > f`, `true > f`, `cat /dev/null > f`: emptying the file is the whole effect. */
function onlyTruncates(args: readonly Arg[]): boolean {
  const name = args[0]?.text ?? ":";
  if (name === ":" || name === "true") return true;
  return args.length === 2 && printsNothing.has(`${name} ${args[1]?.text}`);
}

const printsNothing: ReadonlySet<string> = new Set(["cat /dev/null", "echo -n", "echo ", "printf "]);
