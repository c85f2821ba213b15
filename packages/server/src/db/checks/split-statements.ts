// SQL text goes in, its statements come out, with comments gone and the inside of strings and dollar quotes taken apart from the outside.
// Enough of PostgreSQL's lexer to see where a statement ends; what it does not understand stays in the text and fails the checks.

/** One statement. `text` has single blanks, lower case and `''` for each string; `bodies` are the dollar-quoted texts as written. */
export type Statement = { readonly text: string; readonly bodies: readonly string[] };

type Token = { kind: "text" | "comment" | "string" | "body" | "end"; text: string };

const tokenShapes: ReadonlyArray<readonly [Token["kind"], RegExp]> = [
  ["comment", /--[^\n]*/y],
  ["comment", /\/\*[^]*?\*\//y],
  ["string", /'(?:[^']|'')*'/y],
  ["body", /\$(\w*)\$[^]*?\$\1\$/y],
  ["text", /"(?:[^"]|"")*"/y],
  ["end", /;/y],
  ["text", /[^]/y],
];

/** Statements in order; empty ones are left out. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let text = "";
  let bodies: string[] = [];
  const finish = (): void => {
    const plain = text.replace(/\s+/g, " ").trim().toLowerCase();
    if (plain !== "") statements.push({ text: plain, bodies });
    text = "";
    bodies = [];
  };
  for (const token of tokens(sql)) {
    if (token.kind === "end") finish();
    else if (token.kind === "body") bodies.push(token.text);
    text += plainText(token);
  }
  finish();
  return statements;
}

function plainText(token: Token): string {
  switch (token.kind) {
    case "text":
      return token.text;
    case "comment":
      return " ";
    case "string":
    case "body":
      return "''";
    case "end":
      return "";
  }
}

function* tokens(sql: string): Generator<Token> {
  let at = 0;
  while (at < sql.length) {
    for (const [kind, shape] of tokenShapes) {
      shape.lastIndex = at;
      const found = shape.exec(sql)?.[0];
      if (found === undefined) continue;
      yield { kind, text: found };
      at += found.length;
      break;
    }
  }
}
