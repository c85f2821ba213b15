// Notes and resolves at Opsgenie, Jira Service Management and dd0c/alert, each a server of its own that speaks as the real one does.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dd0cAlertToken, type FakeDd0cAlert, startFakeDd0cAlert } from "../../test-support/fake-dd0c-alert.ts";
import { type FakeOpsgenie, jsmPath, opsgenieKey, startFakeOpsgenie, tooMany } from "../../test-support/fake-opsgenie.ts";
import { completeRun, type IncidentServer, raise, startIncidentServer, told } from "../../test-support/incident-run.ts";
import type { Sender } from "../../test-support/send-delivery.ts";

let opsgenie: FakeOpsgenie;
let dd0cAlert: FakeDd0cAlert;
let ground: IncidentServer;
type Integration = Sender & { readonly id: string };

const connect = (kind: "opsgenie" | "dd0c-alert" | "grafana"): Promise<Integration> =>
  ground.admin.call("createIntegration", { body: { kind, name: kind } });
const set = (sender: Integration, settings: { api_url: string; token: string }) =>
  ground.admin.call("setClosing", { params: { id: sender.id }, body: { note: true, resolve: "when_completed", ...settings } });

beforeAll(async () => {
  [opsgenie, dd0cAlert] = await Promise.all([startFakeOpsgenie(), startFakeDd0cAlert()]);
  ground = await startIncidentServer([opsgenie.host, dd0cAlert.host]);
}, 60_000);
afterAll(async () => {
  await ground.server.stop();
  await Promise.all([opsgenie.close(), dd0cAlert.close()]);
});

describe("Opsgenie", () => {
  let sender: Integration;
  let alerts = 0;
  const create = (alertId: string) => ({
    action: "Create",
    source: { name: "", type: "api" },
    alert: { alertId, tinyId: "1", message: "replication lag", tags: [], entity: "ledger", createdAt: Date.now() },
  });
  const alertOf = async (isThere = true): Promise<{ readonly id: string; readonly alertId: string }> => {
    alerts += 1;
    const id = `7c1e0b7a-4c3f-4d0e-9f51-2f6f5f0f9a1${alerts}-1795142467412`;
    if (isThere) opsgenie.alerts.set(id, { status: "open", notes: [] });
    return { id, alertId: await raise(ground, sender, create(id), id) };
  };

  beforeAll(async () => {
    sender = await connect("opsgenie");
    await set(sender, { api_url: `${opsgenie.url}/`, token: opsgenieKey });
  });

  it("gets a note and is closed, and is asked whether it was done", async () => {
    opsgenie.behind = 2;
    const { id, alertId } = await alertOf();
    const run = await completeRun(ground, alertId);
    const note = await told(ground, alertId, "note", "delivered");
    await told(ground, alertId, "resolve", "delivered");
    expect(note.closing?.note?.said).toBeNull();
    const link = `${ground.server.url}/executions/${run.id}`;
    const { status, notes = [] } = opsgenie.alerts.get(id) ?? {};
    // Both leave together.
    expect([status, notes.toSorted()]).toEqual([
      "closed",
      [`Closed by dd0c/run: ${link}`, expect.stringMatching(/^dd0c\/run: [\s\S]*The run followed its runbook\.[\s\S]*$/)],
    ]);
    const polls = opsgenie.asked.filter(({ method }) => method === "GET");
    expect(polls).toHaveLength(6);
  });

  it("that accepts and does not get to it in time counts as told, and that is said", async () => {
    opsgenie.behind = 100;
    const { alertId } = await alertOf();
    await completeRun(ground, alertId);
    const { closing } = await told(ground, alertId, "note", "delivered");
    expect(closing?.note?.said).toContain("had not said by then");
    opsgenie.behind = 0;
  });

  it("that accepts and then does not do it is not told again and again", async () => {
    const { alertId } = await alertOf(false);
    await completeRun(ground, alertId);
    const { closing } = await told(ground, alertId, "note", "given_up");
    expect(closing?.note?.said).toBe("Opsgenie accepted it and then did not do it (Alert does not exist).");
  });

  it("that was closed by somebody else counts as closed", async () => {
    const { id, alertId } = await alertOf();
    opsgenie.alerts.set(id, { status: "closed", notes: [] });
    await completeRun(ground, alertId);
    const { closing } = await told(ground, alertId, "resolve", "delivered");
    expect(closing?.resolve?.said).toBe("It was closed already.");
  });

  it("that wants a pause gets it", async () => {
    const { id, alertId } = await alertOf();
    opsgenie.next.push({ when: ({ path }) => path.includes(id) && path.includes("/notes"), how: tooMany("2") });
    const since = performance.now();
    await completeRun(ground, alertId);
    await told(ground, alertId, "note", "delivered");
    expect(performance.now() - since).toBeGreaterThan(2_000);
  });

  it("is reached as Jira Service Management below its path, and says so where the key is none", async () => {
    const jsm = { api_url: `${opsgenie.url}${jsmPath}`, token: opsgenieKey };
    await set(sender, { ...jsm, token: "another-key-of-ours" });
    const first = await alertOf();
    await completeRun(ground, first.alertId);
    const { closing } = await told(ground, first.alertId, "note", "given_up");
    expect(closing?.note?.said).toContain("the API token may not do this (You are not authorized to access this resource.)");
    await set(sender, jsm);
    const { id, alertId } = await alertOf();
    await completeRun(ground, alertId);
    await told(ground, alertId, "resolve", "delivered");
    expect(opsgenie.asked.some(({ path }) => path === `${jsmPath}/v2/alerts/${id}/close?identifierType=id`)).toBe(true);
  });
});

