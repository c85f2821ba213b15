// The mapping as a person types it, and back: one line of text per field, sources separated by a bar.
import type { WireAlertMap } from "@dd0c/protocol/http";

export interface MapField {
  readonly name: string;
  readonly meaning?: string;
  /** Few systems have it. */
  readonly rare?: true;
}

export const MAP_FIELDS: readonly MapField[] = [
  { name: "title", meaning: "What a person reads first. Needed, or alert_id." },
  { name: "alert_id", meaning: "The same for everything about one problem." },
  { name: "status", meaning: "resolved, closed, ok end it; acknowledged takes it; anything else begins it." },
  { name: "service" },
  { name: "severity", meaning: "P1, critical, warning and the like." },
  { name: "each", meaning: "Path to the alerts where one message has several." },
  { name: "labels", meaning: "Path to an object: its texts fill variables of the same name." },
  { name: "name", meaning: "The rule's name.", rare: true },
  { name: "description", rare: true },
  { name: "team", rare: true },
  { name: "region", rare: true },
  { name: "environment", rare: true },
  { name: "deployment", meaning: "What runs there now.", rare: true },
  { name: "deployed_at", rare: true },
  { name: "runbook_url", rare: true },
  { name: "occurred_at", meaning: "The sender's time: ISO 8601 or milliseconds.", rare: true },
];

/** Paths to where the alerts and their labels are, beside the fields of an alert. */
const roots: ReadonlySet<string> = new Set(["each", "labels"]);

/** What stands in the form: texts by name, `each` and `labels` among them. */
export type MapTexts = Readonly<Record<string, string>>;

const separator = " | ";

export const textsOf = (map: WireAlertMap | null): MapTexts => ({
  ...Object.fromEntries(Object.entries(map?.fields ?? {}).map(([name, sources]) => [name, sources.join(separator)])),
  each: map?.each ?? "",
  labels: map?.labels ?? "",
});

const orNull = (text: string | undefined): string | null => (text === undefined || text.trim() === "" ? null : text.trim());

/** Null: nothing is typed, so our own form is read. */
export function mapOf(texts: MapTexts): WireAlertMap | null {
  const fields = MAP_FIELDS.filter(({ name }) => !roots.has(name)).flatMap(({ name }): [string, string[]][] => {
    const sources = (texts[name] ?? "")
      .split("|")
      .map((source) => source.trim())
      .filter((source) => source !== "");
    return sources.length === 0 ? [] : [[name, sources]];
  });
  const [each, labels] = [orNull(texts["each"]), orNull(texts["labels"])];
  return fields.length === 0 && each === null && labels === null ? null : { each, fields: Object.fromEntries(fields), labels };
}
