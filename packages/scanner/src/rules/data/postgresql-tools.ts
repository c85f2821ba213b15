// The programs that come with PostgreSQL, apart from psql and from those that work on a data directory.
import { operandTargets, program } from "../../rule.ts";
import { checkConnections } from "./pg-connection.ts";

const source = "PostgreSQL 17 documentation, client applications";
const connection = {
  flags: "-w|--no-password -W|--password -e|--echo -q|--quiet -v|--verbose --version|-V --help|-?",
  values: "-h|--host -p|--port -U|--username --maintenance-db",
} as const;

export const pgDump = program({
  names: "pg_dump|pg_dumpall",
  source,
  why: "reads a database and prints it as SQL",
  safer: "--schema-only leaves the data out",
  flags: `${connection.flags} -a|--data-only -b|--blobs|--large-objects -B|--no-blobs -c|--clean -C|--create -O|--no-owner -s|--schema-only -x|--no-privileges|--no-acl --binary-upgrade --column-inserts|--attribute-inserts --disable-dollar-quoting --disable-triggers --enable-row-security --if-exists --inserts --load-via-partition-root --no-comments --no-publications --no-security-labels --no-subscriptions --no-sync --no-table-access-method --no-tablespaces --no-toast-compression --no-unlogged-table-data --on-conflict-do-nothing --quote-all-identifiers --serializable-deferrable --strict-names --use-set-session-authorization -g|--globals-only -r|--roles-only --tablespaces-only`,
  values: `${connection.values} -d|--dbname -E|--encoding -n|--schema -N|--exclude-schema -t|--table -T|--exclude-table --exclude-table-data --exclude-database --extension -S|--superuser --extra-float-digits --include-foreign-data --lock-wait-timeout --role --rows-per-insert --section --snapshot -F|--format -j|--jobs -Z|--compress -l|--database`,
  options: { "-f|--file": { kind: "write", why: "writes a dump", safer: "leave -f out; the dump goes to standard output" } },
  operands: "data?",
  inspect: checkConnections,
  sensitive: (inv) => !inv.has("-s") || inv.program === "pg_dumpall",
  examples: {
    "pg_dump -s shop": "safe",
    "pg_dump --schema-only -t orders -h db1 shop": "safe",
    "pg_dump shop": "caution",
    "pg_dumpall --roles-only": "caution",
    "pg_dump -Fc -f shop.dump shop": "caution",
    "pg_dump -s shop > shop.sql": "caution",
  },
  nearMisses: ["pg_dump shop > shop.sql", "pg_dump --filter=x shop"],
});

export const pgRestore = program({
  names: "pg_restore",
  source,
  risk: (inv) => {
    if (inv.has("-l") || inv.has("--version")) return "safe";
    if (inv.has("-c") || inv.has("-C")) return "dangerous";
    return inv.has("-d") ? "caution" : "safe";
  },
  why: "reads a dump; with -d it runs it against a database",
  safer: "pg_restore -l lists what a dump holds",
  flags:
    "-l|--list -a|--data-only -c|--clean -C|--create -e|--exit-on-error -O|--no-owner -s|--schema-only -x|--no-privileges|--no-acl -1|--single-transaction --disable-triggers --enable-row-security --if-exists --no-comments --no-data-for-failed-tables --no-publications --no-security-labels --no-subscriptions --no-tablespaces --strict-names --use-set-session-authorization -v|--verbose --version|-V --help|-? -w|--no-password -W|--password",
  values:
    "-d|--dbname -h|--host -p|--port -U|--username -F|--format -I|--index -j|--jobs -n|--schema -N|--exclude-schema -P|--function -S|--superuser -t|--table -T|--trigger --role --section",
  options: {
    "-f|--file": {
      kind: "write",
      check: (value) => (value.text === "-" ? undefined : { risk: "caution", why: "writes a file" }),
      why: "writes a file",
    },
    "-L|--use-list": { kind: "read", why: "reads which parts to take" },
  },
  operands: "read?",
  targets: (inv) => [{ kind: "database", name: inv.arg("-d")?.text ?? "database of the dump" }],
  noInverse: "what the dump adds cannot be told from what was there; take a dump before",
  examples: {
    "pg_restore -l shop.dump": "safe",
    "pg_restore -f - shop.dump": "safe",
    "pg_restore -d shop shop.dump": "caution",
    "pg_restore -f out.sql shop.dump": "caution",
    "pg_restore --clean -d shop shop.dump": "dangerous",
    "pg_restore -L parts shop.dump": "safe",
  },
  nearMisses: ["pg_restore -cd shop shop.dump", "pg_restore -C -d postgres shop.dump"],
});

export const pgIsready = program({
  names: "pg_isready",
  source,
  why: "asks whether a server takes connections",
  flags: "-q|--quiet -V|--version -?|--help",
  values: "-d|--dbname -h|--host -p|--port -t|--timeout -U|--username",
  answers: [1, 2],
  inspect: checkConnections,
  examples: { "pg_isready -h db1 -p 5432 -t 3": "safe" },
  nearMisses: ["pg_isready -o x", "pg_isready -d 'sslkey=pkcs11:x'"],
});

