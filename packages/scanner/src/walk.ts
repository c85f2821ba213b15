// Syntax tree -> findings: second stage of the scan. Every node kind that may be safe is named here; any other is unknown.
// Nesting is bounded by ScanState.enter, so the recursion is too. Never stops early: the strictest of all parts wins.
import {
  type AndOr,
  type ArithmeticExpression,
  type ArithmeticFor,
  type CommandNode,
  type CompoundList,
  type For,
  type Function as FunctionNode,
  type If,
  type ParsedScript,
  parse,
  type Pipeline,
  type PipelineNode,
  type Statement,
  type SyntaxNode,
  type While,
  type Word,
} from "unbash";
import type { Arg } from "./arg.ts";
import { assignedIn } from "./assigned-names.ts";
import { destructiveText } from "./destructive-text.ts";
import { isEndless, mayWaitForever, some, startsBackground } from "./endless-loop.ts";
import { checkShellVariable } from "./environment.ts";
import { walkArithmetic } from "./expansions.ts";
import { knownOutput } from "./known-output.ts";
import { walkRedirects } from "./redirects.ts";
import { textProblem } from "./refuse.ts";
import { findProgram } from "./registry.ts";
import type { InputKind } from "./rule.ts";
import { type Region, type ScanState, spanOf, type Variables } from "./scan-state.ts";
import { sensitiveWord } from "./sensitive-paths.ts";
import { shellOnly } from "./shell-only.ts";
import { walkSimpleCommand } from "./simple-command.ts";
import { walkTest } from "./test-expression.ts";
import { isNumber, unknownNumber } from "./tracked-number.ts";
import { reportCut } from "./token-gaps.ts";
import type { Span } from "./types.ts";
import type { Walker } from "./walker.ts";
import { isAscii } from "./word-text.ts";
import { isPlainRange, wordArg, wordArgs } from "./words.ts";

const noFunctions: ReadonlySet<string> = new Set();
const nothing: InputKind = { kind: "none" };

/** Walks a parsed script and records all findings in `state`. */
export class Walk implements Walker {
  private readonly state: ScanState;

  constructor(state: ScanState) {
    this.state = state;
  }

  readonly script = (script: ParsedScript, region: Region, stdin: InputKind): void => {
    const error = script.errors?.[0];
    if (error !== undefined) this.syntaxError(region, error.pos, error.message);
    this.statements(script.commands, region, stdin);
  };

  readonly word = (word: Word, region: Region): void => {
    wordArg(word, region, this.state, this);
  };

  readonly text = (arg: Arg, stdin: InputKind): void => {
    const { state } = this;
    state.codeWords.push(arg.span);
    if (arg.shape !== "literal") {
      this.hiddenText(arg);
      return;
    }
    if (!state.enter(arg.span)) return;
    const kept = state.variables;
    const keptUnknown = state.variablesUnknown;
    const keptFunctions = state.functions;
    state.variables = new Map();
    state.functions = noFunctions;
    this.parsedText(arg, stdin);
    state.functions = keptFunctions;
    state.variables = kept;
    state.variablesUnknown = keptUnknown;
    state.leave();
  };

  private parsedText(arg: Arg, stdin: InputKind): void {
    const { state } = this;
    const problem = textProblem(arg.text);
    if (problem !== undefined) state.report(problem.ruleId, "unknown", arg.span, problem.message);
    state.nonAscii ||= !isAscii(arg.text);
    state.manyLines ||= arg.text.includes("\n");
    const region = arg.origin === undefined ? { source: arg.text, base: 0, whole: arg.span } : { source: arg.text, base: arg.origin };
    const script = parse(arg.text);
    if (script.commands.length === 0) state.report("shell.nested", "unknown", arg.span, "A shell is started without a command.");
    this.script(script, region, stdin);
  }

  private hiddenText(arg: Arg): void {
    const found = destructiveText(arg.text);
    const made = arg.text.includes("$(") || arg.text.includes("`");
    if (found !== undefined) this.state.report("shell.nested", "dangerous", arg.span, `Shell text that contains ${found}.`);
    else if (made)
      this.state.report("shell.nested", "dangerous", arg.span, "The output of a command is run as shell text, which hides what runs.");
    else this.state.report("shell.nested", "unknown", arg.span, "The shell text is not written out.");
  }

