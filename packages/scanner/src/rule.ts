// The language in which one program is described to the scanner. A rule file is data that a reviewer reads in a minute;
// compile-rule.ts turns it into tables, classify-command.ts runs it. Nothing here decides anything.
//
// HOW TO WRITE A RULE FILE (rules/<folder>/<program>.ts exports one `ProgramRule`; add it to the `list.ts` of its folder under rules/)
//
//   export const uptime = program({
//     names: "uptime",                                   // basenames, separated by "|"
//     source: "uptime(1), procps 4.0",                   // the document the table was written from
//     why: "prints how long the system has been running",// also the text of the safe verdict
//     flags: "-p|--pretty -s|--since -h|--help",         // options without value; "|" joins spellings of ONE option
//     examples: { "uptime -p": "safe" },
//     nearMisses: ["uptime --set"],                      // must NOT come out safe
//   });
//
// 1. Everything is accepted by list. An option, sub-command or operand that the tables do not name makes the command unknown.
//    So list only what you looked up, and never list an option that writes, executes or reaches elsewhere as a plain flag.
// 2. OPTIONS, as lists of words:
//      flags     take no value                              "-a|--all -l"
//      values    take a value, glued or as the next word    "-n|--namespace -o|--output"
//      optional  take a value only glued (`--color=auto`)   "--color|--colour"
//      reads     like values; the value names a file whose content is shown or sent (sensitive paths become caution)
//      options   the special ones: { "-o|--output": { kind: "write", why: "writes FILE" }, "--delete": { arity: "flag", risk: "dangerous", why } }
//    An entry of `options` may set risk, sensitive, unbounded, `allow` (the literal values that are fine; any other is unknown),
//    `check(value, inv)` (returns a Finding or undefined = fine), and kind: data | read | write | code | inner.
//    `kind: "write"` is caution on its own (or your `risk`), and safe for /dev/null, /dev/stdout, /dev/stderr. `kind: "code"` is unknown
//    on its own: look at it in `inspect`, and then say `risk: "safe"` here.
// 3. STYLE of option syntax, inherited by sub-commands:
//      gnu   (default) clusters -uo f, glued -of, --long=v, options anywhere, `--` ends them. A long option that is a shortened form of
//            a listed one is unknown, or as bad as the special one that it abbreviates.
//      posix as gnu, but the first operand ends the options: every wrapper (timeout 5 CMD -x).
//      go    kubectl, docker, helm: as gnu, `--flag=false` allowed, options of the program allowed after the verb too.
//      goflag terraform, consul, vault: one dash or two before a long name, no clusters, first operand ends the options.
//      long  find, openssl, java, aws s3api style tools that take -name VALUE: one-dash words are whole options, options anywhere.
//      bsd   ps, tar: the first word is a cluster even without a dash.
//      keyvalue dd: NAME=VALUE words, listed as "if= bs=".
//      none  echo, test: there are no options, every word is an operand.
// 4. OPERANDS: `operands: "read*"`. A list of kinds, each with `?` (may be missing) or `*` (any number, last):
//      data  a word that selects something      read  a file or URL whose content is shown (sensitive paths become caution)
//      write a path that is written (caution)   code  a program text (unknown unless `inspect` deals with it: use `text`)
//      text  a program text that `inspect` has judged; must be literal
//      name  like data; the thing acted upon    inner  part of the command that a wrapper runs: judged by ctx.scanArgv
//    Left out: no operand allowed when the risk is safe, any number otherwise.
// 5. SUB-COMMANDS: `verbs: { "get|list": {...}, "rollout status": {...} }`. Keys are paths; `|` joins names of the last word. A verb has the
//    same fields as a program. Many verbs of one kind: write the rule once as a constant and name it under each key.
//    The program's own options are accepted before the verb, and after it too when style is go or `globals: "anywhere"`.
//    `-NUM` as a flag stands for -5, -20 and so on. A program with verbs and called without one is unknown unless `risk` is set. `otherVerb(word, path)` may name a rule for verbs that are
//    not listed (aws describe-*); it must return one of a few constants, not a new object.
// 6. RISK: safe | caution (reversible change, sensitive, unbounded) | unknown | dangerous (irreversible, privilege, hides what it does);
//    default safe. May be a function of the invocation where an option changes everything: `risk: (inv) => (inv.has("--dry-run") ? "safe" : "caution")`.
//    `why` says what happens, for a person at 3 a.m.; `safer` the smallest edit or other command that would make it safe.
// 7. anyOption: true = options that the table does not list are accepted, because NO option of this (sub-)command writes, executes or
//    reaches elsewhere, except those listed under `options`. anyWord: true = words that are not written out ($x, $(safe command), *) may
//    stand anywhere, because whatever they turn out to be, options included, changes nothing. It does not hold for a read that has an option which
//    does harm, its own or one of the program that may stand behind the verb. Without it such a word is accepted only where
//    it cannot become an option, a path to write or code: as value of a `values` option when quoted, as operand when quoted with a known
//    beginning or after `--`. ls, cat, wc, `kubectl get` have anyWord; find, sort, curl must not.
// 8. sensitive / unbounded: the read prints secrets / never ends; both make it caution. Constants, or functions of the invocation.
//    answers: [1] are exit codes other than 0 that are an answer. targets(inv): what a human types before it runs; every rule that can be
//    dangerous has it. inverse(inv): the command that undoes the change, or the read to capture first. A state-changing caution rule without
//    `inverse` says in `noInverse` why nothing undoes it, in words for a person ("the messages are gone once they are read").
// 9. inspect(inv, ctx): for what tables cannot say. It can only add: ctx.report(finding), ctx.scanArgv(args) for wrappers, ctx.scanText(arg) for
//    shell text, ctx.scanSql(dialect, arg). There is no way to take a finding back, so set the base risk to what holds when inspect adds nothing.
// 10. examples (command -> expected risk) and nearMisses (must not be safe) run as tests (rules.test.ts). Give each special option one.
import type { Arg } from "./arg.ts";
import type { Invocation } from "./invocation.ts";
import type { SqlDialect } from "./sql/types.ts";
import type { Inverse, Risk, Span, Target } from "./types.ts";

