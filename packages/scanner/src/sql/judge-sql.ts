// Tokens of one statement -> findings and targets, by the tables of dialect-statements.ts and dialect-functions.ts. Every word, call and
// variable of a reading statement is looked at; what stands in no table is unknown. Linear in the tokens; adds, never takes back.
import { sensitivePath } from "../sensitive-paths.ts";
import type { Risk, Target } from "../types.ts";
import { callMeaning, qualifiedReads } from "./dialect-functions.ts";
import {
  commonChanges,
  explainVerbs,
  harmlessVariables,
  innerChanges,
  innerChangesOf,
  ownChanges,
  pragmasWithArgument,
  readingPragmas,
  readingProcedures,
  readVerbs,
} from "./dialect-statements.ts";
import type { SqlToken } from "./lex-sql.ts";
import type { StatementMeaning } from "./postgresql-statements.ts";
import { changeTargets, changesEveryRow } from "./statement-scope.ts";
import {
  changingProcedure,
  destroysPart,
  holdsHashes,
  isAlias,
  isCteName,
  isEndlessTable,
  isExplained,
  isFree,
  isLock,
  isNextValue,
  isReadingGrant,
  isSymbol,
  procedureAt,
  removingProcedure,
  showsEveryColumn,
  type Tokens,
  wordAt,
} from "./statement-words.ts";
import type { SqlDialect, SqlFinding } from "./types.ts";

export class SqlJudge {
  readonly findings: SqlFinding[] = [];
  readonly targets: Target[] = [];
  sensitive = false;
  private readonly dialect: SqlDialect;

  constructor(dialect: SqlDialect) {
    this.dialect = dialect;
  }

  /** One statement, without its semicolon. `planned` says that it is explained and not run. */
  statement(tokens: Tokens, planned = false): void {
    let from = 0;
    while (isSymbol(tokens[from], "(")) from += 1;
    const first = wordAt(tokens, from);
    const client = tokens.find((token) => token.kind === "client");
    if (client !== undefined) this.clientCommand(client);
    else if (first === "") this.report("unknown", "syntax", tokens, "does not begin with a word");
    else if (explainVerbs.has(first)) this.explain(tokens, from);
    else if (this.isRead(first)) this.read(tokens);
    else if (first === "PRAGMA") this.pragma(tokens);
    else if (first === "SET") this.set(tokens, planned);
    else if (!this.procedure(tokens)) this.change(tokens, from, planned);
  }

  report(risk: Risk, id: string, tokens: Tokens, why: string, safer?: string): void {
    const start = tokens[0]?.start ?? 0;
    const finding = { ruleId: `sql.${id}`, risk, start, end: tokens.at(-1)?.end ?? start, message: `This SQL ${why}.` };
    this.findings.push(safer === undefined ? finding : { ...finding, saferAlternative: safer });
  }

  private meaning(meaning: StatementMeaning, id: string, tokens: Tokens): void {
    this.report(meaning.risk, id, tokens, meaning.why, meaning.safer);
  }

  private isRead(first: string): boolean {
    return readVerbs[this.dialect]?.has(first) === true;
  }

  private clientCommand(token: SqlToken): void {
    if (token.text === "!" || token.text === "P" || token.text === "e")
      this.report("dangerous", "client", [token], "runs a command of the shell (client command)");
    else this.report("unknown", "client", [token], `contains the client command \\${token.text}`);
  }

  /** EXPLAIN, DESCRIBE: a table's name, or a statement that is planned; ANALYZE runs it. */
  private explain(tokens: Tokens, from: number): void {
    const at = tokens.findIndex((token, index) => index > from && token.kind === "word" && isExplained(token.text, wordAt(tokens, from)));
    const head = at < 0 ? tokens : tokens.slice(0, at);
    const runs = head.some((token) => token.kind === "word" && (token.text === "ANALYZE" || token.text === "PROFILE"));
    this.wordsAndCalls(head, false);
    if (at >= 0 && wordAt(tokens, at) === "PRAGMA") this.report("unknown", "explain", tokens, "explains a PRAGMA, which may run");
    else if (at >= 0) this.statement(tokens.slice(at), !runs);
    else if (runs) this.report("unknown", "explain", tokens, "runs a statement that is not seen here");
  }