  private syntaxError(region: Region, pos: number, message: string): void {
    const at = spanOf(region, { pos, end: Math.min(pos + 1, region.source.length) });
    const found = destructiveText(region.source);
    if (found === undefined) this.state.report("shell.syntax", "unknown", at, `Not valid shell: ${message}.`);
    else this.state.report("shell.syntax", "dangerous", at, `Not valid shell (${message}), and it contains ${found}.`);
  }

  private statements(list: readonly Statement[], region: Region, stdin: InputKind): void {
    for (const statement of list) {
      if (this.state.stopped) return;
      if (statement.command.type === "Function" && this.define(statement, statement.command, region)) continue;
      const kept = statement.background === true ? new Map(this.state.variables) : undefined;
      this.pipelineOrList(statement.command, region, statement.background === true && stdin.kind === "none" ? nothing : stdin);
      if (kept !== undefined) this.state.variables = kept;
      this.state.startedJob ||= statement.background === true;
    }
  }

  /** A function that stands in the text unconditionally and takes no other name; false when it is none of these. */
  private define(statement: Statement, node: FunctionNode, region: Region): boolean {
    const { state } = this;
    const name = node.name.value;
    if (state.depth > 0 || state.doubtful || statement.background === true || !isFreeName(name) || callsItself(node)) return false;
    const span = spanOf(region, node);
    if (!state.countCommand(span) || !state.enter(span)) return true;
    // When it is called, the variables may have changed: nothing about them is known inside.
    const kept = state.variables;
    const keptUnknown = state.variablesUnknown;
    state.variables = new Map();
    state.variablesUnknown = true;
    this.body(node, region, { kind: "data" });
    state.variables = kept;
    state.variablesUnknown = keptUnknown;
    state.leave();
    for (const variable of assignedIn(node).names.keys()) state.functionVariables.add(variable);
    state.functions = new Set([...state.functions, name]);
    state.report("shell.function", "safe", span, `Defines the function ${name}.`);
    return true;
  }

  private body({ body }: { readonly body: CommandNode | CompoundList }, region: Region, stdin: InputKind): void {
    if (body.type === "CompoundList") this.list(body, region, stdin);
    else this.command(body, region, stdin);
  }

  private pipelineOrList(node: PipelineNode | AndOr, region: Region, stdin: InputKind): void {
    if (node.type === "AndOr") this.andOr(node, region, stdin);
    else this.pipelineNode(node, region, stdin);
  }

  /** What a member sets is certain only for the first; `||` makes the member before it uncertain too. */
  private andOr(node: AndOr, region: Region, stdin: InputKind): void {
    let certain: Variables | undefined;
    for (const [index, member] of node.commands.entries()) {
      if (node.operators[index - 1] === "||" && certain !== undefined) this.state.blurSince(certain);
      this.pipelineNode(member, region, stdin);
      certain ??= new Map(this.state.variables);
    }
    if (certain !== undefined) this.state.blurSince(certain);
  }

  private pipelineNode(node: PipelineNode, region: Region, stdin: InputKind): void {
    if (node.type === "Pipeline") this.pipeline(node, region, stdin);
    else this.command(node, region, stdin);
  }

  private pipeline(node: Pipeline, region: Region, stdin: InputKind): void {
    let input = stdin;
    if (node.commands.length === 0) this.state.reportLostToken(spanOf(region, node));
    const kept = new Map(this.state.variables);
    for (const [index, member] of node.commands.entries()) {
      if (index > 0 && isNamed(member, "time")) this.timeInPipeline(node, index, region);
      const bounds = endsWithReader(node.commands, index) ? 1 : 0;
      this.state.bounds += bounds;
      this.command(member, region, input);
      this.state.bounds -= bounds;
      const text = knownOutput(member, input);
      input = text === undefined ? { kind: "data" } : { kind: "text", text };
    }
    if (node.commands.length > 1) this.state.blurSince(kept);
  }

  /** Behind `|` and two newlines bash takes `time` for its own word, and refuses it there. */
  private timeInPipeline({ commands }: Pipeline, index: number, region: Region): void {
    const [before, member] = [commands[index - 1], commands[index]];
    if (before === undefined || member === undefined) return;
    if (/\n[^]*\n/.test(region.source.slice(before.end, member.pos))) this.state.reportLostToken(spanOf(region, member));
  }

  private command(node: CommandNode, region: Region, stdin: InputKind): void {
    if (node.type === "Command") {
      walkSimpleCommand(node, region, stdin, this.state, this);
      return;
    }
    const span = spanOf(region, node);
    if (!this.state.countCommand(span) || !this.state.enter(span)) return;
    this.compound(node, region, stdin);
    this.state.leave();
  }

