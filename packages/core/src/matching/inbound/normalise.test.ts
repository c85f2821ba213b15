// The senders' own payloads (samples/) go in, alerts in our terms come out; and every other value gives an answer, too.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../test/sha256.ts";
import { alertFields, valueFor } from "./alert-context.ts";
import { deliveryKey } from "./delivery-key.ts";
import { alertSources } from "./inbound-alert.ts";
import { normaliseDelivery } from "./normalise.ts";
import { readTime } from "./read-time.ts";

const sample = (name: string): unknown => JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), "utf8"));
const only = (source: (typeof alertSources)[number], name: string) => {
  const { alerts, problem } = normaliseDelivery(source, sample(name), null);
  expect(problem).toBeNull();
  const [alert] = alerts;
  if (alert === undefined) throw new Error("no alert");
  return alert;
};

describe("PagerDuty", () => {
  it("gives the incident with service, place and team, and says that it is partial", () => {
    expect(only("pagerduty", "pagerduty-incident-triggered")).toMatchObject({
      episodeKey: "Q2RBK7ZL4D0M1X",
      change: "opened",
      occurredAtMs: Date.parse("2026-11-17T02:41:07.412Z"),
      environment: "production",
      rawSeverity: "P1",
      isPartial: true,
      facts: {
        source: "pagerduty",
        title: "checkout-api 5xx ratio 18.4% over 5m in eu-west-1 (threshold 2%)",
        service: "checkout-api",
        team: "Commerce Platform",
        severity: "critical",
        urgency: "high",
      },
    });
  });
  it.each([
    ["pagerduty-incident-acknowledged", "acknowledged"],
    ["pagerduty-incident-resolved", "resolved"],
    ["pagerduty-incident-annotated", "noted"],
  ])("%s is %s, of the same incident", (name, change) => {
    expect(only("pagerduty", name)).toMatchObject({ episodeKey: "Q2RBK7ZL4D0M1X", change });
  });
  it("of a service or an unknown type is recorded and is no alert", () => {
    for (const type of ["service.created", "incident.workflow.started", "something.new"])
      expect(normaliseDelivery("pagerduty", { event: { event_type: type, data: { type: "service", id: "P" } } }, null)).toEqual({
        alerts: [],
        problem: null,
        truncated: 0,
      });
  });
});

describe("Opsgenie", () => {
  it("gives details from Create, and the time of Close in milliseconds although it comes in nanoseconds", () => {
    const created = only("opsgenie", "opsgenie-create");
    expect(created).toMatchObject({
      change: "opened",
      region: "eu-central-1",
      environment: "production",
      deployment: "ledger-writer@4.18.2",
      isPartial: false,
      facts: {
        service: "ledger-writer",
        team: "payments",
        severity: "high",
        runbookUrl: "https://runbooks.larkspur.example/ledger/replication-lag",
        links: [{ title: "dashboard", url: "https://grafana.larkspur.example/d/ledger-repl" }],
      },
    });
    const closed = only("opsgenie", "opsgenie-close");
    expect([closed.change, closed.episodeKey, closed.isPartial]).toEqual(["resolved", created.episodeKey, true]);
    expect(closed.occurredAtMs).toBe(1_795_144_120_334);
    expect(closed).toMatchObject({ region: "eu-central-1", environment: "production", facts: { service: "ledger-writer" } });
  });
});

