// Alerts and integrations as the API shows them. Texts of an alert go out as they came: every face escapes what it shows.
import type { CallAnswer, WireAlert, WireAlertMatch, WireAlertOffer, WireAlertSummary, WireIntegration } from "@dd0c/protocol/http";
import type { IntegrationView } from "../../app/integrations.ts";
import { type AlertListing, type AlertView, type ClosingView, type MatchView, resolveRefusal } from "../../app/read-alerts.ts";
import type { MemberNames } from "../../app/read-runbooks.ts";
import type { AlertCounts, ClosingRecord, DeliveryRecord, MappingRecord, OfferRecord, ToldState } from "../../db/index.ts";
import { wireActor } from "./runbook.ts";

const time = (at: Date | null): string | null => at?.toISOString() ?? null;

const severities = ["critical", "high", "medium", "low", "info"] as const;
const severityOf = (raw: string | null): WireAlertSummary["severity"] => severities.find((each) => each === raw) ?? "medium";

export function wireAlertSummary({ alert, integrationName, offer, runbookTitle }: AlertListing): WireAlertSummary {
  const { facts, environment, region } = alert.alert;
  const [best] = alert.matches;
  return {
    id: alert.id,
    source: facts.source,
    integration_id: alert.integrationId,
    integration_name: integrationName,
    status: alert.status,
    severity: severityOf(facts.severity),
    title: facts.title ?? alert.episodeKey,
    name: facts.name,
    service: facts.service,
    environment,
    region,
    match_state: alert.matchState,
    runbook:
      best === undefined || runbookTitle === undefined ? null : { id: best.runbookId, title: runbookTitle, confidence: best.confidence },
    offer: offer === undefined ? null : { id: offer.id, status: offer.status, execution_id: offer.executionId },
    opened_at: alert.openedAt.toISOString(),
    resolved_at: time(alert.resolvedAt),
    received_at: alert.receivedAt.toISOString(),
  };
}

const wireMatch = ({ match, title, counts, fillings }: MatchView): WireAlertMatch => ({
  runbook_id: match.runbookId,
  runbook_title: title,
  confidence: match.confidence,
  reasons: match.reasons.map(({ signal, text }) => ({ signal, text })),
  counts,
  variables: fillings.map(({ name, found, needsTyping }) => ({
    name,
    value: found?.value ?? null,
    from: found?.from ?? null,
    needs_typing: needsTyping,
  })),
});

const wireOffer = (offer: OfferRecord, counts: AlertCounts, names: MemberNames): WireAlertOffer => ({
  id: offer.id,
  status: offer.status,
  alerts: counts,
  execution_id: offer.executionId,
  created_at: offer.createdAt.toISOString(),
  posted_at: time(offer.postedAt),
  decided_by: offer.decidedBy === null ? null : wireDecider(offer, offer.decidedBy, names),
  decided_at: time(offer.decidedAt),
  decide_reason: offer.decideReason,
});

/** What lapsed, nobody decided. */
const wireDecider = ({ status }: OfferRecord, id: string, names: MemberNames) =>
  status === "lapsed"
    ? ({ type: "system", id, name: null, via: "system" } as const)
    : wireActor({ type: "user", id, via: names.has(id) ? "web" : "api_key" }, names);

const shownBytes = 64 * 1024;

const wireDelivery = (delivery: DeliveryRecord): WireAlert["deliveries"][number] => ({
  id: delivery.id,
  received_at: delivery.receivedAt.toISOString(),
  repeats: delivery.repeats,
  headers: { ...delivery.headers },
  body: delivery.body.subarray(0, shownBytes).toString("utf8"),
  body_bytes: delivery.body.length,
  problem: delivery.problem,
  truncated_alerts: delivery.truncated,
});

const wireMttr = ({ executionId, seconds, since, sinceMs, doubt }: NonNullable<AlertView["resolution"]["run"]>) => ({
  execution_id: executionId,
  seconds,
  since,
  since_at: new Date(sinceMs).toISOString(),
  doubt,
});

