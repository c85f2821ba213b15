// sqlcmd of both kinds and its relatives: T-SQL is judged, directives of the client are refused, files and prompts are unknown.
import { program } from "../../rule.ts";
import { judgeStatements, namedDatabase, onlyInforms, refuseText, rowsBefore } from "./sql-input.ts";
import { changing, destroying } from "../verb-rules.ts";

const directive = /^\s*(:|!!)|\$\(/m;

export const sqlcmd = program({
  names: "sqlcmd|osql|mssql-cli",
  source: "learn.microsoft.com, sqlcmd utility, 2024",
  risk: "safe",
  why: "asks an SQL Server",
  flags: "-E -I -e -b -C -N -R -k -u -p -j -W -A -X -x -g -NUM --help --version -? -L",
  values: "-S|--server -U|--user-name -P -d|--database-name|--database -H -a -l -t -w -y -Y -s -m -V -f -K -r -G",
  optional: "-h",
  options: {
    "-Q|-q|--query": { kind: "code", risk: "safe" },
    "-i|--input-file": { kind: "code", why: "the SQL is in a file that is not seen here" },
    "-o|--output-file": { kind: "write", why: "writes a file" },
    "-v|-Z|-z": { risk: "unknown", why: "sets variables or passwords" },
  },
  inspect: (inv, ctx) => {
    const texts = inv.all("-Q");
    refuseText(texts, directive, "sqlcmd acts on directives and variables itself", ctx);
    if (texts.length === 0 && onlyInforms(inv, ["--help", "--version", "-?", "-L", "-h", "-i"])) return;
    judgeStatements(inv, ctx, "tsql", texts);
  },
  targets: namedDatabase,
  noInverse: rowsBefore,
  verbs: {
    query: {
      why: "asks an SQL Server",
      values: "-d|--database",
      options: { "-q|--query|-t|--text": { kind: "code", risk: "safe" }, "-Q": { kind: "code", risk: "safe" } },
      operands: "text*",
      inspect: (inv, ctx) => {
        const texts = [...inv.all("-q"), ...inv.operands];
        refuseText(texts, directive, "sqlcmd acts on directives and variables itself", ctx);
        if (!onlyInforms(inv, ["--help"])) judgeStatements(inv, ctx, "tsql", texts);
      },
      flags: "--help|-h",
      targets: namedDatabase,
    },
    "create|install|start|open": changing("makes or starts a server in a container", "sqlcmd delete"),
    stop: changing("stops a server in a container", "", { inverse: () => ({ kind: "command", command: "sqlcmd start" }) }),
    "delete|uninstall": destroying("deletes a server in a container", "server"),
  },
  examples: {
    "sqlcmd -S db1 -E -h -1 -W -Q 'SET NOCOUNT ON; SELECT name FROM sys.databases'": "safe",
    "sqlcmd query 'SELECT @@SERVERNAME'": "safe",
    "sqlcmd -S db1 -Q 'EXEC sp_who2'": "safe",
    "sqlcmd -S db1 -Q 'UPDATE t SET a = 1 WHERE id = 2' -d shop": "caution",
    "sqlcmd -Q 'select 1' -o out.txt": "caution",
    "sqlcmd -S db1 -Q 'DROP DATABASE shop'": "dangerous",
    "sqlcmd delete": "dangerous",
    "sqlcmd -i fix.sql": "unknown",
    "sqlcmd -Q 'select $(x)' -v x=1": "unknown",
  },
  nearMisses: [
    "sqlcmd",
    "sqlcmd -Q \"exec xp_cmdshell 'dir'\"",
    "sqlcmd -Q ':!! dir'",
    "sqlcmd -Q 'select 1\n:r x.sql'",
    "sqlcmd create mssql",
  ],
});
