// The programs around MySQL and MariaDB, apart from the client and mysqladmin.
import { operandTargets, program } from "../../rule.ts";
import { mysqlConnection } from "./mysql.ts";

const source = "MySQL 8.4 reference manual, MySQL programs";

export const mysqldump = program({
  names: "mysqldump|mariadb-dump|mysqlpump",
  source,
  why: "reads databases and prints them as SQL",
  safer: "--no-data prints the definitions alone",
  flags: `${mysqlConnection.flags} -A|--all-databases -B|--databases -d|--no-data -t|--no-create-info -n|--no-create-db -R|--routines -E|--events --triggers --skip-triggers --single-transaction -q|--quick --skip-lock-tables --skip-add-locks --skip-add-drop-table --add-drop-table --add-drop-database --add-drop-trigger --add-locks -c|--complete-insert -e|--extended-insert --skip-extended-insert --compact -i|--comments --skip-comments -K|--disable-keys --hex-blob --opt --skip-opt -a|--create-options -X|--xml -v|--verbose -V|--version --no-tablespaces|-y --order-by-primary --column-statistics --skip-dump-date --skip-tz-utc --replace --insert-ignore -f|--force -N|--no-set-names --help|-? --set-charset -Q|--quote-names --allow-keywords`,
  values: `${mysqlConnection.values} -w|--where --ignore-table --compatible --net-buffer-length`,
  optional: `${mysqlConnection.optional} --set-gtid-purged --master-data --source-data --dump-slave --dump-replica`,
  options: {
    ...mysqlConnection.options,
    "-r|--result-file": { kind: "write", why: "writes a dump", safer: "leave -r out; the dump goes to standard output" },
    "-T|--tab": { risk: "caution", why: "makes the server write files" },
    "--log-error": { kind: "write", why: "writes a file" },
    "-F|--flush-logs|-x|--lock-all-tables|-l|--lock-tables|--flush-privileges|--apply-slave-statements": {
      arity: "flag",
      risk: "caution",
      why: "locks tables or flushes logs while it reads",
      safer: "--single-transaction",
    },
    "--delete-master-logs|--delete-source-logs": { arity: "flag", risk: "dangerous", why: "deletes the binary logs" },
    "--init-command|--plugin-dir|--default-auth": { risk: "unknown", why: "runs SQL or loads code first" },
  },
  operands: "data*",
  sensitive: (inv) => !inv.has("-d"),
  targets: operandTargets("database"),
  examples: {
    "mysqldump --no-data shop": "safe",
    "mysqldump --single-transaction shop orders": "caution",
    "mysqldump -d -r x.sql shop": "caution",
    "mysqldump -d --tab=/tmp shop": "caution",
    "mysqldump -d --log-error=x shop": "caution",
    "mysqldump -d --lock-all-tables shop": "caution",
    "mysqldump -A --delete-source-logs": "dangerous",
    "mysqldump -d --init-command='drop table t' shop": "unknown",
  },
  nearMisses: ["mysqldump shop > shop.sql", "mysqldump -dFr x shop"],
});

export const mysqlReaders = program({
  names:
    "mysqlshow|mariadb-show|mysqldumpslow|mariadb-dumpslow|pt-query-digest|pt-summary|pt-mysql-summary|pt-variable-advisor|pt-duplicate-key-checker|pt-show-grants|pt-diskstats|pt-slave-find|pt-replica-find|pt-fingerprint|pt-mext|pt-config-diff|pt-visual-explain|perror|mysql_config|my_print_defaults",
  source: `${source}; Percona Toolkit 3.6`,
  why: "prints facts about a server, its logs or its tables",
  values:
    "-h|--host -P|--port -S|--socket -u|--user --limit --order-by --group-by --since --until --type --report-format -t -s -g --iterations",
  optional: "-p|--password",
  flags: "--help",
  anyOption: true,
  operands: "data*",
  // pt-mext runs the command that its words are.
  inspect: (inv, ctx) => {
    if (inv.program === "pt-mext") ctx.scanArgv(inv.operands);
  },
  options: {
    "--plugin-dir|--default-auth|--defaults-file|--defaults-extra-file|--config|-F": {
      arity: "optional",
      risk: "unknown",
      why: "takes code or options from elsewhere",
    },
    "-#|--debug|--resume|--save-samples|--review|--history|--save-results|--output-dir|--log|--pid|--daemonize|--dest": {
      arity: "optional",
      risk: "caution",
      why: "writes files or tables",
    },
    "--filter|--ask-pass|--processlist|--tcpdump|--plugin|--execute|--create-review-table|--create-history-table": {
      arity: "optional",
      risk: "unknown",
      why: "runs code, or follows a server",
    },
  },
  sensitive: (inv) => inv.program === "pt-show-grants" || inv.program === "my_print_defaults",
  unbounded: (inv) => inv.program === "pt-diskstats" && !inv.has("--iterations") && !inv.has("--help"),
  examples: {
    "pt-query-digest --limit 5 slow.log": "safe",
    "mysqlshow -h db1 shop": "safe",
    "mysqldumpslow -s t slow.log": "safe",
    "pt-query-digest --review h=db1 slow.log": "caution",
    "pt-diskstats --iterations 3": "safe",
    "pt-diskstats": "caution",
    "pt-query-digest --filter='system(q(id))' slow.log": "unknown",
  },
  nearMisses: [
    "pt-show-grants",
    "pt-query-digest --processlist h=db1",
    "pt-query-digest $x slow.log",
    "pt-mext -r -- rm x",
    "mysqlshow --plugin-dir=/tmp",
    "pt-summary --save-samples d",
  ],
});

