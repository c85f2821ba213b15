// psql -c 'DELETE ...' -> psql -c 'SELECT count(*) ...', over the same connection. One statement only: a second one may move to another schema.
import { countPostgresql } from "./postgresql-count.ts";
import { keptWords, optionTable, readOptions } from "./read-options.ts";
import type { Draft } from "./types.ts";

const table = optionTable({
  keep: "-h|--host -p|--port -U|--username -d|--dbname",
  keepFlags: "-w|--no-password -W|--password -X|--no-psqlrc",
  drop: "-c|--command -v|--set|--variable",
  dropFlags:
    "-A|--no-align -t|--tuples-only -x|--expanded -q|--quiet -1|--single-transaction -e|--echo-queries -E|--echo-hidden -b|--echo-errors -a|--echo-all",
});

export function psqlTwin([program = "psql", ...args]: readonly string[]): Draft | undefined {
  const read = readOptions(args, table, "gnu");
  if (read === undefined || read.operands.length > 2) return undefined;
  const [sql, ...more] = read.options.filter(({ name }) => name === "-c").map(({ value }) => value ?? "");
  const variables = read.options.filter(({ name }) => name === "-v");
  // ON_ERROR_STOP is for scripts; any other variable may change what psql does.
  if (sql === undefined || more.length > 0 || !variables.every(({ value }) => /^ON_ERROR_STOP=\w+$/.test(value ?? ""))) return undefined;
  const count = countPostgresql(sql);
  if (count === undefined) return undefined;
  const argv = [program, ...keptWords(read), "-A", "-t", "-q", "-c", count.sql, ...read.operands];
  return { commands: [argv], reading: { kind: "rows", table: count.table } };
}
