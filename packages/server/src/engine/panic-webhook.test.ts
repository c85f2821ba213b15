// A panic webhook can stop everything and nothing else; its secret is shown once; repeating it is harmless; guessing it is slow.
import { randomUUID } from "node:crypto";
import { routePath } from "@dd0c/protocol/http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";

let server: TestServer;
let admin: Session;
let hook: { readonly id: string; readonly secret: string };

const make = (name: string, session = admin) => session.call("createPanicWebhook", { body: { name } });
const address = (id: string) => server.url + routePath("panicByWebhook", { id });

const press = (id: string, secret: string | null, init: Partial<RequestInit> = {}): Promise<Response> =>
  fetch(address(id), {
    method: "POST",
    ...init,
    headers: { ...init.headers, ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) },
  });

const refusal = async (answer: Response): Promise<unknown> => [
  answer.status,
  ((await answer.json()) as { error: { code: string; message: string } }).error,
];
const recorded = async (type: string) => (await admin.call("listAudit", { query: { type } })).items;
const lift = () => admin.call("panicOff", { body: { reason: "looked at it" } });

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  hook = await make(`hook ${randomUUID()}`);
});

describe("a panic webhook", () => {
  it("stops everything, is named as who did it, and repeats itself without another record", async () => {
    const before = (await recorded("panic.activated")).length;
    const first = await press(hook.id, hook.secret, {
      headers: { "content-type": "application/json" },
      body: '{"reason":"smoke\\u0000!"}',
    });
    expect([first.status, Object.keys((await first.json()) as object)]).toEqual([200, ["on", "since"]]);
    for (let again = 0; again < 3; again++) expect((await press(hook.id, hook.secret)).status).toBe(200);
    const state = await admin.call("getPanic");
    expect(state).toMatchObject({ on: true, reason: expect.stringMatching(/^hook \S+: smoke!$/) as string });
    expect(state.by).toEqual({ type: "system", id: `panic-webhook:${hook.id}`, name: "panic webhook", via: "system" });
    const events = await recorded("panic.activated");
    expect(events.length).toBe(before + 1);
    expect(events[0]?.actor.id).toBe(`panic-webhook:${hook.id}`);
    await lift();
    expect((await press(hook.id, hook.secret)).status).toBe(200);
    expect((await recorded("panic.activated")).length).toBe(before + 2);
    await lift();
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it.each([
    ["no body", {}],
    ["an empty JSON body", { headers: { "content-type": "application/json" } }],
    ["broken JSON", { headers: { "content-type": "application/json" }, body: "{" }],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" }],
    ["no JSON object", { headers: { "content-type": "application/json" }, body: '["reason"]' }],
    ["an unheard-of type", { headers: { "content-type": "button/red" }, body: "pressed" }],
  ])("takes %s", async (_what, init) => {
    expect((await press(hook.id, hook.secret, init)).status).toBe(200);
    await lift();
  });

  it("answers every wrong call alike, and stops nothing", async () => {
    const revoked = await make("revoked");
    await admin.call("revokePanicWebhook", { params: { id: revoked.id } });
    const other = await make("another");
    const wrong = [
      await press(hook.id, null),
      await press(hook.id, `${hook.secret.slice(0, -1)}_`),
      await press(hook.id, other.secret),
      await press(randomUUID(), hook.secret),
      await press(revoked.id, revoked.secret),
      await press(hook.id, "0".repeat(64)),
    ];
    const answers = await Promise.all(
      wrong.map(async (answer) => JSON.stringify(await refusal(answer)).replace(/[0-9a-f-]{36}|\d{4}-.*Z/g, "")),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^\[401,\{"code":"UNAUTHENTICATED"/);
    expect((await admin.call("getPanic")).on).toBe(false);
  });

  it("opens nothing else with its secret", async () => {
    const { call } = server.withKey(hook.secret);
    for (const name of ["getPanic", "listRunbooks", "listPanicWebhooks"] as const)
      await expect(call(name, {} as never)).rejects.toMatchObject({ status: 401 });
    await expect(call("panicOff", { body: { reason: "x" } })).rejects.toMatchObject({ status: 401 });
    await expect(call("panicOn", { body: { reason: "x" } })).rejects.toMatchObject({ status: 401 });
  });

  it("shows its secret once: not in the list, the database, the audit log or the server's log", async () => {
    expect(hook.secret).toMatch(/^panic_[A-Za-z0-9_-]{43}$/);
    await press(hook.id, hook.secret);
    await lift();
    const { items } = await admin.call("listPanicWebhooks");
    expect(items.find(({ id }) => id === hook.id)).toMatchObject({ last_used_at: expect.any(String) as string });
    const stored = await server.database.withTenant(server.tenantId, (tx) => tx.query.selectFrom("panic_webhooks").selectAll().execute());
    const seen = JSON.stringify([items, stored, await recorded("panic_webhook.created"), await recorded("panic.activated"), server.log]);
    expect(seen).toContain(hook.id);
    expect(seen).not.toContain(hook.secret.slice("panic_".length));
  });

  it("is made and revoked by a signed-in admin alone, each on record", async () => {
    const { key } = await admin.call("createApiKey", { body: { name: "script", role: "operator" } });
    const machine = server.withKey(key);
    await expect(make("mine", machine)).rejects.toMatchObject({ status: 403, code: "HUMAN_REQUIRED" });
    await expect(machine.call("listPanicWebhooks")).rejects.toMatchObject({ status: 403 });
    await expect(machine.call("revokePanicWebhook", { params: { id: hook.id } })).rejects.toMatchObject({ status: 403 });
    await admin.call("revokePanicWebhook", { params: { id: hook.id } });
    await expect(admin.call("revokePanicWebhook", { params: { id: hook.id } })).rejects.toMatchObject({ status: 404 });
    expect((await recorded("panic_webhook.revoked"))[0]).toMatchObject({ data: { webhook_id: hook.id }, actor: { type: "user" } });
    for (const name of ["", "   ", "x".repeat(101)]) await expect(make(name)).rejects.toMatchObject({ status: 400 });
  });

  it("is of one tenant: another neither sees nor revokes it, and a halt that is on already is recorded for the tenant that presses too", async () => {
    await createTenant(server.app, { tenantName: "Other", slug: "other", userName: "Eve", email: "eve@example.com" });
    const link = await issueSignInLink(server.app, "eve@example.com", server.url);
    const eve = server.withCookie(cookieOf(await fetch(link, { redirect: "manual" })));
    expect((await eve.call("listPanicWebhooks")).items).toEqual([]);
    await expect(eve.call("revokePanicWebhook", { params: { id: hook.id } })).rejects.toMatchObject({ status: 404 });
    const hers = await make("hers", eve);
    const hersRecorded = async () => (await eve.call("listAudit", { query: { type: "panic.activated" } })).items.length;
    await press(hook.id, hook.secret);
    expect(await hersRecorded()).toBe(0);
    for (let again = 0; again < 2; again++) await press(hers.id, hers.secret);
    expect(await hersRecorded()).toBe(1);
    await lift();
  });

  it("is throttled per webhook and address, and says when to come back", async () => {
    const other = await make("other");
    const statuses: number[] = [];
    for (let call = 0; call < 32; call++) statuses.push((await fetch(`${address(hook.id)}?${call}`, { method: "POST" })).status);
    expect(statuses.slice(28)).toEqual([401, 401, 429, 429]);
    const limited = await press(hook.id, hook.secret);
    expect([limited.status, Number(limited.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect((await press(other.id, other.secret)).status).toBe(200);
    await lift();
  });

  it("are at most twenty", async () => {
    const { items } = await admin.call("listPanicWebhooks");
    for (let more = items.length; more < 20; more++) await make(`more ${more}`);
    await expect(make("one too many")).rejects.toMatchObject({ status: 402, code: "PLAN_LIMIT_REACHED" });
    for (const { id } of (await admin.call("listPanicWebhooks")).items) await admin.call("revokePanicWebhook", { params: { id } });
  });
});