  private compound(node: Exclude<CommandNode, { type: "Command" }>, region: Region, stdin: InputKind): void {
    switch (node.type) {
      case "Redirected":
        this.redirected(node, region, stdin);
        return;
      case "BraceGroup":
        this.statements(node.body.commands, region, stdin);
        return;
      case "Subshell":
        if (region.source.startsWith("((", node.pos))
          this.state.report(
            "shell.parentheses",
            "unknown",
            spanOf(region, node),
            "Two parentheses at once begin a calculation in some shells, and subshells in others.",
          );
        this.isolated(() => this.statements(node.body.commands, region, stdin));
        return;
      case "If":
        this.conditional(node, region, stdin);
        return;
      case "TestCommand":
        walkTest(node.expression, region, this.state, this);
        this.state.report("shell.test", "safe", spanOf(region, node), "Tests a condition.");
        return;
      case "ArithmeticCommand":
        walkArithmetic(node.expression, region, this.state, this, spanOf(region, node));
        this.state.report("shell.arithmetic", "safe", spanOf(region, node), "Calculates.");
        return;
      default:
        this.loop(node, region, stdin);
    }
  }

  /** Where a redirection fails, nothing of it runs. */
  private redirected(node: Extract<CommandNode, { type: "Redirected" }>, region: Region, stdin: InputKind): void {
    const kept = new Map(this.state.variables);
    this.command(node.command, region, walkRedirects(node.redirects, stdin, false, region, this.state, this));
    this.state.blurSince(kept);
  }

  private loop(
    node: Exclude<CommandNode, { type: "Command" | "Redirected" | "BraceGroup" | "Subshell" | "If" | "TestCommand" | "ArithmeticCommand" }>,
    region: Region,
    stdin: InputKind,
  ): void {
    switch (node.type) {
      case "For":
        this.forLoop(node, region, stdin);
        return;
      case "While":
        this.endless(node, region);
        this.repeated(node, () => {
          this.list(node.clause, region, stdin);
          this.list(node.body, region, stdin);
        });
        return;
      case "ArithmeticFor":
        this.arithmeticFor(node, region, stdin);
        return;
      case "Case":
        wordArg(node.word, region, this.state, this);
        for (const item of node.items) for (const pattern of item.pattern) wordArg(pattern, region, this.state, this);
        this.branches(
          node.items.map((item) => item.body),
          region,
          stdin,
        );
        return;
      default:
        this.refused(node, region, stdin);
    }
  }

  /** A loop that nothing ends; one that starts processes in the background takes the machine down. */
  private endless(node: While | ArithmeticFor, region: Region): void {
    const certain = isEndless(node, region.source);
    if (!certain && (node.type !== "While" || !mayWaitForever(node))) return;
    const span = spanOf(region, node);
    const message = certain ? "The loop never ends by itself." : "The loop waits for something that may never come.";
    this.state.reportUnbounded("shell.loop", span, message, "repeat it a few times: for i in 1 2 3; do ... done");
    if (!certain) return;
    if (startsBackground(node)) this.state.report("shell.loop", "dangerous", span, "The loop starts processes without end.");
  }