const wireTold = (told: ToldState | undefined): NonNullable<WireAlert["closing"]>["note"] =>
  told === undefined ? null : { delivery_id: told.id, state: told.state, said: told.error, delivered_at: time(told.deliveredAt) };

const wireAlertClosing = (view: ClosingView): NonNullable<WireAlert["closing"]> => ({
  provider: view.closable.kind,
  note: wireTold(view.note),
  resolve: wireTold(view.resolve),
  resolve_refusal: resolveRefusal(view),
});

export function wireAlert(view: AlertView, names: MemberNames): WireAlert {
  const { alert } = view.alert;
  const { facts } = alert;
  return {
    ...wireAlertSummary(view),
    raw_severity: alert.rawSeverity,
    description: facts.description,
    team: facts.team,
    labels: { ...facts.labels },
    annotations: { ...facts.annotations },
    tags: [...facts.tags],
    deployment: alert.deployment,
    deployed_at: alert.deployedAt,
    runbook_url: facts.runbookUrl,
    links: facts.links.map(({ title, url }) => ({ title, url })),
    seen_firing: view.alert.seenFiring,
    is_partial: alert.isPartial,
    matched_at: time(view.alert.matchedAt),
    matches: view.matches.map(wireMatch),
    alert_offer: view.offer === undefined ? null : wireOffer(view.offer, view.offerCounts, names),
    with_copilot: {
      run: view.resolution.run === null ? null : wireMttr(view.resolution.run),
      runs: view.resolution.alike.runs,
      median_seconds: view.resolution.alike.medianSeconds,
    },
    closing: view.closing === null ? null : wireAlertClosing(view.closing),
    events: view.events.map((event) => ({
      change: event.change,
      delivery_id: event.deliveryId,
      occurred_at: time(event.occurredAt),
      received_at: event.receivedAt.toISOString(),
      counted: event.counted,
    })),
    deliveries: view.deliveries.map(wireDelivery),
  };
}

const wireClosing = (closing: ClosingRecord, names: MemberNames): NonNullable<WireIntegration["closing"]> => ({
  note: closing.addsNote,
  resolve: closing.resolves,
  api_url: closing.apiUrl,
  acts_as: closing.actsAs,
  changed_by: wireActor({ type: "user", id: closing.changedBy, via: "web" }, names),
  changed_at: closing.changedAt.toISOString(),
});

export const wireIntegration = ({ integration, secrets, deliveries, closing }: IntegrationView, names: MemberNames): WireIntegration => ({
  id: integration.id,
  kind: integration.kind,
  name: integration.name,
  path: `/webhooks/${integration.kind}/${integration.id}`,
  alert_map: integration.alertMap === null ? null : wireMap(integration.alertMap),
  secrets: secrets.map(({ createdAt, expiresAt }) => ({ created_at: createdAt.toISOString(), expires_at: time(expiresAt) })),
  last_delivery_at: time(deliveries?.last ?? null),
  last_problem:
    deliveries?.problem == null || deliveries.problemAt === null
      ? null
      : { problem: deliveries.problem, at: deliveries.problemAt.toISOString() },
  closing: closing === undefined ? null : wireClosing(closing, names),
  created_at: integration.createdAt.toISOString(),
});

const wireMap = ({
  each,
  fields,
  labels,
}: NonNullable<IntegrationView["integration"]["alertMap"]>): NonNullable<WireIntegration["alert_map"]> => ({
  each,
  fields: Object.fromEntries(Object.entries(fields).map(([name, sources]) => [name, [...sources]])),
  labels,
});

type WireMapping = CallAnswer<"listAlertMappings">["items"][number];

export const wireMapping = (
  { id, runbookId, criteria, createdBy, createdAt }: MappingRecord,
  title: string,
  names: MemberNames,
): WireMapping => ({
  id,
  runbook_id: runbookId,
  runbook_title: title,
  criteria,
  created_by: wireActor({ type: "user", id: createdBy, via: "web" }, names),
  created_at: createdAt.toISOString(),
});
