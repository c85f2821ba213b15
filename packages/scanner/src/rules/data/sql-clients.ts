// Command line clients of further SQL servers: the statement is judged by its dialect, files and prompts are unknown.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { judgeForgottenQuotes, judgeInput, judgeStatements, onlyInforms } from "./sql-input.ts";
import { changing, destroying, each, reading } from "./verb-rules.ts";

const database = (inv: Invocation) => [{ kind: "database", name: inv.arg("-d")?.text ?? "database of the connection" }];
const rowsBefore = "what undoes a statement depends on the rows it changed; SELECT them before";

/** Reports a statement that the client changes before it sends it. */
function refuseText(texts: readonly Arg[], pattern: RegExp, why: string, ctx: RuleContext): void {
  for (const arg of texts) if (pattern.test(arg.text)) ctx.report({ risk: "unknown", why, span: arg.span });
}

const clickhouseTable = {
  why: "asks a ClickHouse server",
  flags:
    "-m|--multiline -n|--multiquery -t|--time --vertical -E -s|--secure --progress --stacktrace --echo -V|--version --help --memory-usage --hardware-utilization --accept-invalid-certificate --ignore-error --print-time-to-stderr --wait_for_suggestions_to_load",
  values:
    "-h|--host --port -u|--user --password -d|--database -f|--format --output-format --input-format -c|--config-file|-C|--config --connection --max_execution_time --max_memory_usage --max_threads --readonly --receive_timeout --send_timeout --connect_timeout --send_logs_level --log-level --max_result_rows --max_rows_to_read --structure -S --param_id --query_id --max_block_size",
  options: {
    "-q|--query": { kind: "code" as const, risk: "safe" as const },
    "--queries-file|--queries_file": { kind: "code" as const, why: "the SQL is in a file that is not seen here" },
    "--pager": { risk: "dangerous" as const, why: "feeds the results to a program" },
    "--server_logs_file|--history_file": { kind: "write" as const, why: "writes a file" },
    "--file|--external": { risk: "caution" as const, why: "sends or reads a file" },
  },
  operands: "data*",
  inspect: (inv: Invocation, ctx: RuleContext): void => {
    const texts = inv.all("-q");
    if (texts.length === 0 && onlyInforms(inv, ["-V", "--help"])) return;
    judgeStatements(inv, ctx, "clickhouse", texts);
    judgeForgottenQuotes(inv, ctx, texts);
  },
  targets: database,
  noInverse: rowsBefore,
};

export const clickhouseClient = program({
  names: "clickhouse-client|clickhouse-local",
  source: "clickhouse.com/docs, ClickHouse Client, 24.8",
  ...clickhouseTable,
  examples: {
    "clickhouse-client -h ch1 -q 'SELECT count() FROM system.parts WHERE active'": "safe",
    "clickhouse-client --query='SHOW PROCESSLIST' --format Vertical": "safe",
    "clickhouse-client -q 'SYSTEM FLUSH LOGS'": "caution",
    "clickhouse-client --history_file=x -q 'select 1'": "caution",
    "clickhouse-client --file=x -q 'select 1'": "caution",
    "clickhouse-client -q 'ALTER TABLE hits DROP PARTITION 202601'": "dangerous",
    "clickhouse-client --pager=sh -q 'select 1'": "dangerous",
    "clickhouse-client -q 'KILL QUERY WHERE user = 1'": "dangerous",
    "clickhouse-client --queries-file x.sql": "unknown",
  },
  nearMisses: ["clickhouse-client", "clickhouse-client -q \"insert into t select * from url('http://x')\"", "clickhouse-client < x.sql"],
});

export const clickhouse = program({
  names: "clickhouse",
  source: "clickhouse.com/docs, ClickHouse 24.8",
  why: "is every ClickHouse program in one",
  verbs: {
    "client|local": clickhouseTable,
    "server|keeper|install|start|stop|restart": changing("runs or installs a server", "the opposite command"),
  },
  examples: { "clickhouse client -q 'SELECT 1'": "safe", "clickhouse local -q 'DROP TABLE t'": "dangerous", "clickhouse stop": "caution" },
  nearMisses: ["clickhouse disks", "clickhouse client"],
});

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
  targets: database,
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
      targets: database,
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

