// PostgreSQL text -> SqlVerdict, over the tree that PostgreSQL's own grammar gives. Every node is looked at; what is not on a list is
// unknown. Iterative, with limits; never throws and never answers safe about a text that does not parse.
import { destructiveText } from "../destructive-text.ts";
import { maxRisk } from "../risk.ts";
import type { Risk, Target } from "../types.ts";
import { type PgParser, pgParser } from "./pg-parser.ts";
import { builtinTypes, changingFunctions, destructiveFunctions, isReadingFunction, revealingFunctions } from "./postgresql-functions.ts";
import {
  changingParts,
  changingStatements,
  harmlessSettings,
  readingNodes,
  type StatementMeaning,
  sensitiveRelations,
} from "./postgresql-statements.ts";
import type { SqlFinding, SqlVerdict } from "./types.ts";

/** UTF-16 units of SQL that are looked at; more is unknown at once (DESIGN 13). */
const MAX_LENGTH = 16_384;
const MAX_NODES = 20_000;
/** PostgreSQL's lexer looks at the rest of a run of `/*` again for each of them. */
const MAX_COMMENTS = 64;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Node = { readonly [key: string]: Json };

const isNode = (value: Json | undefined): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const asNode = (value: Json | undefined): Node => (isNode(value) ? value : {});
const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Names of a list of String nodes: `pg_catalog.count` -> ["pg_catalog", "count"]. */
const names = (list: Json | undefined): readonly string[] =>
  asList(list).map((item) => String(asNode(asNode(item)["String"])["sval"] ?? ""));

/** The last name where it is unqualified or of the system's schema; undefined where it belongs to somebody else. */
const systemName = (list: Json | undefined): string | undefined => {
  const parts = names(list);
  return parts.length === 1 || (parts.length === 2 && parts[0] === "pg_catalog") ? parts.at(-1) : undefined;
};

class Walk {
  readonly findings: SqlFinding[] = [];
  readonly targets: Target[] = [];
  sensitive = false;
  private readonly end: number;

  constructor(end: number) {
    this.end = end;
  }

  report(ruleId: string, meaning: StatementMeaning): void {
    const finding = { ruleId: `sql.${ruleId}`, risk: meaning.risk, start: 0, end: this.end, message: `This SQL ${meaning.why}.` };
    this.findings.push(meaning.safer === undefined ? finding : { ...finding, saferAlternative: meaning.safer });
  }

  /** Every object below `root`; `planned` says that the statement is only explained and not run. */
  run(root: Json, planned: boolean): void {
    const open: Json[] = [root];
    for (let count = 0; open.length > 0; count += 1) {
      if (count > MAX_NODES) return this.report("limit", { risk: "unknown", why: "is too large to look at" });
      const value = open.pop();
      if (Array.isArray(value)) open.push(...(value as readonly Json[]));
      else if (isNode(value)) {
        for (const [key, child] of Object.entries(value)) this.visit(key, child, planned);
        open.push(...Object.values(value));
      }
    }
  }

  private visit(key: string, child: Json, planned: boolean): void {
    const code = key.charCodeAt(0);
    if (code >= 65 && code <= 90) this.visitNode(key, asNode(child), planned);
    else this.visitField(key, child, planned);
  }

  private visitField(key: string, child: Json, planned: boolean): void {
    if (key === "funcname") this.visitFunction(child);
    else if (key === "typeName") this.visitType(asNode(child));
    else if (key === "method" && Array.isArray(child)) this.visitSampling(child);
    else if (key === "relname" && sensitiveRelations.has(String(child))) this.reveal("reads password hashes or credentials");
    else if (!planned) this.visitClause(key);
  }

  private visitClause(key: string): void {
    if (key === "intoClause") this.report("into", { risk: "caution", why: "makes a table (INTO)" });
    else if (key === "lockingClause") this.report("locking", { risk: "caution", why: "locks rows (FOR UPDATE or FOR SHARE)" });
  }

  private visitFunction(list: Json): void {
    const name = systemName(list);
    if (name === undefined) this.report("function", { risk: "unknown", why: "calls a function that is not known to be a read" });
    else if (!isReadingFunction(name)) this.visitEffect(name);
  }

  private visitEffect(name: string): void {
    if (revealingFunctions.has(name)) this.reveal(`calls ${name}, which prints files, settings or whole tables`);
    else if (destructiveFunctions.has(name))
      this.report("function", { risk: "dangerous", why: `calls ${name}, which changes the server, its data or its files` });
    else if (changingFunctions.has(name)) this.report("function", { risk: "caution", why: `calls ${name}, which has an effect` });
    else this.report("function", { risk: "unknown", why: "calls a function that is not known to be a read" });
  }

  private reveal(why: string): void {
    this.sensitive = true;
    this.report("sensitive", { risk: "caution", why });
  }

