// What the rules of package managers share: a change is caution, a removal dangerous, and both are safe when the call only simulates them.
// Used by the files of this folder; decides nothing by itself.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, operandTargets } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { asksHelp } from "../verbs.ts";

type Extra = Partial<CommandRule>;

/** Whether no word can turn into a further option when the command runs. */
const isSettled = (inv: Invocation): boolean =>
  inv.operands.every((arg) => arg.shape === "literal" || !arg.dash) &&
  inv.options.every(({ value }) => value === undefined || value.shape === "literal");

/** `risk` unless one of the options was given that only shows what would happen. Such a rule lists all its options. */
export function unlessSimulated(risk: Risk, simulate: readonly string[]): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) || (simulate.some((name) => inv.has(name)) && isSettled(inv)) ? "safe" : risk);
}

const before = "the package manager's history and its log show the versions before";

/** Installs, upgrades, marks. */
export function installing(why: string, simulate: readonly string[], extra: Extra = {}): CommandRule {
  return {
    risk: unlessSimulated("caution", simulate),
    why,
    operands: "name*",
    targets: operandTargets("package"),
    noInverse: before,
    ...extra,
  };
}

/** Removes packages, and what depends on them. */
export function removing(why: string, simulate: readonly string[], extra: Extra = {}): CommandRule {
  return { risk: unlessSimulated("dangerous", simulate), why, operands: "name*", targets: operandTargets("package"), ...extra };
}
