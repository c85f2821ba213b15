// Options and operands of one call -> findings, by the tables of its rule.
// Called by classify-command.ts. A word that the tables do not explain, or that is not written out where that matters, is unknown.
import type { Arg } from "./arg.ts";
import type { CompiledCommand, OperandTable } from "./compile-rule.ts";
import type { Invocation, OptionUse } from "./invocation.ts";
import type { ParsedInvocation } from "./parse-invocation.ts";
import type { Misfit } from "./parse-options.ts";
import type { CommandRule, Finding, OptionRule, WordKind } from "./rule.ts";
import type { ScanState } from "./scan-state.ts";
import { sensitivePath, sensitiveWord } from "./sensitive-paths.ts";
import type { Risk } from "./types.ts";
import { writeFinding } from "./write-paths.ts";

/** Which words that are not written out may stand anywhere: all of them, those that cannot become an option, or none. */
export type FreeWords = "all" | "operands" | "none";

/** What is a change already is not raised by an option that does harm; a read is. */
export function freeWords({ harmful }: ParsedInvocation, { rule }: CompiledCommand, base: Risk): FreeWords {
  if (rule.anyWord !== true) return "none";
  return base === "safe" && harmful ? "operands" : "all";
}

function isFree({ dash }: Arg, free: FreeWords): boolean {
  return free === "all" || (free === "operands" && !dash);
}

export function judgeOptions(state: ScanState, id: string, parsed: ParsedInvocation, command: CompiledCommand, free: FreeWords): void {
  for (const [index, misfit] of parsed.misfits.entries()) {
    if (index < parsed.earlyMisfits || !isTolerated(misfit, command.rule, free)) reportMisfit(state, id, misfit);
  }
  for (const [index, use] of parsed.inv.options.entries())
    judgeOption(state, id, use, parsed.inv, index < parsed.earlyOptions ? "none" : free);
}

function reportMisfit(state: ScanState, id: string, { arg, what, like }: Misfit): void {
  if (like?.rule?.risk !== undefined && what !== "no value") {
    state.report(`${id}.${like.names[0]}`, like.rule.risk, arg.span, like.rule.why ?? "a special option", like.rule.safer);
  }
  state.report(`${id}.option`, "unknown", arg.span, misfitMessage(what, arg));
}

function isTolerated({ arg, what }: Misfit, rule: CommandRule, free: FreeWords): boolean {
  if (what === "opaque") return isFree(arg, free);
  return what === "unlisted" && rule.anyOption === true && (arg.shape === "literal" || free === "all");
}

function misfitMessage(what: Misfit["what"], arg: Arg): string {
  const shown = arg.text.length <= 40 ? arg.text : `${arg.text.slice(0, 39)}…`;
  switch (what) {
    case "unlisted":
      return `The option ${shown} is not in the program's table.`;
    case "opaque":
      return `The word ${shown} may become any option.`;
    case "no value":
      return `The option ${shown} lacks its value.`;
    case "unwanted value":
      return `The option ${shown} takes no value.`;
    case "abbreviated":
      return `The option ${shown} is a shortened form; write it in full.`;
  }
}

function judgeOption(state: ScanState, id: string, use: OptionUse, inv: Invocation, free: FreeWords): void {
  const { spec, value } = use;
  const { rule } = spec;
  if (value !== undefined) judgeValue(state, id, use, value, free);
  if (rule === undefined) return;
  const optionId = `${id}.${spec.names[0] ?? ""}`;
  const finding = specialFinding(rule, value, inv);
  if (finding !== undefined) report(state, optionId, { span: use.span, ...finding });
  if (rule.sensitive === true)
    report(state, optionId, { ...read(rule, "what it prints may contain secrets"), sensitive: true, span: use.span });
  if (rule.unbounded === true && state.bounds === 0)
    report(state, optionId, { ...read(rule, "it may never end by itself"), unbounded: true, span: use.span });
}

function read(rule: OptionRule, fallback: string): Finding {
  const finding = { risk: "caution" as const, why: rule.why ?? fallback };
  return rule.safer === undefined ? finding : { ...finding, safer: rule.safer };
}

/** What a special option means by itself; `check` and `allow` have the last word on its value. */
function specialFinding(rule: OptionRule, value: Arg | undefined, inv: Invocation): Finding | undefined {
  if (value !== undefined && rule.check !== undefined) return rule.check(value, inv);
  if (value !== undefined && rule.allow !== undefined) return allowFinding(rule, value);
  if (rule.kind === "write" || rule.kind === "code") return undefined;
  if (rule.risk === undefined || rule.risk === "safe") return undefined;
  return withSafer(rule, rule.risk, rule.why ?? "a special option");
}

function allowFinding(rule: OptionRule, value: Arg): Finding | undefined {
  if (value.shape === "literal" && (rule.allow ?? "").split(" ").includes(value.text)) return undefined;
  return withSafer(rule, rule.risk ?? "unknown", rule.why ?? "this value of the option is not in the table");
}

