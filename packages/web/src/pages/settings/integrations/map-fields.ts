// The mapping as a person types it, and back: one line of text per field, sources separated by a bar.
import type { WireAlertMap } from "@dd0c/protocol/http";

export const MAP_FIELDS = [
  ["title", "What a person reads first. Needed, or alert_id."],
  ["alert_id", "The same for everything about one problem."],
  ["status", "resolved, closed, ok end it; acknowledged takes it; anything else begins it."],
  ["name", "The rule's name."],
  ["description", ""],
  ["service", ""],
  ["severity", "P1, critical, warning and the like."],
  ["team", ""],
  ["region", ""],
  ["environment", ""],
  ["deployment", "What runs there now."],
  ["deployed_at", ""],
  ["runbook_url", ""],
  ["occurred_at", "The sender's time: ISO 8601 or milliseconds."],
] as const;

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
  const fields = MAP_FIELDS.flatMap(([name]): [string, string[]][] => {
    const sources = (texts[name] ?? "")
      .split("|")
      .map((source) => source.trim())
      .filter((source) => source !== "");
    return sources.length === 0 ? [] : [[name, sources]];
  });
  const [each, labels] = [orNull(texts["each"]), orNull(texts["labels"])];
  return fields.length === 0 && each === null && labels === null ? null : { each, fields: Object.fromEntries(fields), labels };
}
