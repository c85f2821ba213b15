// What an alert says, taken apart by how much it tells: its rule's name, its title, its prose, the values of its labels.
// Wrappings of the senders ("[FIRING:1]", "(instance db-1:9104)") and the names of machines are left out: they say where, not what.
import type { AlertFacts } from "./types.ts";

export interface AlertText {
  /** The rule's name, or the title where the source knows no other. */
  readonly name: string;
  readonly title: string;
  readonly prose: string;
  /** Values of labels and tags that may name a system: job, integration, service. */
  readonly labels: string;
}

const maxTitle = 500;
const maxProse = 4_000;
/** Labels that say which machine, tenant or colour; none of them says what is wrong. */
const PLACES =
  /^(?:alertname|severity|priority|instance|pod|node|host(?:name)?|fqdn|ip|container_id|uid|replica|prometheus|endpoint|cluster|region|zone|env(?:ironment)?|stage|tier|grafana_folder|base_url|url|team|id|shard|device|mountpoint|persistentvolume\w*|__.*)$/i;
const PROSE = ["summary", "description", "message", "title"] as const;

/** CloudWatch (`ALARM: "name" in EU (Ireland)`) and Nagios (`** PROBLEM Service Alert: host/service is CRITICAL **`) put the name inside a sentence. */
const SENTENCES = [
  /^\s*(?:ALARM|INSUFFICIENT_DATA):\s*"([^"]{1,300})"\s+in\s/,
  /^\s*\*\*\s*PROBLEM\s+(?:Service Alert|alert)\s*[:-]\s*[^/\s]{1,200}\/(.{1,300}?)\s+is\s+[A-Z]+\s*\*\*\s*$/i,
] as const;

function namedInside(title: string): string {
  for (const sentence of SENTENCES) {
    const named = sentence.exec(title)?.[1];
    if (named !== undefined) return named;
  }
  return title;
}

/** The line without the marks of a sender: state and count in front, machines and label values in the brackets behind. */
export function cleanTitle(title: string): string {
  return namedInside(title.slice(0, maxTitle))
    .replace(/^\s*(?:\[[^\]]{0,40}\]\s*:?\s*)+/, "")
    .replace(/^(?:critical|warning|error|info|firing|alert|alarm|triggered|problem|p[1-5])\s*[:-]\s+/i, "")
    .replace(/\((?:instance|host|node|pod)\s[^)]*\)/gi, " ")
    .trim();
}

/** Brackets at the end of the title that hold nothing but values of labels, as Alertmanager's templates write them. */
function withoutLabelValues(title: string, values: ReadonlySet<string>): string {
  const tail = /\s\(([^()]*)\)$/.exec(title);
  const words = tail?.[1]?.split(/\s+/) ?? [];
  const cut = tail !== null && words.length > 0 && words.every((word) => values.has(word)) ? title.slice(0, tail.index) : title;
  const last = cut.slice(cut.lastIndexOf(" ") + 1);
  return last !== cut && values.has(last) ? cut.slice(0, cut.lastIndexOf(" ")) : cut;
}

/** @returns texts ready to be cut into words; each bounded, whatever was sent */
export function alertText(alert: AlertFacts): AlertText {
  // By name: the order in which a sender writes labels says nothing.
  const entries = Object.entries(alert.labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, 100);
  const values = new Set(entries.filter(([label]) => label !== "alertname").map(([, value]) => value));
  const title = withoutLabelValues(cleanTitle(alert.title ?? ""), values);
  const prose = [alert.description, ...PROSE.map((name) => (Object.hasOwn(alert.annotations, name) ? alert.annotations[name] : null))];
  const labels = entries.filter(([label]) => !PLACES.test(label)).map(([, value]) => value.slice(0, 100));
  return {
    name: (alert.name ?? title).slice(0, maxTitle),
    title,
    prose: [...new Set(prose)]
      .filter((text) => text !== null && text !== undefined)
      .join("\n")
      .slice(0, maxProse),
    labels: [alert.service ?? "", ...labels].join(" ").slice(0, maxTitle),
  };
}
