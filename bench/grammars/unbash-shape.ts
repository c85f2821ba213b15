// Shell text -> the commands, words and redirections of unbash's tree, by the same way through it as the scanner's own walk takes.
// Test code only. Visits what packages/scanner/src/walk.ts visits; must never see less.
import {
  type Assignment,
  type Command,
  type CommandNode,
  type CompoundList,
  forEachChild,
  type HereDoc,
  type ParsedScript,
  parse,
  type Pipeline,
  type PipelineNode,
  type Redirection,
  type Statement,
  type SyntaxNode,
  type TestExpression,
  type Word,
  type WordPart,
} from "unbash";
import type { Shape, Token, TokenKind } from "./shape.ts";

/** Reads `text`; `failed` when unbash reports an error anywhere in it, or leaves characters out. */
export function unbashShape(text: string): Shape {
  const reader = new Reader();
  reader.script(parse(text), "");
  return { tokens: reader.tokens, failed: reader.failed };
}

class Reader {
  readonly tokens: Token[] = [];
  failed = false;

  script(script: ParsedScript, place: string): void {
    if (script.errors !== undefined && script.errors.length > 0) this.failed = true;
    for (const statement of script.commands) this.statement(statement, place);
  }

  private add(kind: TokenKind, place: string, node: { readonly pos: number; readonly end: number }, meaning: string): void {
    this.tokens.push({ kind, place: `${place}${node.pos}-${node.end}`, meaning });
  }

  private list(list: CompoundList, place: string): void {
    for (const statement of list.commands) this.statement(statement, place);
  }

  private statement({ command }: Statement, place: string): void {
    if (command.type === "AndOr") for (const member of command.commands) this.member(member, place);
    else this.member(command, place);
  }

  private member(node: PipelineNode, place: string): void {
    if (node.type === "Pipeline") this.pipeline(node, place);
    else this.command(node, place);
  }

  private pipeline(node: Pipeline, place: string): void {
    for (const [index, command] of node.commands.entries()) {
      this.command(command, place);
      // `|&` is `2>&1 |`, and bash prints it so; the other grammar has one operator for it, as unbash has.
      if (node.operators[index] === "|&") this.tokens.push({ kind: "redirect", place: undefined, meaning: "2>& 1" });
    }
  }

  private command(node: CommandNode, place: string): void {
    switch (node.type) {
      case "Command":
        this.simple(node, place);
        return;
      case "Redirected":
        this.command(node.command, place);
        this.redirects(node.redirects, place);
        return;
      case "BraceGroup":
      case "Subshell":
        this.list(node.body, place);
        return;
      case "If":
        this.list(node.clause, place);
        this.list(node.then, place);
        for (const branch of node.elif) {
          this.list(branch.clause, place);
          this.list(branch.then, place);
        }
        if (node.else !== undefined) this.list(node.else, place);
        return;
      case "While":
        this.list(node.clause, place);
        this.list(node.body, place);
        return;
      case "For":
      case "Select":
        for (const word of node.wordlist ?? []) this.word(word, place);
        this.list(node.body, place);
        return;
      case "ArithmeticFor":
        for (const part of [node.initialize, node.test, node.update]) if (part !== undefined) this.arithmetic(part, place);
        this.list(node.body, place);
        return;
      case "Case":
        this.word(node.word, place);
        for (const { pattern, body } of node.items) {
          for (const word of pattern) this.parts(word.parts, place);
          this.list(body, place);
        }
        return;
      case "TestCommand":
        this.add("test", place, node, "[[");
        this.test(node.expression, place);
        return;
      case "ArithmeticCommand":
        if (node.expression !== undefined) this.arithmetic(node.expression, place);
        return;
      case "Function":
        this.add("function", place, node.name, node.name.value);
        this.body(node.body, place);
        return;
      case "Coproc":
        this.body(node.body, place);
        return;
    }
  }

  private body(body: CommandNode | CompoundList, place: string): void {
    if (body.type === "CompoundList") this.list(body, place);
    else this.command(body, place);
  }

  private simple(node: Command, place: string): void {
    for (const item of node.prefix) if (item.type === "Assignment") this.assignment(item, place, "assignment");
    if (node.name !== undefined) {
      this.tokens.push({ kind: "command", place: `${place}${node.name.pos}`, meaning: "" });
      this.word(node.name, place);
    }
    for (const item of node.suffix) {
      if (item.type === "Word") this.word(item, place);
      else if (item.type === "Assignment") this.assignment(item, place, "word");
    }
    this.redirects(node.redirects, place);
  }

  private assignment(item: Assignment, place: string, kind: "assignment" | "word"): void {
    const head = `${item.name}${item.index === undefined ? "" : "[]"}${item.append === true ? "+=" : "="}`;
    const { value } = item;
    this.add(kind, place, item, head + (value.type === "Word" ? wordMeaning(value) : "()"));
    if (item.index !== undefined) this.parts(item.index.parts, place);
    if (value.type === "Word") this.parts(value.parts, place);
    else for (const element of value.elements) this.word(element, place);
  }

  private word(word: Word, place: string): void {
    this.add("word", place, word, wordMeaning(word));
    this.parts(word.parts, place);
  }

