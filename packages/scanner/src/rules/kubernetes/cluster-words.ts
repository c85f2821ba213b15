// What the rules of cluster clients have in common: switches whose last use counts, dry runs, help, targets, and the commands that undo a change.
// Pure functions of one invocation, used by the rule files of this folder. A word that is not written out never ends up in a command made here.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { CommandRule, OptionRule } from "../../rule.ts";
import type { Inverse, Risk, Target } from "../../types.ts";

const yes: ReadonlySet<string> = new Set(["true", "TRUE", "True", "t", "T", "1"]);

/**
 * Whether the last use of a yes-or-no option says yes. The option must be listed as `optional`: a plain flag forgets `--x=false`,
 * and then `--x --x=false` would look like a yes.
 */
export function switchedOn(inv: Invocation, name: string): boolean {
  if (!inv.has(name)) return false;
  const value = inv.arg(name);
  return value === undefined || (value.shape === "literal" && yes.has(value.text));
}

const dryRuns: ReadonlySet<string> = new Set(["client", "server", ...yes]);

/** Whether no word can turn into a further option when the command runs, such as `$X` that holds `--dry-run=none`. */
export function isSettled(inv: Invocation): boolean {
  const values = inv.options.every(({ value }) => value === undefined || value.shape === "literal" || value.shape === "one");
  return values && inv.operands.every((arg) => arg.shape === "literal" || !arg.dash);
}

/**
 * `--dry-run`, `=client`, `=server`, `=true`; the last one counts. `--dry-run=none` is the real thing. A rule that asks this lists all its
 * options (no anyOption) and wants its words written out (no anyWord), or a word could undo the answer.
 */
export function isDryRun(inv: Invocation): boolean {
  if (!inv.has("--dry-run") || !isSettled(inv)) return false;
  const value = inv.arg("--dry-run");
  return value === undefined || (value.shape === "literal" && dryRuns.has(value.text));
}

/** A call that only prints its help: `--help` and no operand, so that nothing else can have been meant. */
export function asksHelp(inv: Invocation): boolean {
  return inv.operands.length === 0 && isSettled(inv) && switchedOn(inv, "--help");
}

/** `risk` unless the call is a dry run or asks for help. The options of such a rule must all be listed: no anyOption. */
export function unlessTried(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (isDryRun(inv) || asksHelp(inv) ? "safe" : risk);
}

/** `risk` unless the call asks for help. */
export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) ? "safe" : risk);
}

export const plainWord = /^[A-Za-z0-9._/:@=-]+$/;

/** The words as text, or undefined when one is not a plain literal. */
export function plainWords(args: readonly Arg[]): readonly string[] | undefined {
  return args.every((arg) => arg.shape === "literal" && plainWord.test(arg.text)) ? args.map((arg) => arg.text) : undefined;
}

/** The operands as text, or undefined when one is not a plain word. */
export function plainOperands(inv: Invocation): readonly string[] | undefined {
  return plainWords(inv.operands);
}

/** ` -n prod --context=eu` as the call has them; undefined when one of them is not written out. */
export function placeWords(inv: Invocation, options: readonly string[]): string | undefined {
  let words = "";
  for (const option of options) {
    if (!inv.has(option)) continue;
    const value = inv.value(option);
    if (value === undefined || !plainWord.test(value)) return undefined;
    words += option.startsWith("--") ? ` ${option}=${value}` : ` ${option} ${value}`;
  }
  return words;
}

/** Each operand from `from` on as a thing of `kind`, in the namespace given by `option`. */
export function namedTargets(kind: string, from = 0, option?: string): (inv: Invocation) => readonly Target[] {
  return (inv) => {
    const namespace = option === undefined ? undefined : inv.value(option);
    return inv.operands
      .slice(from)
      .filter((arg) => arg.shape !== "many")
      .map((arg) => (namespace === undefined ? { kind, name: arg.text } : { kind, name: arg.text, namespace }));
  };
}

/** `PROGRAM verb OPERANDS`, for pairs of verbs that undo each other. */
export function undoneByVerb(verb: string, options: readonly string[] = []): (inv: Invocation) => Inverse | undefined {
  return (inv) => {
    const words = plainOperands(inv);
    const place = placeWords(inv, options);
    if (words === undefined || words.length === 0 || place === undefined) return undefined;
    return { kind: "command", command: `${inv.program} ${verb} ${words.join(" ")}${place}` };
  };
}

/** A read of which no option writes, executes or reaches elsewhere, but for those in `more.options`. Where there are such, words must be written out. */
export const freeRead = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  why,
  operands: "data*",
  anyOption: true,
  ...(Object.values(more.options ?? {}).every(isHarmless) ? { anyWord: true } : {}),
  ...more,
});

/** At worst it prints too much, or without end. */
function isHarmless(option: OptionRule): boolean {
  return option.risk === undefined && (option.kind === undefined || option.kind === "data");
}

/** A change that can be taken back, with any options. Never for rules that a dry run makes safe. */
export const freeChange = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  ...more,
});
