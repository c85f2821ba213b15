// mysql -e 'DELETE ...' -> mysql -e 'SELECT count(*) ...', over the same connection. No grammar of ours reads this dialect: only the plainest
// form has a twin, one table by name, SET, WHERE, functions by list. Joins, LIMIT, aliases, comments, variables and client commands have none.
import { syntaxes } from "../sql/dialect-statements.ts";
import { lexSql, type SqlToken } from "../sql/lex-sql.ts";
import { keptWords, optionTable, readOptions } from "./read-options.ts";
import { repeatableMysql } from "./repeatable-functions.ts";
import { countRows, readChange, type SqlChange, tableName } from "./sql-text.ts";
import type { Draft } from "./types.ts";

const table = optionTable({
  keep: "-h|--host -P|--port -S|--socket -u|--user -D|--database --protocol --login-path --defaults-file --defaults-extra-file --defaults-group-suffix --ssl-mode --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --tls-version --connect-timeout --default-character-set",
  keepFlags:
    "-C|--compress --skip-ssl --ssl --ssl-verify-server-cert --enable-cleartext-plugin --get-server-public-key -A|--no-auto-rehash",
  keepOptional: "-p|--password --no-defaults",
  drop: "-e|--execute",
  dropFlags: "-B|--batch -N|--skip-column-names -s|--silent -t|--table -E|--vertical -v|--verbose -f|--force --show-warnings",
});

export function mysqlTwin([program = "mysql", ...args]: readonly string[]): Draft | undefined {
  const read = readOptions(args, table, "gnu");
  if (read === undefined || read.operands.length > 1) return undefined;
  const [sql, ...more] = read.options.filter(({ name }) => name === "-e").map(({ value }) => value ?? "");
  const change = sql === undefined || more.length > 0 ? undefined : readMysql(sql);
  if (sql === undefined || change === undefined) return undefined;
  const argv = [program, ...keptWords(read), "-N", "-B", "-e", countRows(sql, change), ...read.operands];
  return { commands: [argv], reading: { kind: "rows", table: tableName(sql, change) } };
}

function readMysql(sql: string): SqlChange | undefined {
  const { tokens, doubt } = lexSql(sql, syntaxes.mysql);
  const plain = doubt === undefined && !sql.includes("\\") && tokens.every(isPlainToken) && hasNothingBetween(sql, tokens);
  const change = plain ? readChange(tokens) : undefined;
  if (change === undefined || !isTable(sql, change.table)) return undefined;
  return isCondition(change.where) && isCondition(change.set) ? change : undefined;
}

/** Variables may change between two statements; a client command acts by itself. */
const isPlainToken = ({ kind }: SqlToken): boolean => kind !== "variable" && kind !== "client";

/** Comments: some servers run them. */
const hasNothingBetween = (sql: string, tokens: readonly SqlToken[]): boolean =>
  [...tokens, undefined].every((token, at) => /^[\s;]*$/.test(sql.slice(tokens[at - 1]?.end ?? 0, token?.start ?? sql.length)));

const modifiers = /^(LOW_PRIORITY|QUICK|IGNORE|HIGH_PRIORITY|ONLY|SELECT|TABLE|LATERAL|JSON_TABLE|DUAL)$/;

/** `t` or `shop.t`; a name in double quotes is a text on most servers. */
function isTable(sql: string, tokens: readonly SqlToken[]): boolean {
  const [first, dot, second, ...more] = tokens;
  const isName = (token: SqlToken | undefined): boolean =>
    token !== undefined && (token.kind === "word" ? !modifiers.test(token.text) : token.kind === "name" && sql.charAt(token.start) === "`");
  if (dot === undefined) return isName(first);
  return more.length === 0 && dot.kind === "symbol" && dot.text === "." && isName(first) && isName(second);
}

const clauses =
  /^(ORDER|LIMIT|RETURNING|GROUP|HAVING|UNION|EXCEPT|INTERSECT|INTO|FOR|LOCK|PROCEDURE|WINDOW|JOIN|STRAIGHT_JOIN|USING|FROM|PARTITION|QUALIFY|SET|WITH|TABLE)$/;

/** No clause follows outside brackets, and whatever a bracket follows is known to give the same answer again. */
function isCondition(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  return tokens.every((token, at) => {
    depth += depthStep(token);
    return depth >= 0 && isPlain(token, tokens[at + 1], depth);
  });
}

function depthStep({ kind, text }: SqlToken): number {
  if (kind !== "symbol") return 0;
  return text === "(" ? 1 : text === ")" ? -1 : 0;
}

function isPlain({ kind, text }: SqlToken, next: SqlToken | undefined, depth: number): boolean {
  const isCalled = next?.kind === "symbol" && next.text === "(";
  if (kind !== "word") return kind !== "name" || !isCalled;
  return !(depth === 0 && clauses.test(text)) && (!isCalled || repeatableMysql.has(text));
}
