// Questions about the tokens of one statement that judge-sql.ts asks. Pure predicates; they know no risk.
import type { SqlToken } from "./lex-sql.ts";

export type Tokens = readonly SqlToken[];

export const isSymbol = (token: SqlToken | undefined, text: string): boolean => token?.kind === "symbol" && token.text === text;

/** The upper-case word at an index, or nothing when there stands something else. */
export const wordAt = (tokens: Tokens, index: number): string => {
  const token = tokens[index];
  return token?.kind === "word" ? token.text : "";
};

const explained: ReadonlySet<string> = new Set("SELECT WITH INSERT UPDATE DELETE REPLACE MERGE VALUES FROM PRAGMA MATCH CREATE".split(" "));

/** Words that begin the statement behind EXPLAIN; behind DESCRIBE the word TABLE only says what follows. */
export const isExplained = (word: string, verb: string): boolean => explained.has(word) || (word === "TABLE" && verb === "EXPLAIN");

export const removingProcedure = /^SP_(ADD|DROP|GRANT|REVOKE|CHANGE|DETACH|DENY|SRVROLE)/;
export const changingProcedure = /^SP_(CONFIGURE|RENAME|UPDATESTATS|START_JOB|STOP_JOB|RECOMPILE)/;

/** Where the procedure's own name stands: behind EXEC and behind `database.schema.`. */
export const procedureAt = (tokens: Tokens): number => {
  let at = wordAt(tokens, 0) === "EXEC" || wordAt(tokens, 0) === "EXECUTE" ? 1 : 0;
  while (isSymbol(tokens[at + 1], ".")) at += isSymbol(tokens[at + 2], ".") ? 3 : 2;
  return at;
};

/** A word that is no call, no part of a name and, where statements are kept apart, no alias. */
export const isFree = (tokens: Tokens, index: number, chained: boolean): boolean =>
  !isSymbol(tokens[index - 1], ".") &&
  (!isSymbol(tokens[index + 1], "(") || wordAt(tokens, index) === "INTO") &&
  (chained || !isAlias(tokens, index));

/** `AS name(columns)`: the columns of an alias. */
export const isAlias = (tokens: Tokens, index: number): boolean => wordAt(tokens, index - 1) === "AS";

/** `WITH name(columns) AS`: the columns of a common table expression. */
export const isCteName = (tokens: Tokens, index: number): boolean => {
  const before = wordAt(tokens, index - 1);
  return (before === "WITH" || before === "RECURSIVE") && wordAt(tokens, 0) === "WITH";
};

export const isLock = (tokens: Tokens, index: number): boolean => {
  const pair = `${wordAt(tokens, index)} ${wordAt(tokens, index + 1)}`;
  return pair === "FOR SHARE" || pair === "LOCK IN" || /^(XLOCK|UPDLOCK|TABLOCKX|HOLDLOCK)$/.test(wordAt(tokens, index));
};

/** `NEXT VALUE FOR s` reads like an expression and moves a sequence. */
export const isNextValue = (tokens: Tokens, index: number): boolean =>
  wordAt(tokens, index) === "NEXT" && wordAt(tokens, index + 1) === "VALUE" && wordAt(tokens, index + 2) === "FOR";

/** `system.numbers`, `zeros()` and their like, of which a statement without LIMIT never comes to the end. */
export const isEndlessTable = (tokens: Tokens, index: number): boolean =>
  /^(NUMBERS|NUMBERS_MT|ZEROS|ZEROS_MT|GENERATERANDOM|PRIMES)$/i.test(tokens[index]?.text ?? "") &&
  (isSymbol(tokens[index - 1], ".") || (isSymbol(tokens[index + 1], "(") && isSymbol(tokens[index + 2], ")"))) &&
  !tokens.some((_, at) => wordAt(tokens, at) === "LIMIT");

/** `*` as a column and not as a product or in `count(*)`. */
export const showsEveryColumn = (tokens: Tokens): boolean =>
  tokens.some((token, index) => isSymbol(token, "*") && !isSymbol(tokens[index - 1], "(") && tokens[index - 1]?.kind !== "number");

export const holdsHashes = (tokens: Tokens, index: number): boolean => {
  const name = `${tokens[index]?.text ?? ""}.${tokens[index + 2]?.text ?? ""}`.toUpperCase();
  return isSymbol(tokens[index + 1], ".") && /^(MYSQL\.(USER|GLOBAL_PRIV)|SYS\.SQL_LOGINS|SYSTEM_AUTH\.ROLES)$/.test(name);
};

/** `GRANT SELECT ON t TO r`: nothing but reading, on one object, not to everybody and not to hand on. */
export const isReadingGrant = (tokens: Tokens): boolean =>
  wordAt(tokens, 1) === "SELECT" &&
  wordAt(tokens, 2) === "ON" &&
  !tokens.some((token) => isSymbol(token, "*") || token.text === "%" || (token.kind === "word" && /^(PUBLIC|WITH|ALL)$/.test(token.text)));

/** ALTER ... DROP, and mutations of ClickHouse. */
export const destroysPart = (tokens: Tokens, first: string): boolean =>
  (first === "ALTER" &&
    tokens.some(
      ({ kind, text }, i) =>
        i > 1 && kind === "word" && /^(DROP|TRUNCATE|DELETE|DISCARD|CLEAR)$/.test(text) && !isSymbol(tokens[i - 1], "."),
    )) ||
  (first === "CREATE" && wordAt(tokens, 1) === "OR") ||
  (first === "MERGE" && tokens.some(({ kind, text }) => kind === "word" && text === "DELETE"));
