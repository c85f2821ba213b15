// unbash's tree -> the calls that a bash makes of it in which every program ends well and prints nothing. Test code only.
// Covers what can be foretold without a shell; anything else is "not foretold", never a guess.
import {
  type AndOr,
  type Case,
  type Command,
  type CommandNode,
  type CompoundList,
  type Function as FunctionNode,
  type ParsedScript,
  parse,
  type PipelineNode,
  type Redirection,
  type Statement,
  type Word,
  type WordPart,
} from "unbash";
import { expandBraces } from "../../packages/scanner/src/braces.ts";
import type { Call } from "./bash-oracle.ts";

/** The calls of `text` by unbash's reading, in some order; undefined when they cannot be foretold. No variable of one letter is set. */
export function expectedCalls(text: string): readonly Call[] | undefined {
  try {
    const run = new Run(text);
    run.script(parse(text));
    return run.calls;
  } catch (error) {
    if (error instanceof NotForetold || error instanceof RangeError) return undefined;
    throw error;
  }
}

class NotForetold extends Error {}

/** Whether a command ended well; undefined for conditions, which are not worked out. */
type Status = boolean | undefined;

function stop(): never {
  throw new NotForetold();
}

function known(status: Status): boolean {
  return status ?? stop();
}

/** A piece of a word after expansion. Bare pieces that are empty make no argument. */
interface Field {
  readonly text: string;
  readonly quoted: boolean;
}

const files: ReadonlySet<string> = new Set(["f", "g", "/dev/null"]);
const mostCalls = 200;
/** Built-in commands that the recording shell needs, and words that the shell reads before a command. */
const special: ReadonlySet<string> = new Set([
  "eval",
  "enable",
  "wait",
  "declare",
  "export",
  "local",
  "readonly",
  "typeset",
  "alias",
  "let",
]);

/** What the generator calculates. */
const sums: ReadonlyMap<string, string> = new Map([
  ["$((1+2))", "3"],
  ["$((1))", "1"],
  ["$[1+1]", "2"],
  ["$(((1)))", "1"],
]);

class Run {
  readonly calls: Call[] = [];
  private functions = new Map<string, FunctionNode>();
  private depth = 0;
  /** Within a counting loop: another one would use the same variable. */
  private counting = false;
  /** What positions count in. */
  private text: string;

  constructor(text: string) {
    this.text = text;
  }

  script(script: ParsedScript): Status {
    if (script.errors !== undefined && script.errors.length > 0) stop();
    const outer = this.text;
    this.text = script.source ?? outer;
    const fine = this.statements(script.commands);
    this.text = outer;
    return fine;
  }

  private list(list: CompoundList): Status {
    return this.statements(list.commands);
  }

  /** Whether the last of them ended well. */
  private statements(list: readonly Statement[]): Status {
    let fine: Status = true;
    for (const { command, background } of list) {
      const run = (): Status => (command.type === "AndOr" ? this.andOr(command) : this.member(command));
      fine = background === true ? this.behind(run) : run();
    }
    return fine;
  }

  private behind(run: () => Status): true {
    this.apart(run);
    return true;
  }

  private andOr({ commands, operators }: AndOr): Status {
    let fine: Status = true;
    for (const [index, command] of commands.entries()) {
      const operator = operators[index - 1];
      if (operator === undefined || (operator === "&&") === known(fine)) fine = this.member(command);
    }
    return fine;
  }

  private member(node: PipelineNode): Status {
    if (node.type !== "Pipeline") return this.command(node);
    let fine: Status = true;
    for (const command of node.commands) fine = node.commands.length > 1 ? this.apart(() => this.command(command)) : this.command(command);
    const negated = node.prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
    return negated && fine !== undefined ? !fine : fine;
  }

  /** In a shell of its own: functions defined there are gone afterwards. */
  private apart(run: () => Status): Status {
    const kept = new Map(this.functions);
    const fine = run();
    this.functions = kept;
    return fine;
  }