  /** TABLESAMPLE names a function. */
  private visitSampling(list: Json): void {
    const name = systemName(list);
    if (name !== "bernoulli" && name !== "system")
      this.report("function", { risk: "unknown", why: "samples by a method that is not built in" });
  }

  private visitType(type: Node): void {
    const name = systemName(type["names"]);
    if (name === undefined || !builtinTypes.has(name)) this.report("type", { risk: "unknown", why: "uses a type that is not built in" });
  }

  private visitNode(kind: string, node: Node, planned: boolean): void {
    const meaning = changingStatements[kind];
    if (meaning !== undefined) {
      if (!planned) this.reportChange(kind, node, meaning);
      return;
    }
    if (!readingNodes.has(kind) && !changingParts.has(kind))
      this.report("node", { risk: "unknown", why: `contains ${kind}, which is not looked at` });
    else if (kind === "A_Expr" || kind === "SortBy") this.visitOperator(node);
    else if (kind === "CopyStmt") this.visitCopy(node);
    else if (kind === "VariableSetStmt") this.visitSetting(node);
    else if (kind === "TransactionStmt") this.visitTransaction(node);
  }

  private visitOperator(node: Node): void {
    const operator = node["name"] ?? node["useOp"];
    if (operator !== undefined && systemName(operator) === undefined)
      this.report("operator", { risk: "unknown", why: "uses an operator of another schema" });
  }

  private visitCopy(node: Node): void {
    if (node["is_program"] === true)
      this.report("copy-program", { risk: "dangerous", why: "runs a program on the database server (COPY PROGRAM)" });
    else if (node["is_from"] === true) this.report("copy-from", { risk: "caution", why: "adds rows (COPY FROM)" });
    else if (node["filename"] !== undefined)
      this.report("copy-file", { risk: "dangerous", why: "writes a file on the database server (COPY TO)", safer: "COPY ... TO STDOUT" });
  }

  private visitSetting(node: Node): void {
    const name = String(node["name"] ?? "").toLowerCase();
    if (name === "role" || name === "session_authorization" || name === "session_replication_role")
      this.report("set-role", { risk: "dangerous", why: "changes the rights or the guards of the session" });
    else if (!harmlessSettings.has(name)) this.report("set", { risk: "caution", why: "changes a setting of the session" });
  }

  private visitTransaction(node: Node): void {
    const kind = String(node["kind"] ?? "");
    if (!["TRANS_STMT_BEGIN", "TRANS_STMT_START", "TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK"].includes(kind))
      this.report("transaction", { risk: "caution", why: "ends or prepares work of a transaction" });
  }

  private reportChange(kind: string, node: Node, meaning: StatementMeaning): void {
    const special = specialChange(kind, node);
    this.report(special === undefined ? kind : `${kind}.${special.part}`, special ?? meaning);
    this.targets.push(...targetsOf(kind, node));
  }
}

interface SpecialMeaning extends StatementMeaning {
  readonly part: string;
}

/** What depends on more than the kind of statement. */
const specialChange = (kind: string, node: Node): SpecialMeaning | undefined => {
  if (kind === "UpdateStmt" || kind === "DeleteStmt") return changeOfEveryRow(kind, node);
  if (kind === "MergeStmt" && JSON.stringify(node).includes('"commandType":"CMD_DELETE"'))
    return { part: "delete", risk: "dangerous", why: "deletes rows among others" };
  if (kind === "AlterTableStmt" && dropsSomething(node))
    return { part: "drop", risk: "dangerous", why: "removes a part of a table and all it holds" };
  if (kind === "GrantStmt" && isReadingGrant(node))
    return { part: "read", risk: "caution", why: "lets a role read", safer: "REVOKE takes it back" };
  return undefined;
};

const changeOfEveryRow = (kind: string, node: Node): SpecialMeaning | undefined => {
  if (narrows(node["whereClause"])) return undefined;
  const why = kind === "DeleteStmt" ? "deletes every row" : "changes every row";
  return { part: "all", risk: "dangerous", why, safer: "add a WHERE that names the rows" };
};

/** SELECT, USAGE or CONNECT on named objects for named roles, which may not hand it on. */
const isReadingGrant = (node: Node): boolean =>
  node["is_grant"] === true &&
  node["grant_option"] !== true &&
  node["targtype"] === "ACL_TARGET_OBJECT" &&
  asList(node["grantees"]).every((role) => asNode(asNode(role)["RoleSpec"])["roletype"] === "ROLESPEC_CSTRING") &&
  asList(node["privileges"]).length > 0 &&
  asList(node["privileges"]).every((item) =>
    /^(select|usage|connect)$/.test(String(asNode(asNode(item)["AccessPriv"])["priv_name"] ?? "")),
  );

/** A WHERE that names at least one column; a missing or constant one does not narrow anything. */
const narrows = (where: Json | undefined): boolean =>
  where !== undefined && JSON.stringify(where).includes('"ColumnRef"') && !comparesWithItself(asNode(asNode(where)["A_Expr"]));

