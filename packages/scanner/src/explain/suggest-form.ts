// A text without a plan -> a form of it that an executor can run, proven by scanning that form.
// For people who decide about a step. What it proposes is not riskier than the text and goes through the same gates as any other command.
import { type Command, type CommandNode, type ParsedScript, parse, type Redirection, type Statement } from "unbash";
import { literalWord } from "../plan-words.ts";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Risk, Verdict } from "../types.ts";
import { joined, type Rewrite, rewriteWord, spliced } from "./rewrite-word.ts";
import { asTemplate, fillVariable } from "./fill-variable.ts";

export interface RunnableForm {
  /** It has a plan, and its risk is not above that of the text it stands for; `<name>` is a value that the runbook fills in. */
  readonly command: string;
  /** What was done, for a person: "one command per value". */
  readonly change: string;
}

const maxSteps = 8;
const maxLength = 4_096;
const maxValues = 12;

/** Undefined when the text has a plan already, or no rewriting that is known leads to one. */
export function suggestForm(text: string, verdict: Verdict): RunnableForm | undefined {
  if (verdict.plan !== undefined || text.length > maxLength || verdict.notRunnable?.code === "REFUSED_TEXT") return undefined;
  const changes = new Set<string>();
  for (const { text: command, change, runs } of forms(text, verdict.risk)) {
    changes.add(change);
    if (runs) return { command, change: [...changes].join(", ") };
  }
  return undefined;
}

/** One rewriting after the other, until one runs or none is known. */
function* forms(text: string, most: Risk): Generator<Rewrite & { readonly runs: boolean }> {
  let current = text;
  for (let step = 0; step < maxSteps; step++) {
    const template = templateOf(current, most);
    if (template !== undefined) yield { ...template, runs: true };
    const next = rewrite(current);
    if (next === undefined || next.text === current) return;
    yield { ...next, runs: isRunnable(next.text, most) };
    if (next.last === true) return;
    current = next.text;
  }
}

/** Where only values are missing: a runbook asks for them, and fills them in as single words. */
function templateOf(text: string, most: Risk): Rewrite | undefined {
  const template = asTemplate(text);
  if (template === undefined || !isRunnable(template.sample, most)) return undefined;
  return { text: template.text, change: `with ${template.names.join(" and ")} as a variable of the runbook` };
}

function isRunnable(text: string, most: Risk): boolean {
  const { plan, risk } = scan(text);
  return plan !== undefined && compareRisk(risk, most) <= 0;
}

/** The first thing in the text that needs a shell, written without one. */
function rewrite(text: string): Rewrite | undefined {
  const script = parse(text);
  if ((script.errors ?? []).length > 0) return undefined;
  for (const [index, statement] of script.commands.entries()) {
    const found = rewriteStatement(text, script, index, statement);
    if (found !== undefined) return found;
  }
  return undefined;
}

function rewriteStatement(text: string, script: ParsedScript, index: number, statement: Statement): Rewrite | undefined {
  if (statement.background === true) return { text: withoutMark(text, statement), change: "in the foreground" };
  return rewriteState(text, script, index, statement) ?? rewriteMembers(text, statement);
}

/** What only changes the shell that the next statement runs in: its options, its variables. */
function rewriteState(text: string, script: ParsedScript, index: number, statement: Statement): Rewrite | undefined {
  const next = script.commands[index + 1];
  const node = statement.command;
  if (next === undefined || node.type !== "Command") return undefined;
  if (isSetting(text, statement)) return { text: spliced(text, statement.pos, next.pos, ""), change: "without set" };
  return node.name === undefined ? rewriteAssignment(text, next, node) : undefined;
}