  private read(tokens: Tokens): void {
    const split = this.innerChange(tokens);
    const own = split < 0 ? tokens : tokens.slice(0, split);
    this.wordsAndCalls(own, true);
    this.secrets(own);
    if (split >= 0) this.inner(tokens, split);
  }

  /** Where in a reading statement a change begins. SHOW and its like name changes without making any. */
  private innerChange(tokens: Tokens): number {
    const more = innerChangesOf[this.dialect];
    if (wordAt(tokens, 0) === "SHOW" && more === undefined) return -1;
    const begins = (text: string): boolean => innerChanges.has(text) || more?.has(text) === true;
    return tokens.findIndex(
      ({ kind, text }, index) => index > 0 && kind === "word" && begins(text) && isFree(tokens, index, more !== undefined),
    );
  }

  private inner(tokens: Tokens, split: number): void {
    const rest = tokens.slice(split);
    const before = wordAt(tokens, split - 1);
    const verb = wordAt(rest, 0);
    if (verb === "INTO") this.into(rest);
    else if (before === "FOR" || before === "KEY") this.report("caution", "locking", rest, "locks rows (FOR UPDATE)");
    else this.statement(rest);
  }

  private into(rest: Tokens): void {
    const file = wordAt(rest, 1) === "OUTFILE" || wordAt(rest, 1) === "DUMPFILE";
    if (file && this.dialect === "clickhouse")
      this.report("caution", "into-file", rest, "writes a file of the client (INTO OUTFILE)", "leave INTO out");
    else if (file)
      this.report("dangerous", "into-file", rest, "writes a file (INTO OUTFILE)", "leave INTO out; the client prints the rows");
    else this.report("caution", "into", rest, "stores its rows (INTO)");
    this.wordsAndCalls(rest, false);
  }

  /** Calls, assignments, locks and files that a statement of these kinds may not contain unseen. */
  private wordsAndCalls(tokens: Tokens, locks: boolean): void {
    tokens.forEach((token, index) => {
      const next = tokens[index + 1];
      if (token.kind === "symbol") this.assignment(token, next);
      else if (isSymbol(next, "(")) this.call(tokens, index);
      if (isNextValue(tokens, index)) this.report("caution", "function", [token], "takes a number from a sequence (NEXT VALUE FOR)");
      if (this.dialect === "clickhouse" && isEndlessTable(tokens, index))
        this.report("caution", "endless", [token], "reads a table that never ends", "add LIMIT");
      if (locks && token.kind === "word" && isLock(tokens, index)) this.report("caution", "locking", [token], "locks rows");
      if (this.dialect === "duckdb") this.file(token);
    });
  }

  private assignment(token: SqlToken, next: SqlToken | undefined): void {
    if (token.text === ":" && isSymbol(next, "=")) this.report("caution", "assign", [token], "sets a variable");
  }

  private call(tokens: Tokens, index: number): void {
    const token = tokens[index];
    if (token === undefined || token.kind === "string" || token.kind === "variable") return;
    const qualified = isSymbol(tokens[index - 1], ".");
    const meaning = token.kind === "word" ? this.callMeaning(tokens, index, qualified) : "unknown";
    if (meaning === "harm") this.report("dangerous", "function", [token], `calls ${token.text}, which runs programs or changes files`);
    else if (meaning === "effect")
      this.report("caution", "function", [token], `calls ${token.text}, which waits, locks or reaches elsewhere`);
    else if (meaning === "file") this.secret([token], "reads a file");
    else if (meaning === "unknown") this.report("unknown", "function", [token], "calls a function that is not known to be a read");
  }

