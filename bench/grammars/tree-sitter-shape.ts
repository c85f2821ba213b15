// Shell text -> the commands, words and redirections of tree-sitter-bash's tree. Test code only; nothing of it may reach a product bundle.
// Only differences of representation are removed here, each with the reason why it is none of meaning.
import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";
import type { Shape, Token, TokenKind } from "./shape.ts";

const require = createRequire(import.meta.url);

/** Loads the grammar, which takes a moment; the result reads one text at a time. */
export async function loadTreeSitter(): Promise<(text: string) => Shape> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")));
  const read = (text: string): { readonly root: Node; readonly free: () => void } => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error("no tree");
    return { root: tree.rootNode, free: () => tree.delete() };
  };
  return (text) => {
    const reader = new Reader(read);
    reader.text(text, "");
    return { tokens: reader.tokens, failed: reader.failed };
  };
}

type Read = (text: string) => { readonly root: Node; readonly free: () => void };

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a simple command is collected from, whichever nodes hold it. */
interface Parts {
  readonly words: Piece[];
  readonly assignments: Piece[];
}

const simpleTypes: ReadonlySet<string> = new Set(["command", "declaration_command", "unset_command"]);

class Reader {
  readonly tokens: Token[] = [];
  failed = false;
  private readonly read: Read;

  constructor(read: Read) {
    this.read = read;
  }

  text(text: string, place: string): void {
    const { root, free } = this.read(text);
    this.failed ||= root.hasError;
    this.children(root, place);
    free();
  }

  private add(kind: TokenKind, place: string): void {
    this.tokens.push({ kind, place, meaning: "" });
  }

  private children(node: Node, place: string): void {
    for (const child of node.children) if (child !== null) this.visit(child, place);
  }

  private visit(node: Node, place: string): void {
    if (simpleTypes.has(node.type) || isBracketTest(node)) {
      this.simple([node], place);
      return;
    }
    switch (node.type) {
      case "redirected_statement":
        this.redirected(node, place);
        return;
      case "variable_assignment":
        this.assignment(node, place);
        return;
      case "for_statement":
        this.forStatement(node, place);
        return;
      case "case_statement":
        this.caseStatement(node, place);
        return;
      case "case_item":
        for (const [child, field] of fields(node))
          if (field === "value") this.inside(child, place);
          else this.visit(child, place);
        return;
      case "function_definition":
        this.functionDefinition(node, place);
        return;
      case "test_command":
        // `((` is arithmetic, whichever node it is called.
        if (node.child(0)?.type === "[[") this.add("test", `${place}${node.startIndex}-${node.endIndex}`);
        this.inside(node, place);
        return;
      case "file_redirect":
      case "herestring_redirect":
      case "heredoc_redirect": {
        // Of a compound command, or of a whole pipeline here: words behind its target are arguments of the last command in it.
        const parts: Parts = { words: [], assignments: [] };
        const nested: (() => void)[] = [];
        this.redirect(node, parts, nested, place);
        this.words(joined(parts.words), place);
        for (const run of nested) run();
        return;
      }
      case "command_substitution":
      case "process_substitution":
        this.substitution(node, place);
        return;
      case "compound_statement":
        if (node.child(0)?.type === "((") this.inside(node, place);
        else this.children(node, place);
        return;
      case "c_style_for_statement":
        for (const [child, field] of fields(node))
          if (field === "body") this.visit(child, place);
          else this.inside(child, place);
        return;
      default:
        this.children(node, place);
    }
  }

  /** Redirections of a simple command stand beside it in this grammar; together they are one command. */
  private redirected(node: Node, place: string): void {
    const body = node.childForFieldName("body");
    if (body === null || simpleTypes.has(body.type) || isBracketTest(body) || body.type.startsWith("variable_assignment")) {
      this.simple(
        node.children.filter((child) => child !== null),
        place,
      );
      return;
    }
    this.children(node, place);
  }

