// From an alert to a run that waits for its start: what fills it in, who starts it, what becomes of the offer otherwise; and storms, at their pace.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { type Sender, sendDelivery, until } from "../../test-support/send-delivery.ts";
import { upsertAgent } from "../db/index.ts";
import { readOffer } from "../app/read-alerts.ts";
import { announce } from "./announce.ts";

let server: TestServer;
let admin: Session;
let sender: Sender & { readonly id: string };
const agentId = randomUUID();
const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs, monotonic: () => performance.now() };
const minute = 60_000;

const runbookText = (title: string) => `# ${title}

1. Look at the pods of <service> in <namespace>:

   \`\`\`bash
   kubectl get pods -n <namespace> -l app=<service>
   \`\`\`

2. Restart it on <operator_choice>:

   \`\`\`bash
   kubectl rollout restart deployment/<service> -n <namespace> --context <operator_choice>
   \`\`\`
`;

const raise = (labels: Record<string, string>, extra: object = {}) => ({
  status: "firing",
  labels,
  annotations: { summary: `${labels["alertname"] ?? ""} fires` },
  startsAt: new Date(clock.now() - 1_000).toISOString(),
  fingerprint: randomUUID(),
  ...extra,
});
const send = (alerts: readonly object[]) => sendDelivery(server.url, sender, { version: "4", groupKey: randomUUID(), alerts });
const newest = async (name: string) =>
  (await admin.call("listAlerts", { query: { limit: 200 } })).items.filter((alert) => alert.name === name);
const offered = (name: string, count = 1) =>
  until(
    `${name} to be offered`,
    () => newest(name),
    (items) => items.length === count && items.every(({ offer }) => offer?.execution_id != null),
  );
const whole = (id: string) => admin.call("getAlert", { params: { id } });
const typesOf = async (type: string) => (await admin.call("listAudit", { query: { type, limit: 500 } })).items;

let titles = 0;
/** A runbook with a name of its own, and that name. */
async function runbook(): Promise<{ readonly name: string; readonly id: string }> {
  titles += 1;
  const name = `Zebra${"abcdefghijklmnopqrstuvwxyz"[titles] ?? ""}Overflow`;
  const made = await admin.call("createRunbook", { body: { raw_text: runbookText(name), service_tag: "payments" } });
  return { name, id: made.id };
}

beforeAll(async () => {
  server = await startTestServer({ clock, environment: { ALERT_OFFERS_PER_MINUTE: "5" } });
  admin = await server.signIn();
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: agentId, name: "edge", version: "0.1.0" }));
  sender = await admin.call("createIntegration", { body: { kind: "alertmanager", name: "am" } });
}, 60_000);
afterAll(() => server.stop());
// Each test posts at a minute of its own.
afterEach(() => void (clock.aheadMs += 2 * minute));

