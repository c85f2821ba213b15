// How a tenant's own JSON becomes an alert: for each of our fields a list of sources, of which the first that gives a text counts.
// A source is a JSONPath (`$.a.b`), a JSON Pointer (`/a/b`) or a literal (`=production`). No code.
import { isPath } from "./json-path.ts";

export const mappedFields = [
  "alert_id",
  "status",
  "title",
  "description",
  "service",
  "team",
  "severity",
  "region",
  "environment",
  "deployment",
  "deployed_at",
  "runbook_url",
  "occurred_at",
  "name",
] as const;
export type MappedField = (typeof mappedFields)[number];

export interface AlertMap {
  /** Path to the alerts where one delivery has several; null: the delivery is one. Field paths then start at the entry, `$$` at the delivery. */
  readonly each: string | null;
  readonly fields: Readonly<Partial<Record<MappedField, readonly string[]>>>;
  /** Path to an object whose texts become labels; they fill variables of the same name. */
  readonly labels: string | null;
}

const maxSources = 10;
const maxLiteral = 500;

const isSource = (source: string): boolean =>
  source.startsWith("=") ? source.length <= maxLiteral : isPath(source.startsWith("$$") ? source.slice(1) : source);

function sourceProblems(sources: readonly string[]): readonly string[] {
  const wrong = sources.find((source) => !isSource(source));
  if (wrong !== undefined) return [`\`${wrong.slice(0, 60)}\` is no source: write a path ($.a.b or /a/b) or a literal (=text).`];
  return sources.length > maxSources ? [`There are more than ${maxSources} sources.`] : [];
}

/** What is wrong with a map, field by field; empty for one that can be used. */
export function mapProblems(map: AlertMap): readonly { readonly field: string; readonly problem: string }[] {
  const entries = Object.entries(map.fields);
  const roots = [["each", map.each] as const, ["labels", map.labels] as const].flatMap(([field, path]) =>
    path === null || isSource(path) ? [] : [{ field, problem: "This is no path: write $.a.b or /a/b." }],
  );
  const sources = entries.flatMap(([field, list]) => sourceProblems(list).map((problem) => ({ field, problem })));
  const named = (map.fields.title?.length ?? 0) + (map.fields.alert_id?.length ?? 0) > 0;
  return [...roots, ...sources, ...(named ? [] : [{ field: "title", problem: "A map needs a source for title or alert_id." }])];
}
