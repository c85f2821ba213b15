// Text for the mongo shell -> member chains with literal arguments, or undefined: anything else that JavaScript can say (functions,
// variables, computed members, templates) is not read at all. Strict recursive descent with limits; judges nothing.

/** A literal value; operators and constructors are kept as their parts. */
export type MongoValue =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly MongoValue[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: MongoValue])[] }
  | { readonly kind: "chain"; readonly chain: MongoChain };

/** `db.orders.find({a: 1}).limit(5)`: names in order, each with its arguments when it is called. */
export interface MongoChain {
  readonly links: readonly MongoLink[];
}

export interface MongoLink {
  readonly name: string;
  readonly args?: readonly MongoValue[];
}

const MAX_LENGTH = 16_384;
const MAX_DEPTH = 40;
const tokens =
  /\s*(?:(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(\d[\w.]*)|([A-Za-z_$][\w$]*)|([()[\]{}.,:;+\-*]))/y;

interface Token {
  readonly kind: "string" | "number" | "name" | "symbol";
  readonly text: string;
  /** A line break stands before it. */
  readonly fresh: boolean;
}

function tokenize(script: string): readonly Token[] | undefined {
  const text = script.trimEnd();
  const found: Token[] = [];
  const pattern = new RegExp(tokens);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const blank = match[0].slice(0, match[0].length - match[0].trimStart().length);
    const token = tokenOf(match, blank.includes("\n"));
    if (token !== undefined) found.push(token);
  }
  return found;
}

function tokenOf(match: RegExpExecArray, fresh: boolean): Token | undefined {
  const [, comment, quoted, number, name, symbol] = match;
  if (comment !== undefined) return undefined;
  if (quoted !== undefined) return { kind: "string", text: quoted.slice(1, -1), fresh };
  if (number !== undefined) return { kind: "number", text: number, fresh };
  if (name !== undefined) return { kind: "name", text: name, fresh };
  return { kind: "symbol", text: symbol ?? "", fresh };
}

class Refusal extends Error {}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly list: readonly Token[];

  constructor(list: readonly Token[]) {
    this.list = list;
  }

  statements(): MongoValue[] {
    const found: MongoValue[] = [];
    while (this.at < this.list.length) {
      if (this.take(";")) continue;
      if (found.length > 0 && this.list[this.at]?.fresh !== true && this.list[this.at - 1]?.text !== ";") throw new Refusal();
      found.push(this.value());
    }
    return found;
  }

  private peek(text: string): boolean {
    const token = this.list[this.at];
    return token?.kind === "symbol" && token.text === text;
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += 1;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text)) throw new Refusal();
  }

  /** Operands joined by `+ - *`. */
  private value(): MongoValue {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Refusal();
    const items = [this.operand()];
    while (this.take("+") || this.take("-") || this.take("*")) items.push(this.operand());
    this.depth -= 1;
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: "list", items };
  }

  private operand(): MongoValue {
    if (this.take("-")) return this.operand();
    if (this.take("(")) return this.closed(this.value());
    if (this.take("{")) return this.object();
    if (this.take("[")) return { kind: "list", items: this.values("]") };
    const token = this.list[this.at];
    if (token === undefined || token.kind === "symbol") throw new Refusal();
    this.at += 1;
    if (token.kind !== "name") return { kind: "plain", text: token.text };
    return this.named(token.text);
  }

  private closed(value: MongoValue): MongoValue {
    this.need(")");
    return value;
  }

  private named(name: string): MongoValue {
    if (name === "true" || name === "false" || name === "null" || name === "undefined") return { kind: "plain", text: name };
    if (name === "new") return this.named(this.name());
    return { kind: "chain", chain: { links: this.links(name) } };
  }

  private name(): string {
    const token = this.list[this.at];
    if (token?.kind !== "name") throw new Refusal();
    this.at += 1;
    return token.text;
  }

  /** `.name`, `(arguments)` and `[number]`; a computed member is refused. */
  private links(first: string): readonly MongoLink[] {
    const links: MongoLink[] = [this.call(first)];
    for (;;) {
      if (this.take(".")) links.push(this.call(this.name()));
      else if (this.peek("[") && this.list[this.at]?.fresh === false) this.index();
      else return links;
    }
  }

  private call(name: string): MongoLink {
    return this.take("(") ? { name, args: this.values(")") } : { name };
  }

  private index(): void {
    this.need("[");
    if (this.list[this.at]?.kind !== "number") throw new Refusal();
    this.at += 1;
    this.need("]");
  }

  private values(end: string): readonly MongoValue[] {
    const items: MongoValue[] = [];
    while (!this.take(end)) {
      items.push(this.value());
      if (!this.peek(end)) this.need(",");
    }
    return items;
  }

  private object(): MongoValue {
    const entries: [string, MongoValue][] = [];
    while (!this.take("}")) {
      const key = this.list[this.at];
      if (key === undefined || key.kind === "symbol") throw new Refusal();
      this.at += 1;
      this.need(":");
      entries.push([key.text, this.value()]);
      if (!this.peek("}")) this.need(",");
    }
    return { kind: "object", entries };
  }
}

/** The values that `text` writes out one after the other; undefined when it says anything else, or too much. */
export function parseMongo(text: string): readonly MongoValue[] | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const list = tokenize(text);
  if (list === undefined) return undefined;
  try {
    return new Parser(list).statements();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