  private callMeaning(tokens: Tokens, index: number, qualified: boolean): ReturnType<typeof callMeaning> {
    const name = wordAt(tokens, index);
    if (!qualified) return this.namesColumns(tokens, index) ? "read" : callMeaning(this.dialect, name);
    if (callMeaning(this.dialect, name) === "harm") return "harm";
    return qualifiedReads(this.dialect, wordAt(tokens, index - 2), name) ? "read" : "unknown";
  }

  /** The columns of an alias or of a common table expression; ClickHouse has expressions in the latter's place. */
  private namesColumns(tokens: Tokens, index: number): boolean {
    return isAlias(tokens, index) || (this.dialect !== "clickhouse" && isCteName(tokens, index));
  }

  /** DuckDB reads files that are named like tables. */
  private file(token: SqlToken): void {
    if (token.kind !== "string" && token.kind !== "name") return;
    if (/^\w+:\/\//.test(token.text)) this.report("caution", "remote", [token], "may fetch a file from elsewhere");
    else if (sensitivePath(token.text) !== undefined) this.secret([token], "reads a file that may hold secrets");
  }

  private secret(tokens: Tokens, why: string): void {
    this.sensitive = true;
    this.report("caution", "sensitive", tokens, why);
  }

  private secrets(tokens: Tokens): void {
    const hash = tokens.find(({ kind, text }) => kind !== "string" && /^(authentication_string|password_hash|salted_hash)$/i.test(text));
    if (hash !== undefined) this.secret([hash], "prints password hashes");
    else if (wordAt(tokens, 0) === "SHOW" && wordAt(tokens, 1) === "CREATE" && wordAt(tokens, 2) === "USER")
      this.secret(tokens, "prints a password hash");
    else if (showsEveryColumn(tokens) && tokens.some((_, index) => holdsHashes(tokens, index)))
      this.secret(tokens, "prints password hashes");
  }

  private pragma(tokens: Tokens): void {
    const at = isSymbol(tokens[2], ".") ? 3 : 1;
    const name = wordAt(tokens, at);
    const plain = tokens.length === at + 1 && readingPragmas.has(name);
    const asked = isSymbol(tokens[at + 1], "(") && tokens.length === at + 4 && pragmasWithArgument.has(name);
    if (!plain && !asked) this.report("caution", "pragma", tokens, "sets or does something by a PRAGMA that is not on the list of readers");
  }

  private set(tokens: Tokens, planned: boolean): void {
    const at = ["SESSION", "LOCAL", "@@SESSION"].includes(tokens[1]?.text ?? "") ? (isSymbol(tokens[2], ".") ? 3 : 2) : 1;
    const name = wordAt(tokens, at);
    const commas = tokens.some((token) => isSymbol(token, ",") || isSymbol(token, ":"));
    if (name === "TRANSACTION") {
      if (
        !tokens.every(({ text }) =>
          /^(SET|SESSION|LOCAL|TRANSACTION|ISOLATION|LEVEL|READ|ONLY|UNCOMMITTED|COMMITTED|REPEATABLE|SNAPSHOT|,)$/.test(text),
        )
      )
        this.change(tokens, 0, planned);
    } else if (!harmlessVariables.has(name) || commas) this.change(tokens, 0, planned);
    this.wordsAndCalls(tokens, false);
  }

  /** SQL Server runs a procedure that is named at the start of a batch, with or without EXEC. */
  private procedure(tokens: Tokens): boolean {
    if (this.dialect !== "tsql") return false;
    if (wordAt(tokens, 0) === "DBCC") return this.dbcc(tokens);
    const at = procedureAt(tokens);
    const name = wordAt(tokens, at);
    if (callMeaning("tsql", name) === "harm") this.report("dangerous", "procedure", tokens, "runs a program on the server");
    else if (readingProcedures.has(name)) this.procedureArguments(tokens.slice(at + 1));
    else if (removingProcedure.test(name)) this.report("dangerous", "procedure", tokens, "changes who may do what, or removes objects");
    else if (changingProcedure.test(name)) this.report("caution", "procedure", tokens, "changes the server");
    else return false;
    return true;
  }

  private procedureArguments(rest: Tokens): void {
    const split = this.innerChange([{ kind: "word", text: "EXEC", raw: "EXEC", start: 0, end: 0 }, ...rest]);
    if (split >= 0) this.statement(rest.slice(split - 1));
    else if (rest.some((token) => isSymbol(token, "(") || (token.kind === "word" && readVerbs.tsql?.has(token.text) === true)))
      this.report("unknown", "procedure", rest, "holds more than the arguments of a procedure");
  }

  private dbcc(tokens: Tokens): boolean {
    const known = /^(SQLPERF|OPENTRAN|SHOW_STATISTICS|INPUTBUFFER|USEROPTIONS|TRACESTATUS|LOGINFO|MEMORYSTATUS|PROCCACHE|HELP)$/.test(
      wordAt(tokens, 1),
    );
    const clears = tokens.some(({ text }) => /clear/i.test(text));
    return known && !clears && this.innerChange(tokens.slice(1)) < 0;
  }

  private change(tokens: Tokens, from: number, planned: boolean): void {
    const first = wordAt(tokens, from);
    const pair = `${first} ${wordAt(tokens, from + 1)}`;
    const own = ownChanges[this.dialect];
    const meaning = pick(own, pair) ?? pick(commonChanges, pair) ?? pick(own, first) ?? pick(commonChanges, first);
    if (meaning === undefined) this.report("unknown", "statement", tokens, `begins with ${first.slice(0, 30)}, which is not in the table`);
    else if (!planned) this.judgeChange(tokens.slice(from), first, meaning);
    else if (!["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"].includes(first))
      this.report("unknown", "explain", tokens, "explains a statement that may run");
    if (["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"].includes(first)) this.changedRows(tokens);
    else this.harmfulCalls(tokens);
  }

  private judgeChange(tokens: Tokens, first: string, meaning: StatementMeaning): void {
    if (changesEveryRow(tokens, first)) {
      const why = first === "DELETE" ? "deletes every row" : "changes every row";
      this.report("dangerous", `${first.toLowerCase()}.all`, tokens, why, "add a WHERE that names the rows");
    } else if (destroysPart(tokens, first))
      this.report("dangerous", `${first.toLowerCase()}.drop`, tokens, "removes something and all it holds");
    else if (first === "GRANT" && isReadingGrant(tokens))
      this.report("caution", "grant.read", tokens, "lets a role read", "REVOKE takes it back");
    else if (this.dialect === "cql" && wordAt(tokens, 0) === "COPY" && wordAt(tokens, tokens.length - 1) === "STDOUT") return;
    else this.meaning(meaning, first.toLowerCase(), tokens);
    this.targets.push(...changeTargets(tokens));
  }

  /** Calls in a changing statement count as in a read; the table of an INSERT with its columns looks like a call. */
  private changedRows(tokens: Tokens): void {
    const open = tokens.findIndex((token) => isSymbol(token, "("));
    const values = tokens.findIndex(({ kind, text }) => kind === "word" && (text === "INTO" || text === "INSERT" || text === "REPLACE"));
    const from = values >= 0 && open > values && open - values <= 5 ? open : 0;
    this.wordsAndCalls(tokens.slice(from), false);
  }

  private harmfulCalls(tokens: Tokens): void {
    tokens.forEach((token, index) => {
      if (isSymbol(tokens[index + 1], "(") && token.kind === "word" && callMeaning(this.dialect, token.text) === "harm")
        this.call(tokens, index);
    });
  }
}

const pick = (table: Readonly<Record<string, StatementMeaning>> | undefined, key: string): StatementMeaning | undefined =>
  table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
