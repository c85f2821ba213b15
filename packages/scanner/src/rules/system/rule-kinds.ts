// What rules of tools of one machine share beside the kinds of verb-rules.ts: questions for help, ways back, words that are numbers.
import type { Invocation } from "../../invocation.ts";
import type { RuleContext } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";

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
