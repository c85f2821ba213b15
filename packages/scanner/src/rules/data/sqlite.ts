// sqlite3 and duckdb: the first operand is the database, every further one is SQL or a dot command.
import { type Arg, literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import type { SqlDialect } from "../../sql/types.ts";
import { judgeInput, onlyInforms } from "./sql-input.ts";

/** Dot commands that describe, or change how results look. */
const describing: ReadonlySet<string> = new Set(
  ".tables .schema .fullschema .indexes .indices .databases .dbinfo .show .help .version .headers .header .mode .width .separator .nullvalue .timer .stats .explain .eqp .echo .bail .print .limit .lint .expert .sha3sum .changes .dump .quit .exit .prompt .columns .maxrows .rows .large_number_rendering .scanstats".split(
    " ",
  ),
);
const meanings: Readonly<Record<string, Finding>> = {
  ".shell": { risk: "dangerous", why: "runs a command of the shell" },
  ".system": { risk: "dangerous", why: "runs a command of the shell" },
  ".sh": { risk: "dangerous", why: "runs a command of the shell" },
  ".load": { risk: "dangerous", why: "loads code" },
  ".edit": { risk: "dangerous", why: "runs an editor" },
  ".excel": { risk: "dangerous", why: "opens a program" },
  ".www": { risk: "dangerous", why: "opens a program" },
  ".restore": { risk: "dangerous", why: "overwrites a database" },
  ".drop": { risk: "dangerous", why: "drops something" },
  ".clone": { risk: "caution", why: "writes a database file" },
  ".backup": { risk: "caution", why: "writes a database file" },
  ".save": { risk: "caution", why: "writes a database file" },
  ".import": { risk: "caution", why: "adds rows" },
  ".archive": { risk: "caution", why: "reads and writes archives" },
  ".read": { risk: "unknown", why: "runs a file that is not seen here" },
};

function judgeDotCommand(line: string): Finding | undefined {
  const words = line.trim().split(/\s+/);
  const name = words[0] ?? "";
  if (name === ".output" || name === ".once" || name === ".log") return judgeOutput(words);
  // Only whole names: the program takes abbreviations, some of which write.
  if (describing.has(name)) return undefined;
  return (
    (Object.hasOwn(meanings, name) ? meanings[name] : undefined) ?? {
      risk: "unknown",
      why: `the client command ${name.slice(0, 20)} is not on the list`,
    }
  );
}

function judgeOutput(words: readonly string[]): Finding | undefined {
  const target = words.slice(1).join(" ");
  if (target === "" || target === "stdout" || target === "off") return undefined;
  return target.includes("|")
    ? { risk: "dangerous", why: "feeds the result to a command of the shell" }
    : { risk: "caution", why: "writes a file" };
}

function judgeText(dialect: SqlDialect, arg: Arg, ctx: RuleContext): void {
  if (arg.shape !== "literal" || !arg.text.startsWith(".")) return ctx.scanSql(dialect, arg);
  const finding = judgeDotCommand(arg.text);
  if (finding !== undefined) ctx.report({ ...finding, span: arg.span });
}

/** Lines of standard input: dot commands where no statement is open, SQL elsewhere. */
function judgeLines(dialect: SqlDialect, arg: Arg, ctx: RuleContext): void {
  let sql = "";
  for (const line of arg.text.split("\n")) {
    const open = sql.trim() !== "" && !sql.trimEnd().endsWith(";");
    if (!line.startsWith(".")) sql += `${line}\n`;
    else if (open) ctx.report({ risk: "unknown", why: "a client command inside a statement" });
    else judgeText(dialect, literalArg(line, arg.span), ctx);
  }
  if (sql.trim() !== "") ctx.scanSql(dialect, literalArg(sql, arg.span));
}

/** `operands` are the database and its statements; `options` name those that hold statements too. */
function judgeAll(dialect: SqlDialect, options: readonly string[], operands: readonly Arg[], inv: Invocation, ctx: RuleContext): void {
  const given = options.flatMap((name) => inv.all(name));
  for (const arg of [...given, ...operands.slice(1)]) judgeText(dialect, arg, ctx);
  const asks = operands.length > 1 || options.some((name) => name !== "-cmd" && inv.has(name));
  if (asks || onlyInforms(inv, ["-help", "-version"])) return;
  judgeInput(inv, ctx, (arg) => judgeLines(dialect, arg, ctx));
}

const outputs =
  "-ascii -box -bail -column -csv -echo -header -noheader -html -interactive -batch -json -line -list -markdown -quote -table -tabs -stats -help -version -tcl";

export const sqlite3 = program({
  names: "sqlite3|sqlite",
  source: "sqlite3(1), SQLite 3.46; sqlite.org/cli.html",
  style: "long",
  why: "asks an SQLite database file",
  flags: `${outputs} -readonly -safe -nofollow -memtrace`,
  values: "-separator -nullvalue -newline -maxsize -mmap -vfs -escape",
  options: {
    "-cmd": { kind: "code", risk: "safe" },
    "-init": { kind: "code", why: "runs a file that is not seen here" },
    "-lookaside|-pagecache": { why: "sizes memory by two numbers" },
  },
  operands: "data? text*",
  inspect: (inv, ctx) => {
    // -lookaside and -pagecache take two words; the second stands first among the operands.
    const sized = inv.has("-lookaside") || inv.has("-pagecache");
    const operands = sized && /^\d+$/.test(inv.operand(0) ?? "") ? inv.operands.slice(1) : inv.operands;
    judgeAll("sqlite", ["-cmd"], operands, inv, ctx);
  },
  sensitive: (inv) => inv.operands.slice(1).some((arg) => /^\.dump\b/.test(arg.text) && /user|secret|token|password/i.test(arg.text)),
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "what undoes a statement depends on the rows it changed; SELECT them before",
  examples: {
    "sqlite3 -readonly -header app.db 'select count(*) from orders'": "safe",
    "sqlite3 app.db .tables '.schema orders'": "safe",
    "sqlite3 app.db <<< 'select 1;'": "safe",
    "sqlite3 -cmd '.timer on' app.db 'select 1'": "safe",
    "sqlite3 -pagecache 10 20 app.db 'select 1'": "safe",
    "sqlite3 app.db '.backup x.db'": "caution",
    "sqlite3 app.db 'drop table t'": "dangerous",
    "sqlite3 app.db '.shell id'": "dangerous",
    "sqlite3 app.db < fix.sql": "dangerous",
    "sqlite3 app.db '.output |sh'": "dangerous",
    "sqlite3 app.db '.read x.sql'": "unknown",
    "sqlite3 -init x app.db 'select 1'": "unknown",
    "sqlite3 app.db": "unknown",
  },
  nearMisses: [
    "sqlite3",
    "sqlite3 app.db \"select load_extension('x')\"",
    "sqlite3 -cmd 'drop table t' app.db 'select 1'",
    "sqlite3 app.db '.once f' 'select 1'",
    "sqlite3 app.db <<'E'\nselect 1;\n.shell id\nE",
    "sqlite3 app.db '.sys id'",
    "sqlite3 app.db 'pragma journal_mode=wal'",
  ],
});

export const duckdb = program({
  names: "duckdb",
  source: "duckdb.org/docs, Command Line Client, DuckDB 1.1",
  style: "long",
  why: "asks a DuckDB database file",
  flags: `${outputs} -readonly -safe -no-stdin -jsonlines -trash`,
  values: "-separator -nullvalue -newline",
  options: {
    "-c|-s|-cmd": { kind: "code", risk: "safe" },
    "-init|-f": { kind: "code", why: "runs a file that is not seen here" },
  },
  operands: "data? text*",
  inspect: (inv, ctx) => {
    judgeAll("duckdb", ["-c"], inv.operands, inv, ctx);
    if (inv.has("-f")) ctx.report({ risk: "unknown", why: "the SQL is in a file that is not seen here" });
  },
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "what undoes a statement depends on the rows it changed; SELECT them before",
  examples: {
    "duckdb -readonly -json web.db 'from hits limit 5'": "safe",
    "duckdb -c \"select count(*) from 'hits.parquet'\"": "safe",
    "duckdb web.db \"copy hits to 'x.csv'\"": "caution",
    "duckdb -s 'drop table hits' web.db": "dangerous",
    "duckdb -cmd 'install httpfs' web.db 'select 1'": "dangerous",
    "duckdb web.db": "unknown",
    "duckdb -init x web.db 'select 1'": "unknown",
  },
  nearMisses: ["duckdb", "duckdb -f x.sql", "duckdb web.db 'load httpfs'", "duckdb web.db 'attach \"x.db\"'"],
});
