// Deliveries of every sender, signed as the sender signs: what is taken, what is refused, what is the same, what starts nothing.
import { createHmac, randomUUID } from "node:crypto";
import type { CallAnswer } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { sendDelivery, until } from "../../test-support/send-delivery.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";
import { cookieOf } from "../../test-support/running-server.ts";

let server: TestServer;
let admin: Session;
type Kind = CallAnswer<"createIntegration">["kind"];

const make = (kind: Kind, extra: object = {}) =>
  admin.call("createIntegration", { body: { kind, name: `${kind} ${randomUUID().slice(0, 8)}`, ...extra } });
type Made = Awaited<ReturnType<typeof make>>;

const send = (made: Made, body: unknown, headers?: Record<string, string>) => sendDelivery(server.url, made, body, headers);
const alertsOf = async (made: Made) =>
  (await admin.call("listAlerts", { query: { limit: 200 } })).items.filter(({ integration_id: id }) => id === made.id);
const settled = (made: Made, count: number) =>
  until(
    `${count} alerts`,
    () => alertsOf(made),
    (items) => items.length === count && items.every(({ match_state: state }) => state !== "waiting"),
  );
/** Everything that was taken in is read. */
const quiet = (made: Made) =>
  until(
    "all deliveries read",
    () =>
      server.database.withTenant(server.tenantId, ({ query }) =>
        query.selectFrom("alert_deliveries").select("read_at").where("integration_id", "=", made.id).execute(),
      ),
    (rows) => rows.length > 0 && rows.every(({ read_at: at }) => at !== null),
  );

const fired = (name: string, extra: object = {}) => ({
  status: "firing",
  labels: { alertname: name, service: "payments", severity: "critical", instance: "10.0.0.1:9102" },
  annotations: { summary: `${name} on payments` },
  startsAt: "2026-11-17T02:40:12.004Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "https://prometheus.example/graph",
  fingerprint: randomUUID(),
  ...extra,
});
const group = (alerts: readonly object[], extra: object = {}) => ({
  version: "4",
  groupKey: randomUUID(),
  truncatedAlerts: 0,
  status: "firing",
  receiver: "dd0c",
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "https://alertmanager.example",
  alerts,
  ...extra,
});

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
}, 60_000);
afterAll(() => server.stop());

