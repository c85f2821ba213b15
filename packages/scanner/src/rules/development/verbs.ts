// Short forms of the kinds of sub-commands that development tools have, and what several of them share: help, undoing by another verb.
// Used by the rule files of this folder. Decides nothing by itself.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { destructiveText, destructiveVerb } from "../../destructive-text.ts";
import { type CommandRule, operandTargets, type RuleContext } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";

type Extra = Partial<CommandRule>;

const helpFlags = "-h|--help";

/** The call is `PROGRAM VERB --help` and nothing else, so that no other word can mean anything. */
export function asksHelp(inv: Invocation): boolean {
  return inv.has("--help") && inv.options.length === 1 && inv.operands.length === 0 && inv.unlisted.length === 0;
}

/** `risk` unless the call only asks for help. */
export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) ? "safe" : risk);
}

/** Only reads, and none of its options writes a file, runs a program or reaches elsewhere, but for those in `extra.options`. */
export function reading(why: string, extra: Extra = {}): CommandRule {
  const free = extra.options === undefined ? { anyWord: true as const } : {};
  return { why, anyOption: true, operands: "data*", ...free, ...extra };
}

/** Only reads; accepts the options that are listed and no others. */
export function listing(why: string, extra: Extra = {}): CommandRule {
  return { why, operands: "data*", ...extra };
}

/** Changes something in a way that can be undone, or loses nothing. `noInverse` says why no command of ours undoes it. */
export function changing(why: string, noInverse: string, extra: Extra = {}): CommandRule {
  return { risk: unlessHelp("caution"), why, noInverse, anyOption: true, anyWord: true, operands: "name*", flags: helpFlags, ...extra };
}

/** Changes something that `inverse` undoes. */
export function undoable(why: string, inverse: (inv: Invocation) => Inverse | undefined, extra: Extra = {}): CommandRule {
  return { risk: unlessHelp("caution"), why, inverse, anyOption: true, anyWord: true, operands: "name*", flags: helpFlags, ...extra };
}

/** Destroys, publishes for good or takes rights away; `kind` is the kind of thing that a human types. */
export function destroying(why: string, kind: string, extra: Extra = {}): CommandRule {
  return {
    risk: unlessHelp("dangerous"),
    why,
    anyOption: true,
    anyWord: true,
    operands: "name*",
    flags: helpFlags,
    targets: operandTargets(kind),
    ...extra,
  };
}

/** Names of tasks that plainly destroy, and text that does, make a call dangerous whose meaning is not known here. */
export function reportTasks(inv: Invocation, ctx: RuleContext): void {
  if (asksHelp(inv)) return;
  const words = [...inv.operands, ...inv.unlisted];
  const text = [inv.program, ...inv.path, ...words.map((arg) => arg.text), ...inv.options.map((use) => use.value?.text ?? "")].join(" ");
  // The first word is looked at twice because a list of words normally begins with the program.
  const found = destructiveText(text) ?? destructiveVerb([...words.slice(0, 1), ...words]);
  if (found !== undefined) ctx.report({ risk: "dangerous", why: `it contains ${found}` });
}

/** Runs programs that a project, a package or the command line names: what they do cannot be seen here. */
export function running(why: string, extra: Extra = {}): CommandRule {
  const { inspect } = extra;
  return {
    risk: unlessHelp("unknown"),
    why,
    anyOption: true,
    operands: "name*",
    flags: helpFlags,
    targets: operandTargets("task"),
    ...extra,
    inspect: (inv, ctx) => {
      reportTasks(inv, ctx);
      inspect?.(inv, ctx);
    },
  };
}

/** One rule under many verbs, given as words separated by blanks; `_` stands for the blank between the words of one path. */
export function each(paths: string, rule: CommandRule): Readonly<Record<string, CommandRule>> {
  return Object.fromEntries(paths.split(/\s+/).map((path) => [path.replaceAll("_", " "), rule]));
}

const plainWord = /^[A-Za-z0-9._/:@=+~^-]+$/;

/** The words as text, or undefined when there is none or one is not a plain literal. */
export function plainWords(args: readonly Arg[]): string | undefined {
  if (args.length === 0 || !args.every((arg) => arg.shape === "literal" && plainWord.test(arg.text))) return undefined;
  return args.map((arg) => arg.text).join(" ");
}

/** `PROGRAM VERB OPERANDS`, for pairs of verbs that undo each other. */
export function undoneByVerb(verb: string): (inv: Invocation) => Inverse | undefined {
  return (inv) => {
    const words = plainWords(inv.operands);
    return words === undefined ? undefined : { kind: "command", command: `${inv.program} ${verb} ${words}` };
  };
}

/** Whether the call is nothing but options that ask for a version or help. */
export function asksVersion(inv: Invocation, ...names: readonly string[]): boolean {
  return inv.options.length > 0 && inv.operands.length === 0 && inv.unlisted.length === 0 && names.some((name) => inv.has(name));
}
