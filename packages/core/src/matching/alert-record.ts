// One alert as a line of JSON, with the fields of any of the four senders, goes in; facts come out. Every field may be missing or of the wrong type.
// The shape is the one that `dd0c match` reads; what webhooks send is taken apart in the server and meets here as facts.
import { readFiringText } from "./firing-text.ts";
import type { AlertFacts } from "./types.ts";

type Fields = Readonly<Record<string, string>>;

const maxFields = 200;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Strings and numbers of an object, as strings. */
function fieldsOf(value: unknown): Fields {
  if (!isObject(value)) return {};
  const pairs = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, maxFields);
  return Object.fromEntries(
    pairs.flatMap(([key, field]) => (typeof field === "string" || typeof field === "number" ? [[key, `${field}`]] : [])),
  );
}

const own = (fields: Fields, ...names: readonly string[]): string | null => {
  const name = names.find((each) => Object.hasOwn(fields, each) && fields[each] !== "");
  return name === undefined ? null : (fields[name] ?? null);
};

const textOf = (record: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = Object.hasOwn(record, name) ? record[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
};

/** Values of tags written as `key:value`. */
function tagFields(tags: readonly string[]): Fields {
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const at = tag.indexOf(":");
      return at > 0 ? [[tag.slice(0, at), tag.slice(at + 1)]] : [];
    }),
  );
}

const tagsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((tag) => typeof tag === "string").slice(0, maxFields) : [];

/** Labels and annotations from wherever a sender writes them: fields of their own, PagerDuty's details, tags. */
function labelled(
  record: Readonly<Record<string, unknown>>,
  tags: readonly string[],
): { readonly labels: Fields; readonly annotations: Fields } {
  const { firing: written, ...details } = fieldsOf(record["details"]);
  const firing = readFiringText(written ?? "");
  return {
    labels: { ...tagFields(tags), ...details, ...firing.labels, ...fieldsOf(record["labels"]) },
    annotations: { ...firing.annotations, ...fieldsOf(record["annotations"]) },
  };
}

/** @param value - a parsed line; what is not of the expected type counts as missing */
export function alertFromRecord(value: unknown): AlertFacts {
  const record = isObject(value) ? value : {};
  const tags = tagsOf(record["tags"]);
  const { labels, annotations } = labelled(record, tags);
  return {
    source: textOf(record, "source") ?? "generic",
    name: own(labels, "alertname"),
    title: textOf(record, "title") ?? own(annotations, "summary"),
    description: textOf(record, "description") ?? own(annotations, "description", "message"),
    service: textOf(record, "service") ?? own(labels, "service", "app"),
    team: own(labels, "team"),
    severity: textOf(record, "priority") ?? own(labels, "severity"),
    urgency: textOf(record, "urgency"),
    labels,
    annotations,
    tags,
    runbookUrl: textOf(record, "runbook_url") ?? own(annotations, "runbook_url", "runbook") ?? own(labels, "runbook_url"),
    links: [],
  };
}
