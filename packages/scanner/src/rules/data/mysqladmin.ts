// mysqladmin: one or more commands, each with its own arguments, accepted by list.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { mysqlConnection } from "./mysql.ts";

const reads: ReadonlySet<string> = new Set(["status", "extended-status", "processlist", "ping", "variables", "version", "ver"]);

const destroys: Readonly<Record<string, string>> = {
  drop: "drops a database and all it holds",
  kill: "ends connections of others",
  shutdown: "stops the server",
  password: "changes a password",
  "old-password": "changes a password",
};
const changes: Readonly<Record<string, string>> = {
  create: "makes a database",
  reload: "reads the grants again",
  refresh: "closes and opens all tables and logs",
  debug: "writes debugging data to the server's log",
  "start-slave": "starts replication",
  "stop-slave": "stops replication",
  "start-replica": "starts replication",
  "stop-replica": "stops replication",
  "start-all-slaves": "starts replication",
  "stop-all-slaves": "stops replication",
};
const withArgument: ReadonlySet<string> = new Set(["drop", "kill", "password", "old-password", "create"]);

function judgeCommand(arg: Arg): Finding | undefined {
  const word = arg.shape === "literal" ? arg.text : "";
  if (reads.has(word)) return undefined;
  if (Object.hasOwn(destroys, word)) return { risk: "dangerous", why: destroys[word] ?? "", span: arg.span };
  if (Object.hasOwn(changes, word)) return { risk: "caution", why: changes[word] ?? "", span: arg.span };
  if (word.startsWith("flush-")) return { risk: "caution", why: "writes out or forgets what the server keeps", span: arg.span };
  return { risk: "unknown", why: "is not on the list of commands", span: arg.span };
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  let skip = false;
  for (const arg of inv.operands) {
    const finding = skip ? undefined : judgeCommand(arg);
    if (finding !== undefined) ctx.report(finding);
    skip = !skip && withArgument.has(arg.text);
  }
  if (inv.operands.length === 0 && !inv.has("--help") && !inv.has("-V")) ctx.report({ risk: "unknown", why: "has no command" });
}

export const mysqladmin = program({
  names: "mysqladmin|mariadb-admin",
  source: "mysqladmin(1), MySQL 8.4",
  why: "asks a MySQL server about itself",
  flags: `${mysqlConnection.flags} -f|--force -r|--relative -E|--vertical -s|--silent -v|--verbose -b|--no-beep -V|--version --help|-? --print-defaults`,
  values: `${mysqlConnection.values} -c|--count --shutdown-timeout`,
  optional: `${mysqlConnection.optional} -w|--wait`,
  options: {
    ...mysqlConnection.options,
    "-i|--sleep": { why: "repeats" },
  },
  operands: "data*",
  unbounded: (inv) => inv.has("-i") && !inv.has("-c"),
  safer: "-c 3 ends it after three",
  inspect,
  targets: (inv) =>
    inv.operands
      .filter((arg, index) => withArgument.has(inv.operands[index - 1]?.text ?? ""))
      .map((arg) => ({ kind: "database or connection", name: arg.text })),
  examples: {
    "mysqladmin -uroot -p status processlist": "safe",
    "mysqladmin ping": "safe",
    "mysqladmin -i 5 -c 3 status": "safe",
    "mysqladmin -i 5 status": "caution",
    "mysqladmin flush-logs": "caution",
    "mysqladmin drop shop": "dangerous",
    "mysqladmin shutdown": "dangerous",
    "mysqladmin status kill 12": "dangerous",
    "mysqladmin --defaults-file=/tmp/x status": "unknown",
  },
  nearMisses: ["mysqladmin", "mysqladmin $x", "mysqladmin create shop", "mysqladmin -f drop shop"],
});
