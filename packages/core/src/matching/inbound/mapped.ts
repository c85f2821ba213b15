// A tenant's own JSON and its map go in, alerts come out: the map gathers our native form, which native.ts reads.
import { type AlertMap, mappedFields } from "./alert-map.ts";
import { maxAlertsPerDelivery, type Normalised } from "./inbound-alert.ts";
import { valuesAt } from "./json-path.ts";
import { readNativeAlert } from "./native.ts";
import { asLongText, asTextMap, type JsonObject } from "./read-json.ts";

const sourceValues = (entry: unknown, whole: unknown, source: string): readonly unknown[] => {
  if (source.startsWith("=")) return [source.slice(1)];
  return source.startsWith("$$") ? valuesAt(whole, source.slice(1)) : valuesAt(entry, source);
};

/** Times may be numbers, everything else is text. */
const usable = (value: unknown): boolean => asLongText(value) !== null;

function gather(entry: unknown, whole: unknown, map: AlertMap): JsonObject {
  const fields = mappedFields.flatMap((field): [string, unknown][] => {
    const value = (map.fields[field] ?? []).flatMap((source) => sourceValues(entry, whole, source)).find(usable);
    return value === undefined ? [] : [[field, value]];
  });
  const [labels] = map.labels === null ? [] : sourceValues(entry, whole, map.labels);
  return { ...Object.fromEntries(fields), labels: asTextMap(labels) };
}

export function readMapped(body: unknown, map: AlertMap): Normalised {
  const entries =
    map.each === null ? [body] : valuesAt(body, map.each).flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]));
  const alerts = entries
    .slice(0, maxAlertsPerDelivery)
    .map((entry) => readNativeAlert(gather(entry, body, map), "generic"))
    .filter((alert) => alert !== undefined);
  return { alerts, problem: alerts.length > 0 ? null : whyNone(entries), truncated: Math.max(0, entries.length - maxAlertsPerDelivery) };
}

const whyNone = (entries: readonly unknown[]): string =>
  entries.length === 0
    ? "The path in `each` finds nothing in this body."
    : "The mapping found neither `title` nor `alert_id` in this body.";
