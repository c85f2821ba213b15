// Migration files go in, what is wrong with them comes out. Only what adds is accepted, by list: a statement that is not on it fails, so that
// nothing is dropped, renamed or given another type by a form nobody thought of. Replacing a column means adding `name_v2` beside it.
import { type Statement, splitStatements } from "./split-statements.ts";

export type MigrationFile = { readonly name: string; readonly sql: string };

const accepted: readonly RegExp[] = [
  /^create (or replace )?function /,
  /^create table /,
  /^create (unique )?index /,
  /^create (constraint )?trigger /,
  /^create policy /,
  /^create (sequence|type|view|schema if not exists) /,
  /^grant /,
  /^revoke all on function .* from public$/,
  /^comment on /,
  /^insert into /,
  /^set local role dd0c_(owner|auth|jobs)$/,
];

const acceptedActions: readonly RegExp[] = [
  /^add column /,
  /^add constraint /,
  /^enable row level security$/,
  /^force row level security$/,
];

/** Inside functions, where the statement list does not reach. (`OR TRUNCATE` is the event of a trigger.) */
const refusedInBodies = /\b(drop|rename)\b|(?<!\bor\s+)\btruncate\b|\balter\s+column\b|\bset\s+data\s+type\b|\bdisable\b/i;

/** One line per fault, each beginning with the file's name; empty when all is well. Roles and schemas of bootstrap.sql are not migrations. */
export function migrationProblems(files: readonly MigrationFile[]): string[] {
  return files.flatMap((file) => {
    const statements = splitStatements(file.sql);
    const faults = [...sunsetFaults(file.sql, statements), ...statements.flatMap(statementFaults)];
    return faults.map((fault) => `${file.name}: ${fault}`);
  });
}

/** Files of the previous release that are missing now or not byte for byte the same. */
export function editedMigrations(previous: readonly MigrationFile[], now: readonly MigrationFile[]): string[] {
  const current = new Map(now.map((file) => [file.name, file.sql]));
  return previous
    .filter((file) => current.get(file.name) !== file.sql)
    .map((file) => `${file.name}: ${current.has(file.name) ? "was changed" : "was removed"} after it had been released`);
}

/** The one way out of the audit log: refuses what is in no archive (docs/audit.md). */
const takesAwayOnPurpose = /^create function run\.drop_archived_month\(/;

function statementFaults(statement: Statement): string[] {
  const shown = statement.text.slice(0, 80);
  if (!takesAwayOnPurpose.test(statement.text) && statement.bodies.some((body) => refusedInBodies.test(body)))
    return [`a function body that takes something away: ${shown}`];
  if (statement.text.startsWith("alter table ")) return alterFaults(statement.text);
  return accepted.some((shape) => shape.test(statement.text)) ? [] : [`not an additive statement: ${shown}`];
}

function alterFaults(text: string): string[] {
  const actions = splitActions(text.replace(/^alter table (if exists )?(only )?\S+ /, ""));
  return actions.flatMap((action) => {
    if (!acceptedActions.some((shape) => shape.test(action))) return [`not an additive change of a table: ${action.slice(0, 80)}`];
    const required = /^add column .* not null\b/.test(action) && !/\bdefault\b|\bgenerated\b/.test(action);
    return required ? [`a required column without a default, which the previous release would not fill: ${action.slice(0, 80)}`] : [];
  });
}

/** At commas outside parentheses. */
function splitActions(text: string): string[] {
  const actions: string[] = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0) actions.push("");
    else actions[actions.length - 1] += letter;
  }
  return actions.map((action) => action.trim());
}

const dayMs = 86_400_000;
const longestSunsetDays = 30;

/** `-- sunset_date: none (why)`, or a date at most 30 days after `-- written_date:`; a `_v2` needs the date until which both are written. */
function sunsetFaults(sql: string, statements: readonly Statement[]): string[] {
  const sunset = /^-- sunset_date: (none \(.+\)|\d{4}-\d{2}-\d{2})$/m.exec(sql)?.[1];
  if (sunset === undefined) return ["has no `-- sunset_date:` comment (a date, or none with the reason)"];
  const replaces = statements.some(({ text }) => /_v\d+\b/.test(text));
  if (sunset.startsWith("none")) return replaces ? ["adds a new version of something and names no sunset date"] : [];
  const written = /^-- written_date: (\d{4}-\d{2}-\d{2})$/m.exec(sql)?.[1];
  if (written === undefined) return ["has a sunset date and no `-- written_date:`"];
  const days = (Date.parse(sunset) - Date.parse(written)) / dayMs;
  return days >= 0 && days <= longestSunsetDays ? [] : ["its sunset date is not within 30 days of its written date"];
}
