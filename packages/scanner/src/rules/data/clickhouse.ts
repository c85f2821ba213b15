// clickhouse-client, clickhouse-local and the program that holds them all: statements are judged, files and prompts are unknown.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { judgeForgottenQuotes, judgeStatements, namedDatabase, onlyInforms, rowsBefore } from "./sql-input.ts";
import { changing } from "../verb-rules.ts";

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
  targets: namedDatabase,
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