  private simple(nodes: readonly Node[], place: string): void {
    const parts: Parts = { words: [], assignments: [] };
    const nested: (() => void)[] = [];
    for (const node of nodes) this.collect(node, parts, nested, place);
    for (const { start, end } of parts.assignments) this.add("assignment", `${place}${start}-${end}`);
    const words = this.withoutTime(joined(parts.words));
    if (words[0] !== undefined) this.add("command", `${place}${words[0].start}`);
    this.words(words, place);
    for (const run of nested) run();
  }

  /** `time` is a reserved word; this grammar has none for it and calls it a command. */
  private withoutTime(words: readonly Piece[]): readonly Piece[] {
    let from = 0;
    while (words[from]?.text === "time") {
      from++;
      if (words[from]?.text === "-p") from++;
      if (words[from]?.text === "--") from++;
    }
    return words.slice(from);
  }

  private words(words: readonly Piece[], place: string): void {
    for (const { start, end } of words) this.add("word", `${place}${start}-${end}`);
  }

  private collect(node: Node, parts: Parts, nested: (() => void)[], place: string): void {
    switch (node.type) {
      case "command":
        for (const [child, field] of fields(node)) {
          if (field === "name" || field === "argument") this.argument(child, parts, nested, place);
          else this.collect(child, parts, nested, place);
        }
        return;
      case "declaration_command":
      case "unset_command":
      case "test_command":
        for (const child of node.children) if (child !== null) this.argument(child, parts, nested, place);
        return;
      case "variable_assignments":
        for (const child of node.children) if (child !== null) this.collect(child, parts, nested, place);
        return;
      case "variable_assignment":
        parts.assignments.push(pieceOf(node));
        nested.push(() => this.assigned(node, place));
        return;
      case "file_redirect":
      case "herestring_redirect":
      case "heredoc_redirect":
        this.redirect(node, parts, nested, place);
        return;
      default:
        nested.push(() => this.visit(node, place));
    }
  }

  /** One argument. The operands and operators of `[ ... ]` are arguments too: `[` is a program. */
  private argument(node: Node, parts: Parts, nested: (() => void)[], place: string): void {
    if (/^(unary|binary|parenthesized|ternary|postfix)_expression$/.test(node.type) || node.type === "test_command") {
      for (const child of node.children) if (child !== null) this.argument(child, parts, nested, place);
      return;
    }
    if (node.type === "redirected_statement") {
      for (const child of node.children) if (child !== null) this.collect(child, parts, nested, place);
      return;
    }
    if (node.type === "comment" || node.type === "subshell" || node.text === "\n") {
      nested.push(() => this.visit(node, place));
      return;
    }
    parts.words.push(pieceOf(node));
    nested.push(() => this.inside(node, place));
  }

  /** Words behind the target of a redirection hang on the redirection in this grammar; they are arguments of the command. */
  private redirect(node: Node, parts: Parts, nested: (() => void)[], place: string): void {
    if (node.type === "heredoc_redirect") this.hereDocument(node, parts, nested, place);
    else this.fileRedirect(node, parts, nested, place);
  }

  private fileRedirect(node: Node, parts: Parts, nested: (() => void)[], place: string): void {
    const descriptor = node.childForFieldName("descriptor")?.text ?? "";
    const operator = node.children.find((child) => child !== null && !child.isNamed)?.text ?? "";
    const targets = joined(node.children.filter((child) => child !== null && isTarget(child)).map((child) => pieceOf(child!)));
    // `>&-` is one operator here and an operator with the target `-` there.
    const closes = operator.endsWith("-");
    const target = closes ? { start: node.endIndex - 1, end: node.endIndex } : targets[0];
    const shown = closes ? operator.slice(0, -1) : operator;
    if (target !== undefined) this.add("redirect", `${descriptor}${shown} ${place}${target.start}-${target.end}`);
    parts.words.push(...(closes ? targets : targets.slice(1)));
    nested.push(() => {
      for (const child of node.children) if (child !== null) this.inside(child, place);
    });
  }