export type OptionStyle = "gnu" | "posix" | "go" | "goflag" | "long" | "bsd" | "keyvalue" | "none";

/** What a word means to the program: see point 4 above. */
export type WordKind = "data" | "read" | "write" | "code" | "text" | "name" | "inner";

/** Something noticed about a command. `span` defaults to the whole command. */
export interface Finding {
  readonly risk: Risk;
  readonly why: string;
  readonly safer?: string;
  readonly span?: Span;
  readonly sensitive?: boolean;
  readonly unbounded?: boolean;
}

export interface OptionRule {
  /** Default "value". `pair` takes two words, never glued (`jq --arg NAME VALUE`); the second one is the value that is judged. */
  readonly arity?: "flag" | "value" | "optional" | "pair";
  /** Default "data". */
  readonly kind?: "data" | "read" | "write" | "code" | "inner";
  readonly risk?: Risk;
  readonly why?: string;
  readonly safer?: string;
  readonly sensitive?: true;
  readonly unbounded?: true;
  /** At worst it prints too much, or what it does matters little: where this option may stand, words that are not written out may. */
  readonly harmless?: true;
  /** Literal values that are fine, separated by blanks; any other value is unknown. */
  readonly allow?: string;
  /** Judges the value; undefined means that it is fine. Not called when the option has none. */
  readonly check?: (value: Arg, inv: Invocation) => Finding | undefined;
}

/** What a rule's `inspect` may do. Everything adds; nothing takes back. */
export interface RuleContext {
  readonly report: (finding: Finding) => void;
  /** Classifies the command that a wrapper runs. An empty list is no command and adds nothing. `stdin` defaults to the wrapper's own. */
  readonly scanArgv: (args: readonly Arg[], stdin?: InputKind) => void;
  /** As scanArgv, for a wrapper that ends the command by itself after a time: what never ends by itself ends then. */
  readonly scanBounded: (args: readonly Arg[]) => void;
  /** Parses the argument as shell text and classifies it; an argument that is not literal is unknown at least. */
  readonly scanText: (arg: Arg) => void;
  /** Classifies SQL text; an argument that is not literal is unknown. */
  readonly scanSql: (dialect: SqlDialect, arg: Arg) => void;
  /** Whether something before this command writes or fetches a file, which it may run. */
  readonly wroteFile: () => boolean;
  /** Whether something in the text may make an array. */
  readonly mayHaveArrays: () => boolean;
  /** Says that shell variables may have changed in ways that are not tracked. */
  readonly forgetVariables: () => void;
  /** Says that variable `name` now holds `value` (undefined: unknown). */
  readonly setVariable: (name: string, value: Arg | undefined) => void;
  /** Says that `name` was made read-only: later assignments may fail, so its value counts as unknown from now on. */
  readonly lockVariable: (name: string) => void;
  /** Reports what an assignment `NAME=value` in the environment of a command means, by the allow-list. */
  readonly checkEnvironment: (name: string, value: Arg) => void;
  /** Reports what an assignment that stays in the shell means. */
  readonly checkShellVariable: (name: string, value: Arg) => void;
}

/** Where a command's standard input comes from: nothing given, text that is written out, or data known only when it runs. */
export type InputKind = { readonly kind: "none" } | { readonly kind: "text"; readonly text: string } | { readonly kind: "data" };

export interface CommandRule {
  readonly risk?: Risk | ((inv: Invocation) => Risk);
  readonly why: string;
  readonly safer?: string;
  readonly flags?: string;
  readonly values?: string;
  readonly optional?: string;
  readonly reads?: string;
  readonly options?: Readonly<Record<string, OptionRule>>;
  readonly operands?: string;
  /** The first operand ends the options of this (sub-)command, whatever the style: `docker exec NAME COMMAND -x`. */
  readonly firstEnds?: true;
  readonly anyWord?: true;
  readonly anyOption?: true;
  readonly sensitive?: true | ((inv: Invocation) => boolean);
  readonly unbounded?: true | ((inv: Invocation) => boolean);
  readonly answers?: readonly number[];
  readonly targets?: (inv: Invocation) => readonly Target[];
  readonly inverse?: (inv: Invocation) => Inverse | undefined;
  /** Why no command undoes the change. */
  readonly noInverse?: string;
  readonly inspect?: (inv: Invocation, ctx: RuleContext) => void;
  readonly verbs?: Readonly<Record<string, CommandRule>>;
  readonly otherVerb?: (word: string, path: readonly string[]) => CommandRule | undefined;
}

export interface ProgramRule extends CommandRule {
  readonly names: string;
  readonly source: string;
  readonly style?: OptionStyle;
  /** Where the program's own options may stand when it has verbs. Default: anywhere for style go, before the verb otherwise. */
  readonly globals?: "before" | "anywhere";
  readonly examples: Readonly<Record<string, Risk>>;
  readonly nearMisses: readonly string[];
}

/** Marks an object as a rule file; the type is the check. */
export function program(rule: ProgramRule): ProgramRule {
  return rule;
}

/** Targets of one kind: each operand from index `from` on. */
export function operandTargets(kind: string, from = 0): (inv: Invocation) => readonly Target[] {
  return (inv) =>
    inv.operands
      .slice(from)
      .filter((arg) => arg.shape !== "many")
      .map((arg) => ({ kind, name: arg.text }));
}
