// Command line clients of further servers: the statement is judged by its dialect, files and prompts are unknown.
import { program } from "../../rule.ts";
import { judgeInput, judgeStatements, onlyInforms, refuseText, rowsBefore } from "./sql-input.ts";

export const cqlsh = program({
  names: "cqlsh",
  source: "cqlsh of Cassandra 4.1",
  why: "asks a Cassandra cluster",
  flags: "--ssl --version --help --no-color|-C --color --debug --no-compact --insecure-password-without-warning",
  values:
    "-u|--username -p|--password -k|--keyspace --connect-timeout --request-timeout --cqlversion --encoding --consistency-level --serial-consistency-level --protocol-version --credentials",
  options: {
    "-e|--execute": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", why: "the CQL is in a file that is not seen here" },
    "--cqlshrc": { kind: "read", risk: "unknown", why: "a configuration file from an unusual place" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    const texts = inv.all("-e");
    if (texts.length === 0 && onlyInforms(inv, ["--version", "--help", "-f"])) return;
    judgeStatements(inv, ctx, "cql", texts);
  },
  targets: (inv) => [{ kind: "keyspace", name: inv.arg("-k")?.text ?? "keyspace" }],
  noInverse: rowsBefore,
  examples: {
    "cqlsh db1 9042 -k shop -e 'SELECT * FROM orders LIMIT 5'": "safe",
    "cqlsh -e 'DESCRIBE KEYSPACES'": "safe",
    "cqlsh -e \"COPY shop.orders TO 'x.csv'\"": "caution",
    "cqlsh -e 'TRUNCATE shop.orders'": "dangerous",
    "cqlsh -f x.cql": "unknown",
    "cqlsh --cqlshrc=x -e 'select a from b'": "unknown",
  },
  nearMisses: ["cqlsh", "cqlsh -e \"SOURCE 'x'\"", "cqlsh db1 < x.cql"],
});

export const oracle = program({
  names: "sqlplus|sqlldr|rman|expdp|impdp|lsnrctl|tnsping|srvctl|crsctl|dgmgrl|adrci|isql|db2|hdbsql|bteq",
  source: "Oracle Database 19c, SQL*Plus reference",
  risk: (inv) =>
    (inv.has("-V") && inv.program === "sqlplus") ||
    /^(tnsping)$/.test(inv.program) ||
    /^(lsnrctl (status|services|version)|(srvctl|crsctl) (status|config|stat|check|query))\b/.test(`${inv.program} ${inv.operand(0) ?? ""}`)
      ? "safe"
      : "unknown",
  why: "runs a client whose language is not looked at",
  flags: "-V|-v|-version -S|-s|-silent -L",
  style: "long",
  anyOption: true,
  operands: "data*",
  inspect: (inv, ctx) => {
    if (/^(lsnrctl (stop|reload)|(srvctl|crsctl) (stop|remove|disable|delete|modify))\b/.test(`${inv.program} ${inv.operand(0) ?? ""}`))
      ctx.report({ risk: "dangerous", why: "stops or removes a service of the database" });
    if (inv.stdin.kind === "data") ctx.report({ risk: "dangerous", why: "runs whatever statements it is fed" });
    if (inv.stdin.kind === "text" && /\b(drop|truncate|delete|shutdown)\b/i.test(inv.stdin.text))
      ctx.report({ risk: "dangerous", why: "its input destroys data or stops the server" });
  },
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "database", name: arg.text })),
  examples: {
    "sqlplus -V": "safe",
    "lsnrctl status": "safe",
    "tnsping shop": "safe",
    "sqlplus / as sysdba": "unknown",
    "lsnrctl stop": "dangerous",
  },
  nearMisses: ["sqlplus -S u/p@db @fix.sql", "echo 'drop table t;' | sqlplus / as sysdba", "rman target /"],
});

export const trino = program({
  names: "trino|presto|presto-cli|trino-cli",
  source: "trino.io/docs, command line interface, 455",
  why: "asks a Trino cluster",
  flags: "--debug --insecure --version --help --progress --ignore-errors --krb5-disable-remote-service-hostname-canonicalization",
  values:
    "--server --catalog --schema --user --output-format --source --client-tags --client-info --timezone --truststore-path --client-request-timeout",
  options: {
    "--execute": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", why: "the SQL is in a file that is not seen here" },
    "--session|--password|--keystore-path": { arity: "optional", risk: "unknown", why: "sets properties or asks" },
    "--pager|--history-file|--log-levels-file": { risk: "unknown", why: "runs a program or writes a file" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.has("--execute") || !onlyInforms(inv, ["--version", "--help", "-f"])) judgeStatements(inv, ctx, "trino", inv.all("--execute"));
  },
  targets: (inv) => [{ kind: "catalog", name: inv.arg("--catalog")?.text ?? "catalog" }],
  noInverse: rowsBefore,
  examples: {
    "trino --server http://t:8080 --execute 'SHOW CATALOGS'": "safe",
    "trino --execute 'CALL system.runtime.kill_query(1)'": "dangerous",
    "trino --execute 'DROP TABLE a.b.c'": "dangerous",
    "trino -f x.sql": "unknown",
    "trino --pager=sh --execute 'select 1'": "unknown",
    "trino --session a=b --execute 'select 1'": "unknown",
  },
  nearMisses: ["trino", 'trino --execute "insert into t values (1)"'],
});

export const cypherShell = program({
  names: "cypher-shell",
  source: "neo4j.com/docs, Cypher Shell 5.23",
  why: "asks a Neo4j server",
  flags: "--fail-fast --fail-at-end --debug --non-interactive --version|-v --help|-h --wrap",
  values: "-a|--address|--uri -u|--username -p|--password -d|--database --format -P|--param --sample-rows --encryption --access-mode",
  options: { "-f|--file": { kind: "code", why: "the statements are in a file that is not seen here" } },
  operands: "text*",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 0 || !onlyInforms(inv, ["--version", "--help", "-f"])) {
      if (inv.operands.length > 0) for (const arg of inv.operands) ctx.scanSql("cypher", arg);
      else judgeInput(inv, ctx, (text) => ctx.scanSql("cypher", text));
    }
    refuseText(inv.operands, /^\s*:/m, "a client command", ctx);
  },
  targets: (inv) => [{ kind: "database", name: inv.arg("-d")?.text ?? "neo4j" }],
  noInverse: rowsBefore,
  examples: {
    "cypher-shell -u ro -p pw 'MATCH (n:Host) RETURN count(n)'": "safe",
    "cypher-shell \"CREATE (n:Host {name: 'a'})\"": "caution",
    "cypher-shell 'MATCH (n) DETACH DELETE n'": "dangerous",
    "cypher-shell -f x.cypher": "unknown",
  },
  nearMisses: ["cypher-shell", "cypher-shell 'CALL apoc.cypher.run(\"x\", {})'", "cypher-shell ':source x'"],
});
