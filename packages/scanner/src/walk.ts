// Syntax tree -> findings: second stage of the scan. Every node kind that may be safe is named here; any other is unknown.
// Nesting is bounded by ScanState.enter, so the recursion is too. Never stops early: the strictest of all parts wins.
import {
  type AndOr,
  type ArithmeticExpression,
  type ArithmeticFor,
  type CommandNode,
  type CompoundList,
  type For,
  type If,
  type ParsedScript,
  parse,
  type Pipeline,
  type PipelineNode,
  type Statement,
  type SyntaxNode,
  type Word,
} from "unbash";
import type { Arg } from "./arg.ts";
import { assignedIn } from "./assigned-names.ts";
import { destructiveText } from "./destructive-text.ts";
import { checkShellVariable } from "./environment.ts";
import { isNumber, unknownNumber, walkArithmetic } from "./expansions.ts";
import { knownOutput } from "./known-output.ts";
import { walkRedirects } from "./redirects.ts";
import { textProblem } from "./refuse.ts";
import type { InputKind } from "./rule.ts";
import { type Region, type ScanState, spanOf, type Variables } from "./scan-state.ts";
import { walkSimpleCommand } from "./simple-command.ts";
import { walkTest } from "./test-expression.ts";
import type { Walker } from "./walker.ts";
import { isAscii } from "./word-text.ts";
import { wordArg, wordArgs } from "./words.ts";

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
    state.variables = new Map();
    this.parsedText(arg, stdin);
    state.variables = kept;
    state.variablesUnknown = keptUnknown;
    state.leave();
  };

  private parsedText(arg: Arg, stdin: InputKind): void {
    const { state } = this;
    const problem = textProblem(arg.text);
    if (problem !== undefined) state.report(problem.ruleId, "unknown", arg.span, problem.message);
    state.nonAscii ||= !isAscii(arg.text);
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
      const kept = statement.background === true ? new Map(this.state.variables) : undefined;
      this.pipelineOrList(statement.command, region, statement.background === true && stdin.kind === "none" ? nothing : stdin);
      if (kept !== undefined) this.state.variables = kept;
    }
  }

  private pipelineOrList(node: PipelineNode | AndOr, region: Region, stdin: InputKind): void {
    if (node.type === "AndOr") this.andOr(node, region, stdin);
    else this.pipelineNode(node, region, stdin);
  }

  /** What a member sets is certain only for the first; `||` makes the member before it uncertain too. */
  private andOr(node: AndOr, region: Region, stdin: InputKind): void {
    let certain: Variables | undefined;
    for (const [index, member] of node.commands.entries()) {
      if (node.operators[index - 1] === "||" && certain !== undefined) this.blur(certain);
      this.pipelineNode(member, region, stdin);
      certain ??= new Map(this.state.variables);
    }
    if (certain !== undefined) this.blur(certain);
  }

  private pipelineNode(node: PipelineNode, region: Region, stdin: InputKind): void {
    if (node.type === "Pipeline") this.pipeline(node, region, stdin);
    else this.command(node, region, stdin);
  }

  private pipeline(node: Pipeline, region: Region, stdin: InputKind): void {
    let input = stdin;
    const kept = new Map(this.state.variables);
    for (const member of node.commands) {
      this.command(member, region, input);
      const text = knownOutput(member, input);
      input = text === undefined ? { kind: "data" } : { kind: "text", text };
    }
    if (node.commands.length > 1) this.blur(kept);
  }

  /** Variables that differ from `before` are no longer known. */
  private blur(before: Variables): void {
    const { variables } = this.state;
    for (const [name, value] of variables) if (before.get(name) !== value || !before.has(name)) variables.set(name, undefined);
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
        this.command(node.command, region, walkRedirects(node.redirects, stdin, false, region, this.state, this));
        return;
      case "BraceGroup":
        this.statements(node.body.commands, region, stdin);
        return;
      case "Subshell":
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
        this.forgetAssigned(node);
        this.list(node.clause, region, stdin);
        this.list(node.body, region, stdin);
        this.forgetAssigned(node);
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

  private arithmeticFor(node: ArithmeticFor, region: Region, stdin: InputKind): void {
    const calculate = (part: ArithmeticExpression | undefined): void => {
      if (part !== undefined) walkArithmetic(part, region, this.state, this, spanOf(region, part));
    };
    calculate(node.initialize);
    this.forgetAssigned(node);
    calculate(node.test);
    this.list(node.body, region, stdin);
    calculate(node.update);
    this.forgetAssigned(node);
  }

  /** Functions, coprocesses and `select`: unknown, but what they contain is looked at. */
  private refused(node: Extract<CommandNode, { type: "Function" | "Coproc" | "Select" }>, region: Region, stdin: InputKind): void {
    this.state.report(`shell.${node.type.toLowerCase()}`, "unknown", spanOf(region, node), refusals[node.type]);
    this.forgetAssigned(node);
    if (node.type === "Select") for (const word of node.wordlist ?? []) wordArgs(word, region, this.state, this);
    const body = node.body;
    if (body.type === "CompoundList") this.list(body, region, stdin);
    else this.command(body, region, stdin);
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
      this.blur(before);
    }
  }

  private forLoop(node: For, region: Region, stdin: InputKind): void {
    const { state } = this;
    const words = (node.wordlist ?? []).flatMap((word) => wordArgs(word, region, state, this));
    this.forgetAssigned(node);
    const plain = node.wordlist !== undefined && words.every((word) => word.shape === "literal" && isPlainItem(word.text));
    const name = node.name.value;
    const item: Arg = { shape: "one", text: `$${name}`, head: "", dash: false, span: spanOf(region, node.name) };
    checkShellVariable(state, name, item);
    state.setVariable(name, plain ? item : undefined);
    this.list(node.body, region, stdin);
    this.forgetAssigned(node);
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

  /** Before and after a loop: whatever its body may set is not known. */
  private forgetAssigned(root: SyntaxNode): void {
    for (const [name, numeric] of assignedIn(root)) {
      const stays = numeric && isNumber(this.state.variables.get(name));
      this.state.variables.set(name, stays ? unknownNumber : undefined);
    }
  }
}

const refusals = {
  Function: "It defines a function, which may take the name of another program.",
  Coproc: "It starts a coprocess.",
  Select: "It waits for a choice at the keyboard.",
};

/** A loop item that neither splits nor globs nor begins with a dash. */
function isPlainItem(text: string): boolean {
  return /^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(text);
}
