// From a PagerDuty incident to the note and the resolve at its end, with a server that speaks its REST API, and back: its own webhooks come in as any.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakePagerDuty, incidentWebhook, pagerDutyKey, pagerDutyUser, startFakePagerDuty } from "../../test-support/fake-pagerduty.ts";
import {
  aWhile,
  completeRun,
  type IncidentServer,
  raise,
  startIncidentServer,
  startRun,
  told,
  wholeAlert,
} from "../../test-support/incident-run.ts";
import { type Sender, sendDelivery, until } from "../../test-support/send-delivery.ts";

let pagerduty: FakePagerDuty;
let ground: IncidentServer;
let sender: Sender & { readonly id: string };
let incidents = 0;

const set = (settings: object) =>
  ground.admin.call("setClosing", {
    params: { id: sender.id },
    body: { note: true, resolve: "when_completed", api_url: pagerduty.url, acts_as: pagerDutyUser, token: pagerDutyKey, ...settings },
  });

async function incident(): Promise<{ readonly id: string; readonly alertId: string }> {
  incidents += 1;
  const id = `Q${incidents}INCIDENT`;
  pagerduty.incidents.set(id, { status: "triggered", notes: [] });
  return { id, alertId: await raise(ground, sender, incidentWebhook("incident.triggered", id, "triggered"), id) };
}
const notesOf = (id: string) => pagerduty.incidents.get(id)?.notes ?? [];
const statusOf = (id: string) => pagerduty.incidents.get(id)?.status;

beforeAll(async () => {
  pagerduty = await startFakePagerDuty();
  ground = await startIncidentServer([pagerduty.host]);
  sender = await ground.admin.call("createIntegration", { body: { kind: "pagerduty", name: "PagerDuty" } });
  pagerduty.subscription = { url: `${ground.server.url}${sender.path}`, secret: sender.secret };
}, 60_000);
afterAll(async () => {
  await ground.server.stop();
  await pagerduty.close();
});
beforeEach(() => set({}));