describe("Alertmanager and Grafana", () => {
  it("give one alert per entry, whatever the group says", () => {
    const { alerts } = normaliseDelivery("alertmanager", sample("alertmanager-firing"), null);
    expect(alerts.map(({ episodeKey, change }) => [episodeKey, change])).toEqual([
      ["5b1c9d02e7f4a831/2026-11-17T02:40:12.004Z", "opened"],
      ["c08fe2176ad95b44/2026-11-17T02:40:42.004Z", "opened"],
    ]);
    expect(alerts[0]).toMatchObject({
      region: "eu-west-1",
      environment: "production",
      facts: {
        name: "HighErrorRate",
        title: "edge-gateway 5xx ratio above 5%",
        service: "edge-gateway",
        team: "edge",
        severity: "critical",
        runbookUrl: "https://runbooks.larkspur.example/edge/high-error-rate",
      },
    });
    const ended = normaliseDelivery("alertmanager", sample("alertmanager-resolved"), null).alerts;
    expect(ended.map(({ episodeKey }) => episodeKey)).toEqual(expect.arrayContaining([alerts[0]?.episodeKey]));
    expect(ended.filter(({ change }) => change === "resolved").every(({ occurredAtMs }) => (occurredAtMs ?? 0) > 0)).toBe(true);
  });
  it("tell a group with one entry that is over from one that is all over", () => {
    const body = sample("alertmanager-firing") as { alerts: object[] };
    const mixed = { ...body, alerts: [{ ...body.alerts[0], status: "resolved", endsAt: "2026-11-17T03:00:00Z" }, body.alerts[1]] };
    expect(normaliseDelivery("alertmanager", mixed, null).alerts.map(({ change }) => change)).toEqual(["resolved", "opened"]);
  });
  it("say what was left out, and take the runbook's address of the group where an entry has none", () => {
    const entry = { labels: { alertname: "A" }, startsAt: "2026-11-17T02:40:12Z" };
    const body = { truncatedAlerts: 7, commonAnnotations: { runbook_url: "https://r.example/a" }, alerts: [entry] };
    const { alerts, truncated } = normaliseDelivery("alertmanager", body, null);
    expect([truncated, alerts[0]?.facts.runbookUrl, alerts[0]?.episodeKey]).toEqual([
      7,
      "https://r.example/a",
      "alertname=A/2026-11-17T02:40:12Z",
    ]);
  });
  it("Grafana adds its organisation, its links and its folder as the service of last resort", () => {
    const alert = only("grafana", "grafana-firing");
    expect(alert).toMatchObject({
      episodeKey: "91d0ab3c77e2f605/2026-11-17T09:15:00Z/1",
      deployment: "search-api-7f9c",
      facts: { service: "search-api" },
    });
    expect(alert.facts.links.map(({ title }) => title)).toEqual(["Rule", "Dashboard", "Panel", "Silence"]);
  });
  it("refuse Grafana's alerting of before version 9 politely", () => {
    expect(normaliseDelivery("grafana", { ruleId: 1, ruleName: "x", evalMatches: [] }, null).problem).toContain("old alerting");
  });
});

describe("our own form", () => {
  it("is read with details, as dd0c/alert sends it", () => {
    const body = {
      alert_id: "7b0c",
      source: "dd0c/alert",
      service: "payment-svc",
      severity: "high",
      title: "P95 latency > 2s",
      details: { metric: "p95", region: "us-east-1", deployment: "v2.4.1", deployed_at: "2026-02-28T01:00:00Z" },
    };
    const [alert] = normaliseDelivery("dd0c-alert", body, null).alerts;
    expect(alert).toMatchObject({
      episodeKey: "7b0c",
      change: "opened",
      region: "us-east-1",
      deployment: "v2.4.1",
      deployedAt: "2026-02-28T01:00:00Z",
    });
  });
});

describe("a mapping", () => {
  const map = {
    each: "$.incidents[*]",
    fields: {
      alert_id: ["$.ref"],
      title: ["$.missing", "$.what.text"],
      severity: ["/sev"],
      environment: ["=production"],
      service: ["$$.app"],
    },
    labels: "$.tags",
  };
  it("takes the first source that gives a text, from the entry, the whole, or the mapping itself", () => {
    const body = { app: "billing", incidents: [{ ref: 7, what: { text: "Late" }, sev: "P2", tags: { pod: "b-1" } }, { nothing: true }] };
    const { alerts, problem } = normaliseDelivery("generic", body, map);
    expect(problem).toBeNull();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      episodeKey: "7",
      environment: "production",
      facts: { title: "Late", service: "billing", severity: "high", labels: { pod: "b-1" } },
    });
  });
  it("that finds nothing says so", () => {
    expect(normaliseDelivery("generic", { incidents: [{}] }, map)).toMatchObject({
      alerts: [],
      problem: expect.stringContaining("neither") as string,
    });
  });
});

