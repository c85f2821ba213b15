// The kinds of sub-commands that infrastructure clients have, and tables of them: reads, secrets, changes, destructions, programs run elsewhere.
// In: a sentence, what is acted upon, exceptions. Out: rules for rule files of this folder. A change is safe only as a plain request for help.
import { type Arg, joinArgs } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../rule.ts";
import type { Inverse, Risk, Target } from "../../types.ts";

type Extra = Partial<CommandRule>;

const plainWord = /^[A-Za-z0-9._/:@=%,+-]+$/;

/** Whether a yes-or-no option that is listed as `optional` says yes at its last use. */
export function switchedOn(inv: Invocation, name: string): boolean {
  if (!inv.has(name)) return false;
  const value = inv.arg(name);
  return value === undefined || (value.shape === "literal" && /^(true|t|1)$/i.test(value.text));
}

/** Whether no word can become a further option or take another one as its value. */
export function isWrittenOut(inv: Invocation): boolean {
  const settled = (arg: Arg | undefined): boolean => arg === undefined || arg.shape === "literal";
  return inv.unlisted.length === 0 && inv.options.every((use) => settled(use.value)) && inv.operands.every(settled);
}

/** A call that only prints its help. Programs of this folder list the option as `optional`, with the long spelling last. */
export function asksHelp(inv: Invocation): boolean {
  return inv.operands.length === 0 && isWrittenOut(inv) && (switchedOn(inv, "--help") || switchedOn(inv, "-help"));
}

/** For a program without sub-command: help and version only. */
export function bareRisk(inv: Invocation): Risk {
  const version = ["--version", "-version"].some((name) => switchedOn(inv, name));
  return asksHelp(inv) || (version && inv.operands.length === 0 && isWrittenOut(inv)) ? "safe" : "unknown";
}

export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) ? "safe" : risk);
}

/** `risk` unless the last use of the switch asks for a trial. Rules that use it list all their options. */
export function unlessTried(risk: Risk, ...switches: readonly string[]): (inv: Invocation) => Risk {
  return (inv) => (asksHelp(inv) || (isWrittenOut(inv) && switches.some((name) => switchedOn(inv, name))) ? "safe" : risk);
}

/** Each operand from `from` on as a thing of `kind`. */
export function named(kind: string, from = 0): (inv: Invocation) => readonly Target[] {
  return (inv) =>
    inv.operands
      .slice(from)
      .filter((arg) => arg.shape !== "many")
      .map((arg) => ({ kind, name: arg.text }));
}

/** The values of these options as things of `kind`, or else the operands. */
export function namedBy(kind: string, ...options: readonly string[]): (inv: Invocation) => readonly Target[] {
  return (inv) => {
    const values = options.flatMap((option) => inv.all(option)).map((arg) => ({ kind, name: arg.text }));
    return values.length > 0 ? values : named(kind)(inv);
  };
}

/** Only reads, whatever its words and options are, but for those named in `extra.options`. */
export function read(why: string, extra: Extra = {}): CommandRule {
  const free = Object.values(extra.options ?? {}).every(isHarmless);
  return { why, operands: "data*", anyOption: true, ...(free ? { anyWord: true } : {}), ...extra };
}

/** At worst it prints too much, or without end. */
function isHarmless(option: OptionRule): boolean {
  return option.risk === undefined && (option.kind === undefined || option.kind === "data") && option.check === undefined;
}

/** Only reads, but some options write or run something: none is accepted that is not listed. */
export function listed(why: string, extra: Extra = {}): CommandRule {
  return { why, operands: "data*", ...extra };
}

/** Prints passwords, keys or tokens. */
export function secret(why: string, extra: Extra = {}): CommandRule {
  return read(why, { sensitive: true, ...extra });
}

/** Prints without end. */
export function endless(why: string, extra: Extra = {}): CommandRule {
  return read(why, { unbounded: (inv) => !asksHelp(inv), ...extra });
}

/** Can be taken back, or loses nothing. `noInverse` says why no command of ours undoes it. */
export function change(why: string, kind: string, noInverse: string, extra: Extra = {}): CommandRule {
  const rule: CommandRule = { risk: unlessHelp("caution"), why, operands: "name*", anyOption: true, anyWord: true, targets: named(kind) };
  return { ...rule, ...(extra.inverse === undefined ? { noInverse } : {}), ...extra };
}

/** As change, undone by another verb of the same program with the same operands. */
export function reversible(why: string, kind: string, verb: string, extra: Extra = {}): CommandRule {
  return change(why, kind, "", { inverse: (inv) => undoneBy(inv, verb), ...extra });
}