describe("an alert that a runbook matches", () => {
  it("is offered with reasons and counts, and a run waits that the alert has filled in", async () => {
    const { name, id } = await runbook();
    await send([raise({ alertname: name, service: "payments", namespace: "pay", severity: "critical", deployment: "v2.4.1" })]);
    const [alert] = await offered(name);
    expect(alert?.runbook).toMatchObject({ id, title: name });
    const found = await whole(alert?.id ?? "");
    expect(found.matches[0]).toMatchObject({ runbook_id: id, runbook_title: name, counts: { safe: 1, caution: 1 } });
    expect(found.matches[0]?.reasons.length).toBeGreaterThan(0);
    expect(found.matches[0]?.variables).toEqual(
      expect.arrayContaining([
        { name: "namespace", value: "pay", from: "label namespace", needs_typing: false },
        { name: "operator_choice", value: null, from: null, needs_typing: false },
      ]),
    );
    const run = await admin.call("getExecution", { params: { id: alert?.offer?.execution_id ?? "" } });
    expect(run).toMatchObject({ status: "pending", trigger_source: "alert_webhook", runbook_id: id });
    expect(run.variables.map(({ name: variable, value, source }) => [variable, value, source])).toEqual(
      expect.arrayContaining([
        ["service", "payments", "alert"],
        ["namespace", "pay", "alert"],
        ["operator_choice", null, "manual"],
      ]),
    );
    expect((await admin.call("listExecutions", { query: {} })).items.map((each) => each.id)).not.toContain(run.id);
    const view = await server.database.withTenant(server.tenantId, (tx) => readOffer(tx, found.alert_offer?.id ?? ""));
    expect(view).toMatchObject({ counts: { all: 1, open: 1 }, matches: [{ title: name, counts: { safe: 1, caution: 1 } }] });
  });

  it("starts as that very run, asks only for what is missing, and a second start joins it", async () => {
    const { name, id } = await runbook();
    await send([raise({ alertname: name, service: "payments", namespace: "pay" })]);
    const [alert] = await offered(name);
    const params = { id: alert?.id ?? "" };
    const started = await admin.call("startAlert", { params, body: {} });
    expect([started.id, started.status, started.joined]).toEqual([alert?.offer?.execution_id, "preflight", false]);
    const me = (await admin.call("getSession")).user.id;
    expect(started).toMatchObject({ triggered_by: { id: me }, in_charge: { id: me }, agent_id: agentId });
    const again = await admin.call("startExecution", { body: { runbook_id: id, alert_context: { alert_id: params.id } } });
    expect([again.id, again.joined]).toEqual([started.id, true]);
    const confirm = (variables: Record<string, string>) =>
      admin.call("confirmPreflight", { params: { id: started.id }, body: { confirmed: [], variables } });
    await expect(confirm({})).rejects.toMatchObject({ code: "VARIABLE_MISSING" });
    expect((await confirm({ operator_choice: "prod" })).status).toBe("running");
    expect((await whole(params.id)).alert_offer).toMatchObject({ status: "started", execution_id: started.id, decided_by: { id: me } });
    await expect(admin.call("dismissAlert", { params, body: {} })).rejects.toMatchObject({ code: "EXECUTION_STATE_CONFLICT" });
  });

  it("whose value is no plain word has it typed by a person (ruling 23)", async () => {
    const { name } = await runbook();
    await send([raise({ alertname: name, service: "payments", namespace: "pay; rm -rf /" })]);
    const [alert] = await offered(name);
    const started = await admin.call("startAlert", { params: { id: alert?.id ?? "" }, body: {} });
    expect(started.variables.find((each) => each.name === "namespace")).toMatchObject({ value: "pay; rm -rf /", needs_typing: true });
    const params = { id: started.id };
    const variables = { operator_choice: "prod" };
    await expect(admin.call("confirmPreflight", { params, body: { confirmed: [], variables } })).rejects.toMatchObject({
      code: "VARIABLE_UNSAFE",
    });
    const typed = { ...variables, namespace: "pay" };
    expect((await admin.call("confirmPreflight", { params, body: { confirmed: [], variables: typed } })).status).toBe("running");
  });

  it("starts another runbook where a person wants another: the one that waited ends", async () => {
    const [first, other] = [await runbook(), await runbook()];
    await send([raise({ alertname: first.name, service: "payments" })]);
    const [alert] = await offered(first.name);
    const started = await admin.call("startAlert", { params: { id: alert?.id ?? "" }, body: { runbook_id: other.id } });
    expect([started.runbook_id, started.status]).toEqual([other.id, "preflight"]);
    const waited = await admin.call("getExecution", { params: { id: alert?.offer?.execution_id ?? "" } });
    expect(waited.status).toBe("timed_out");
    expect((await whole(alert?.id ?? "")).alert_offer).toMatchObject({ status: "started", execution_id: started.id });
  });

  it("starts the runbook as it is now, not as it was when the alert came", async () => {
    const { name, id } = await runbook();
    await send([raise({ alertname: name, service: "payments", namespace: "pay" })]);
    const [alert] = await offered(name);
    await admin.call("updateRunbook", {
      params: { id },
      body: { raw_text: `${runbookText(name)}\n3. Look again: \`kubectl get events\`\n` },
    });
    const started = await admin.call("startAlert", { params: { id: alert?.id ?? "" }, body: {} });
    expect([started.runbook_version, started.steps.length]).toEqual([2, 3]);
    expect(started.id).not.toBe(alert?.offer?.execution_id);
  });

  it("can be dismissed, which is remembered, and ends by itself after a day", async () => {
    const { name } = await runbook();
    await send([raise({ alertname: name, service: "payments" })]);
    const [alert] = await offered(name);
    const params = { id: alert?.id ?? "" };
    const dismissed = await admin.call("dismissAlert", { params, body: { reason: "known" } });
    expect(dismissed.alert_offer).toMatchObject({ status: "dismissed", decide_reason: "known" });
    expect((await typesOf("alert.dismissed"))[0]?.data).toMatchObject({ alert_id: params.id, reason: "known" });
    await send([raise({ alertname: name, service: "orders" })]);
    const second = (await offered(name, 2)).find(({ id }) => id !== params.id);
    clock.aheadMs += 24 * 60 * minute;
    const lapsed = await until(
      "the day to be over",
      () => whole(second?.id ?? ""),
      (one) => one.alert_offer?.status === "lapsed",
    );
    expect(lapsed.alert_offer?.decided_by?.type).toBe("system");
  });

  it("that nothing matches is told so, and people can map it for the next time", async () => {
    const { id } = await runbook();
    const name = "Qwrtzplk";
    await send([raise({ alertname: name })]);
    const [unmatched] = await until(
      "a verdict",
      () => newest(name),
      ([one]) => one?.match_state === "unmatched",
    );
    expect(unmatched?.offer).toBeNull();
    const mapping = await admin.call("createAlertMapping", { body: { runbook_id: id, criteria: { name } } });
    await send([raise({ alertname: name })]);
    await until(
      "the mapped runbook",
      () => newest(name),
      (items) => items.some(({ runbook: found }) => found?.id === id),
    );
    await admin.call("removeAlertMapping", { params: { id: mapping.id } });
    await expect(admin.call("createAlertMapping", { body: { runbook_id: id, criteria: {} } })).rejects.toMatchObject({ status: 400 });
  });
});