describe("a run that completed", () => {
  it("leaves a note of itself, resolves the incident, and the webhook of that ends our alert and starts nothing", async () => {
    const { id, alertId } = await incident();
    const run = await completeRun(ground, alertId, true);
    expect(run.status).toBe("completed");
    await told(ground, alertId, "note", "delivered");
    await told(ground, alertId, "resolve", "delivered");
    const [note, ...more] = notesOf(id);
    expect(more).toEqual([]);
    expect(note?.split("\n").map((line) => line.replace(/\d+ s\b/, "N s"))).toEqual([
      'dd0c/run: the runbook "Checkout recovery" (version 1) completed after N s.',
      "Steps: 1 done, 1 skipped, 0 failed.",
      "Beside the runbook: 1 skipped.",
      "Time to resolution: N s, from the alert's own start.",
      `Started by ${(await ground.admin.call("getSession")).user.name}.`,
      `${ground.server.url}/executions/${run.id}`,
    ]);
    expect(statusOf(id)).toBe("resolved");

    const ended = await until(
      "PagerDuty's word to come back",
      () => wholeAlert(ground, alertId),
      ({ status, events }) => status === "resolved" && events.length === 3,
    );
    expect(pagerduty.sent.slice(-2).map(([, status]) => status)).toEqual([202, 202]);
    expect(ended.events.map(({ change, counted }) => [change, counted])).toEqual(
      expect.arrayContaining([
        ["opened", true],
        ["noted", false],
        ["resolved", true],
      ]),
    );
    // What stood there as it began still stands: our own note is no description of the incident.
    expect(ended.description).toBeNull();
    expect(ended.with_copilot).toMatchObject({
      run: { execution_id: run.id, since: "alert_start", doubt: null },
      runs: expect.any(Number),
    });
    expect(ended.closing?.resolve_refusal).toContain("over already");
    const { items } = await ground.admin.call("listExecutions", { query: { runbook_id: ground.runbookId } });
    expect(items.filter(({ id: other }) => other !== run.id)).toEqual([]);
    expect((await ground.admin.call("verifyAudit")).ok).toBe(true);
  });

  it("leaves one note where the answer to the first was lost", async () => {
    const { id, alertId } = await incident();
    pagerduty.next.push({ when: ({ method, path }) => method === "POST" && path.includes(id), how: "lost" });
    await completeRun(ground, alertId);
    const { closing } = await told(ground, alertId, "note", "delivered");
    expect(closing?.note?.said).toContain("earlier attempt");
    expect(notesOf(id)).toHaveLength(1);
  });

  it("waits as long as it is asked to, and goes on after a failure of the other side", async () => {
    const { id, alertId } = await incident();
    const ofNote = { when: ({ method, path }: { method: string; path: string }) => method === "POST" && path.includes(id) };
    pagerduty.next.push(
      { ...ofNote, how: { status: 500, body: { error: { code: 2000, message: "Internal Server Error" } } } },
      { ...ofNote, how: { status: 429, headers: { "retry-after": "2" }, body: { error: { code: 2020, message: "Rate Limit Exceeded" } } } },
    );
    const since = performance.now();
    await completeRun(ground, alertId);
    await told(ground, alertId, "note", "delivered");
    expect(performance.now() - since).toBeGreaterThan(2_000);
    expect(notesOf(id)).toHaveLength(1);
    await told(ground, alertId, "resolve", "delivered");
  });

  it("notes an incident that is over, and does not resolve it again", async () => {
    const { id, alertId } = await incident();
    const run = await startRun(ground, alertId);
    await raiseEnd(id, alertId);
    const params = { id: run.id };
    const next = await ground.admin.call("reportStep", {
      params: { ...params, sid: run.current_step_id ?? "" },
      body: { outcome: "done" },
    });
    await ground.admin.call("reportStep", { params: { ...params, sid: next.current_step_id ?? "" }, body: { outcome: "done" } });
    const { closing } = await told(ground, alertId, "note", "delivered");
    expect([closing?.resolve, notesOf(id).length]).toEqual([null, 1]);
    expect(pagerduty.asked.some(({ method, path }) => method === "PUT" && path.includes(id))).toBe(false);
  });

  it("counts as resolved where somebody else was quicker than we knew", async () => {
    const { id, alertId } = await incident();
    const known = pagerduty.incidents.get(id);
    if (known !== undefined) known.status = "resolved";
    await completeRun(ground, alertId);
    const { closing } = await told(ground, alertId, "resolve", "delivered");
    expect(closing?.resolve?.said).toBe("It was resolved already.");
  });
});

/** PagerDuty's word that it is over, and the wait until we have read it. */
async function raiseEnd(id: string, alertId: string): Promise<void> {
  await sendDelivery(ground.server.url, sender, incidentWebhook("incident.resolved", id, "resolved"));
  await until(
    "the end",
    () => wholeAlert(ground, alertId),
    ({ status }) => status === "resolved",
  );
}

describe("a run that a person ended", () => {
  it("leaves a note and resolves nothing, whatever the setting and whoever asks", async () => {
    const { id, alertId } = await incident();
    const run = await startRun(ground, alertId);
    await ground.admin.call("abortExecution", { params: { id: run.id }, body: { reason: "wrong runbook" } });
    const { closing } = await told(ground, alertId, "note", "delivered");
    expect(notesOf(id)[0]).toContain("was ended by a person before its last step");
    expect(closing?.resolve_refusal).toContain("No run for it has completed");
    await expect(ground.admin.call("resolveAlert", { params: { id: alertId } })).rejects.toMatchObject({
      code: "EXECUTION_STATE_CONFLICT",
    });
    await aWhile();
    expect(statusOf(id)).toBe("triggered");
  });
});

