// Webhooks through a whole server: what a receiver gets and can verify, what its answers do, what admins see, what nobody sees.
import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accept, bobAs, invite } from "../../test-support/invite.ts";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { until } from "../../test-support/send-delivery.ts";
import { type Received, startWebhookReceiver, type WebhookReceiver } from "../../test-support/webhook-receiver.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";

let server: TestServer;
let admin: Session;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  server = await startTestServer({
    environment: { OUTBOUND_ALLOW_HOSTS: `127.0.0.1:${receiver.port}`, OUTBOUND_RETRY_SECONDS: "0,0,0" },
  });
  admin = await server.signIn();
}, 60_000);
afterAll(async () => {
  await server.stop();
  await receiver.close();
});

const make = (body: { event_types?: string[]; description?: string; url?: string } = {}) =>
  admin.call("createWebhookEndpoint", { body: { url: `${receiver.url}/${randomUUID()}`, ...body } });
type Made = Awaited<ReturnType<typeof make>>;
const remove = ({ id }: Pick<Made, "id">) => admin.call("removeWebhookEndpoint", { params: { id } });
beforeEach(async () => {
  for (const endpoint of (await admin.call("listWebhookEndpoints")).items) await remove(endpoint);
  receiver.answer(() => ({ status: 204 }));
});

const pathOf = ({ url }: Pick<Made, "url">): string => new URL(url).pathname;
const cameTo = (made: Made): Received[] => receiver.received.filter(({ path }) => path === pathOf(made));
const coming = (made: Made, count: number) =>
  until(
    `${count} deliveries`,
    async () => cameTo(made),
    (found) => found.length >= count,
  );
const typeOf = ({ body }: Received): string => (JSON.parse(body) as { type: string }).type;
const dataOf = ({ body }: Received) => (JSON.parse(body) as { data: Record<string, unknown> }).data;
const panic = async (): Promise<void> => {
  await admin.call("panicOn", { body: { reason: "very private words" } });
  await admin.call("panicOff", { body: { reason: "very private words" } });
};
const deliveriesTo = async ({ id }: Pick<Made, "id">) =>
  (await admin.call("listOutboundDeliveries", { query: { target_id: id, limit: 50 } })).items;
const settled = (made: Made, count = 1) =>
  until(
    "deliveries to be settled",
    () => deliveriesTo(made),
    (items) => items.length >= count && items.every(({ state }) => state !== "waiting"),
  );
const listed = async ({ id }: Pick<Made, "id">) => {
  const found = (await admin.call("listWebhookEndpoints")).items.find((endpoint) => endpoint.id === id);
  if (found === undefined) throw new Error("no such webhook");
  return found;
};
const auditOf = async (type: string) => (await admin.call("listAudit", { query: { type, limit: 50 } })).items;
const test = (made: Made) => admin.call("testWebhookEndpoint", { params: { id: made.id } });