describe("a sender proves itself", () => {
  const body = JSON.stringify({ event: { id: "t1" } });
  const post = (made: Made, headers: Record<string, string>, text = body) =>
    fetch(`${server.url}${made.path}`, { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } });
  const hex = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");

  it("PagerDuty by any of several v1 signatures over the raw bytes, and by nothing else", async () => {
    const made = await make("pagerduty", { secret: "pd_test_secret_of_length" });
    const mac = hex("pd_test_secret_of_length", body);
    expect((await post(made, { "x-pagerduty-signature": `v0=zz, v1=${"0".repeat(64)},v1=${mac}` })).status).toBe(202);
    expect((await post(made, { "x-pagerduty-signature": `v1=${mac}` }, `${body} `)).status).toBe(401);
    expect((await post(made, { "x-pagerduty-signature": `v2=${mac}` })).status).toBe(401);
    expect((await post(made, { authorization: "Bearer pd_test_secret_of_length" })).status).toBe(401);
    expect((await post(made, {})).status).toBe(401);
  });

  it("Grafana by a signed time within five minutes, or by the secret itself", async () => {
    const made = await make("grafana");
    const now = Math.floor(Date.now() / 1_000);
    const signed = (seconds: number) => ({
      "x-grafana-alerting-timestamp": String(seconds),
      "x-grafana-alerting-signature": hex(made.secret, `${seconds}:${body}`),
    });
    expect((await post(made, signed(now))).status).toBe(202);
    expect((await post(made, signed(now - 301))).status).toBe(401);
    // The clock goes on while these are sent.
    expect((await post(made, signed(now + 330))).status).toBe(401);
    expect((await post(made, { "x-grafana-alerting-signature": hex(made.secret, body) })).status).toBe(401);
    expect((await post(made, { authorization: `Bearer ${made.secret}` })).status).toBe(202);
    expect((await post(made, { authorization: `Basic ${Buffer.from(`dd0c:${made.secret}`).toString("base64")}` })).status).toBe(202);
    expect((await post(made, { authorization: `Bearer ${made.secret}x` })).status).toBe(401);
  });

  it("a generic one by Standard Webhooks, with the decoded key", async () => {
    const made = await make("generic");
    const [id, seconds] = ["msg_1", String(Math.floor(Date.now() / 1_000))];
    const key = Buffer.from(made.secret.slice("whsec_".length), "base64");
    const mac = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": seconds };
    expect((await post(made, { ...headers, "webhook-signature": `v1,AAAA v1,${mac}` })).status).toBe(202);
    expect((await post(made, { ...headers, "webhook-id": "msg_2", "webhook-signature": `v1,${mac}` })).status).toBe(401);
    expect((await post(made, { ...headers, "webhook-signature": "v1,AAAA" })).status).toBe(401);
  });

  it("by a secret that was rotated until its time is over, and by none of a revoked integration", async () => {
    const made = await make("alertmanager");
    const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
    const next = await admin.call("rotateIntegrationSecret", { params: { id: made.id }, body: { overlap_hours: 24 } });
    expect(next.secret).not.toBe(made.secret);
    expect((await post(made, bearer(made.secret))).status).toBe(202);
    expect((await post(made, bearer(next.secret))).status).toBe(202);
    const last = await admin.call("rotateIntegrationSecret", { params: { id: made.id }, body: { overlap_hours: 0 } });
    expect((await post(made, bearer(next.secret))).status).toBe(401);
    expect((await post(made, bearer(made.secret))).status).toBe(401);
    expect((await post(made, bearer(last.secret))).status).toBe(202);
    await admin.call("revokeIntegration", { params: { id: made.id } });
    expect((await post(made, bearer(last.secret))).status).toBe(401);
    expect((await post({ ...made, path: `/webhooks/alertmanager/${randomUUID()}` }, bearer(last.secret))).status).toBe(401);
    expect((await post({ ...made, path: made.path.replace("alertmanager", "nagios") }, bearer(last.secret))).status).toBe(404);
  });

  it("and a secret is nowhere in the database, the log or a list", async () => {
    const made = await make("opsgenie");
    await send(made, { action: "Create", alert: { alertId: "a", message: "m" } });
    const rows = await server.database.withTenant(server.tenantId, ({ query }) =>
      query.selectFrom("integration_secrets").selectAll().execute(),
    );
    const listed = await admin.call("listIntegrations");
    const audit = await admin.call("listAudit", { query: {} });
    expect(JSON.stringify([rows, listed, audit, server.log])).not.toContain(made.secret);
  });
});

