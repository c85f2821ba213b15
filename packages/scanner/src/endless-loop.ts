// A loop -> whether it surely goes on without end: a condition that is always true and nothing in the body that leaves it.
// What it repeats is judged elsewhere.
import { type ArithmeticFor, type Command, forEachChild, type SyntaxNode, type While } from "unbash";

const leaves: ReadonlySet<string> = new Set(["break", "exit", "return", "exec", "kill"]);

/** Always true, or false for `until`; waiting in the condition counts as true. */
function isConstant(text: string, holds: boolean): boolean {
  const bare = text.replace(/;\s*$/, "").trim();
  if (!holds) return bare === "false" || bare === "/bin/false" || bare === "/usr/bin/false";
  return /^(true|:|\/(usr\/)?bin\/true|sleep\s+[\w.]+|\[\s+(1|true)\s+\]|\[\[\s+(1|true)\s+\]\]|\(\(\s*[1-9]\d*\s*\)\))$/.test(bare);
}

/** Whether the loop never ends by itself. `source` is the text that the positions of `node` refer to. */
export function isEndless(node: While | ArithmeticFor, source: string): boolean {
  const always =
    node.type === "While"
      ? isConstant(source.slice(node.clause.pos, node.clause.end), node.kind === "while")
      : node.test === undefined || /^\s*[1-9]\d*\s*$/.test(source.slice(node.test.pos, node.test.end));
  return always && !some(node.body, (child) => child.type === "Command" && leaves.has(nameOf(child)));
}

/** Conditions that come to an end by themselves: input that runs out, a count. */
const ending: ReadonlySet<string> = new Set(["read", "[", "test", "getopts", "mapfile", "shift"]);

/** Whether the loop waits for something that may never come: it asks a program, and nothing else leaves it. */
export function mayWaitForever(node: While): boolean {
  const [first] = node.clause.commands;
  const asked = first?.command;
  const negated = asked?.type === "Pipeline" ? asked.commands[0] : asked;
  if (isSettled(node)) return leavesNowhere(node);
  if (negated?.type !== "Command" || ending.has(nameOf(negated))) return false;
  return leavesNowhere(node);
}

function leavesNowhere(node: While): boolean {
  return !some(node.body, (child) => child.type === "Command" && leaves.has(nameOf(child)));
}

/** What makes a condition come out otherwise another time. */
const expands: ReadonlySet<string> = new Set([
  "SimpleExpansion",
  "ParameterExpansion",
  "CommandExpansion",
  "ArithmeticExpansion",
  "ArithmeticCommand",
]);
const settled: ReadonlySet<string> = new Set(["true", "false", ":", "[", "test", "echo", "sleep"]);

/** Whether nothing in the condition can come out otherwise another time: comparisons of words in which nothing is filled in. */
function isSettled(node: While): boolean {
  return !some(node.clause, (child) => expands.has(child.type) || (child.type === "Command" && !settled.has(nameOf(child))));
}

/** Whether the body starts processes that nobody waits for. */
export function startsBackground(node: While | ArithmeticFor): boolean {
  return some(node.body, (child) => child.type === "Statement" && child.background === true);
}

function nameOf(node: Command): string {
  return node.name?.value ?? "";
}

/** Whether any node below `root` fits. */
export function some(root: SyntaxNode, fits: (node: SyntaxNode) => boolean): boolean {
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (fits(node)) return true;
    forEachChild(node, (child) => stack.push(child));
  }
  return false;
}