describe("dd0c/alert", () => {
  it("gets what the run was as fields, and a repeated call does nothing twice", async () => {
    const sender = await connect("dd0c-alert");
    await set(sender, { api_url: dd0cAlert.url, token: dd0cAlertToken });
    dd0cAlert.incidents.set("PD-12345", { status: "open", told: [] });
    const alertId = await raise(ground, sender, { alert_id: "PD-12345", source: "dd0c/alert", service: "pay", title: "P95" }, "PD-12345");
    dd0cAlert.next.push({ when: ({ path }) => path.endsWith("/note"), how: "lost" });
    const run = await completeRun(ground, alertId, true);
    await told(ground, alertId, "note", "delivered");
    await told(ground, alertId, "resolve", "delivered");
    const { status, told: bodies } = dd0cAlert.incidents.get("PD-12345") ?? { status: "", told: [] };
    expect([status, bodies.length]).toEqual(["resolved", 2]);
    const facts = {
      execution_id: run.id,
      runbook_title: "Checkout recovery",
      status: "completed",
      steps_executed: 1,
      steps_skipped: 1,
      steps_failed: 0,
      mttr_seconds: run.mttr?.seconds,
      mttr_since: "alert_received",
      url: `${ground.server.url}/executions/${run.id}`,
    };
    const note = bodies.find((body) => "summary" in body);
    expect(note).toMatchObject({
      ...facts,
      steps: [
        { label: "1", description: "Tell the customers.", status: "skipped" },
        { label: "2", description: "Switch the traffic back.", status: "completed" },
      ],
    });
    expect(bodies.find((body) => "resolution" in body)).toMatchObject(facts);
  });

  it("without such an incident says so; a start to come is not believed", async () => {
    const sender = await connect("dd0c-alert");
    await set(sender, { api_url: dd0cAlert.url, token: dd0cAlertToken });
    const body = { alert_id: "unknown-1", title: "gone", occurred_at: Date.now() + 3_600_000 };
    const alertId = await raise(ground, sender, body, "unknown-1");
    const run = await completeRun(ground, alertId);
    expect(run.mttr).toMatchObject({ since: "alert_received", doubt: "starts_in_the_future", since_at: run.alert?.received_at });
    expect(run.mttr_seconds).toBeLessThan(60);
    expect((await ground.admin.call("getDivergence", { params: { id: run.id } })).times).toMatchObject({
      mttr_seconds: run.mttr_seconds,
      mttr_since: "alert_received",
    });
    const { closing } = await told(ground, alertId, "note", "given_up");
    expect(closing?.note?.said).toContain("dd0c/alert does not know this incident");
  });
});

it("no other kind of integration can be told", async () => {
  const grafana = await connect("grafana");
  await expect(set(grafana, { api_url: "https://grafana.example", token: "12345678" })).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    message: expect.stringContaining("Only PagerDuty, Opsgenie and dd0c/alert") as string,
  });
});
