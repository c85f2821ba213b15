// Syntax tree of a loop -> the variables that it may set, and whether only to numbers. Used before and after a loop is walked,
// because a body runs many times and sees what an earlier turn set. Over-inclusive.
import { type Assignment, type Command, forEachChild, type SyntaxNode } from "unbash";
import { arithmeticTarget } from "./expansions.ts";
import { printsNumber } from "./number-output.ts";

export interface Assigned {
  /** The value says that each of their assignments is a number. */
  readonly names: ReadonlyMap<string, boolean>;
  /** Text that is not looked at here runs in the shell, and may set anything. */
  readonly everything: boolean;
}

/** What is set anywhere below `root`. */
export function assignedIn(root: SyntaxNode): Assigned {
  const names = new Map<string, boolean>();
  let everything = false;
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    everything ||= node.type === "Command" && runsText(node);
    for (const [name, numeric] of assignments(node)) names.set(name, numeric && names.get(name) !== false);
    forEachChild(node, (child) => stack.push(child));
  }
  return { names, everything };
}

/** What one node sets by itself. */
function assignments(node: SyntaxNode): readonly (readonly [name: string, numeric: boolean])[] {
  switch (node.type) {
    case "Assignment":
      return [[node.name, isNumeric(node)]];
    case "ParameterExpansion":
      return defaulted(node);
    case "ArithmeticBinary":
    case "ArithmeticUnary":
      return (arithmeticTarget(node) ?? []).map((target) => [target, true]);
    case "Command":
      return commandNames(node);
    case "For":
    case "Select":
      return [[node.name.value, false]];
    default:
      return [];
  }
}

/** `${x:=5}`. */
function defaulted({ operation, parameter }: Extract<SyntaxNode, { type: "ParameterExpansion" }>): readonly (readonly [string, boolean])[] {
  return operation?.type === "Default" ? [[parameter, false]] : [];
}

/** `i=5`, `i=$((...))`. */
function isNumeric(node: Assignment): boolean {
  if (node.index !== undefined || node.append === true || node.value.type === "ArrayValue") return false;
  const parts = node.value.parts;
  if (parts === undefined) return /^[0-9]+$/.test(node.value.text);
  const [part] = parts;
  if (parts.length !== 1 || part === undefined) return false;
  if (part.type === "ArithmeticExpansion") return true;
  return part.type === "CommandExpansion" && part.script !== undefined && printsNumber(part.script);
}

function commandNames(node: Command): readonly (readonly [string, boolean])[] {
  if (node.name === undefined || !setters.has(node.name.value)) return [];
  const words = node.suffix.flatMap((item) => (item.type === "Word" ? namesIn(item.value) : []));
  return ["REPLY", "MAPFILE", ...words].map((name) => [name, false]);
}

/** The names that a word of such a command may mean: `x`, `x=1` (quoted), `x[0]`, and `-vx`, `-ax` of printf and read. */
function namesIn(word: string): readonly string[] {
  const name = /^\w+/.exec(word)?.[0];
  const glued = /^-\w(\w+)/.exec(word)?.[1];
  return [name, glued].filter((each) => each !== undefined);
}

const setters: ReadonlySet<string> = new Set(
  "read mapfile readarray printf getopts unset let export declare local typeset readonly wait builtin command".split(" "),
);

function runsText({ name, suffix }: Command): boolean {
  const first = suffix.find((item) => item.type === "Word")?.value ?? "";
  return textRunners.has(name?.value ?? "") || (innerCallers.has(name?.value ?? "") && textRunners.has(first));
}

const textRunners: ReadonlySet<string> = new Set(["eval", "source", ".", "trap"]);
const innerCallers: ReadonlySet<string> = new Set(["builtin", "command"]);