export const pgConfig = program({
  names: "pg_config|pg_controldata|pg_lsclusters|pg_waldump|pg_xlogdump|pg_verifybackup",
  source: `${source}; pg_lsclusters(1) of Debian`,
  why: "prints facts about an installation, a data directory or its write-ahead log",
  anyOption: true,
  operands: "data*",
  options: {
    "-f|--follow": { arity: "flag", unbounded: true, why: "waits for more of the log" },
    "--save-fullpage": { kind: "write", why: "writes pages to files" },
  },
  examples: {
    "pg_controldata /var/lib/postgresql/16/main": "safe",
    pg_lsclusters: "safe",
    "pg_waldump -n 5 000000010000000000000001": "safe",
    "pg_waldump -f 000000010000000000000001": "caution",
    "pg_waldump --save-fullpage=x 000000010000000000000001": "caution",
  },
  nearMisses: ["pg_waldump $x", "pg_waldump --fol 1"],
});

export const pgActivity = program({
  names: "pg_activity|pgtop|pg_top|pgcenter|innotop|mytop|mycli",
  source: "pg_activity(1) 3.5; innotop(1)",
  risk: "caution",
  why: "opens a screen in which sessions can be ended",
  noInverse: "it only changes something when a key is pressed",
  safer: "psql -c 'select * from pg_stat_activity'",
  anyOption: true,
  operands: "data*",
  unbounded: true,
  examples: { "pg_activity -h db1": "caution" },
  nearMisses: ["pg_activity"],
});

export const createObjects = program({
  names: "createdb|createuser",
  source,
  risk: (inv) => (inv.program === "createuser" ? "dangerous" : "caution"),
  why: "makes a database or a role",
  flags: `${connection.flags} -d|--createdb -D|--no-createdb -i|--inherit -I|--no-inherit -l|--login -L|--no-login -P|--pwprompt -r|--createrole -R|--no-createrole -s|--superuser -S|--no-superuser --interactive --replication --no-replication`,
  values: `${connection.values} -E|--encoding -O|--owner -T|--template --locale --lc-collate --lc-ctype --strategy -c|--connection-limit -g|--role`,
  operands: "name*",
  targets: operandTargets("role"),
  inverse: (inv) => {
    const name = inv.operand(0);
    return inv.program === "createdb" && name !== undefined && /^\w+$/.test(name)
      ? { kind: "command", command: `dropdb ${name}` }
      : undefined;
  },
  examples: { "createdb shop": "caution", "createuser -s bob": "dangerous" },
  nearMisses: ["createdb -T shop copy"],
});

export const dropObjects = program({
  names: "dropdb|dropuser",
  source,
  risk: "dangerous",
  why: "drops a database or a role; there is no way back",
  flags: `${connection.flags} -f|--force -i|--interactive --if-exists`,
  values: connection.values,
  operands: "name*",
  targets: operandTargets("database"),
  examples: { "dropdb --if-exists shop": "dangerous", "dropuser bob": "dangerous" },
  nearMisses: ["dropdb -i shop"],
});

export const maintainTables = program({
  names: "vacuumdb|reindexdb|clusterdb|pg_repack|pg_amcheck",
  source: `${source}; pg_repack 1.5`,
  risk: "caution",
  why: "rewrites, checks or analyses tables and loads the server",
  noInverse: "the data stay the same",
  anyOption: true,
  operands: "name*",
  examples: { "vacuumdb -z shop": "caution", "reindexdb --table orders shop": "caution" },
  nearMisses: ["vacuumdb --all --full", "pg_repack -t orders shop"],
});

export const pgbench = program({
  names: "pgbench",
  source,
  risk: (inv) => (inv.has("-i") ? "dangerous" : "caution"),
  why: "loads a server with transactions; -i drops and fills its tables",
  noInverse: "its own tables stay behind",
  flags: "-i|--initialize -S|--select-only -n|--no-vacuum -v|--vacuum-all -N|--skip-some-updates -C|--connect -r|--report-per-command",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("database"),
  examples: { "pgbench -S -c 5 -T 30 shop": "caution", "pgbench -i shop": "dangerous" },
  nearMisses: ["pgbench --select-only shop"],
});

export const pgBasebackup = program({
  names: "pg_basebackup|pg_receivewal|pg_recvlogical|pg_combinebackup",
  source,
  risk: "caution",
  why: "copies a server or its log to files",
  noInverse: "delete the copy by hand",
  anyOption: true,
  operands: "name*",
  examples: { "pg_basebackup -D /backup/base -X stream": "caution", "pg_receivewal -D /wal": "caution" },
  nearMisses: ["pg_basebackup -h db1 -D ."],
});
