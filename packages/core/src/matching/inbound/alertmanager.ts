// Prometheus Alertmanager (payload version "4") and Grafana (the same shape, version "1", with more fields). Each entry of `alerts` is an
// episode of its own: the group's status says nothing about it.
import type { AlertFacts } from "../types.ts";
import { type InboundAlert, maxAlertsPerDelivery, type Normalised } from "./inbound-alert.ts";
import { asAddress, asList, asLongText, asObject, asText, asTextMap, firstText, type JsonObject, pick } from "./read-json.ts";
import { readTime } from "./read-time.ts";
import { readSeverity } from "./severity.ts";

/** Names that people give to the same thing; only `alertname` is the sender's own. */
const labelNames = {
  region: ["region", "zone", "cluster"],
  environment: ["environment", "env"],
  deployment: ["deployment", "version", "pod"],
  team: ["team", "owner"],
} as const;
const annotationLinks = ["dashboard_url", "dashboard", "grafana_url", "logs_url", "traces_url", "link"];
const fieldLinks = [
  ["generatorURL", "Rule"],
  ["dashboardURL", "Dashboard"],
  ["panelURL", "Panel"],
  ["silenceURL", "Silence"],
  ["imageURL", "Image"],
] as const;

type TextMap = Readonly<Record<string, string>>;

interface Sender {
  readonly source: "alertmanager" | "grafana";
  readonly serviceLabels: readonly string[];
  readonly base: string | null;
  readonly commonAnnotations: TextMap;
}

const linksOf = (alert: JsonObject, annotations: TextMap, { base }: Sender) => [
  ...fieldLinks.flatMap(([field, title]) => {
    const url = asAddress(alert[field], base);
    return url === null ? [] : [{ title, url }];
  }),
  ...annotationLinks.flatMap((name) => {
    const url = asAddress(annotations[name]);
    return url === null ? [] : [{ title: name, url }];
  }),
];

/** Old senders leave the fingerprint out: the labels are what it is made of. */
const identity = (alert: JsonObject, labels: TextMap): string =>
  asText(alert["fingerprint"]) ??
  Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(",");

/** Names that stand in both maps, the label first. */
const either = (name: string, labels: TextMap, annotations: TextMap): string | null => pick({ ...annotations, ...labels }, [name]);

function factsOf(alert: JsonObject, labels: TextMap, annotations: TextMap, sender: Sender): AlertFacts {
  const name = pick(labels, ["alertname"]);
  return {
    source: sender.source,
    name,
    title: pick(annotations, ["summary"]) ?? name,
    description: firstLong(annotations["description"], annotations["message"], alert["valueString"]),
    service: pick(labels, sender.serviceLabels),
    team: pick(labels, labelNames.team),
    severity: readSeverity(pick(labels, ["severity"])),
    urgency: null,
    labels,
    annotations,
    tags: [],
    runbookUrl: asAddress(pick(annotations, ["runbook_url", "runbook"])),
    links: linksOf(alert, annotations, sender),
  };
}

const episodeKey = (alert: JsonObject, labels: TextMap): string =>
  [identity(alert, labels), asText(alert["startsAt"]) ?? "", asText(alert["orgId"])]
    .filter((part) => part !== null)
    .join("/")
    .slice(0, 1_000);

function readOne(entry: unknown, sender: Sender): InboundAlert | undefined {
  const alert = asObject(entry);
  const labels = asTextMap(alert["labels"]);
  if (Object.keys(labels).length === 0) return undefined;
  const annotations = { ...sender.commonAnnotations, ...asTextMap(alert["annotations"]) };
  const isOver = alert["status"] === "resolved";
  const startedMs = readTime(alert["startsAt"]);
  return {
    episodeKey: episodeKey(alert, labels),
    change: isOver ? "resolved" : "opened",
    // The zero time, and a time to come, stand in `endsAt` while it fires.
    occurredAtMs: isOver ? (readTime(alert["endsAt"]) ?? startedMs) : startedMs,
    keyIsReused: false,
    facts: factsOf(alert, labels, annotations, sender),
    region: pick(labels, labelNames.region),
    environment: pick(labels, labelNames.environment),
    deployment: pick(labels, labelNames.deployment),
    deployedAt: either("deployed_at", labels, annotations),
    rawSeverity: pick(labels, ["severity"]),
    isPartial: false,
  };
}

const firstLong = (...values: readonly unknown[]): string | null => values.map(asLongText).find((text) => text !== null) ?? null;

function readGroup(body: JsonObject, sender: Sender): Normalised {
  const entries = asList(body["alerts"]);
  if (entries.length === 0) return { alerts: [], problem: "The body has no list `alerts` with an entry.", truncated: 0 };
  const alerts = entries.slice(0, maxAlertsPerDelivery).flatMap((entry) => readOne(entry, sender) ?? []);
  const said = Number(asText(body["truncatedAlerts"]) ?? 0);
  return {
    alerts,
    problem: alerts.length === 0 ? "No entry of `alerts` has labels." : null,
    truncated: (Number.isFinite(said) ? said : 0) + Math.max(0, entries.length - maxAlertsPerDelivery),
  };
}

const commonAnnotations = (body: JsonObject): TextMap => {
  const { runbook_url: runbookUrl } = asTextMap(body["commonAnnotations"]);
  return runbookUrl === undefined ? {} : { runbook_url: runbookUrl };
};

export function readAlertmanager(value: unknown): Normalised {
  const body = asObject(value);
  return readGroup(body, {
    source: "alertmanager",
    serviceLabels: ["service", "app", "job"],
    base: asAddress(body["externalURL"]),
    commonAnnotations: commonAnnotations(body),
  });
}

/** Bodies of the alerting before version 9 have no `alerts`: they are not read, and that is said. */
export function readGrafana(value: unknown): Normalised {
  const body = asObject(value);
  if (body["alerts"] === undefined && firstText(body["ruleName"], body["ruleId"]) !== null)
    return { alerts: [], problem: "This is Grafana's old alerting: switch the contact point to unified alerting.", truncated: 0 };
  return readGroup(body, {
    source: "grafana",
    serviceLabels: ["service", "service_name", "job", "grafana_folder"],
    base: asAddress(body["externalURL"]),
    commonAnnotations: commonAnnotations(body),
  });
}
