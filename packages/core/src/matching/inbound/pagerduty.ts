// PagerDuty's webhooks, version 3: one event per delivery. The incident has no details and no link to a runbook, so what is known is partial.
import type { AlertChange, InboundAlert, Normalised } from "./inbound-alert.ts";
import { asAddress, asList, asLongText, asObject, asText, firstText, type JsonObject } from "./read-json.ts";
import { readTime } from "./read-time.ts";
import { readSeverity } from "./severity.ts";

const changes: Readonly<Record<string, AlertChange>> = {
  "incident.triggered": "opened",
  "incident.acknowledged": "acknowledged",
  "incident.unacknowledged": "reopened",
  "incident.reopened": "reopened",
  "incident.resolved": "resolved",
  "incident.annotated": "noted",
};

const nothing = (problem: string | null): Normalised => ({ alerts: [], problem, truncated: 0 });

const link = (title: string, value: unknown) => {
  const url = asAddress(value);
  return url === null ? [] : [{ title, url }];
};

/** "checkout-api (production)": the name people know, and where it runs. */
function serviceAndPlace(summary: string | null): { readonly service: string | null; readonly environment: string | null } {
  const [, name, place] = /^(.+?)\s*\(([^()]+)\)$/.exec(summary ?? "") ?? [];
  return name === undefined ? { service: summary, environment: null } : { service: name, environment: place ?? null };
}

function readIncident(data: JsonObject, change: AlertChange, occurredAtMs: number | null, note: string | null): InboundAlert | undefined {
  const id = asText(data["id"]);
  if (id === null) return undefined;
  const service = asObject(data["service"]);
  const urgency = asText(data["urgency"]);
  const priority = asText(asObject(data["priority"])["summary"]);
  const { service: name, environment } = serviceAndPlace(asText(service["summary"]));
  const rawSeverity = priority ?? urgency;
  return {
    episodeKey: id,
    change,
    occurredAtMs,
    keyIsReused: false,
    facts: {
      source: "pagerduty",
      name: null,
      title: firstText(data["title"], data["summary"]),
      description: note,
      service: name,
      team: firstText(...asList(data["teams"]).map((team) => asObject(team)["summary"])),
      severity: readSeverity(rawSeverity),
      urgency,
      labels: {},
      annotations: {},
      tags: [],
      runbookUrl: null,
      links: [
        ...link("Incident", data["html_url"]),
        ...link("Service", service["html_url"]),
        ...link("Conference", asObject(data["conference_bridge"])["conference_url"]),
      ],
    },
    region: null,
    environment,
    deployment: null,
    deployedAt: null,
    rawSeverity,
    isPartial: true,
  };
}

export function readPagerduty(value: unknown): Normalised {
  const event = asObject(asObject(value)["event"]);
  const type = asText(event["event_type"]);
  if (type === null) return nothing("The body has no `event` with an `event_type`.");
  const change = changes[type] ?? "other";
  const data = asObject(event["data"]);
  const isNote = change === "noted";
  // Events about services, workflows and the like belong to no incident.
  if (!type.startsWith("incident.") || (data["type"] !== "incident" && !isNote)) return nothing(null);
  const incident = isNote ? asObject(data["incident"]) : data;
  const alert = readIncident(incident, change, readTime(event["occurred_at"]), isNote ? asLongText(data["content"]) : null);
  return alert === undefined ? nothing("The event names no incident.") : { alerts: [alert], problem: null, truncated: 0 };
}