const snowflakeOption =
  /^(output_format|friendly|header|timing|quiet|log_level|exit_on_error|rowset_size|auto_completion|wrap|empty_for_null_in_tsv|variable_substitution=false)\b/;

export const snowsql = program({
  names: "snowsql",
  source: "docs.snowflake.com, SnowSQL 1.3",
  why: "asks Snowflake",
  flags: "--noup --version|-v --help -? --abort-detached-query --generate-jwt --mfa-passcode-in-password",
  values:
    "-a|--accountname -u|--username -d|--dbname -s|--schemaname -r|--rolename -w|--warehouse -h|--host -p|--port --region --authenticator -c|--connection --private-key-path --query_tag",
  options: {
    "-q|--query": { kind: "code", risk: "safe" },
    "-f|--filename": { kind: "code", why: "the SQL is in a file that is not seen here" },
    "-o|--options": {
      check: (value) =>
        value.shape === "literal" && snowflakeOption.test(value.text)
          ? undefined
          : { risk: "unknown", why: "an option that may write files" },
    },
    "-D|--variable|--config": { risk: "unknown", why: "puts variables into the statements" },
  },
  inspect: (inv, ctx) => {
    const texts = inv.all("-q");
    refuseText(texts, /&[{\w]|^\s*!/m, "SnowSQL acts on variables and commands itself", ctx);
    if (texts.length > 0 || !onlyInforms(inv, ["--version", "--help", "-?", "-f"])) judgeStatements(inv, ctx, "snowflake", texts);
  },
  targets: database,
  noInverse: rowsBefore,
  examples: {
    "snowsql -c prod -q 'SHOW WAREHOUSES' -o output_format=json": "safe",
    "snowsql -q 'ALTER WAREHOUSE load SUSPEND'": "caution",
    "snowsql -q 'DROP DATABASE shop'": "dangerous",
    "snowsql -f x.sql": "unknown",
    "snowsql -q 'select 1' -o output_file=x": "unknown",
    "snowsql -D a=b -q 'select 1'": "unknown",
  },
  nearMisses: ["snowsql", "snowsql -q '!source x.sql'", "snowsql -q 'select &x'"],
});

const showsOnly = /^\s*show\s[\w\s."=]*;?\s*$/i;

export const cockroach = program({
  names: "cockroach",
  source: "cockroachlabs.com/docs v24.2",
  style: "go",
  why: "asks or runs a CockroachDB cluster",
  flags: "--insecure",
  values: "--host --port -p --certs-dir --url -u|--user -d|--database --format --cluster-name --timeout",
  verbs: {
    ...each(
      "version node_status node_ls nodelocal_ls cert_list auth-session_list statement-diag_list userfile_list",
      reading("prints facts about the cluster"),
    ),
    sql: {
      why: "asks a CockroachDB cluster",
      options: {
        "-e|--execute": { kind: "code", risk: "safe" },
        "-f|--file": { kind: "code", why: "the SQL is in a file that is not seen here" },
        "--watch": { unbounded: true, why: "repeats without end" },
        "--set": { risk: "unknown", why: "sets an option of the shell" },
      },
      operands: "data*",
      targets: database,
      inspect: (inv, ctx) => {
        const texts = inv.all("-e");
        refuseText(texts, /^\s*\\/m, "a client command", ctx);
        const judged = texts.filter((arg) => arg.shape !== "literal" || !showsOnly.test(arg.text));
        if (judged.length > 0 || (texts.length === 0 && !inv.has("-f"))) judgeStatements(inv, ctx, "postgresql", judged);
      },
    },
    ...each(
      "node_drain node_recommission workload_run workload_init start start-single-node demo import cert_create-node cert_create-client userfile_upload nodelocal_upload statement-diag_download debug_zip debug_tsdump",
      changing("starts, drains or fills a node", "start it again, or delete what was made"),
    ),
    ...each(
      "node_decommission init quit cert_create-ca debug_recover debug_unsafe-remove-dead-replicas userfile_delete debug_reset-quorum",
      destroying("removes nodes, stops them or deletes files", "node"),
    ),
  },
  examples: {
    "cockroach node status --host db1": "safe",
    "cockroach sql --insecure -e 'SELECT count(*) FROM orders'": "safe",
    "cockroach sql --insecure -e 'SHOW RANGES FROM TABLE orders'": "safe",
    "cockroach sql -e 'select 1' --watch 1s": "caution",
    "cockroach node drain 3": "caution",
    "cockroach sql -e 'DROP TABLE orders'": "dangerous",
    "cockroach node decommission 3": "dangerous",
    "cockroach sql -f x.sql": "unknown",
    "cockroach sql --set a=b -e 'select 1'": "unknown",
  },
  nearMisses: ["cockroach sql", "cockroach sql --insecure < x.sql", "cockroach debug pebble"],
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

const fluxReads: ReadonlySet<string> = new Set(
  "from range filter limit tail sort group aggregateWindow mean sum count max min first last median yield keep drop rename pivot distinct difference derivative increase fill window unique top bottom quantile spread stddev elapsed buckets duplicate now date contains exists tagValues measurements tagKeys fieldKeys measurementTagValues cumulativeSum movingAverage timeShift union join and or not if".split(
    " ",
  ),
);

/** Flux without imports whose every call is on the list. */
function judgeFlux(arg: Arg, ctx: RuleContext): void {
  const calls =
    arg.shape === "literal" && !/\bimport\b|\boption\b/.test(arg.text) ? [...arg.text.matchAll(/([A-Za-z_]\w*)\s*\(/g)] : undefined;
  if (calls?.every((call) => fluxReads.has(call[1] ?? "")) !== true)
    ctx.report({ risk: "unknown", why: "calls something that is not on the list of reads", span: arg.span });
}

export const influx = program({
  names: "influx",
  source: "docs.influxdata.com, influx CLI 1.8 and 2.7",
  style: "long",
  risk: "safe",
  why: "asks InfluxDB",
  flags: "-version --version -ssl -unsafeSsl -pretty --skip-verify --json --hide-headers --help",
  values:
    "-host -port -username -password -database -format -precision -consistency -type --host --org -o --org-id -t --token -c --active-config -b --bucket --bucket-id",
  options: {
    "-execute": { kind: "code", risk: "safe" },
    "-import|-path|-compressed": { arity: "optional", risk: "caution", why: "adds data from a file" },
  },
  globals: "anywhere",
  inspect: (inv, ctx) => {
    const texts = inv.all("-execute");
    refuseText(texts, /\//, "a regular expression cannot be told from a comment", ctx);
    if (texts.length > 0 || !onlyInforms(inv, ["-version", "--version", "--help", "-import"])) judgeStatements(inv, ctx, "influxql", texts);
  },
  targets: (inv) => [{ kind: "database", name: inv.arg("-database")?.text ?? inv.arg("--bucket")?.text ?? "database" }],
  noInverse: rowsBefore,
  verbs: {
    ...each(
      "ping version bucket_list org_list task_list task_run_list telegrafs dashboards server-config v1_dbrp_list remote_list replication_list stacks",
      reading("prints facts about InfluxDB"),
    ),
    ...each(
      "auth_list config_list secret_list user_list v1_auth_list",
      reading("prints tokens or the names of secrets", { sensitive: true }),
    ),
    query: {
      why: "asks InfluxDB by Flux",
      flags: "-r|--raw",
      values: "--profilers",
      operands: "text",
      inspect: (inv, ctx) => inv.operands.forEach((arg) => judgeFlux(arg, ctx)),
    },
    ...each(
      "write backup task_create task_update bucket_create bucket_update org_create config_set config_create task_retry-failed apply",
      changing("adds or changes data or settings", "delete what was made"),
    ),
    ...each(
      "delete restore bucket_delete org_delete task_delete user_delete auth_delete auth_create user_password setup config_rm",
      destroying("deletes or overwrites data, or changes rights", "bucket"),
    ),
  },
  examples: {
    "influx -database telegraf -execute 'SELECT mean(usage) FROM cpu WHERE time > now() - 1h'": "safe",
    "influx bucket list": "safe",
    "influx query 'from(bucket: \"web\") |> range(start: -5m) |> mean()'": "safe",
    "influx auth list": "caution",
    "influx -import -path=x": "caution",
    "influx -execute 'DROP DATABASE telegraf'": "dangerous",
    "influx delete --bucket web --start 2026-01-01T00:00:00Z --stop 2026-02-01T00:00:00Z": "dangerous",
  },
  nearMisses: ["influx", 'influx query \'from(bucket: "a") |> to(bucket: "b")\'', "influx -execute 'select a into b from c'"],
});