  private hereDocument(node: Node, parts: Parts, nested: (() => void)[], place: string): void {
    for (const [child, field] of fields(node)) {
      if (child.type === "heredoc_start") this.add("here-document", `${place}${child.startIndex}`);
      else if (child.type === "heredoc_body") this.inside(child, place);
      else if (field === "argument") this.argument(child, parts, nested, place);
      else if (field === "redirect") this.redirect(child, parts, nested, place);
      else this.visit(child, place);
    }
  }

  private assignment(node: Node, place: string): void {
    this.add("assignment", `${place}${node.startIndex}-${node.endIndex}`);
    this.assigned(node, place);
  }

  /** The elements of an array are words. */
  private assigned(node: Node, place: string): void {
    for (const child of node.children) {
      if (child === null) continue;
      if (child.type === "array") {
        const elements = child.children.filter((each) => each !== null && each.isNamed && each.type !== "comment").map((each) => each!);
        this.words(joined(elements.map(pieceOf)), place);
      }
      this.inside(child, place);
    }
  }

  private forStatement(node: Node, place: string): void {
    const values = fields(node)
      .filter(([, field]) => field === "value")
      .map(([child]) => child);
    this.words(joined(values.map(pieceOf)), place);
    for (const [child, field] of fields(node))
      if (field === "value") this.inside(child, place);
      else this.visit(child, place);
  }

  private caseStatement(node: Node, place: string): void {
    for (const [child, field] of fields(node)) {
      if (field !== "value") this.visit(child, place);
      else {
        this.words([pieceOf(child)], place);
        this.inside(child, place);
      }
    }
  }

  private functionDefinition(node: Node, place: string): void {
    for (const [child, field] of fields(node)) {
      if (field === "name") this.add("function", `${place}${child.startIndex}-${child.endIndex}`);
      else this.visit(child, place);
    }
  }

  /** Only what runs inside of a word. */
  private inside(node: Node, place: string): void {
    if (node.type === "command_substitution" || node.type === "process_substitution") this.substitution(node, place);
    else for (const child of node.children) if (child !== null) this.inside(child, place);
  }

  /** In a backtick substitution bash first takes backslashes out and then reads; this grammar reads around them, so it is given the same text. */
  private substitution(node: Node, place: string): void {
    const { start, end, text } = pieceOf(node);
    this.add("substitution", `${place}${start}-${end}`);
    if (!text.startsWith("`") || !/\\[\\$`]/.test(text)) this.children(node, place);
    else this.text(text.slice(1, -1).replace(/\\([\\$`])/g, "$1"), `${place}@${start}:`);
  }
}

function isBracketTest(node: Node): boolean {
  return node.type === "test_command" && node.child(0)?.type === "[";
}

function isTarget(node: Node): boolean {
  return node.isNamed && node.type !== "file_descriptor" && node.type !== "comment";
}

/** Some nodes begin with the blanks before them. */
function pieceOf(node: Node): Piece {
  const text = node.text.replace(/^(?:[ \t\n]|\\\n)+/, "");
  return { start: node.endIndex - text.length, end: node.endIndex, text };
}

/** A word ends at a blank or an operator: nodes that touch are one word, however the grammar names its pieces. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const words: Piece[] = [];
  for (const piece of [...pieces].sort((a, b) => a.start - b.start)) {
    const last = words.at(-1);
    if (last !== undefined && last.end === piece.start)
      words[words.length - 1] = { start: last.start, end: piece.end, text: last.text + piece.text };
    else words.push(piece);
  }
  return words;
}

function fields(node: Node): readonly (readonly [Node, string | null])[] {
  return node.children.flatMap((child, index) => (child === null ? [] : [[child, node.fieldNameForChild(index)] as const]));
}