/** Destroys, ends, opens or hides something. */
export function destroy(why: string, kind: string, extra: Extra = {}): CommandRule {
  return { risk: unlessHelp("dangerous"), why, operands: "name*", anyOption: true, anyWord: true, targets: named(kind), ...extra };
}

/** `PROGRAM verb OPERANDS`; undefined when a word is not plain. Options are left out: those that name the place have to be listed in `keep`. */
export function undoneBy(inv: Invocation, verb: string, keep: readonly string[] = placeOptions): Inverse | undefined {
  const words = plainText(inv.operands);
  const place = placeWords(inv, keep);
  if (words === undefined || words === "" || place === undefined) return undefined;
  return { kind: "command", command: `${inv.program} ${verb}${place} ${words}` };
}

/** Options that say which server, region or folder a client works with: the undoing command needs them again. */
const placeOptions: readonly string[] = [
  "-chdir",
  "-address",
  "-namespace",
  "-region",
  "-http-addr",
  "-datacenter",
  "-partition",
  "--endpoints",
];

/** ` -region=eu` as the call has it; undefined when a value is not written out. */
export function placeWords(inv: Invocation, keep: readonly string[] = placeOptions): string | undefined {
  let words = "";
  for (const option of keep) {
    if (!inv.has(option)) continue;
    const value = inv.value(option);
    if (value === undefined || !plainWord.test(value)) return undefined;
    words += ` ${option}=${value}`;
  }
  return words;
}

/** The words joined by blanks, or undefined when one is not a plain literal. */
export function plainText(args: readonly Arg[]): string | undefined {
  return args.every((arg) => arg.shape === "literal" && plainWord.test(arg.text)) ? args.map((arg) => arg.text).join(" ") : undefined;
}

/** Words that a program hands to a shell, here or on another machine; undefined when there are none. */
export function joinedWords(args: readonly Arg[], inv: Invocation): Arg | undefined {
  const words = args[0]?.text === "--" ? args.slice(1) : args;
  return words.length === 0 ? undefined : joinArgs(words, inv.span);
}

export function scanShell(args: readonly Arg[], inv: Invocation, ctx: RuleContext): void {
  const words = joinedWords(args, inv);
  if (words !== undefined) ctx.scanText(words);
}

/** Runs the operands from `from` on as a command somewhere else; without any it opens a shell. */
export function runs(why: string, kind: string, from: number, extra: Extra = {}): CommandRule {
  return {
    risk: unlessHelp("caution"),
    why,
    firstEnds: true,
    operands: "inner*",
    targets: (inv) => inv.operands.slice(0, from).map((arg) => ({ kind, name: arg.text })),
    noInverse: "what the command changes is not recorded",
    inspect: (inv, ctx) => {
      const words = inv.operands.slice(from);
      const command = words[0]?.text === "--" ? words.slice(1) : words;
      if (command.length > 0) ctx.scanArgv(command);
      else if (!asksHelp(inv)) ctx.report({ risk: "unknown", why: "opens a shell", safer: "name the command to run" });
    },
    ...extra,
  };
}

/** A word that leads to further words. */
const group: CommandRule = { risk: unlessHelp("unknown"), why: "names a group of commands" };

/**
 * Keys are lists of paths separated by commas; `|` joins words of one place. Groups answer to a request for help.
 * Rules call it in a getter, so that a table is spread out only when its program is first met.
 */
export function verbTable(rules: Readonly<Record<string, CommandRule>>): Readonly<Record<string, CommandRule>> {
  const table: Record<string, CommandRule> = {};
  const paths = new Set<string>();
  const groups = new Set<string>();
  for (const [keys, rule] of Object.entries(rules)) {
    for (const key of keys.split(",")) {
      table[key.trim()] = rule;
      for (const path of expand(key.trim())) {
        paths.add(path);
        for (let end = path.indexOf(" "); end > 0; end = path.indexOf(" ", end + 1)) groups.add(path.slice(0, end));
      }
    }
  }
  for (const path of groups) if (!paths.has(path)) table[path] = group;
  return table;
}

/** "a|b c" -> "a c", "b c". */
function expand(key: string): readonly string[] {
  return key.split(" ").reduce<readonly string[]>((done, word) => {
    const words = word.split("|");
    return done.length === 0 ? words : done.flatMap((path) => words.map((next) => `${path} ${next}`));
  }, []);
}
