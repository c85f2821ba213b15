// Syntax tree -> Plan, or the reason why there is none. Independent of risk: a dangerous command has a plan too.
// Only what an executor can do without a shell becomes a plan; everything else is a manual step.
import type { AndOr, Assignment, Command, CommandNode, ParsedScript, Pipeline, PipelineNode, Word } from "unbash";
import { literalWord, notLiteral } from "./plan-words.ts";
import { applyPipe, startStreams, streamsOf, type Streams } from "./plan-streams.ts";
import { compareRisk } from "./risk.ts";
import type { ScanState } from "./scan-state.ts";
import { shellOnly } from "./shell-only.ts";
import type { NotRunnable, PlanAndOr, PlanCommand, PlanPipeline, Verdict } from "./types.ts";

/** Thrown inside this file only: the first thing that an executor cannot do. */
class Unplannable {
  readonly reason: NotRunnable;
  constructor(reason: NotRunnable) {
    this.reason = reason;
  }
}

export type Planned = Pick<Verdict, "plan" | "notRunnable" | "answerCodes">;

/** The plan of a walked script, and the answer codes of its members in order of appearance. */
export function extractPlan(script: ParsedScript, state: ScanState): Planned {
  try {
    if (state.lostToken) stop("SYNTAX", "It is not valid shell.");
    const lists = scriptLists(script);
    const members = membersOf(script);
    if (risky(members, state) > 1) return { notRunnable: splitNeeded, answerCodes: [] };
    return { plan: { lists }, answerCodes: members.flat().map((node) => state.outcomes.get(node)?.answers ?? []) };
  } catch (error) {
    if (error instanceof Unplannable) return { notRunnable: error.reason, answerCodes: [] };
    throw error;
  }
}

const splitNeeded: NotRunnable = {
  code: "SPLIT_NEEDED",
  message: "More than one command in this list changes something; run them as separate steps.",
};

function stop(code: string, message: string, suggestion?: string): never {
  throw new Unplannable(suggestion === undefined ? { code, message } : { code, message, suggestion });
}

/** Pipelines of the list with a command above safe. */
function risky(members: readonly (readonly Command[])[], state: ScanState): number {
  return members.filter((member) => member.some((node) => compareRisk(state.outcomes.get(node)?.risk ?? "unknown", "safe") > 0)).length;
}

/** The commands of a plannable script, by pipeline. */
function membersOf(script: ParsedScript): readonly (readonly Command[])[] {
  return script.commands
    .flatMap((statement) => (statement.command.type === "AndOr" ? statement.command.commands : [statement.command]))
    .map((node) => (node.type === "Pipeline" ? node.commands : [node]).filter((part) => part.type === "Command"));
}

function scriptLists(script: ParsedScript): PlanAndOr[] {
  if (script.errors !== undefined && script.errors.length > 0) stop("SYNTAX", "It is not valid shell.");
  if (script.commands.length === 0) stop("EMPTY", "There is no command in it.");
  return script.commands.map((statement) => {
    if (statement.background === true) stop("BACKGROUND", "It runs in the background.", "leave out the &");
    return andOr(statement.command);
  });
}

function andOr(node: PipelineNode | AndOr): PlanAndOr {
  if (node.type !== "AndOr") return { first: pipeline(node), rest: [] };
  const [first, ...others] = node.commands;
  if (first === undefined) stop("EMPTY", "There is no command in it.");
  const rest = others.map((member, index) => ({ op: node.operators[index] ?? "&&", pipeline: pipeline(member) }));
  return { first: pipeline(first), rest };
}

function pipeline(node: PipelineNode): PlanPipeline {
  if (node.type !== "Pipeline") return { members: [command(node, startStreams)] };
  const prefix = node.prefixes[0];
  if (prefix !== undefined) stop(prefix.type === "Time" ? "TIME" : "NEGATION", "`time` and `!` belong to the shell.", "leave it out");
  return { members: node.commands.map((member, index) => piped(node, member, index)) };
}

function piped(node: Pipeline, member: CommandNode, index: number): PlanCommand {
  const planned = command(member, startStreams);
  return node.operators[index] === "|&" ? applyPipe(planned) : planned;
}

const compounds: Readonly<Record<string, string>> = {
  If: "A condition",
  For: "A loop",
  While: "A loop",
  ArithmeticFor: "A loop",
  Case: "A condition",
  Subshell: "A subshell",
  BraceGroup: "A group",
  TestCommand: "A shell test",
  ArithmeticCommand: "Shell arithmetic",
};

function command(node: CommandNode, streams: Streams): PlanCommand {
  if (node.type !== "Command")
    stop("SHELL_CONSTRUCT", `${compounds[node.type] ?? "This construct"} needs a shell.`, "make its commands steps of their own");
  if (node.name === undefined) stop("ASSIGNMENT", "It sets a variable of the shell.", "write the value where it is used");
  const name = word(node.name);
  if (shellOnly.has(name)) stop("BUILTIN", `${name} exists only inside a shell.`, "ask a program for the same, or do it by hand");
  const argv = [name, ...node.args.map((arg) => (arg.type === "Word" ? word(arg) : assigned(arg)))];
  const env = node.prefix.filter((item) => item.type === "Assignment").map((item): [string, string] => environment(item));
  const wired = streamsOf(node.redirects, streams, word);
  if (wired === undefined) stop("REDIRECT", "Its redirection needs a shell.", "leave the redirection out");
  return { argv, env, ...wired };
}

/** `A=b` as argument of a program such as env. */
function assigned(node: Assignment): string {
  const [name, value] = environment(node);
  return `${name}=${value}`;
}

function environment(node: Assignment): [string, string] {
  if (node.value.type === "ArrayValue" || node.index !== undefined || node.append === true)
    stop("ASSIGNMENT", "It sets an array or appends to a variable.");
  // In `A=~/x` the shell expands the tilde, behind a colon too.
  if (node.value.text.includes("~") && node.value.parts === undefined)
    stop("TILDE", "~ is the shell's name for a home directory.", "write the whole path");
  return [node.name, word(node.value)];
}

function word(node: Word): string {
  const text = literalWord(node);
  return text ?? stop(...notLiteral(node));
}