const withoutPlace = (value: Json | undefined): string => JSON.stringify(value ?? null).replace(/,?"location":-?\d+/g, "");

const comparesWithItself = (expression: Node): boolean =>
  expression["lexpr"] !== undefined && withoutPlace(expression["lexpr"]) === withoutPlace(expression["rexpr"]);

const dropsSomething = (node: Node): boolean =>
  asList(node["cmds"]).some((cmd) =>
    /Drop(Column|Constraint)|DetachPartition|DisableRowSecurity|DisableTrig|ChangeOwner/.test(
      String(asNode(asNode(cmd)["AlterTableCmd"])["subtype"] ?? ""),
    ),
  );

const relationTarget = (relation: Node): Target => {
  const name = String(relation["relname"] ?? "");
  const schema = relation["schemaname"];
  return { kind: "table", name: schema === undefined ? name : `${String(schema)}.${name}` };
};

const objectKind = (type: Json | undefined): string =>
  String(type ?? "OBJECT_TABLE")
    .replace("OBJECT_", "")
    .toLowerCase();

/** What a human types: the tables, or the objects that are dropped. */
const targetsOf = (kind: string, node: Node): readonly Target[] => {
  if (kind === "DropStmt") {
    return asList(node["objects"]).map((item) => {
      const inner = asNode(item);
      const parts = names(asNode(inner["List"])["items"]);
      const single = String(asNode(inner["String"])["sval"] ?? "");
      return { kind: objectKind(node["removeType"]), name: parts.length > 0 ? parts.join(".") : single };
    });
  }
  if (kind === "DropdbStmt") return [{ kind: "database", name: String(node["dbname"] ?? "") }];
  const relations = asList(node["relations"]).map((item) => relationTarget(asNode(asNode(item)["RangeVar"])));
  return isNode(node["relation"]) ? [relationTarget(node["relation"]), ...relations] : relations;
};

const isAnalyze = (statement: Node): boolean =>
  asList(statement["options"]).some((option) => {
    const { defname, arg } = asNode(asNode(option)["DefElem"]) as { defname?: Json; arg?: Json };
    return (
      String(defname ?? "").toLowerCase() === "analyze" && !/"(off|false|0)"|"ival":\{\}|"boolval":\{\}/i.test(JSON.stringify(arg ?? null))
    );
  });

const hasManyComments = (text: string): boolean => text.includes("/*") && text.split("/*").length > MAX_COMMENTS;

/** Commands of pgbouncer's own console, which speaks PostgreSQL's protocol and not its language. */
const poolerCommands: readonly (readonly [pattern: RegExp, risk: Risk, why: string])[] = [
  [/^\s*(kill|shutdown|disable|suspend)\b/i, "dangerous", "It ends connections or stops the pooler."],
  [/^\s*(pause|resume|reload|enable|reconnect|wait_close)\b/i, "caution", "It changes what the pooler does."],
];

const failed = (text: string, ruleId: string, reason: string): SqlVerdict => {
  const known = poolerCommands.find(([pattern]) => pattern.test(text));
  const found = destructiveText(text);
  const risk: Risk = found !== undefined || known?.[1] === "dangerous" ? "dangerous" : "unknown";
  const message = found !== undefined ? `${reason} It contains ${found}.` : known !== undefined ? `${reason} ${known[2]}` : reason;
  return { risk, findings: [{ ruleId, risk, start: 0, end: text.length, message }], targets: [], sensitive: false, unbounded: false };
};

const parse = (parser: PgParser, text: string): Node | undefined => {
  try {
    return asNode(parser.parse(text) as Json);
  } catch {
    return undefined;
  }
};

/** The strictest meaning of all statements of `text`. */
export function scanPostgresql(text: string): SqlVerdict {
  const parser = pgParser();
  if (text.length > MAX_LENGTH || hasManyComments(text)) return failed(text, "sql.limit", "This SQL is too long to look at.");
  if (parser === undefined) return failed(text, "SCANNER_NOT_READY", "The SQL parser is not loaded.");
  const tree = parse(parser, text);
  if (tree === undefined) return failed(text, "sql.syntax", "PostgreSQL's grammar does not accept this SQL.");
  const statements = asList(tree["stmts"]);
  if (statements.length === 0) return failed(text, "sql.empty", "There is no SQL statement.");
  const walk = new Walk(text.length);
  for (const item of statements) {
    const statement = asNode(item)["stmt"] ?? null;
    const explain = asNode(statement)["ExplainStmt"];
    walk.run(statement, isNode(explain) && !isAnalyze(explain));
  }
  if (walk.findings.length === 0) walk.report("read", { risk: "safe", why: "only reads" });
  return {
    risk: walk.findings.reduce<SqlFinding["risk"]>((risk, finding) => maxRisk(risk, finding.risk), "safe"),
    findings: walk.findings,
    targets: walk.targets,
    sensitive: walk.sensitive,
    unbounded: false,
    fingerprint: () => parser.fingerprint(text),
  };
}
