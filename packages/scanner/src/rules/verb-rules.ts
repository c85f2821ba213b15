// Short forms of the kinds of (sub-)commands that programs have. All but `listing` are for those none of whose options writes a file, runs
// a program or reaches elsewhere; options that do are named in `options` of `extra`. Decides nothing by itself.
import { type CommandRule, operandTargets } from "../rule.ts";

type Extra = Partial<CommandRule>;

/** Only reads, whatever its words and options are. */
export function reading(why: string, extra: Extra = {}): CommandRule {
  return { why, anyOption: true, anyWord: true, operands: "data*", ...extra };
}

/** Only reads, but among its options or those of the program are some that write or run something: none is accepted that is not listed. */
export function listing(why: string, extra: Extra = {}): CommandRule {
  return { why, operands: "data*", ...extra };
}

/** Changes something in a way that can be undone, or loses nothing. `noInverse` says why no command of ours undoes it. */
export function changing(why: string, noInverse: string, extra: Extra = {}): CommandRule {
  return { risk: "caution", why, noInverse, anyOption: true, anyWord: true, operands: "name*", ...extra };
}

/** Destroys, ends or opens something; `kind` is the kind of thing that a human types. */
export function destroying(why: string, kind: string, extra: Extra = {}): CommandRule {
  return { risk: "dangerous", why, anyOption: true, anyWord: true, operands: "name*", targets: operandTargets(kind), ...extra };
}

/** One rule under many verbs, given as words separated by blanks; `_` stands for the blank inside a path, `|` joins last words. */
export function each(paths: string, rule: CommandRule): Readonly<Record<string, CommandRule>> {
  const words = paths.trim().split(/\s+/);
  return Object.fromEntries(words.map((path) => [path.replaceAll("_", " "), rule]));
}
