// Syntax tree of a loop -> the variables that it may set, and whether only to numbers. Used before and after a loop is walked,
// because a body runs many times and sees what an earlier turn set. Over-inclusive.
import { type Assignment, type Command, forEachChild, type SyntaxNode } from "unbash";
import { arithmeticTarget } from "./expansions.ts";
import { printsNumber } from "./number-output.ts";

/** Names set anywhere below `root`; the value says that each of their assignments is a number. */
export function assignedIn(root: SyntaxNode): ReadonlyMap<string, boolean> {
  const names = new Map<string, boolean>();
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const [name, numeric] of assignments(node)) names.set(name, numeric && names.get(name) !== false);
    forEachChild(node, (child) => stack.push(child));
  }
  return names;
}

/** What one node sets by itself. */
function assignments(node: SyntaxNode): readonly (readonly [name: string, numeric: boolean])[] {
  switch (node.type) {
    case "Assignment":
      return [[node.name, isNumeric(node)]];
    case "ParameterExpansion":
      return node.operation?.type === "Default" ? [[node.parameter, false]] : [];
    case "ArithmeticBinary":
    case "ArithmeticUnary": {
      const target = arithmeticTarget(node);
      return target === undefined ? [] : [[target[0], true]];
    }
    case "Command":
      return commandNames(node);
    default:
      return [];
  }
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
  const words = node.suffix.flatMap((item): [string, boolean][] => (item.type === "Word" ? [[item.value, false]] : []));
  return [["REPLY", false], ["MAPFILE", false], ...words];
}

const setters: ReadonlySet<string> = new Set(
  "read mapfile readarray printf getopts unset let export declare local typeset readonly wait".split(" "),
);