  private arithmeticFor(node: ArithmeticFor, region: Region, stdin: InputKind): void {
    // The parser accepts `for (i=0; ...))`, too.
    if (!/^for[ \t]*\(\(/.test(region.source.slice(node.pos, node.end))) this.state.reportLostToken(spanOf(region, node));
    this.endless(node, region);
    const calculate = (part: ArithmeticExpression | undefined): void => {
      if (part !== undefined) walkArithmetic(part, region, this.state, this, spanOf(region, part));
    };
    calculate(node.initialize);
    this.repeated(node, () => {
      calculate(node.test);
      this.list(node.body, region, stdin);
      calculate(node.update);
    });
  }

  /** Functions, coprocesses and `select`: unknown, but what they contain is looked at. */
  private refused(node: Extract<CommandNode, { type: "Function" | "Coproc" | "Select" }>, region: Region, stdin: InputKind): void {
    this.state.report(`shell.${node.type.toLowerCase()}`, "unknown", spanOf(region, node), refusals[node.type]);
    this.forgetAssigned(node, everyName);
    if (node.type === "Select") for (const word of node.wordlist ?? []) wordArgs(word, region, this.state, this);
    if (node.type === "Function" && callsItself(node) && /[&|]/.test(region.source.slice(node.pos, node.end)))
      this.state.report("shell.fork-bomb", "dangerous", spanOf(region, node), "The function starts itself again and again.");
    this.body(node, region, stdin);
    this.state.forgetVariables();
  }

  private conditional(node: If, region: Region, stdin: InputKind): void {
    this.list(node.clause, region, stdin);
    const bodies = [node.then];
    for (const branch of node.elif) bodies.push(branch.clause, branch.then);
    if (node.else !== undefined) bodies.push(node.else);
    this.branches(bodies, region, stdin);
  }

  /** Lists of which any may run or not: what they set is not known afterwards, nor in a later one. */
  private branches(bodies: readonly CompoundList[], region: Region, stdin: InputKind): void {
    for (const body of bodies) {
      const before = new Map(this.state.variables);
      this.list(body, region, stdin);
      this.state.blurSince(before);
    }
  }

  private forLoop(node: For, region: Region, stdin: InputKind): void {
    const { state } = this;
    reportCut(node.wordlist ?? [], region, state);
    const words = (node.wordlist ?? []).flatMap((word) => wordArgs(word, region, state, this));
    const name = node.name.value;
    const item = loopItem(node.wordlist === undefined ? undefined : words, name, spanOf(region, node.name));
    checkShellVariable(state, name, item ?? { shape: "one", text: `$${name}`, head: "", dash: true, span: spanOf(region, node.name) });
    this.repeated(node, () => {
      state.setVariable(name, item);
      this.list(node.body, region, stdin);
    });
    state.variables.set(name, undefined);
  }

  private list(list: CompoundList, region: Region, stdin: InputKind): void {
    this.statements(list.commands, region, stdin);
  }

  private isolated(walk: () => void): void {
    const kept = new Map(this.state.variables);
    walk();
    this.state.variables = kept;
  }

  /** Something that runs any number of times: each turn sees what an earlier one has set, and perhaps there is none. */
  private repeated(node: SyntaxNode, walk: () => void): void {
    const numbers = this.forgetAssigned(node, everyName);
    walk();
    this.forgetAssigned(node, (name) => numbers.has(name));
  }

  /** Whatever `root` may set is not known; numbers that stay numbers are returned, as far as `mayStay` allows. */
  private forgetAssigned(root: SyntaxNode, mayStay: (name: string) => boolean): ReadonlySet<string> {
    const { state } = this;
    const assigned = assignedIn(root);
    if (assigned.everything) state.forgetVariables();
    const numbers = new Set<string>();
    for (const [name, numeric] of assigned.names) {
      if (numeric && mayStay(name) && isNumber(state.variables.get(name))) numbers.add(name);
      state.variables.set(name, numbers.has(name) ? unknownNumber : undefined);
    }
    // The body may call any function of this text.
    for (const name of state.functionVariables) state.variables.set(name, undefined);
    return numbers;
  }
}

const everyName = (): boolean => true;

const refusals = {
  Function: "It defines a function, which may take the name of another program.",
  Coproc: "It starts a coprocess.",
  Select: "It waits for a choice at the keyboard.",
};

/**
 * What the variable of a loop stands for: one plain word, or (shape glob) one word only where it is quoted, that begins with no dash.
 * Its beginning is told where it matters: a secret path among the words makes every turn count as reading it.
 */
function loopItem(words: readonly Arg[] | undefined, name: string, span: Span): Arg | undefined {
  if (words === undefined || words.some((word) => word.dash || word.shape === "many" || word.shape === "one")) return undefined;
  const head = words.some((word) => sensitiveWord(word.text) !== undefined) ? "/run/secrets" : "";
  const plain = words.every((word) => (word.shape === "literal" ? isPlainItem(word.text) : isPlainRange(word.text)));
  return { shape: plain ? "one" : "glob", text: `$${name}`, head, dash: false, span };
}

/** `yes` ends when `head` behind it has read enough. */
function endsWithReader(members: readonly CommandNode[], index: number): boolean {
  const member = members[index];
  const next = members[index + 1];
  return isNamed(member, "yes") && isNamed(next, "head");
}

function isNamed(node: CommandNode | undefined, name: string): boolean {
  return node?.type === "Command" && node.name?.value === name && node.redirects.length === 0;
}

/** A name that no program and no command of the shell has. */
function isFreeName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !shellOnly.has(name) && findProgram(name) === undefined;
}

function callsItself(node: FunctionNode): boolean {
  return some(node.body, (child) => child.type === "Command" && child.name?.value === node.name.value);
}

/** A loop item that neither splits nor globs nor begins with a dash. */
function isPlainItem(text: string): boolean {
  return /^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(text);
}