describe("a delivery", () => {
  it("is answered 202 twice and counts once", async () => {
    const made = await make("alertmanager");
    const delivery = group([fired("Twice")]);
    const first = await send(made, delivery);
    const again = await send(made, { ...delivery, notification_reason: "repeat interval elapsed" });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect([first.body.status, again.body.status]).toEqual(["accepted", "duplicate"]);
    expect(again.body.delivery_id).toBe(first.body.delivery_id);
    const [alert] = await settled(made, 1);
    const whole = await admin.call("getAlert", { params: { id: alert?.id ?? "" } });
    expect(whole.deliveries.map(({ repeats }) => repeats)).toEqual([1]);
    expect(JSON.parse(whole.deliveries[0]?.body ?? "")).toEqual(delivery);
  });

  it("with fifty alerts makes fifty episodes and one offer at most", async () => {
    const made = await make("alertmanager");
    await send(made, group(Array.from({ length: 50 }, () => fired("FiftyAtOnce"))));
    await settled(made, 50);
  });

  it("that is too large is refused, and one that is no JSON or no alert is said to be so", async () => {
    const made = await make("alertmanager");
    expect((await send(made, group([fired("Large", { annotations: { summary: "x".repeat(5.3e6) } })]))).status).toBe(413);
    expect((await send(made, "{not json")).status).toBe(400);
    expect((await send(made, { hello: "world" })).status).toBe(202);
    const listed = await until(
      "the problem to be listed",
      async () => (await admin.call("listIntegrations")).items.find(({ id }) => id === made.id),
      (one) => one?.last_problem != null,
    );
    expect(listed?.last_problem?.problem).toContain("alerts");
  });

  it("may hold what no database can: NUL, lone surrogates, markup", async () => {
    const made = await make("alertmanager");
    const odd = `bell\u0000 \ud800 <!channel> <b>bold</b> \u202e`;
    await send(made, group([fired("Odd", { annotations: { summary: odd, description: odd } })]));
    const [alert] = await settled(made, 1);
    expect(alert?.title).toContain("<!channel> <b>bold</b>");
  });
});

describe("order", () => {
  const resolved = (alert: ReturnType<typeof fired>) => ({ ...alert, status: "resolved", endsAt: "2026-11-17T02:50:00Z" });

  it("an end that comes before its beginning starts nothing", async () => {
    const made = await make("alertmanager");
    const alert = fired("EndFirst");
    await send(made, group([resolved(alert)], { status: "resolved" }));
    await settled(made, 1);
    await send(made, group([alert]));
    await quiet(made);
    const [found] = await alertsOf(made);
    expect(found).toMatchObject({ status: "resolved", match_state: "not_needed", offer: null });
    const whole = await admin.call("getAlert", { params: { id: found?.id ?? "" } });
    expect(whole.events.map(({ change, counted }) => [change, counted])).toEqual([
      ["opened", false],
      ["resolved", true],
    ]);
  });

  it("a firing that is sent again after its end reopens nothing, PagerDuty's reopened does", async () => {
    const made = await make("pagerduty");
    const event = (type: string, at: string) => ({
      event: {
        id: randomUUID(),
        event_type: `incident.${type}`,
        occurred_at: at,
        data: { id: "Q1", type: "incident", title: "checkout down", service: { summary: "checkout (production)" }, urgency: "high" },
      },
    });
    await send(made, event("resolved", "2026-11-17T03:00:00Z"));
    await send(made, event("triggered", "2026-11-17T02:00:00Z"));
    await send(made, event("acknowledged", "2026-11-17T02:10:00Z"));
    await quiet(made);
    expect(await alertsOf(made)).toMatchObject([{ status: "resolved", match_state: "not_needed" }]);
    await send(made, event("reopened", "2026-11-17T04:00:00Z"));
    await until(
      "the incident to fire again",
      () => alertsOf(made),
      ([alert]) => alert?.status === "firing",
    );
  });
});

describe("a tenant", () => {
  it("sees nothing of another one's alerts and integrations", async () => {
    const made = await make("alertmanager");
    await send(made, group([fired("Private")]));
    const [alert] = await settled(made, 1);
    await createTenant(server.app, { tenantName: "Other", slug: `o${randomUUID()}`, userName: "O", email: "o@o.example" });
    const link = await issueSignInLink(server.app, "o@o.example", server.url);
    const other = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
    expect((await other.call("listAlerts", { query: {} })).items).toEqual([]);
    expect((await other.call("listIntegrations")).items).toEqual([]);
    const params = { id: alert?.id ?? "" };
    await expect(other.call("getAlert", { params })).rejects.toMatchObject({ status: 404 });
    await expect(other.call("startAlert", { params, body: {} })).rejects.toMatchObject({ status: 404 });
    await expect(other.call("revokeIntegration", { params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });
});