  private command(node: CommandNode): Status {
    if (++this.depth > 60) stop();
    const fine = this.commandOf(node);
    this.depth--;
    return fine;
  }

  private commandOf(node: CommandNode): Status {
    switch (node.type) {
      case "Command":
        return this.simple(node);
      case "Redirected":
        this.redirects(node.redirects);
        return this.command(node.command);
      case "BraceGroup":
        return this.list(node.body);
      case "Subshell":
        return this.apart(() => this.list(node.body));
      case "If": {
        if (known(this.list(node.clause))) return this.list(node.then);
        for (const branch of node.elif) if (known(this.list(branch.clause))) return this.list(branch.then);
        return node.else === undefined ? true : this.list(node.else);
      }
      case "For": {
        let fine: Status = true;
        for (const _ of (node.wordlist ?? stop()).flatMap((word) => this.word(word))) fine = this.list(node.body);
        return fine;
      }
      case "While": {
        let fine: Status = true;
        for (let turns = 0; known(this.list(node.clause)) === (node.kind === "while"); turns++)
          fine = turns > 20 ? stop() : this.list(node.body);
        return fine;
      }
      case "ArithmeticFor":
        // The only one that the generator writes.
        if (!this.text.slice(node.pos, node.end).startsWith("for ((i=0; i<2; i++));")) stop();
        if (this.counting) stop();
        this.counting = true;
        this.list(node.body);
        return this.counted(this.list(node.body));
      case "TestCommand":
      case "ArithmeticCommand":
        // Which parts of a condition are looked at is not foretold, so nothing may run in it.
        if (/[$<>]\(|`/.test(this.text.slice(node.pos, node.end))) stop();
        return undefined;
      case "Case":
        return this.choice(node);
      case "Function":
        this.functions.set(node.name.value, node);
        return true;
      default:
        return stop();
    }
  }

  private counted(fine: Status): Status {
    this.counting = false;
    return fine;
  }

  private choice({ word, items }: Case): Status {
    const text = this.value(word);
    let fine: Status = true;
    let falls = false;
    for (const { pattern, body, terminator } of items) {
      if (!falls && !pattern.some((each) => this.matches(each, text))) continue;
      fine = this.list(body);
      if (terminator === ";;" || terminator === undefined) return fine;
      falls = terminator === ";&";
    }
    return fine;
  }

  private matches(pattern: Word, text: string): boolean {
    if (pattern.text === "*") return true;
    if (/[*?[\]`$]/.test(pattern.text)) stop();
    return this.value(pattern) === text;
  }

  private simple(node: Command): Status {
    const words = [...(node.name === undefined ? [] : [node.name]), ...node.suffix.filter((item) => item.type === "Word")];
    if (node.suffix.some((item) => item.type === "Assignment")) stop();
    const call = words.flatMap((word) => this.word(word));
    for (const item of node.prefix) {
      if (item.type !== "Assignment") continue;
      if (item.value.type !== "Word" || item.index !== undefined || item.name === "u") stop();
      this.value(item.value);
    }
    this.redirects(node.redirects);
    const [name] = call;
    if (name === undefined) return true;
    if (special.has(name) || this.calls.length >= mostCalls) stop();
    const called = this.functions.get(name);
    if (called === undefined) this.calls.push(call);
    else if (called.body.type === "CompoundList") stop();
    else return this.command(called.body);
    return true;
  }

  private redirects(redirects: readonly Redirection[]): void {
    for (const redirect of redirects) {
      const { descriptor } = redirect;
      if (descriptor?.type === "FileDescriptorVariable" || (descriptor?.value ?? 0) > 99) stop();
      if (redirect.type === "HereDoc") {
        if (redirect.closing === undefined || redirect.delimiter === undefined) stop();
        for (const part of redirect.body.parts ?? []) this.part(part, true);
        continue;
      }
      const target = this.value(redirect.target ?? stop());
      if (redirect.type === "HereString") continue;
      const copies = redirect.operator === "<&" || (redirect.operator === ">&" && /^[\d-]/.test(target));
      if (!(copies ? ["0", "1", "2"].includes(target) : files.has(target))) stop();
    }
  }

  /** The text of a word that is neither split nor left out. */
  private value(word: Word): string {
    return this.fields(word)
      .map(({ text }) => text)
      .join("");
  }

  /** The arguments that a word becomes: one, or none. */
  private word(word: Word): readonly string[] {
    const braces = word.parts === undefined ? undefined : expandBraces(word.parts, { start: 0, end: 0 });
    if (braces !== undefined) return braces.map((each) => each.text);
    const fields = this.fields(word);
    const text = fields.map((field) => field.text).join("");
    return text === "" && !fields.some(({ quoted }) => quoted) ? [] : [text];
  }

  private fields(word: Word): readonly Field[] {
    if (/(^|[=:])~/.test(word.text)) stop();
    if (word.parts === undefined) return [{ text: word.value, quoted: word.text !== "" }];
    return word.parts.flatMap((part) => this.part(part, false));
  }

  private part(part: WordPart, quoted: boolean): readonly Field[] {
    switch (part.type) {
      case "Literal":
        return [{ text: part.value, quoted: quoted || part.value !== "" }];
      case "SingleQuoted":
      case "AnsiCQuoted":
        return [{ text: part.value, quoted: true }];
      case "DoubleQuoted":
      case "LocaleString":
        return [{ text: "", quoted: true }, ...part.parts.flatMap((child) => this.part(child, true))];
      case "CommandExpansion":
        this.apart(() => this.script(part.script ?? stop()));
        return [{ text: "", quoted }];
      case "ProcessSubstitution":
        this.apart(() => this.script(part.script ?? stop()));
        return [{ text: "/dev/fd/N", quoted: true }];
      case "SimpleExpansion":
        if (part.text === "$#") return [{ text: "0", quoted: true }];
        if (!/^\$[a-hj-z]$/.test(part.text)) stop();
        return [{ text: "", quoted }];
      case "ParameterExpansion":
        return this.parameter(part, quoted);
      case "Glob":
        if (part.parts !== undefined && part.parts.some((child) => child.type !== "Literal")) stop();
        return [{ text: part.value, quoted: true }];
      case "ArithmeticExpansion":
        return [{ text: sums.get(part.text.replaceAll(" ", "")) ?? stop(), quoted: true }];
      default:
        return stop();
    }
  }

  private parameter(part: Extract<WordPart, { type: "ParameterExpansion" }>, quoted: boolean): readonly Field[] {
    if (part.parameter !== "u" || part.index !== undefined) stop();
    if (part.prefix === "#" && part.operation === undefined) return [{ text: "0", quoted: true }];
    const { operation } = part;
    if (part.prefix !== undefined) stop();
    const nothing = [{ text: "", quoted }];
    if (operation === undefined) return nothing;
    if (["Remove", "Replace", "Slice"].includes(operation.type) && !/`|\$\(/.test(part.text)) return nothing;
    if (operation.type !== "Default" || !["-", ":-", "+", ":+"].includes(operation.operator)) stop();
    if (operation.operator.endsWith("+")) return nothing;
    if (quoted && /['"\\]/.test(operation.operand.text.replace(/^(`[^`]*`|\$\([^()]*\))$/s, ""))) stop();
    const fields = this.fields(operation.operand);
    if (!quoted && fields.some(({ text }) => /\s/.test(text))) stop();
    return quoted ? fields.map(({ text }) => ({ text, quoted: true })) : fields;
  }
}

/** Calls in an order of their own, with the numbers of descriptors taken out: parts of a pipeline run at the same time. */
export function comparable(calls: readonly Call[]): string {
  return calls
    .map((call) => JSON.stringify(call.map((word) => word.replace(/\/dev\/fd\/\d+/g, "/dev/fd/N"))))
    .sort()
    .join("\n");
}