describe("what becomes of an offer", () => {
  it("is told to each face that is connected, by ids, in the transaction in which it happens", async () => {
    const told = { type: "alert.matched", offerId: randomUUID(), alertId: randomUUID(), executionId: null } as const;
    const rows = await server.database.withTenant(server.tenantId, async (tx) => {
      await announce({ announceTo: ["chat", "hooks"] }, tx, [told], clock.now());
      return tx.query.selectFrom("outbox").select(["kind", "payload"]).where("kind", "in", ["chat", "hooks"]).orderBy("kind").execute();
    });
    expect(rows).toEqual([
      { kind: "chat", payload: told },
      { kind: "hooks", payload: told },
    ]);
  });
});

describe("a storm", () => {
  it("of one kind is one offer with all its alerts", async () => {
    const { name } = await runbook();
    await send(Array.from({ length: 40 }, (_, at) => raise({ alertname: name, service: "payments", instance: `10.0.0.${at}` })));
    const alerts = await offered(name, 40);
    expect(new Set(alerts.map(({ offer }) => offer?.id)).size).toBe(1);
    expect((await whole(alerts[0]?.id ?? "")).alert_offer?.alerts).toEqual({ all: 40, open: 40 });
    // Whichever of them a person opens: the run that waits is the one that starts, and the next person joins it.
    const start = (at: number) => admin.call("startAlert", { params: { id: alerts.at(at)?.id ?? "" }, body: {} });
    const starts = [await start(-1), await start(0), await start(7)];
    expect(starts.map(({ id, joined }) => [id, joined])).toEqual(
      [false, true, true].map((joined) => [alerts[0]?.offer?.execution_id, joined]),
    );
  });

  it("of many kinds is taken in and matched whole, and posted five a minute", async () => {
    clock.aheadMs += 2 * minute;
    const { name } = await runbook();
    await send(Array.from({ length: 12 }, (_, at) => raise({ alertname: name, service: `service-${at}` })));
    const posted = async () => (await newest(name)).filter(({ offer }) => offer?.execution_id != null).length;
    await until(
      "all to be matched",
      () => newest(name),
      (items) => items.length === 12 && items.every(({ match_state: state }) => state === "matched"),
    );
    await until("five to be posted", posted, (count) => count === 5);
    await new Promise((wait) => setTimeout(wait, 1_500));
    expect(await posted()).toBe(5);
    clock.aheadMs += minute;
    await until("five more", posted, (count) => count === 10);
    clock.aheadMs += minute;
    await until("the rest", posted, (count) => count === 12);
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it("that is over before its turn is not posted", async () => {
    clock.aheadMs += 2 * minute;
    const { name } = await runbook();
    const alerts = Array.from({ length: 6 }, (_, at) => raise({ alertname: name, service: `late-${at}` }));
    await send(alerts);
    await until(
      "five to be posted",
      () => newest(name),
      (items) => items.filter(({ offer }) => offer?.execution_id != null).length === 5,
    );
    const waiting = (await newest(name)).find(({ offer }) => offer?.execution_id == null);
    await send(alerts.map((alert) => ({ ...alert, status: "resolved", endsAt: new Date(clock.now()).toISOString() })));
    await until(
      "the end",
      () => newest(name),
      (items) => items.every(({ status }) => status === "resolved"),
    );
    clock.aheadMs += minute;
    await until(
      "the offer to lapse",
      () => whole(waiting?.id ?? ""),
      (one) => one.alert_offer?.status === "lapsed",
    );
  });
});
