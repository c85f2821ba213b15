// One DELETE or UPDATE of PostgreSQL -> the SELECT that counts its rows. The places come from the text, the proof from PostgreSQL's own grammar:
// the SELECT's table and condition must be the very trees of the original. USING, FROM, WITH, RETURNING, cursors and samples have none.
import { syntaxes } from "../sql/dialect-statements.ts";
import { lexSql } from "../sql/lex-sql.ts";
import { pgParser } from "../sql/pg-parser.ts";
import { isReadingFunction } from "../sql/postgresql-functions.ts";
import { repeatablePostgresql } from "./repeatable-functions.ts";
import { countRows, readChange, tableName } from "./sql-text.ts";

export interface RowCount {
  readonly sql: string;
  readonly table: string;
}

type Tree = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);
const asTree = (value: unknown): Tree => (isTree(value) ? value : {});

const maxLength = 16_384;

/** Undefined without the loaded parser, too. */
export function countPostgresql(sql: string): RowCount | undefined {
  if (sql.length > maxLength) return undefined;
  // Any reading of the text that finds the places will do, because the trees are compared afterwards.
  const { tokens, doubt } = lexSql(sql, { ...syntaxes.trino, dollarQuotes: true });
  const change = doubt === undefined ? readChange(tokens) : undefined;
  if (change === undefined) return undefined;
  const count = countRows(sql, change);
  return countsTheSame(sql, count) ? { sql: count, table: tableName(sql, change) } : undefined;
}

/** What a statement may consist of; anything else of it would be left out of the count. */
const parts: Readonly<Record<string, readonly string[]>> = {
  DeleteStmt: ["relation", "whereClause"],
  UpdateStmt: ["relation", "targetList", "whereClause"],
};

function countsTheSame(original: string, count: string): boolean {
  const [change, select, empty] = [statement(original), statement(count), statement("SELECT count(*)")];
  if (change === undefined || select?.name !== "SelectStmt" || empty === undefined) return false;
  return isPlainChange(change) && isCountOf(change.body, select.body, empty.body);
}

function isPlainChange({ name, body }: Statement): boolean {
  const allowed = Object.hasOwn(parts, name) ? parts[name] : undefined;
  return (
    allowed !== undefined &&
    Object.keys(body).every((key) => allowed.includes(key)) &&
    isRepeatable(body["whereClause"], (called) => repeatablePostgresql.has(called)) &&
    isRepeatable(body["targetList"], isReadingFunction)
  );
}

function isCountOf(change: Tree, { fromClause, whereClause, ...rest }: Tree, empty: Tree): boolean {
  return same(rest, empty) && same(fromClause, [{ RangeVar: change["relation"] }]) && same(whereClause, change["whereClause"]);
}

interface Statement {
  readonly name: string;
  readonly body: Tree;
}

/** The one statement of the text, without the places of its words. */
function statement(sql: string): Statement | undefined {
  const [only, ...more] = statements(sql);
  const [name, ...names] = Object.keys(asTree(asTree(only)["stmt"]));
  if (more.length > 0 || name === undefined || names.length > 0) return undefined;
  return { name, body: asTree(asTree(asTree(only)["stmt"])[name]) };
}

function statements(sql: string): readonly unknown[] {
  try {
    const list = asTree(withoutPlaces(pgParser()?.parse(sql)))["stmts"];
    return Array.isArray(list) ? (list as readonly unknown[]) : [];
  } catch {
    // The grammar does not accept it, or it is nested too deeply to look at.
    return [];
  }
}

const isPlace = (key: string): boolean => /location$|^stmt_len$|^(r?expr_)?list_(start|end)$/.test(key);

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (!isTree(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !isPlace(key));
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutPlaces(child)]));
}

/** Both sides come from one parser, which writes the fields of a node in one order. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Every function below is on the list, by its own name or as one of the system's; nothing depends on a cursor or on chance. */
function isRepeatable(value: unknown, isListed: (name: string) => boolean): boolean {
  if (Array.isArray(value)) return value.every((item) => isRepeatable(item, isListed));
  if (!isTree(value)) return true;
  if ("CurrentOfExpr" in value || "RangeTableSample" in value || "ParamRef" in value) return false;
  if ("FuncCall" in value && !isListed(functionName(asTree(value["FuncCall"])["funcname"]))) return false;
  return Object.values(value).every((child) => isRepeatable(child, isListed));
}

function functionName(list: unknown): string {
  const names = (Array.isArray(list) ? list : []).map((item) => String(asTree(asTree(item)["String"])["sval"]));
  const system = names.length === 1 || (names.length === 2 && names[0] === "pg_catalog");
  return system ? (names.at(-1) ?? "") : "";
}