function rewriteMembers(text: string, { command }: Statement): Rewrite | undefined {
  for (const member of command.type === "AndOr" ? command.commands : [command]) {
    const found = member.type === "Pipeline" ? rewritePipeline(text, member) : rewriteCommand(text, member, true);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `set -euo pipefail`: options of the shell that is not there. */
function isSetting(text: string, { pos, end }: Statement): boolean {
  return /^set\s+[-+][a-zA-Z]+(?:\s+[a-z]+)?[;\s]*$/.test(text.slice(pos, end));
}

type PipelineNode = Extract<Statement["command"], { type: "Pipeline" }>;

function rewritePipeline(text: string, node: PipelineNode): Rewrite | undefined {
  const first = node.commands[0];
  if (node.prefixes.length > 0 && first !== undefined)
    return { text: spliced(text, node.pos, first.pos, ""), change: `without ${text.slice(node.pos, first.pos).trim()}` };
  for (const [index, member] of node.commands.entries()) {
    const found = rewriteCommand(text, member, index === 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

function rewriteCommand(text: string, node: CommandNode, first: boolean): Rewrite | undefined {
  switch (node.type) {
    case "Command":
      return rewriteSimple(text, node, first);
    case "For":
      return rewriteFor(text, node);
    case "If":
      return rewriteIf(text, node);
    case "While":
      return rewriteWhile(text, node);
    case "TestCommand":
      return rewriteTest(text, node);
    case "Subshell":
    case "BraceGroup":
      return replacing(text, node, joined(text, node.body.commands, "; "), "without the group");
    default:
      return undefined;
  }
}

function rewriteFor(text: string, node: Extract<CommandNode, { type: "For" }>): Rewrite | undefined {
  const hidden = (node.wordlist ?? []).find((word) => literalWord(word) === undefined);
  if (hidden !== undefined) return rewriteWord(text, hidden);
  const values = (node.wordlist ?? []).map((word) => literalWord(word) ?? "");
  if (values.length === 0 || values.length > maxValues) return undefined;
  const body = joined(text, withoutSleep(node.body.commands), "; ");
  const turns = values.map((value) => fillVariable(body, node.name.value, value));
  if (turns.includes(undefined)) return undefined;
  return replacing(text, node, [...new Set(turns)].join("; "), "one command per value");
}

/** One turn. A loop that only waits is its question. */
function rewriteWhile(text: string, node: Extract<CommandNode, { type: "While" }>): Rewrite {
  const turn = withoutSleep(node.body.commands);
  return replacing(text, node, joined(text, turn.length === 0 ? node.clause.commands : turn, "; "), "once, without the loop");
}

/** Without `else` a condition is a list: what comes behind it runs when it holds. With it, the answer is for a person. */
function rewriteIf(text: string, node: Extract<CommandNode, { type: "If" }>): Rewrite | undefined {
  if (node.elif.length > 0 || node.else !== undefined)
    return { text: joined(text, node.clause.commands, "; "), change: "first: its answer decides what comes next", last: true };
  if (node.clause.commands.length !== 1) return undefined;
  return replacing(text, node, joined(text, [...node.clause.commands, ...node.then.commands], " && "), "with && in place of if");
}

/** `[[ -s FILE ]]` asks what `[ -s FILE ]` asks, where the word is written out. */
function rewriteTest(text: string, node: Extract<CommandNode, { type: "TestCommand" }>): Rewrite | undefined {
  const { expression } = node;
  if (expression?.type !== "TestUnary" || literalWord(expression.operand) === undefined) return undefined;
  return replacing(text, node, text.slice(node.pos, node.end).replace(/^\[\[/, "[").replace(/\]\]$/, "]"), "with [ in place of [[");
}

/** `name=value` in front: the value where it is used. */
function rewriteAssignment(text: string, next: Statement, node: Command): Rewrite | undefined {
  const [only, ...more] = node.prefix;
  if (only?.type !== "Assignment" || more.length > 0 || only.value.type === "ArrayValue") return undefined;
  const value = literalWord(only.value);
  const filled = value === undefined ? undefined : fillVariable(text.slice(next.pos), only.name, value);
  return filled === undefined ? undefined : { text: text.slice(0, node.pos) + filled, change: `with the value of ${only.name}` };
}

/** What a builtin shows, and the program that shows it. */
const programs: readonly (readonly [builtin: RegExp, program: string])[] = [
  [/^(?:type|command\s+-[vV])(?=\s)/, "which"],
  [/^(?:command|builtin)\s+(?=[^-\s])/, ""],
  [/^ulimit\s+-a$/, "prlimit"],
  [/^ulimit\s+-n$/, "prlimit --nofile"],
];

function rewriteSimple(text: string, node: Command, first: boolean): Rewrite | undefined {
  return (
    rewriteName(text, node) ?? (first ? rewriteInput(text, node) : undefined) ?? rewriteOutput(text, node) ?? rewriteArguments(text, node)
  );
}

function rewriteName(text: string, node: Command): Rewrite | undefined {
  const call = text.slice(node.pos, node.end);
  const known = programs.find(([builtin]) => builtin.test(call));
  if (known === undefined) return undefined;
  const [builtin, program] = known;
  return replacing(text, node, call.replace(builtin, program), program === "" ? "as it is" : `with ${program}`);
}

const appends: Readonly<Record<string, string>> = { ">": "tee", ">|": "tee", ">>": "tee -a" };

/** A file that is written through a program, which the executor starts like any other. */
function rewriteOutput(text: string, node: Command): Rewrite | undefined {
  const last = node.redirects.at(-1);
  if (last?.type !== "Redirect" || last.target === undefined || last.descriptor !== undefined || last.end !== node.end) return undefined;
  const program = Object.hasOwn(appends, last.operator) ? appends[last.operator] : undefined;
  if (program === undefined) return undefined;
  return {
    text: spliced(text, last.pos, last.end, `| ${program} ${last.target.text}`),
    change: `with ${program} in place of ${last.operator}`,
  };
}

function rewriteInput(text: string, node: Command): Rewrite | undefined {
  const input = node.redirects.find(readsFile);
  if (input?.type !== "Redirect" || input.target === undefined) return undefined;
  const rest = `${text.slice(node.pos, input.pos).trimEnd()}${text.slice(input.end, node.end)}`;
  return replacing(text, node, `cat ${input.target.text} | ${rest}`, "with cat in place of <");
}

function rewriteArguments(text: string, node: Command): Rewrite | undefined {
  for (const word of node.args) {
    const found = word.type === "Word" ? rewriteWord(text, word) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function readsFile(redirect: Redirection): boolean {
  return redirect.type === "Redirect" && redirect.operator === "<" && redirect.descriptor === undefined;
}

function replacing(text: string, node: CommandNode, by: string, change: string): Rewrite {
  return { text: spliced(text, node.pos, node.end, by), change };
}

/** A pause belongs to the loop. */
function withoutSleep(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ command }) => !(command.type === "Command" && command.name?.text === "sleep"));
}

function withoutMark(text: string, statement: Statement): string {
  const command = text.slice(statement.pos, statement.command.end);
  return (
    text.slice(0, statement.pos) +
    command +
    text
      .slice(statement.end)
      .replace(/^\s*&\s*/, "; ")
      .replace(/^; $/, "")
  );
}