describe("a receiver", () => {
  it("gets events it can verify with an independent library, in one form, with nothing private in them", async () => {
    const made = await make();
    await panic();
    const came = await coming(made, 2);
    const byType = Object.fromEntries(came.map((one) => [typeOf(one), one]));
    const one = byType["dev.dd0c.run.panic.activated"];
    if (one === undefined) throw new Error(`no panic among ${Object.keys(byType).join(", ")}`);
    expect(new Webhook(made.secret).verify(one.body, one.headers)).toMatchObject({
      specversion: "1.0",
      id: one.headers["webhook-id"],
      source: `/tenants/${server.tenantId}`,
      datacontenttype: "application/json",
      sequence: expect.stringMatching(/^\d{16}$/) as string,
      data: { actor: { type: "user", via: "web" }, panic_id: expect.any(String) as string, agents_told: 0 },
    });
    expect(one.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(one.headers["user-agent"]).toMatch(/^dd0c-run\/\d/);
    for (const { body } of came) expect(body).not.toContain("very private words");
    expect(() => new Webhook(made.secret).verify(`${one.body}\n`, one.headers)).toThrow("No matching signature");
  });

  it("gets what it chose, from when it began, and each event once", async () => {
    await panic();
    const made = await make({ event_types: ["dev.dd0c.run.panic.cleared"] });
    const all = await make();
    await panic();
    await coming(all, 2);
    await settled(made);
    expect(cameTo(made).map(typeOf)).toEqual(["dev.dd0c.run.panic.cleared"]);
    expect(cameTo(all).map(typeOf).toSorted()).toEqual(["dev.dd0c.run.panic.activated", "dev.dd0c.run.panic.cleared"]);
    const ids = [...cameTo(made), ...cameTo(all)].map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(3);
  });

  it("gets a failed delivery again, with the same id and body, freshly signed", async () => {
    const made = await make();
    receiver.answer((_one, nth) =>
      nth < 3 ? { status: 503, body: "not yet: token=ghp_0123456789abcdefghijklmnopqrstuvwxyz12" } : { status: 200 },
    );
    const { delivery_id: id } = await test(made);
    const came = await coming(made, 3);
    expect(came.map(({ headers }) => headers["webhook-id"])).toEqual([id, id, id]);
    expect(new Set(came.map(({ body }) => body)).size).toBe(1);
    for (const { body, headers } of came)
      expect(new Webhook(made.secret).verify(body, headers)).toMatchObject({ type: "dev.dd0c.run.ping" });
    await settled(made);
    const detail = await admin.call("getOutboundDelivery", { params: { id } });
    expect(detail).toMatchObject({ state: "delivered", attempts: 3, last_status: 200, last_error: null, payload: came[0]?.body });
    expect(detail.attempt_log.map(({ outcome, status }) => [outcome, status])).toEqual([
      ["retry", 503],
      ["retry", 503],
      ["delivered", 200],
    ]);
    expect(detail.attempt_log[0]?.error).toMatch(/^It answered 503\. not yet: token=/);
    expect(JSON.stringify(detail)).not.toContain("ghp_0123456789");
  });

  it("can be given a new secret: both sign for a while, then the new one alone", async () => {
    const made = await make();
    const rotated = await admin.call("rotateWebhookSecret", { params: { id: made.id }, body: { overlap_hours: 1 } });
    expect(rotated.secret).not.toBe(made.secret);
    expect(rotated.secrets.map(({ expires_at: until }) => until === null)).toEqual([true, false]);
    await test(made);
    const [both] = await coming(made, 1);
    if (both === undefined) throw new Error("nothing came");
    for (const secret of [made.secret, rotated.secret]) expect(new Webhook(secret).verify(both.body, both.headers)).toBeDefined();
    const last = await admin.call("rotateWebhookSecret", { params: { id: made.id }, body: { overlap_hours: 0 } });
    await test(made);
    const one = (await coming(made, 2)).at(-1);
    if (one === undefined) throw new Error("nothing came");
    expect(new Webhook(last.secret).verify(one.body, one.headers)).toBeDefined();
    for (const secret of [made.secret, rotated.secret]) expect(() => new Webhook(secret).verify(one.body, one.headers)).toThrow();
  });

  it("is not followed to another address, and its owner is told which to enter", async () => {
    const made = await make();
    receiver.answer(() => ({ status: 308, headers: { location: receiver.url } }));
    await test(made);
    const [delivery] = await settled(made);
    expect(delivery).toMatchObject({
      state: "given_up",
      attempts: 4,
      last_error: "It answered 308: redirects are not followed. Enter the address that it leads to.",
    });
    expect(receiver.received.some(({ path }) => path === "/hooks")).toBe(false);
  });

  it("carries on the trace of the alert that an event came from", async () => {
    const made = await make({ event_types: ["dev.dd0c.run.alert.matched"] });
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const runbook = await admin.call("createRunbook", {
      body: { raw_text: "# Payment service latency\n\nService: payments\n\n1. Look: `uptime`\n" },
    });
    const door = await admin.call("createIntegration", { body: { kind: "generic", name: "Traced" } });
    await admin.call("createAlertMapping", { body: { runbook_id: runbook.id, criteria: { name: "PaymentLatency" } } });
    await fetch(`${server.url}${door.path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${door.secret}`, traceparent },
      body: JSON.stringify({ alert_id: "t-1", name: "PaymentLatency", title: "secret words of an alert", service: "payments" }),
    });
    const [one] = await coming(made, 1);
    if (one === undefined) throw new Error("nothing came");
    expect(one.headers["traceparent"]).toBe(traceparent);
    expect(JSON.parse(one.body)).toMatchObject({
      traceparent,
      subject: expect.stringMatching(/^alerts\//) as string,
      data: { matches: 1 },
    });
    expect(dataOf(one)["runbook_id"]).toBe(runbook.id);
    expect(one.body).not.toContain("secret words");
  });
});

