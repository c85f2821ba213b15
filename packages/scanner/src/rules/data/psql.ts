// psql and friends: SQL goes to the SQL scanner, client commands are accepted by list, files and prompts are unknown.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";

/** Meta commands that only describe; anything else can write, run or read elsewhere. */
const describing =
  /^\\(d[A-Za-z]*[+S]*|l\+?|list\+?|conninfo|x|timing|encoding|z|sf\+?|sv\+?|h|\?|copyright|echo|qecho|pset|t|a|H|du\+?|dg\+?)(\s|$)/;

const judgeMeta = (text: string, arg: Arg): Finding | undefined => {
  if (text.includes("`")) return { risk: "dangerous", why: "backticks run a command", span: arg.span };
  if (!describing.test(text))
    return {
      risk: /^\\(!|g|o|w|copy|gexec|i|ir|e|s)/.test(text) ? "dangerous" : "unknown",
      why: "this client command can write, run or read something else",
      span: arg.span,
    };
  // Another backslash could begin a second command on the same line.
  return text.indexOf("\\", 1) >= 0 ? { risk: "unknown", why: "several client commands on one line", span: arg.span } : undefined;
};

/** One -c: a client command, or SQL without any. */
function inspectCommand(arg: Arg, ctx: RuleContext): void {
  const text = arg.text.trimStart();
  if (arg.shape !== "literal") return ctx.scanSql("postgresql", arg);
  if (text.startsWith("\\")) {
    const finding = judgeMeta(text, arg);
    if (finding !== undefined) ctx.report(finding);
  } else if (/\\[a-zA-Z!;]/.test(text)) ctx.report({ risk: "unknown", why: "SQL mixed with client commands", span: arg.span });
  else ctx.scanSql("postgresql", arg);
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  const commands = inv.all("-c");
  for (const arg of commands) inspectCommand(arg, ctx);
  const silent = ["-l", "-V", "--help", "-f"].some((name) => inv.has(name));
  if (commands.length > 0 || silent) return;
  ctx.report({ risk: "unknown", why: "opens a prompt or reads SQL from standard input", safer: "give the SQL with -c" });
}

export const psql = program({
  names: "psql",
  source: "psql(1), PostgreSQL 16; reference/command-safety.md 3.6",
  why: "asks a PostgreSQL server",
  flags:
    "-A|--no-align -t|--tuples-only -x|--expanded -X|--no-psqlrc -q|--quiet -w|--no-password -l|--list -1|--single-transaction -H|--html -e|--echo-queries -E|--echo-hidden -b|--echo-errors -a|--echo-all --csv -V|--version -z|--field-separator-zero -0|--record-separator-zero -n|--no-readline -S|--single-line",
  values: "-h|--host -p|--port -U|--username -d|--dbname -F|--field-separator -R|--record-separator -P|--pset -T|--table-attr",
  optional: "--help",
  options: {
    "-c|--command": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", why: "the SQL is in a file that is not seen here" },
    "-o|--output|-L|--log-file": { kind: "write", why: "writes a file" },
    "-v|--set|--variable": { risk: "unknown", why: "sets a variable that SQL may contain" },
    "-W|--password|-s|--single-step": { arity: "flag", risk: "unknown", why: "asks questions" },
  },
  operands: "data*",
  inspect,
  sensitive: (inv) => inv.operands.some((arg) => /^postgres(ql)?:\/\/[^/@]*:[^/@]*@/.test(arg.text)),
  examples: {
    "psql -l": "safe",
    "psql -c '\\dt+'": "safe",
    "psql -c '\\! rm x'": "dangerous",
    "psql -c '\\copy t to x'": "dangerous",
    "psql -f x.sql": "unknown",
  },
  nearMisses: [
    "psql",
    "psql -o out -c 'select 1'",
    "psql -c '\\o x'",
    "psql -Xc '\\gexec'",
    "psql -c '\\d `rm x`'",
    "psql -L log -l",
    "psql -c 'drop table x'",
    "psql -c 'select 1 \\g x'",
  ],
});
