// Tokens of a changing statement -> what it touches: whether a WHERE narrows it, and the names that a human must type.
// Used by judge-sql.ts. Over-inclusive: a WHERE that cannot be shown to narrow counts as none.
import type { Target } from "../types.ts";
import type { SqlToken } from "./lex-sql.ts";

type Tokens = readonly SqlToken[];

const constants: ReadonlySet<string> = new Set(
  "TRUE FALSE NULL NOT AND OR IS LIKE IN BETWEEN EXISTS XOR DIV MOD SELECT LIMIT ORDER BY".split(" "),
);

const isColumn = (token: SqlToken | undefined): boolean =>
  (token?.kind === "word" && !constants.has(token.text)) || (token?.kind === "name" && token.text !== "");

/** Whether a column is compared with something other than itself behind WHERE. */
function narrows(tokens: Tokens): boolean {
  const at = tokens.findIndex(({ kind, text }) => kind === "word" && text === "WHERE");
  if (at < 0) return false;
  const rest = tokens.slice(at + 1);
  return !comparesWithItself(rest) && rest.some(isColumn);
}

const comparesWithItself = ([left, sign, right, more]: Tokens): boolean =>
  more === undefined && sign?.text === "=" && left?.kind === right?.kind && left?.text === right?.text;

/** UPDATE and DELETE whose WHERE is missing or always true. */
export function changesEveryRow(tokens: Tokens, first: string): boolean {
  return (first === "UPDATE" || first === "DELETE") && !narrows(tokens);
}

const skipped: ReadonlySet<string> = new Set(
  "DROP TRUNCATE DELETE UPDATE INSERT REPLACE ALTER CREATE RENAME OPTIMIZE REPAIR ANALYZE PURGE KILL MERGE IF EXISTS NOT FROM INTO ONLY LOW_PRIORITY DELAYED IGNORE QUICK TEMPORARY MATERIALIZED OR UNIQUE FULLTEXT EXTERNAL TRANSIENT CONNECTION QUERY HARD SOFT LOCAL GRANT REVOKE OVERWRITE".split(
    " ",
  ),
);
const kinds: ReadonlySet<string> = new Set(
  "TABLE DATABASE SCHEMA VIEW INDEX USER ROLE FUNCTION PROCEDURE TRIGGER EVENT KEYSPACE COLUMNFAMILY TYPE SEQUENCE DICTIONARY LOGIN WAREHOUSE STAGE MEASUREMENT SERIES CONSTRAINT MUTATION".split(
    " ",
  ),
);

/** The names behind the verb and the kind of object: `DROP TABLE IF EXISTS a.b, c` -> a.b and c. */
export function changeTargets(tokens: Tokens): readonly Target[] {
  let kind = "table";
  let at = 0;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind !== "word") break;
    if (kinds.has(token.text)) kind = token.text.toLowerCase();
    else if (!skipped.has(token.text)) break;
  }
  const targets: Target[] = [];
  for (let name = readName(tokens, at); name !== undefined; name = readName(tokens, at)) {
    targets.push({ kind, name: name.text });
    if (tokens[name.next]?.text !== ",") break;
    at = name.next + 1;
  }
  return targets;
}

const nameKinds: ReadonlySet<string> = new Set(["word", "name", "number"]);
const isDot = (token: SqlToken | undefined): boolean => token?.kind === "symbol" && token.text === ".";

/** `a`, `a.b`, `a.b.c` from index `at` on, as written without quotes. */
function readName(tokens: Tokens, at: number): { readonly text: string; readonly next: number } | undefined {
  const parts: string[] = [];
  let next = at;
  for (;;) {
    const token = tokens[next];
    if (token === undefined || !nameKinds.has(token.kind)) break;
    parts.push(token.raw);
    next += 1;
    if (!isDot(tokens[next])) break;
    next += 1;
  }
  return parts.length === 0 ? undefined : { text: parts.join("."), next };
}
