// mysql and mariadb: SQL goes to the SQL scanner, options that load code or write are named, files and prompts are unknown.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, type OptionRule, program, type RuleContext } from "../../rule.ts";
import { judgeForgottenQuotes, judgeStatements, onlyInforms } from "./sql-input.ts";

function inspect(inv: Invocation, ctx: RuleContext): void {
  for (const text of inv.all("--init-command")) ctx.scanSql("mysql", text);
  const texts = inv.all("-e");
  if (texts.length === 0 && onlyInforms(inv, ["-V", "--help", "--print-defaults"])) return;
  judgeStatements(inv, ctx, "mysql", texts);
  judgeForgottenQuotes(inv, ctx, texts);
}

/** A file of options may hold an `init-command`; the usual places are believed, as the default file is. */
const optionFile: OptionRule = {
  check: (value: Arg): Finding | undefined =>
    value.shape === "literal" &&
    /^(\/etc|\/root|\/home\/[\w.-]+|\/var\/lib\/mysql|\/opt\/[\w.-]+)\/[\w./-]+$/.test(value.text) &&
    !value.text.includes("..")
      ? undefined
      : { risk: "unknown", why: "a file of options from an unusual place may hold statements or load code" },
};

/** Options that every client of MySQL has. */
export const mysqlConnection = {
  flags: "-C|--compress --enable-cleartext-plugin --get-server-public-key --skip-ssl --ssl --ssl-verify-server-cert -W|--pipe",
  values:
    "-h|--host -P|--port -S|--socket -u|--user --protocol --login-path --ssl-mode --ssl-ca --ssl-capath --ssl-cert --ssl-key --ssl-cipher --tls-version --connect-timeout --default-character-set --compression-algorithms --bind-address --max-allowed-packet --defaults-group-suffix",
  optional: "-p|--password|--password1 --no-defaults",
  options: { "--defaults-file|--defaults-extra-file": optionFile },
} as const;

export const mysql = program({
  names: "mysql|mariadb",
  source: "mysql(1), MySQL 8.4; mariadb(1), MariaDB 11; reference/command-safety.md 3.6",
  why: "asks a MySQL server",
  flags: `${mysqlConnection.flags} -B|--batch -H|--html -X|--xml -N|--skip-column-names|--column-names -s|--silent -r|--raw -t|--table -E|--vertical -v|--verbose -A|--no-auto-rehash|--skip-auto-rehash -U|--safe-updates|--i-am-a-dummy -f|--force -q|--quick -n|--unbuffered -w|--wait -b|--no-beep -c|--comments -m|--column-type-info --show-warnings -L|--skip-line-numbers -o|--one-database --reconnect --skip-reconnect -V|--version -i|--ignore-spaces --skip-pager --no-tee --print-defaults --binary-as-hex --skip-comments -I|--help|-? --auto-vertical-output --sigint-ignore`,
  values: `${mysqlConnection.values} -D|--database --prompt --select-limit --max-join-size --character-sets-dir --net-buffer-length`,
  optional: mysqlConnection.optional,
  options: {
    ...mysqlConnection.options,
    "-e|--execute": { kind: "code", risk: "safe" },
    "--init-command": { kind: "code", risk: "safe" },
    "--pager": { arity: "optional", risk: "dangerous", why: "feeds the results to a command of the shell" },
    "--tee": { kind: "write", why: "writes what it shows to a file" },
    "--plugin-dir|--default-auth|--load-data-local-dir": { risk: "unknown", why: "loads code, or lets the server read local files" },
    "--local-infile|-G|--named-commands|--binary-mode": { arity: "optional", risk: "unknown", why: "changes what its input can do" },
    "--delimiter": { risk: "unknown", why: "changes where statements end" },
  },
  operands: "data*",
  inspect,
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "what undoes a statement depends on the rows it changed; SELECT them before",
  examples: {
    "mysql -h db1 -uro -psecret -Nse 'show global status' shop": "safe",
    "mysql --defaults-file=/etc/mysql/debian.cnf -e 'SHOW FULL PROCESSLIST\\G'": "safe",
    "mariadb <<< 'select version()'": "safe",
    "mysql -e 'insert into t values (1)'": "caution",
    "mysql --tee=out.txt -e 'select 1'": "caution",
    "mysql shop -e 'drop table orders'": "dangerous",
    "mysql --pager='sh' -e 'select 1'": "dangerous",
    "mysql shop < dump.sql": "dangerous",
    "mysql shop": "unknown",
    "mysql --defaults-file=/tmp/x.cnf -e 'select 1'": "unknown",
    "mysql --delimiter=x -e 'select 1'": "unknown",
    "mysql --plugin-dir=/tmp -e 'select 1'": "unknown",
    "mysql --local-infile=1 -e 'select 1'": "unknown",
    "mysql --init-command='set names utf8' -e 'select 1'": "safe",
  },
  nearMisses: [
    "mysql",
    "mysql -e 'select 1 into outfile \"/tmp/x\"'",
    "mysql -e 'source x.sql'",
    "mysql --init-command='drop table t' -e 'select 1'",
    "mysql -e 'select 1\\! id'",
    'mysql -e "select $x"',
    "mysql -Ge 'system id'",
    "zcat dump.sql.gz | mysql shop",
  ],
});
