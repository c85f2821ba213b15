// One argument list -> findings, by the rule of its program. Third stage of the scan; wrappers come back here through ctx.scanArgv.
// Reports the base risk of the rule, then everything that raises it. Can only add.
import type { Arg } from "./arg.ts";
import { freeWords, judgeOperands, judgeOptions } from "./classify-words.ts";
import type { CompiledCommand } from "./compile-rule.ts";
import { destructiveText, destructiveVerb } from "./destructive-text.ts";
import { findProgram, programName } from "./registry.ts";
import { checkEnvironment, checkShellVariable } from "./environment.ts";
import type { Invocation } from "./invocation.ts";
import { type ParsedInvocation, parseInvocation } from "./parse-invocation.ts";
import type { Finding, InputKind, RuleContext } from "./rule.ts";
import type { ScanState } from "./scan-state.ts";
import { scanSqlArg } from "./sql-arg.ts";
import type { Risk, Span } from "./types.ts";

/** What classification needs from the walk: nested shell text. */
export interface CommandScanner {
  readonly state: ScanState;
  readonly text: (arg: Arg, stdin: InputKind) => void;
}

/** Classifies a command; returns the exit codes that are an answer. An empty list is no command. */
export function classifyCommand(scanner: CommandScanner, args: readonly Arg[], stdin: InputKind, span: Span): readonly number[] {
  const { state } = scanner;
  const first = args[0];
  if (first === undefined || !state.countCommand(span)) return [];
  if (first.shape !== "literal") {
    reportHiddenName(state, first, args, span);
    return [];
  }
  const name = programName(first.text);
  const program = name === undefined ? undefined : findProgram(name);
  if (program === undefined) {
    reportUnknownProgram(state, first, args, span);
    return [];
  }
  const parsed = parseInvocation(program, name ?? "", args.slice(1), stdin, span);
  if (parsed.command === undefined) {
    reportUnknownVerb(state, parsed, args, span);
    return [];
  }
  judge(scanner, parsed, parsed.command);
  return parsed.command.rule.answers ?? [];
}

function judge(scanner: CommandScanner, parsed: ParsedInvocation, command: CompiledCommand): void {
  const { state } = scanner;
  const { inv, id } = parsed;
  const { rule } = command;
  const outer = state.beginFrame();
  const base: Risk = typeof rule.risk === "function" ? rule.risk(inv) : (rule.risk ?? "safe");
  state.report(id, base, inv.span, sentence(rule.why), rule.safer);
  const free = freeWords(parsed, command, base);
  judgeOptions(state, id, parsed, command, free);
  judgeOperands(state, id, inv, command, base, free);
  judgeRead(state, id, inv, command);
  rule.inspect?.(inv, contextFor(scanner, id, inv));
  const own = state.endFrame(outer);
  if (own !== "safe" && rule.targets !== undefined) state.addTargets(rule.targets(inv));
  if (base !== "safe") state.inverses.push(rule.inverse?.(inv));
}

function judgeRead(state: ScanState, id: string, inv: Invocation, command: CompiledCommand): void {
  const { sensitive, unbounded } = command.rule;
  if (sensitive !== undefined && (sensitive === true || sensitive(inv))) {
    state.sensitive = true;
    state.report(`${id}.sensitive`, "caution", inv.span, "What it prints may contain secrets.", command.rule.safer);
  }
  if (unbounded !== undefined && (unbounded === true || unbounded(inv))) {
    state.reportUnbounded(`${id}.unbounded`, inv.span, "It may never end by itself.", command.rule.safer);
  }
}

function contextFor(scanner: CommandScanner, id: string, inv: Invocation): RuleContext {
  const { state } = scanner;
  return {
    report: (finding) => reportFinding(state, id, inv.span, finding),
    scanArgv: (args, stdin) => scanInner(scanner, args, stdin ?? inv.stdin, inv.span),
    scanBounded: (args) => {
      state.bounds++;
      scanInner(scanner, args, inv.stdin, inv.span);
      state.bounds--;
    },
    scanText: (arg) => scanner.text(arg, inv.stdin),
    scanSql: (dialect, arg) => scanSqlArg(state, dialect, arg),
    wroteFile: () => state.wroteFile,
    mayHaveArrays: () => state.mayHaveArrays,
    forgetVariables: () => state.forgetVariables(),
    setVariable: (name, value) => state.setVariable(name, value),
    lockVariable: (name) => state.lockVariable(name),
    checkEnvironment: (name, value) => checkEnvironment(state, name, value),
    checkShellVariable: (name, value) => checkShellVariable(state, name, value),
  };
}

function scanInner(scanner: CommandScanner, args: readonly Arg[], stdin: InputKind, span: Span): void {
  if (!scanner.state.enter(span)) return;
  const last = args.at(-1);
  const first = args[0];
  const inner =
    first === undefined || last === undefined
      ? span
      : { start: Math.min(first.span.start, last.span.start), end: Math.max(first.span.end, last.span.end) };
  classifyCommand(scanner, args, stdin, inner);
  scanner.state.leave();
}

/** Turns a rule's finding into a reason. */
export function reportFinding(state: ScanState, id: string, span: Span, finding: Finding): void {
  if (finding.sensitive === true) state.sensitive = true;
  if (finding.unbounded === true && finding.risk === "caution") {
    state.reportUnbounded(id, finding.span ?? span, sentence(finding.why), finding.safer);
    return;
  }
  state.report(id, finding.risk, finding.span ?? span, sentence(finding.why), finding.safer);
}

/** The program's name is not written out: what runs is hidden, or at best not known. */
function reportHiddenName(state: ScanState, first: Arg, args: readonly Arg[], span: Span): void {
  if (isPlainVariable(first.text) || (first.head !== "" && first.shape === "one")) {
    reportUnknown(state, "shell.command-name", "The program's name is only known when the command runs.", args, span);
  } else {
    state.report(
      "shell.command-name",
      "dangerous",
      first.span,
      "The program's name is put together when the command runs, which hides what runs.",
    );
  }
}

function isPlainVariable(text: string): boolean {
  return /^"?\$(\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)"?$/.test(text);
}

function reportUnknownProgram(state: ScanState, first: Arg, args: readonly Arg[], span: Span): void {
  if (state.wroteFile && first.text.includes("/"))
    state.report("program.written", "dangerous", first.span, "It runs a file that the same text may have written.");
  reportUnknown(state, "program.unknown", `No rule knows the program ${shorten(first.text)}.`, args, span);
}

function reportUnknownVerb(state: ScanState, parsed: ParsedInvocation, args: readonly Arg[], span: Span): void {
  const verb = parsed.unknownVerb;
  const where = [parsed.inv.program, ...parsed.inv.path].join(" ");
  const message = verb === undefined ? `${where} needs a sub-command.` : `${where} has no sub-command ${shorten(verb.text)} in its table.`;
  reportUnknown(state, `${parsed.id}.verb`, message, args, verb?.span ?? span);
}

function reportUnknown(state: ScanState, id: string, message: string, args: readonly Arg[], span: Span): void {
  const text = args.map((arg) => arg.text).join(" ");
  const found = destructiveText(text) ?? destructiveVerb(args);
  if (found === undefined) state.report(id, "unknown", span, message);
  else state.report(id, "dangerous", span, `${message} It contains ${found}.`);
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return first.endsWith(".") ? first : `${first}.`;
}