describe("an endpoint", () => {
  it("ends with a 410, with its reason on record, and nothing more is sent until somebody switches it on", async () => {
    const made = await make();
    receiver.answer(() => ({ status: 410 }));
    await test(made);
    await until(
      "it to be off",
      () => listed(made),
      ({ enabled }) => !enabled,
    );
    expect(await listed(made)).toMatchObject({ disabled_reason: "gone", disabled_at: expect.any(String) as string });
    const [event] = await auditOf("webhook_endpoint.disabled");
    expect(event).toMatchObject({ actor: { type: "system", id: "webhooks" }, data: { endpoint_id: made.id, reason: "gone" } });
    const before = cameTo(made).length;
    await panic();
    await expect(test(made)).rejects.toMatchObject({ status: 409, code: "WEBHOOK_OFF" });
    receiver.answer(() => ({ status: 204 }));
    await admin.call("updateWebhookEndpoint", { params: { id: made.id }, body: { enabled: true } });
    await test(made);
    const came = await coming(made, before + 1);
    expect(came.slice(before).map(typeOf)).toEqual(["dev.dd0c.run.ping"]);
    expect(await listed(made)).toMatchObject({ enabled: true, disabled_reason: null, disabled_at: null, failing_since: null });
  });

  it("says since when it fails, ends after five days of it, and not after a success in between", async () => {
    const made = await make();
    const ago = (hours: number) =>
      server.database.withTenant(server.tenantId, ({ query }) =>
        query
          .updateTable("webhook_endpoints")
          .set({ failing_since: new Date(Date.now() - hours * 3_600_000) })
          .where("id", "=", made.id)
          .execute(),
      );
    receiver.answer(() => ({ status: 500 }));
    await test(made);
    await until(
      "it to be failing",
      () => listed(made),
      ({ failing_since: since }) => since !== null,
    );
    await ago(119);
    await test(made);
    await settled(made, 2);
    expect((await listed(made)).enabled).toBe(true);
    receiver.answer(() => ({ status: 200 }));
    await test(made);
    await until(
      "it to be well",
      () => listed(made),
      ({ failing_since: since }) => since === null,
    );
    receiver.answer(() => ({ status: 500 }));
    await ago(121);
    await test(made);
    await until(
      "it to be off",
      () => listed(made),
      ({ enabled }) => !enabled,
    );
    expect(await listed(made)).toMatchObject({ disabled_reason: "failing" });
  });

  it("is sent nothing more once it is switched off or removed, and what was sent stays to be looked at", async () => {
    const made = await make();
    receiver.answer(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    await test(made);
    await until(
      "an attempt",
      () => deliveriesTo(made),
      ([one]) => one?.last_status === 429,
    );
    const [waiting] = await deliveriesTo(made);
    expect(Date.parse(waiting?.next_attempt_at ?? "") - Date.now()).toBeGreaterThan(3_500_000);
    await admin.call("updateWebhookEndpoint", { params: { id: made.id }, body: { enabled: false } });
    expect(await deliveriesTo(made)).toMatchObject([{ state: "cancelled", next_attempt_at: null }]);
    await expect(admin.call("replayOutboundDelivery", { params: { id: waiting?.id ?? "" } })).rejects.toMatchObject({
      code: "WEBHOOK_OFF",
    });
    await remove(made);
    expect(await deliveriesTo(made)).toHaveLength(1);
    expect((await admin.call("listWebhookEndpoints")).items).toEqual([]);
    expect(cameTo(made)).toHaveLength(1);
  });

  it("has a delivery sent again under its id, by a person whose name is on record", async () => {
    const made = await make();
    receiver.answer(() => ({ status: 400, body: "<b>no</b>" }));
    const { delivery_id: id } = await test(made);
    expect(await settled(made)).toMatchObject([{ state: "given_up", attempts: 4, last_error: "It answered 400. <b>no</b>" }]);
    receiver.answer(() => ({ status: 200 }));
    await admin.call("replayOutboundDelivery", { params: { id } });
    await coming(made, 5);
    expect(await settled(made)).toMatchObject([{ id, state: "delivered", attempts: 5 }]);
    expect(new Set(cameTo(made).map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
    expect((await auditOf("outbound.replayed"))[0]).toMatchObject({
      actor: { type: "user", via: "web" },
      data: { delivery_id: id, kind: "webhook" },
    });
  });

  it.each([
    ["http://hooks.example.com/", "Only https addresses are called. An operator can name the host in OUTBOUND_ALLOW_HOSTS."],
    ["https://169.254.169.254/latest", "That is a link-local address. An operator can name the host in OUTBOUND_ALLOW_HOSTS."],
    ["https://me:word@hooks.example.com/", "An address with a user name or password in it is not called."],
    ["not a url", "That is not a URL."],
  ])("is not made for %s", async (url, message) => {
    await expect(make({ url })).rejects.toMatchObject({ status: 400, code: "VALIDATION_FAILED", message });
    const made = await make();
    const change = { params: { id: made.id }, body: { url } };
    await expect(admin.call("updateWebhookEndpoint", change)).rejects.toMatchObject({ code: "VALIDATION_FAILED", message });
  });

  it("is refused a name that leads inside, when it is called", async () => {
    const made = await make({ url: "https://localhost:1/x" });
    await test(made);
    expect(await settled(made)).toMatchObject([
      {
        state: "given_up",
        attempts: 1,
        last_status: null,
        last_error: "The name localhost leads to a loopback address. An operator can name the host in OUTBOUND_ALLOW_HOSTS.",
      },
    ]);
  });

  it("is not made for an event that does not exist", async () => {
    await expect(make({ event_types: ["dev.dd0c.run.nothing"] })).rejects.toMatchObject({
      message: "There is no event type dev.dd0c.run.nothing.",
    });
  });
});

describe("who sees and does what", () => {
  it("shows a secret once, keeps it sealed, and writes it nowhere", async () => {
    const made = await make({ description: "Data lake" });
    await admin.call("updateWebhookEndpoint", { params: { id: made.id }, body: { description: "Lake" } });
    await panic();
    await settled(made, 2);
    const stored = await server.database.withTenant(server.tenantId, ({ query }) =>
      query.selectFrom("webhook_endpoint_secrets").select("sealed").execute(),
    );
    const audit = JSON.stringify(await admin.call("listAudit", { query: { limit: 200 } }));
    const shown = JSON.stringify([await admin.call("listWebhookEndpoints"), await deliveriesTo(made), audit, stored, server.log]);
    expect(shown).not.toContain(made.secret.slice("whsec_".length));
    expect(shown).not.toContain(Buffer.from(made.secret.slice("whsec_".length), "base64").toString("hex"));
    // The path of an address may be a secret: the record has the host.
    expect(audit).not.toContain(pathOf(made));
    expect(audit).toContain(`127.0.0.1:${receiver.port}`);
    const types = ["created", "updated"].map((what) => `webhook_endpoint.${what}`);
    for (const type of types) expect((await auditOf(type))[0]).toMatchObject({ actor: { type: "user" }, data: { endpoint_id: made.id } });
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it("is for admins, and for nobody of another organisation", async () => {
    const made = await make();
    const { delivery_id: id } = await test(made);
    const bob = server.withCookie(await accept(await invite(admin, bobAs("approver"))));
    await expect(bob.call("listWebhookEndpoints")).rejects.toMatchObject({ status: 403 });
    await expect(bob.call("listOutboundDeliveries", { query: {} })).rejects.toMatchObject({ status: 403 });
    await expect(bob.call("replayOutboundDelivery", { params: { id } })).rejects.toMatchObject({ status: 403 });
    await createTenant(server.app, { tenantName: "Other", slug: `o${randomUUID()}`, userName: "O", email: "o@o.example" });
    const link = await issueSignInLink(server.app, "o@o.example", server.url);
    const other = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
    expect((await other.call("listWebhookEndpoints")).items).toEqual([]);
    expect((await other.call("listOutboundDeliveries", { query: { target_id: made.id } })).items).toEqual([]);
    for (const attempt of [
      () => other.call("getOutboundDelivery", { params: { id } }),
      () => other.call("replayOutboundDelivery", { params: { id } }),
      () => other.call("testWebhookEndpoint", { params: { id: made.id } }),
      () => other.call("updateWebhookEndpoint", { params: { id: made.id }, body: { enabled: false } }),
      () => other.call("rotateWebhookSecret", { params: { id: made.id }, body: {} }),
      () => other.call("removeWebhookEndpoint", { params: { id: made.id } }),
    ])
      await expect(attempt()).rejects.toMatchObject({ status: 404 });
    const { key } = await admin.call("createApiKey", { body: { name: "machine", role: "operator" } });
    const machine = server.withKey(key).call("createWebhookEndpoint", { body: { url: "https://hooks.example.com/" } });
    await expect(machine).rejects.toMatchObject({ status: 403 });
  });
});
