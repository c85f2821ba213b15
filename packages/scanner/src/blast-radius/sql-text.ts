// Tokens of one DELETE or UPDATE -> where its table and its condition stand in the text, and the SELECT that counts the same rows.
// Only finds places; psql-twin.ts and mysql-twin.ts prove that the SELECT means the same.
import type { SqlToken } from "../sql/lex-sql.ts";

export interface SqlChange {
  /** What stands between `DELETE FROM` or `UPDATE` and the next clause: the table. */
  readonly table: readonly SqlToken[];
  /** What is set; empty for DELETE. */
  readonly set: readonly SqlToken[];
  /** Empty: every row. */
  readonly where: readonly SqlToken[];
}

const isSymbol = (token: SqlToken | undefined, text: string): boolean => token?.kind === "symbol" && token.text === text;
const isWord = (token: SqlToken | undefined, text: string): boolean => token?.kind === "word" && token.text === text;

/** Undefined where it is no single DELETE or UPDATE. */
export function readChange(all: readonly SqlToken[]): SqlChange | undefined {
  const tokens = all.slice(0, all.findLastIndex((token) => !isSymbol(token, ";")) + 1);
  if (tokens.some((token) => isSymbol(token, ";"))) return undefined;
  const where = outside(tokens, "WHERE");
  if (where < 0) return readParts(tokens, []);
  return where === tokens.length - 1 ? undefined : readParts(tokens.slice(0, where), tokens.slice(where + 1));
}

function readParts(tokens: readonly SqlToken[], where: readonly SqlToken[]): SqlChange | undefined {
  if (isWord(tokens[0], "DELETE") && isWord(tokens[1], "FROM")) return { table: tokens.slice(2), set: [], where };
  const set = outside(tokens, "SET");
  return isWord(tokens[0], "UPDATE") && set > 0 ? { table: tokens.slice(1, set), set: tokens.slice(set + 1), where } : undefined;
}

/** Index of the first such word outside brackets; -1 when there is none. */
function outside(tokens: readonly SqlToken[], text: string): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (isSymbol(token, "(") || isSymbol(token, "[")) depth += 1;
    if (isSymbol(token, ")") || isSymbol(token, "]")) depth -= 1;
    return depth === 0 && isWord(token, text);
  });
}

/** The text from the first to the last of the tokens, as written. */
const written = (sql: string, tokens: readonly SqlToken[]): string => sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);

export function countRows(sql: string, { table, where }: SqlChange): string {
  const condition = where.length === 0 ? "" : ` WHERE ${written(sql, where)}`;
  return `SELECT count(*) FROM ${written(sql, table)}${condition}`;
}

/** The table for people, as written; one line, not without end. */
export const tableName = (sql: string, { table }: SqlChange): string => written(sql, table).replaceAll(/\s+/g, " ").slice(0, 200);
