// The interactive programs that runbooks open, and which of their options or operands make one command of them instead.
// Read by shell-openers.ts; words behind the program's name go in, `repl` comes out where somebody would type on.

import type { CommandContext } from "../types.ts";

type Repl = (words: readonly string[]) => Exclude<CommandContext, "local"> | null;

/** @param options - make it one command; `operands`: at most so many words that are neither options nor their values */
function repl(options: RegExp, operands = Number.POSITIVE_INFINITY, values = /(?!)/): Repl {
  return (words) => {
    if (words.some((word) => options.test(word))) return null;
    const own = words.filter((word, index) => !word.startsWith("-") && !values.test(words[index - 1] ?? ""));
    return own.length <= operands ? "repl" : null;
  };
}

const sql = repl(/^-[a-zA-Z]*[cflV]$|^-c|^--(?:command|file|list|version)|\.sql$/);
const mysql = repl(/^-e|^-[BNsrtv]+e$|^-V$|^--(?:execute|version|help)/, Number.POSITIVE_INFINITY);
const redis = repl(
  /^--(?:bigkeys|memkeys|hotkeys|latency\S*|stat|scan|monitor|cluster|rdb|pipe|eval|intrinsic-latency|lru-test|version|help)|^-x$/,
  0,
  /^(?:-[hpansuric]|--(?:user|pass|askpass|cacert|cert|key|sni))$/,
);
const mongo = repl(/^--(?:eval|file|version|help)|^-f$|\.js$/);
const code = repl(/^-[a-zA-Z]*[cmeEpVv]$|^--(?:version|eval|print|help)/, 0, /^-[rI]$/);
const bare = repl(/^--(?:version|help)|^-[cefqQV]$/);
const alone: Repl = (words) => (words.length === 0 ? "repl" : null);
/** Only behind one of these words is it interactive. */
const behind =
  (words: RegExp, ends = true): Repl =>
  (own) => {
    const at = own.findIndex((word) => words.test(word));
    return at !== -1 &&
      (!ends || own.slice(at + 1).every((word) => /^-(?!e$|c$|-execute|-command)|^(?:production|staging|development|test)$/.test(word)))
      ? "repl"
      : null;
  };

const django = behind(/^(?:shell|shell_plus|dbshell)$/);
/** `python manage.py shell` is the console of the program that it starts. */
const python: Repl = (words) => (/(?:^|\/)manage\.py$/.test(words[0] ?? "") ? django(words.slice(1)) : code(words));
const rails = behind(/^(?:console|c|dbconsole|db|sandbox)$/);

export const REPLS: ReadonlyMap<string, Repl> = new Map<string, Repl>([
  ...["psql", "gitlab-psql", "pgcli"].map((name) => [name, sql] as const),
  ...["mysql", "mariadb", "mycli"].map((name) => [name, mysql] as const),
  ...["redis-cli", "valkey-cli", "keydb-cli"].map((name) => [name, redis] as const),
  ...["mongo", "mongosh"].map((name) => [name, mongo] as const),
  ...["python", "python3", "python2"].map((name) => [name, python] as const),
  ...["ipython", "node", "irb", "pry", "ghci", "iex", "erl", "jshell", "bc"].map((name) => [name, code] as const),
  ["sqlite3", repl(/^--?(?:version|help|init|cmd)|^-[a-zA-Z]*c$/, 1)],
  ["cqlsh", repl(/^-[ef]$|^--(?:execute|file|version)/)],
  ["clickhouse-client", repl(/^-q$|^--(?:query|queries-file|version)/)],
  ["sqlplus", repl(/^@|^-V$/)],
  ["sqlcmd", repl(/^-[QqiL]/)],
  ["cockroach", (words) => (words[0] === "sql" ? repl(/^-e$|^--(?:execute|file)/)(words.slice(1)) : null)],
  ["bconsole", repl(/^-c$/)],
  ["influx", repl(/^-(?:execute|version)|^(?:query|write|backup|restore|bucket|ping|version)$/)],
  ["zkCli.sh", repl(/^-(?!server$|r$|timeout$)\w/, 0, /^-(?:server|timeout)$/)],
  ["cypher-shell", bare],
  ["beeline", bare],
  ["trino", repl(/^--(?:execute|file|version)/)],
  ["vtysh", bare],
  ["sftp", repl(/^-b$/)],
  ["ftp", bare],
  ["lftp", repl(/^-[cef]$/)],
  ["fdisk", repl(/^-[lsvV]$|^--(?:list|version)/, 1)],
  ["gdb", repl(/^-{1,2}(?:batch|ex|version)/)],
  ["php", behind(/^(?:-a|tinker)$/)],
  ["virsh", alone],
  ["openssl", alone],
  ["nslookup", alone],
  ["nsupdate", repl(/^[^-]/)],
  ["hbase", behind(/^shell$/)],
  ["rails", rails],
  ["gitlab-rails", rails],
  ["django-admin", django],
  ["manage.py", django],
  ["flask", behind(/^shell$/)],
  ["artisan", behind(/^tinker$/)],
  ["bq", behind(/^shell$/)],
]);