describe("any JSON at all", () => {
  it("gives an answer from every sender, and no address that is not http", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...alertSources), (value, source) => {
        for (const body of [
          value,
          { alerts: value },
          { alerts: [{ labels: value, annotations: { runbook_url: value } }] },
          { event: value, alert: value },
        ])
          for (const { facts } of normaliseDelivery(source, body, null).alerts)
            for (const url of [facts.runbookUrl, ...facts.links.map((link) => link.url)]) expect(url ?? "http://").toMatch(/^https?:\/\//i);
      }),
    );
  });
  it("never a script for a link", () => {
    const entry = { labels: { alertname: "A" }, annotations: { runbook_url: "javascript:alert(1)", dashboard: "data:text/html,x" } };
    const [alert] = normaliseDelivery("alertmanager", { alerts: [entry] }, null).alerts;
    expect([alert?.facts.runbookUrl, alert?.facts.links]).toEqual([null, []]);
  });
});

describe("a delivery's key", () => {
  const key = (source: (typeof alertSources)[number], body: unknown, headers: Record<string, string> = {}) =>
    deliveryKey(source, (name) => headers[name] ?? null, body, "0".repeat(64), sha256).key;
  it("is the sender's id where there is one, else what it said", () => {
    expect(key("pagerduty", {}, { "x-webhook-id": "w1" })).toBe("id:w1");
    expect(key("pagerduty", sample("pagerduty-incident-triggered"))).toBe("event:01HPD7Q0T8V3N5C2M9KX4ZB6RA");
    expect(key("generic", {}, { "idempotency-key": "k" })).toBe("id:k");
    expect(key("alertmanager", {}, { "idempotency-key": "k" })).toBe(`body:${"0".repeat(64)}`);
    expect(key("opsgenie", sample("opsgenie-create"))).toBe(`body:${"0".repeat(64)}`);
  });
  it("of a group counts states and starts, not texts and order", () => {
    const body = sample("alertmanager-firing") as { alerts: Record<string, unknown>[]; notification_reason: string };
    const again = {
      ...body,
      notification_reason: "repeat interval elapsed",
      alerts: [...body.alerts].reverse().map((one) => ({ ...one, annotations: {} })),
    };
    expect(key("alertmanager", again)).toBe(key("alertmanager", body));
    const over = { ...body, alerts: body.alerts.map((one) => ({ ...one, status: "resolved" })) };
    expect(key("alertmanager", over)).not.toBe(key("alertmanager", body));
  });
});

describe("what an alert fills in", () => {
  const alert = only("alertmanager", "alertmanager-firing");
  it.each([
    ["SERVICE_NAME", undefined, { value: "edge-gateway", from: "service" }],
    ["service", "service", { value: "edge-gateway", from: "service" }],
    ["AWS_REGION", undefined, { value: "eu-west-1", from: "region" }],
    ["instance", undefined, { value: "10.20.4.11:9102", from: "label instance" }],
    ["cluster", "cluster", { value: "prod-euw1", from: "label cluster" }],
    ["NAMESPACE", undefined, undefined],
  ])("%s (%s)", (name, field, expected) => {
    expect(valueFor(alert, name, field)).toEqual(expected);
  });
  it("has our names for its own fields", () => {
    expect(alertFields(alert)).toMatchObject({
      service: "edge-gateway",
      region: "eu-west-1",
      severity: "critical",
      alert_name: "HighErrorRate",
    });
  });
});

describe("times", () => {
  it.each([
    ["2026-11-17T02:40:12.004Z", "2026-11-17T02:40:12.004Z"],
    ["2026-11-17T02:40:12.004567891+01:00", "2026-11-17T01:40:12.004Z"],
    ["2024-02-29 23:59", "2024-02-29T23:59:00.000Z"],
    ["1999-12-31T23:59:59-0530", "2000-01-01T05:29:59.000Z"],
  ])("%s", (text, expected) => {
    expect(new Date(readTime(text) ?? Number.NaN).toISOString()).toBe(expected);
  });
  it.each(["0001-01-01T00:00:00Z", "yesterday", "", 5, null])("%s is none", (value) => {
    expect(readTime(value)).toBeNull();
  });
  it("are those of the calendar, whatever the day", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true }),
        (date) => {
          expect(readTime(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});