function withSafer(rule: OptionRule, risk: Risk, why: string): Finding {
  return rule.safer === undefined ? { risk, why } : { risk, why, safer: rule.safer };
}

/** The kinds of option values. Values of kind code and write that the rule calls safe must still be written out. */
function judgeValue(state: ScanState, id: string, use: OptionUse, value: Arg, free: FreeWords): void {
  const { kind, rule = {}, names } = use.spec;
  const optionId = `${id}.${names[0]}`;
  if (kind === "write" && rule.check === undefined && rule.allow === undefined) {
    report(state, optionId, writeFinding(value, rule.why, rule.risk, rule.safer));
  } else if (kind === "code") {
    state.codeWords.push(value.span);
    report(state, optionId, codeFinding(value, rule.risk, rule.why));
  } else judgeData(state, optionId, kind, value, free, false);
}

function codeFinding(value: Arg, risk: Risk | undefined, why: string | undefined): Finding | undefined {
  if (value.shape !== "literal") return { risk: "unknown", why: "a program text that is not written out", span: value.span };
  return risk === "safe" ? undefined : { risk: risk ?? "unknown", why: why ?? "runs program text", span: value.span };
}

/** Words that select or name something: secret paths are caution; words that may become options or several words are unknown. */
function judgeData(state: ScanState, id: string, kind: WordKind, arg: Arg, free: FreeWords, several: boolean): void {
  if (kind === "read") judgeSecret(state, id, arg);
  if (arg.shape === "literal" || isFree(arg, free)) return;
  // Behind the end of the options any number of words is fine where any number is allowed.
  if (several && !arg.dash) return;
  if (arg.shape === "many" || (arg.shape === "glob" && !several)) {
    report(state, id, {
      risk: "unknown",
      why: `${arg.text} may become several words, options among them`,
      safer: "quote it",
      span: arg.span,
    });
  }
}

/** Devices that always have more to read. */
const endlessDevice = /^\/+dev\/+(zero|full|u?random|tty\w*|kmsg)$/;

function judgeSecret(state: ScanState, id: string, arg: Arg): void {
  if (endlessDevice.test(arg.text) && !/^(head|dd)/.test(id))
    report(state, id, { risk: "caution", why: `${arg.text} never ends`, unbounded: true, safer: "head -c 16", span: arg.span });
  const why = sensitivePath(arg.head) ?? (arg.shape === "literal" ? undefined : sensitiveWord(arg.text));
  if (why !== undefined) report(state, id, { risk: "caution", why: `${arg.text} ${why}`, sensitive: true, span: arg.span });
}

/** Operands against the rule's list. Without a list, none is allowed when the base risk is safe, and any otherwise. */
export function judgeOperands(state: ScanState, id: string, inv: Invocation, command: CompiledCommand, base: Risk, free: FreeWords): void {
  const table = command.operands ?? (base === "safe" ? noOperands : anyOperands);
  if (inv.operands.length < table.min) {
    state.report(`${id}.operands`, "unknown", inv.span, "An operand that the command needs is missing.");
  }
  for (const [index, arg] of inv.operands.entries()) {
    const kind = table.kinds[index] ?? table.rest;
    if (kind === undefined) {
      state.report(`${id}.operands`, "unknown", arg.span, "The command has an operand that its table does not know.");
      return;
    }
    judgeOperand(state, id, kind, arg, free, index >= table.kinds.length);
  }
}

const noOperands: OperandTable = { kinds: [], min: 0 };
const anyOperands: OperandTable = { kinds: [], rest: "name", min: 0 };

function judgeOperand(state: ScanState, id: string, kind: WordKind, arg: Arg, free: FreeWords, several: boolean): void {
  if (kind === "inner") return;
  if (kind === "write") report(state, id, writeFinding(arg, undefined, undefined, undefined));
  else if (kind === "code" || kind === "text") {
    state.codeWords.push(arg.span);
    report(state, id, codeFinding(arg, kind === "text" ? "safe" : undefined, undefined));
  } else {
    judgeData(state, id, kind, arg, free, several);
    if (arg.dash && arg.shape !== "literal" && arg.shape !== "many" && free !== "all") {
      report(state, id, {
        risk: "unknown",
        why: `${arg.text} may begin with a dash and become an option`,
        safer: "put -- before it",
        span: arg.span,
      });
    }
  }
}

function report(state: ScanState, id: string, finding: Finding | undefined): void {
  if (finding === undefined) return;
  if (finding.sensitive === true) state.sensitive = true;
  if (finding.unbounded === true) {
    if (state.bounds > 0 && finding.risk === "caution") return;
    state.unbounded = true;
  }
  const why = finding.why.charAt(0).toUpperCase() + finding.why.slice(1);
  state.report(id, finding.risk, finding.span ?? { start: 0, end: 0 }, why.endsWith(".") ? why : `${why}.`, finding.safer);
}
