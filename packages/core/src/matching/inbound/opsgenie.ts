// Opsgenie's alert actions, which Jira Service Management sends unchanged. Details come with Create alone, so they are kept from there.
// `updatedAt` is in nanoseconds, beyond what a JSON number can hold: only its milliseconds are used.
import type { AlertFacts } from "../types.ts";
import type { AlertChange, InboundAlert, Normalised } from "./inbound-alert.ts";
import { asAddress, asLongText, asObject, asText, asTextMap, asTexts, firstText, type JsonObject, pick } from "./read-json.ts";
import { readTimeOrMs } from "./read-time.ts";
import { readSeverity } from "./severity.ts";

/** Spelt in lower case: the vendor's spelling of rarer actions is not documented. */
const changes: Readonly<Record<string, AlertChange>> = {
  create: "opened",
  acknowledge: "acknowledged",
  unacknowledge: "reopened",
  close: "resolved",
  delete: "resolved",
  addnote: "noted",
};

const nothing = (problem: string): Normalised => ({ alerts: [], problem, truncated: 0 });
const nanosecondsPerMs = 1_000_000;
/** Later than any time in milliseconds that a sender means. */
const latestMs = 1e14;

const updatedMs = (value: unknown): number | null => {
  const time = readTimeOrMs(value);
  return time === null || time < latestMs ? time : Math.floor(time / nanosecondsPerMs);
};

const environments: ReadonlySet<string> = new Set(["production", "prod", "staging", "stage", "development", "dev", "test"]);
const regionShape = /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-?\d[a-z]?$/;

type TextMap = Readonly<Record<string, string>>;

const tagged = (tags: readonly string[], name: string): string | null =>
  tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1) ?? null;

/** A detail, else a tag `name:value`, else a bare tag of the right shape. */
const said = (name: string, details: TextMap, tags: readonly string[], isBare: (tag: string) => boolean = () => false): string | null =>
  pick(details, [name]) ?? tagged(tags, name) ?? tags.find(isBare) ?? null;

const linksOf = (details: TextMap) =>
  Object.entries(details).flatMap(([title, text]) => {
    const url = asAddress(text);
    return url === null || title === "runbook_url" ? [] : [{ title, url }];
  });

function factsOf(alert: JsonObject, change: AlertChange, details: TextMap, tags: readonly string[]): AlertFacts {
  return {
    source: "opsgenie",
    name: pick(details, ["alertname"]),
    title: asText(alert["message"]),
    description: firstLongOf(alert["description"], change === "noted" ? alert["note"] : null),
    service: pick(details, ["service"]) ?? asText(alert["entity"]) ?? tagged(tags, "service"),
    team: said("team", details, tags),
    severity: readSeverity(firstText(alert["priority"], details["severity"])),
    urgency: null,
    labels: details,
    annotations: {},
    tags,
    runbookUrl: asAddress(pick(details, ["runbook_url", "runbook"])),
    links: linksOf(details),
  };
}

export function readOpsgenie(value: unknown): Normalised {
  const body = asObject(value);
  const alert = asObject(body["alert"]);
  const id = asText(alert["alertId"]);
  const action = asText(body["action"]);
  if (id === null || action === null) return nothing("The body has no `action` and `alert.alertId`.");
  const details = asTextMap(alert["details"]);
  const tags = asTexts(alert["tags"]);
  const change = changes[action.toLowerCase()] ?? "other";
  const read: InboundAlert = {
    episodeKey: id,
    change,
    occurredAtMs: change === "opened" ? readTimeOrMs(alert["createdAt"]) : updatedMs(alert["updatedAt"]),
    keyIsReused: false,
    facts: factsOf(alert, change, details, tags),
    region: said("region", details, tags, (tag) => regionShape.test(tag)),
    environment: said("environment", details, tags, (tag) => environments.has(tag.toLowerCase())),
    deployment: pick(details, ["deployment"]),
    deployedAt: pick(details, ["deployed_at"]),
    rawSeverity: firstText(alert["priority"], details["severity"]),
    isPartial: change !== "opened",
  };
  return { alerts: [read], problem: null, truncated: 0 };
}

const firstLongOf = (...values: readonly unknown[]): string | null => values.map(asLongText).find((text) => text !== null) ?? null;