describe("what the settings say", () => {
  it("is nothing until somebody turns it on, and nothing again when it is turned off", async () => {
    await ground.admin.call("removeClosing", { params: { id: sender.id } });
    const { id, alertId } = await incident();
    const asked = pagerduty.asked.length;
    await completeRun(ground, alertId);
    await aWhile();
    expect([pagerduty.asked.length, (await wholeAlert(ground, alertId)).closing, notesOf(id)]).toEqual([asked, null, []]);
    // What ended before it was turned on is not told afterwards.
    await set({});
    await aWhile();
    expect(pagerduty.asked.length).toBe(asked);
  });

  it("lets a person resolve, and no machine", async () => {
    await set({ note: false, resolve: "when_asked" });
    const { id, alertId } = await incident();
    await completeRun(ground, alertId);
    await aWhile();
    expect([statusOf(id), notesOf(id)]).toEqual(["triggered", []]);
    const { key } = await ground.admin.call("createApiKey", { body: { name: "bot", role: "operator" } });
    const params = { id: alertId };
    await expect(ground.server.withKey(key).call("resolveAlert", { params })).rejects.toMatchObject({ code: "HUMAN_REQUIRED" });
    expect((await ground.admin.call("resolveAlert", { params })).closing?.resolve?.state).toBe("waiting");
    await expect(ground.admin.call("resolveAlert", { params })).rejects.toMatchObject({ code: "EXECUTION_STATE_CONFLICT" });
    await told(ground, alertId, "resolve", "delivered");
    expect(statusOf(id)).toBe("resolved");
    expect((await ground.admin.call("listAudit", { query: { type: "alert.resolve_asked", limit: 5 } })).items).toHaveLength(1);
  });

  it("has an API token that does not work, a user that is none: it is said, and after a correction it is sent again", async () => {
    await set({ resolve: "never", token: "a-token-that-is-wrong" });
    const { id, alertId } = await incident();
    await completeRun(ground, alertId);
    const wrong = await told(ground, alertId, "note", "given_up");
    expect(wrong.closing?.note?.said).toBe(
      "PagerDuty does not accept the API token: give a new one in the integration's settings (Authentication failed).",
    );
    const again = () => ground.admin.call("replayOutboundDelivery", { params: { id: wrong.closing?.note?.delivery_id ?? "" } });
    await set({ resolve: "never", acts_as: "nobody@larkspur.example" });
    await again();
    const nobody = await until(
      "the next refusal",
      () => wholeAlert(ground, alertId),
      ({ closing }) => closing?.note?.state === "given_up" && closing.note.said !== wrong.closing?.note?.said,
    );
    expect(nobody.closing?.note?.said).toContain("knows no user with the address");
    await set({ resolve: "never" });
    await again();
    await told(ground, alertId, "note", "delivered");
    expect(notesOf(id)).toHaveLength(1);
  });

  it("never shows the token, which goes nowhere but to its address", async () => {
    const shown = JSON.stringify(await ground.admin.call("listIntegrations"));
    const deliveries = JSON.stringify(await ground.admin.call("listOutboundDeliveries", { query: {} }));
    const rows = await ground.server.database.withTenant(ground.server.tenantId, (tx) =>
      tx.query.selectFrom("integration_closings").selectAll().execute(),
    );
    const trail = JSON.stringify((await ground.admin.call("listAudit", { query: { limit: 500 } })).items);
    for (const text of [shown, deliveries, JSON.stringify(rows), trail, ground.server.log.join("\n")])
      expect(text).not.toContain(pagerDutyKey);
    expect(trail).toContain("integration.closing_set");
    // Another address needs the token again.
    await expect(set({ api_url: "https://api.eu.pagerduty.com", token: undefined })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    expect((await set({ token: undefined })).closing).toMatchObject({ note: true, resolve: "when_completed", acts_as: pagerDutyUser });
  });

  it.each([
    [{ api_url: "http://169.254.169.254/" }, "https"],
    [{ api_url: "https://10.0.0.8" }, "private address"],
    [{ api_url: "https://user:pw@api.pagerduty.com" }, "user name or password"],
    [{ api_url: "https://api.pagerduty.com/?x=1" }, "leave out what follows"],
    [{ acts_as: null }, "e-mail address"],
    [{ token: "two words of it" }, "one word"],
    [{ note: false, resolve: "never" }, "Choose a note"],
  ])("is refused where it cannot be right: %j", async (wrong, words) => {
    await expect(set(wrong)).rejects.toMatchObject({ code: "VALIDATION_FAILED", message: expect.stringContaining(words) as string });
  });
});
