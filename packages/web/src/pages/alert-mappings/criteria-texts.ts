// What an alert must say, as a person types it, and back. Labels are lines "name=value".
import type { WireAlertMapping } from "@dd0c/protocol/http";

type Criteria = WireAlertMapping["criteria"];

interface CriteriaField {
  readonly name: "name" | "title" | "service" | "team" | "source";
  readonly label: string;
  readonly hint?: string;
  /** Stands behind "More". */
  readonly rare?: true;
}

export const CRITERIA_FIELDS: readonly CriteriaField[] = [
  { name: "name", label: "Name of the rule", hint: "As in HighErrorRate. PagerDuty has none." },
  { name: "title", label: "Title", hint: "* stands for any text, as in *replication lag*." },
  { name: "service", label: "Service" },
  { name: "team", label: "Team", rare: true },
  { name: "source", label: "Source", hint: "pagerduty, opsgenie, alertmanager, grafana, or what the alert says.", rare: true },
];

export type CriteriaTexts = Readonly<Record<CriteriaField["name"] | "labels", string>>;

export const noTexts: CriteriaTexts = { name: "", title: "", service: "", team: "", source: "", labels: "" };

/** Pairs of name and value, labels last. */
export const criteriaLines = ({ labels, ...fields }: Criteria): readonly (readonly [string, string])[] => [
  ...Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  ...Object.entries(labels ?? {}).map(([name, value]) => [`label ${name}`, value] as const),
];

/** A line without "=" is no label; null says so. */
export function readLabels(text: string): Readonly<Record<string, string>> | null {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const pairs = lines.map((line) => {
    const at = line.indexOf("=");
    return at < 1 ? null : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const);
  });
  return pairs.includes(null) ? null : Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [pair])));
}

/** Null: a line of the labels cannot be read. */
export function criteriaOf(texts: CriteriaTexts): Criteria | null {
  const labels = readLabels(texts.labels);
  if (labels === null) return null;
  const fields = CRITERIA_FIELDS.flatMap(({ name }) => (texts[name].trim() === "" ? [] : [[name, texts[name].trim()] as const]));
  return { ...Object.fromEntries(fields), ...(Object.keys(labels).length === 0 ? {} : { labels }) };
}

/** Why it cannot be sent; null where it can. */
export function criteriaRefusal(texts: CriteriaTexts): string | null {
  const criteria = criteriaOf(texts);
  if (criteria === null) return "Write each label as name=value, one per line.";
  return criteriaLines(criteria).length === 0 ? "Say first what an alert must have." : null;
}