  private redirects(redirects: readonly Redirection[], place: string): void {
    for (const redirect of redirects) {
      if (redirect.type === "HereDoc") this.hereDocument(redirect, place);
      else if (redirect.target === undefined) this.failed = true;
      else {
        const { target, operator } = redirect;
        const descriptor = redirect.descriptor?.type === "FileDescriptor" ? String(redirect.descriptor.value) : descriptorName(redirect);
        const meaning = redirectMeaning(descriptor, operator, wordMeaning(target));
        this.tokens.push({ kind: "redirect", place: `${descriptor}${operator} ${place}${target.pos}-${target.end}`, meaning });
        this.parts(target.parts, place);
      }
    }
  }

  private hereDocument(redirect: HereDoc, place: string): void {
    const { delimiter, operator, body } = redirect;
    if (delimiter === undefined || redirect.closing === undefined) this.failed = true;
    else
      this.tokens.push({
        kind: "here-document",
        place: `${place}${delimiter.pos}`,
        meaning: bodyMeaning(operator, delimiter.quoted, body.text),
      });
    this.parts(body.parts, place);
  }

  private test(expression: TestExpression, place: string): void {
    this.inside(expression, place);
  }

  private arithmetic(expression: SyntaxNode, place: string): void {
    this.inside(expression, place);
  }

  /** Only what runs inside of words counts here: operands are no arguments of a command. */
  private inside(node: SyntaxNode, place: string): void {
    if (node.type === "Word") this.parts(node.parts, place);
    else if (node.type === "ArithmeticWord") this.parts(node.parts, place);
    else if (node.type === "ArithmeticCommandExpansion") this.substitution(node, place);
    else forEachChild(node, (child) => this.inside(child, place));
  }

  private parts(parts: readonly WordPart[] | undefined, place: string): void {
    for (const part of parts ?? []) this.part(part, place);
  }

  private part(part: WordPart, place: string): void {
    switch (part.type) {
      case "CommandExpansion":
      case "ProcessSubstitution":
        this.substitution(part, place);
        return;
      case "DoubleQuoted":
      case "LocaleString":
      case "BraceExpansion":
      case "ExtendedGlob":
      case "Glob":
        this.parts(part.parts, place);
        return;
      case "ArithmeticExpansion":
        if (part.expression === undefined) this.failed ||= part.text.length > 5;
        else this.arithmetic(part.expression, place);
        return;
      case "ParameterExpansion":
        if (part.index !== undefined) this.parts(part.index.parts, place);
        if (part.operation !== undefined) forEachChild(part.operation, (child) => this.inside(child, place));
        return;
      default:
    }
  }

  private substitution(
    node: { readonly pos: number; readonly end: number; readonly script: ParsedScript | undefined },
    place: string,
  ): void {
    this.add("substitution", place, node, "");
    if (node.script === undefined) this.failed = true;
    else this.script(node.script, node.script.source === undefined ? place : `${place}@${node.pos}:`);
  }
}

function descriptorName({ descriptor }: Redirection): string {
  return descriptor?.type === "FileDescriptorVariable" ? `{${descriptor.name}}` : "";
}

/** The text of a word as bash sees it before expanding; what is expanded stands for itself. */
function wordMeaning(word: Word): string {
  return word.parts === undefined ? word.value : word.parts.map(partMeaning).join("");
}

function partMeaning(part: WordPart): string {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return part.value;
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.map(partMeaning).join("");
    case "CommandExpansion":
    case "ProcessSubstitution":
      return part.text.slice(0, 1);
    case "ArithmeticExpansion":
      return "$(())";
    case "ParameterExpansion":
      return `\${${part.prefix ?? ""}${part.parameter}${part.operation?.type ?? ""}`;
    default:
      return loose(part.text);
  }
}

/** bash prints what stands in braces with its own blanks and quotes; what runs in it is compared elsewhere. */
function loose(text: string): string {
  return text.replace(/\\\n|[\s;'"$\\]/g, "");
}

/** A here-document's text: bash joins continued lines, then `<<-` takes tabs away, before it prints. */
function bodyMeaning(operator: string, quoted: boolean, text: string): string {
  const joined = quoted ? text : text.replace(/(?<!\\)((?:\\\\)*)\\\n/g, "$1");
  const lines = operator === "<<-" ? joined.replace(/^\t+/gm, "") : joined;
  return `${quoted ? "quoted" : "open"} ${lines}`;
}

const readers: ReadonlySet<string> = new Set(["<", "<>", "<&", "<<<"]);

/** `1>f` is `>f`, `0<f` is `<f`, `<&-` is `0>&-`, and `>&f` with a name is `&>f`. */
function redirectMeaning(descriptor: string, operator: string, target: string): string {
  const usual = readers.has(operator) ? "0" : "1";
  if (target === "-") return `${descriptor === "" ? usual : descriptor}>& -`;
  // bash prints `1<>f` as `<>f`, which is another descriptor when it is read again.
  const shown = descriptor === usual || (operator === "<>" && descriptor === "1") ? "" : descriptor;
  const both = operator === ">&" && shown === "" && !/^(\d+-?|-)$/.test(target) && !target.startsWith("$");
  return `${shown}${both ? "&>" : operator} ${target}`;
}
