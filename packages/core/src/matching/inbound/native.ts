// Our own form, as dd0c/alert sends it and as a generic integration may: {alert_id, status, title, service, severity, details, ...}.
// What the fields are called here is what a mapping maps to (mapped.ts).
import type { AlertLink } from "../types.ts";
import type { AlertChange, InboundAlert, Normalised } from "./inbound-alert.ts";
import { asAddress, asList, asLongText, asObject, asText, asTextMap, asTexts, firstText, type JsonObject } from "./read-json.ts";
import { readTimeOrMs } from "./read-time.ts";
import { readSeverity } from "./severity.ts";

const over: ReadonlySet<string> = new Set(["resolved", "closed", "close", "ok", "recovered", "recovery", "normal", "green"]);
const taken: ReadonlySet<string> = new Set(["acknowledged", "acknowledge", "ack"]);

function changeOf(status: string | null): AlertChange {
  const word = status?.toLowerCase() ?? "firing";
  if (over.has(word)) return "resolved";
  if (taken.has(word)) return "acknowledged";
  return word === "reopened" ? "reopened" : "opened";
}

const linksOf = (value: unknown): readonly AlertLink[] =>
  asList(value)
    .slice(0, 20)
    .flatMap((entry) => {
      const url = asAddress(asObject(entry)["url"]) ?? asAddress(entry);
      return url === null ? [] : [{ title: asText(asObject(entry)["title"]), url }];
    });

/** Undefined: it has neither an id nor a title. */
export function readNativeAlert(body: JsonObject, source: string): InboundAlert | undefined {
  const title = firstText(body["title"], body["name"]);
  const id = firstText(body["alert_id"], body["id"]);
  const key = id ?? title;
  if (key === null) return undefined;
  const details = { ...asTextMap(body["labels"]), ...asTextMap(body["details"]) };
  const field = (name: string): string | null => firstText(body[name], details[name]);
  const rawSeverity = field("severity");
  return {
    episodeKey: key,
    change: changeOf(asText(body["status"])),
    occurredAtMs: readTimeOrMs(body["occurred_at"]),
    keyIsReused: true,
    facts: {
      source: firstText(body["source"]) ?? source,
      name: field("name"),
      title: title ?? key,
      description: asLongText(body["description"]),
      service: field("service"),
      team: field("team"),
      severity: readSeverity(rawSeverity),
      urgency: field("urgency"),
      labels: details,
      annotations: asTextMap(body["annotations"]),
      tags: asTexts(body["tags"]),
      runbookUrl: asAddress(body["runbook_url"]) ?? asAddress(details["runbook_url"]),
      links: linksOf(body["links"]),
    },
    region: field("region"),
    environment: field("environment"),
    deployment: field("deployment"),
    deployedAt: field("deployed_at"),
    rawSeverity,
    isPartial: false,
  };
}

export function readNative(value: unknown, source: string): Normalised {
  const alert = readNativeAlert(asObject(value), source);
  if (alert === undefined) return { alerts: [], problem: "The body has neither `alert_id` nor `title`.", truncated: 0 };
  return { alerts: [alert], problem: null, truncated: 0 };
}
