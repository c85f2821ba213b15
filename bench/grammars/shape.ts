// What the readers of shell text have in common: the commands, words, redirections and substitutions that a grammar finds, one after another.
// Two grammars read the same text (compared by place), or one grammar reads a text and what bash prints of it (compared by meaning).

export type TokenKind = "command" | "assignment" | "word" | "redirect" | "here-document" | "substitution" | "test" | "function";

export interface Token {
  readonly kind: TokenKind;
  /** Where it stands; `@n:` in front counts inside of a backtick substitution whose backslashes were taken out. Undefined: implied by an operator. */
  readonly place: string | undefined;
  /** What it means: quotes removed, substitutions as `$()`, default descriptors left out. Empty where the reader does not know. */
  readonly meaning: string;
}

export interface Shape {
  readonly tokens: readonly Token[];
  /** The grammar itself says that it did not understand all of it. */
  readonly failed: boolean;
}

export interface Difference {
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
}

const placed = ({ tokens }: Shape): readonly string[] =>
  tokens.flatMap(({ kind, place }) => (place === undefined ? [] : [`${kind} ${place}`]));

/** Which commands, words and redirections only one of two readings of the same text has. */
export function differenceOf(first: Shape, second: Shape): Difference | undefined {
  const [a, b] = [placed(first), placed(second)];
  const onlyFirst = without(a, b);
  const onlySecond = without(b, a);
  return onlyFirst.length + onlySecond.length === 0 ? undefined : { onlyFirst, onlySecond };
}

function without(from: readonly string[], taken: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const each of taken) left.set(each, (left.get(each) ?? 0) + 1);
  return from.filter((each) => {
    const count = left.get(each) ?? 0;
    if (count > 0) left.set(each, count - 1);
    return count === 0;
  });
}

/** The same commands with the same words and redirections, in the same order, wherever they stand. */
export function sameMeaning(first: Shape, second: Shape): boolean {
  return meaningOf(first) === meaningOf(second);
}

export function meaningOf({ tokens }: Shape): string {
  return tokens.map(({ kind, meaning }) => `${kind} ${JSON.stringify(meaning)}`).join("\n");
}
