// Short forms of the kinds of (sub-)commands that tools of one machine have. In: words for a person and what is special; out: a rule.
// `reading` and `changing` are for (sub-)commands none of whose options writes a file, runs a program or reaches elsewhere, save those
// that `options` of `extra` names; `listing` accepts only what is listed. Nothing here decides anything.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, type RuleContext } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";

type Extra = Partial<CommandRule>;

/** Only reads, whatever its words and options are. */
export function reading(why: string, extra: Extra = {}): CommandRule {
  return { why, anyOption: true, anyWord: true, operands: "data*", ...extra };
}

/** Only reads, with the options that are listed. */
export function listing(why: string, extra: Extra = {}): CommandRule {
  return { why, operands: "data*", ...extra };
}

/** Can be undone, or loses nothing; `noInverse` says why no command of ours undoes it. */
export function changing(why: string, noInverse: string, extra: Extra = {}): CommandRule {
  return { risk: "caution", why, noInverse, anyOption: true, anyWord: true, operands: "name*", ...extra };
}

/** Destroys, ends or opens something; `kind` is the kind of thing that a human types. */
export function destroying(why: string, kind: string, extra: Extra = {}): CommandRule {
  return { risk: "dangerous", why, anyOption: true, anyWord: true, operands: "name*", targets: operandTargets(kind), ...extra };
}

/** One rule under many verbs, given as words separated by blanks; `_` stands for the blank inside a path. */
export function each(paths: string, rule: CommandRule): Readonly<Record<string, CommandRule>> {
  return Object.fromEntries(
    paths
      .trim()
      .split(/\s+/)
      .map((path) => [path.replaceAll("_", " "), rule]),
  );
}

/** Nothing but a question for help or the version: the program prints text and ends, whatever it does otherwise. */
export function asksHelp(inv: Invocation): boolean {
  const only = inv.options.length === 1 && inv.operands.length === 0 && inv.unlisted.length === 0;
  return only && (inv.has("--help") || inv.has("--version"));
}

/** `risk` unless only help is asked for. The program lists `--help --version` among its flags. */
export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) ? "safe" : risk);
}

/** All operands joined by blanks when each is written out plainly. */
export function plainOperands(inv: Invocation): string | undefined {
  const words = inv.operands.map((arg) => arg.text);
  const plain = inv.operands.length > 0 && inv.operands.every((arg) => arg.shape === "literal" && /^[\w@%+=:,./-]+$/.test(arg.text));
  return plain ? words.join(" ") : undefined;
}

/** The inverse `prefix OPERANDS`, when the operands are plain. */
export function undoneBy(prefix: string): (inv: Invocation) => Inverse | undefined {
  return (inv) => {
    const words = plainOperands(inv);
    return words === undefined ? undefined : { kind: "command", command: `${prefix} ${words}` };
  };
}

/** Operands that are numbers: the interval and the count of programs that repeat their report. */
export function numbersOf(inv: Invocation): readonly string[] {
  return inv.operands.filter((arg) => arg.shape !== "literal" || /^\d+(\.\d+)?$/.test(arg.text)).map((arg) => arg.text);
}

/** For programs that take a word as an option's value only when it has no dash: such a word behind such an option may be an option itself. */
export function refuseDashedValues(inv: Invocation, ctx: RuleContext): void {
  for (const { value, span } of inv.options) {
    const isNextWord = value !== undefined && value.span.start !== span.start;
    if (isNextWord && value.dash) ctx.report({ risk: "unknown", why: `${value.text} may be an option and no value`, span: value.span });
  }
}