export const schemaChanges = program({
  names:
    "pt-online-schema-change|gh-ost|pt-table-sync|pt-archiver|pt-kill|pt-slave-restart|pt-replica-restart|pt-table-checksum|pt-heartbeat|pt-stalk|pt-deadlock-logger|pt-fk-error-logger",
  source: "Percona Toolkit 3.6; gh-ost 1.1",
  style: "long",
  risk: (inv) => {
    if (/^(pt-archiver|pt-kill|pt-table-sync)$/.test(inv.program))
      return inv.has("--dry-run") && !inv.has("--kill") ? "caution" : "dangerous";
    if (inv.has("--dry-run") && !inv.has("--execute")) return "caution";
    return inv.has("--alter") && /drop/i.test(inv.arg("--alter")?.text ?? "") ? "dangerous" : "caution";
  },
  why: "changes tables or ends queries, step by step",
  noInverse: "the old table is dropped when it is done",
  safer: "--dry-run without --execute",
  flags: "--dry-run --execute --kill --print -execute",
  values: "--alter -alter",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("table"),
  examples: {
    "pt-online-schema-change --dry-run --alter 'add column a int' D=shop,t=orders": "caution",
    "pt-online-schema-change --execute --alter 'drop column a' D=shop,t=orders": "dangerous",
    "pt-kill --busy-time 60 --kill": "dangerous",
  },
  nearMisses: ["gh-ost --execute --table=orders", "pt-archiver --source D=shop,t=orders --purge --where '1=1'"],
});

export const mysqlcheck = program({
  names:
    "mysqlcheck|mariadb-check|mysqlslap|mariadb-slap|mysqlimport|mariadb-import|mysql_upgrade|mariadb-upgrade|xtrabackup|mariabackup|mariadb-backup|innobackupex|mydumper",
  source,
  risk: (inv) => (inv.has("--copy-back") || inv.has("--move-back") || inv.has("-d") || inv.has("--delete") ? "dangerous" : "caution"),
  why: "checks, repairs, fills, loads or copies tables",
  noInverse: "the data stay the same, or a copy is made that is deleted by hand",
  flags: "--copy-back --move-back --delete",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("database"),
  examples: {
    "mysqlcheck -c shop": "caution",
    "xtrabackup --backup --target-dir=/b": "caution",
    "xtrabackup --copy-back --target-dir=/b": "dangerous",
  },
  nearMisses: ["mysqlimport shop orders.txt", "mysqlimport --delete shop orders.txt", "mysqlslap --concurrency=50"],
});

export const mysqlbinlog = program({
  names: "mysqlbinlog|mariadb-binlog",
  source,
  why: "prints the changes that a binary log holds",
  flags: `${mysqlConnection.flags} -v|--verbose -R|--read-from-remote-server -D|--disable-log-bin --verify-binlog-checksum -f|--force-read -H|--hexdump -s|--short-form -V|--version --help|-? --skip-gtids --idempotent --print-table-metadata`,
  values: `${mysqlConnection.values} -d|--database --start-datetime --stop-datetime -j|--start-position --stop-position --base64-output --include-gtids --exclude-gtids --server-id -o|--offset --set-charset --rewrite-db`,
  optional: mysqlConnection.optional,
  options: {
    ...mysqlConnection.options,
    "--stop-never": { arity: "flag", unbounded: true, why: "waits for more of the log" },
    "-r|--result-file": { kind: "write", why: "writes files" },
    "--raw": { arity: "flag", risk: "caution", why: "writes files" },
  },
  operands: "read*",
  examples: {
    "mysqlbinlog -vv --base64-output=decode-rows --start-datetime='2026-01-01 00:00:00' binlog.000012": "safe",
    "mysqlbinlog --stop-never -R binlog.000012": "caution",
    "mysqlbinlog -r x binlog.000012": "caution",
    "mysqlbinlog binlog.000012 | mysql": "dangerous",
  },
  nearMisses: ["mysqlbinlog --local-load=/tmp x", "mysqlbinlog --result-file=x binlog.000012"],
});

export const reports = program({
  names: "pgbadger|pgmetrics",
  source: "pgbadger(1) 12.4; pgmetrics 1.17",
  risk: (inv) => (inv.has("--version") || inv.has("--help") || inv.program === "pgmetrics" || inv.value("-o") === "-" ? "safe" : "caution"),
  why: "reads logs and writes a report",
  safer: "-o - prints the report",
  flags: "--version|-V --help|-h -q|--quiet",
  values: "-f|--format -b|--begin -e|--end -j|--jobs -t|--top -p|--prefix -d|--dbname -u|--dbuser",
  options: {
    "-o|--outfile|--outdir|-O": {
      kind: "write",
      check: (value) => (value.text === "-" ? undefined : { risk: "caution", why: "writes a report" }),
      why: "writes a report",
    },
  },
  operands: "read*",
  noInverse: "delete the report",
  examples: {
    "pgbadger --version": "safe",
    "pgbadger -q -o - postgresql.log": "safe",
    "pgbadger postgresql.log": "caution",
    "pgbadger -o x.html postgresql.log": "caution",
  },
  nearMisses: ["pgbadger --command 'sh x'", "pgbadger -I -O out postgresql.log"],
});
