// Command text -> whether it may hold SQL, so that an app can load the SQL parser before it scans. Over-inclusive, cheap, pure.

/** Programs whose statements go to PostgreSQL's own parser; the other dialects need none. */
const clients: readonly string[] = ["psql", "pgcli", "cockroach"];
const words: readonly string[] = [
  "select",
  "insert",
  "update",
  "delete",
  "create",
  "alter",
  "drop",
  "truncate",
  "explain",
  "vacuum",
  "analyze",
  "grant",
  "revoke",
  "show",
  "with",
  "begin",
  "copy",
];

/** True when scanning `text` may need the SQL parser. False only when no rule can reach it. */
export function needsSql(text: string): boolean {
  const lower = text.toLowerCase();
  // Quotes and backslashes may split a name (`ps""ql`), so they are taken out first.
  const joined = lower.includes('"') || lower.includes("'") || lower.includes("\\") ? lower.replaceAll(/["'\\]/g, "") : lower;
  if (clients.some((client) => joined.includes(client))) return true;
  // Names built by ANSI-C escapes or variables cannot be seen here; with a statement's word in it the text may still be SQL.
  return (lower.includes("$") || lower.includes("{")) && words.some((word) => lower.includes(word));
}
