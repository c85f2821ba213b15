// Alerts as people meet them: a real Alertmanager fires, the runbook stands on the page, filled in, and starts; a server that is killed between its
// 202 and the matching loses nothing; the pages of alerts and integrations in a real browser.
import type { WireAlertSummary } from "@dd0c/protocol/http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Alertmanager, startAlertmanager } from "./support/alertmanager.ts";
import { openBrowser, picture } from "./support/browser.ts";
import { usable } from "./support/look.ts";
import { type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { demoRunbook, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;
let alertmanager: Alertmanager;
let browser: Browser;
let page: Page;
const base = () => `http://127.0.0.1:${ports.web}`;

const alerts = async (service: string): Promise<readonly WireAlertSummary[]> =>
  (await session.call("listAlerts", { query: { service, limit: 200 } })).items;
const go = async (path: string): Promise<void> => {
  await page.goto(`${base()}${path}`);
  await page.locator("h1").waitFor();
};

beforeAll(async () => {
  ports = await freePorts();
  server = await startServer(ports, folder.path);
  session = await signIn(base(), server.ready.signInUrl);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  agent = await startAgent(server.ready);
  const made = await session.call("createIntegration", { body: { kind: "alertmanager", name: "Alertmanager Europe" } });
  alertmanager = await startAlertmanager(folder.path, `${base()}${made.path}`, made.secret);
  browser = await openBrowser();
  const context = await browser.newContext();
  const [name = "", value = ""] = session.cookie.split("; ")[0]?.split(/=(.*)/s) ?? [];
  await context.addCookies([{ name, value, url: base() }]);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await alertmanager.stop();
  await agent.stop();
  await server.stop();
  folder.remove();
});

const latency = (instance: string, more: object = {}) => ({
  labels: {
    alertname: "PaymentServiceLatency",
    service: "payment-svc",
    severity: "critical",
    region: "us-east-1",
    environment: "production",
    deployment: "payment-svc@2.4.1",
    instance,
  },
  annotations: {
    summary: "Payment service latency: P95 above 2 s",
    description: "P95 latency of payment-svc has been above 2 s for 5 minutes.",
  },
  generatorURL: "https://prometheus.example/graph?g0.expr=p95",
  ...more,
});

describe("an alert of a real Alertmanager", () => {
  it("brings the runbook, filled in; a person opens it and starts it on a page", async () => {
    const runbookId = await demoRunbook(session, /latency/i);
    const fired = performance.now();
    await alertmanager.post([latency("10.0.0.1:9102"), latency("10.0.0.2:9102")]);
    const [first, second] = await until(
      "both to be offered",
      () => alerts("payment-svc"),
      (items) => items.length === 2 && items.every(({ offer }) => offer?.execution_id != null),
    );
    expect(performance.now() - fired).toBeLessThan(10_000);
    expect([first?.status, first?.runbook?.id]).toEqual(["firing", runbookId]);
    expect(second?.offer?.id).toBe(first?.offer?.id);

    await go("/");
    await page.getByRole("heading", { name: "Recent alerts" }).waitFor();
    await usable(page);
    await picture(page, "home-alerts");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Alerts" }).click();
    await page.getByRole("table", { name: /^Alerts/ }).waitFor();
    await usable(page);
    await picture(page, "alerts");
    await page
      .getByRole("link", { name: /P95 above 2 s/ })
      .first()
      .click();
    await page.getByText("2 alerts of this kind came together").waitFor();
    await usable(page);
    await picture(page, "alert");
    await page.getByRole("button", { name: "Start copilot" }).click();
    await page.waitForURL(/\/executions\//);
    const run = await session.call("getExecution", { params: { id: new URL(page.url()).pathname.split("/").at(-1) ?? "" } });
    expect(run).toMatchObject({
      id: first?.offer?.execution_id,
      status: "preflight",
      trigger_source: "alert_webhook",
      runbook_id: runbookId,
    });
  });

  it("ends when it is over, and its runs stay", async () => {
    const ended = { endsAt: new Date(Date.now() - 1_000).toISOString() };
    await alertmanager.post([latency("10.0.0.1:9102", ended), latency("10.0.0.2:9102", ended)]);
    const over = await until(
      "both to be over",
      () => alerts("payment-svc"),
      (items) => items.every(({ status }) => status === "resolved"),
    );
    expect(over.map(({ offer }) => offer?.status)).toEqual(["started", "started"]);
    expect((await session.call("verifyAudit", {})).ok).toBe(true);
  });
});

describe("the settings", () => {
  it("connect a system, show its secret once, and try a mapping on a sample", async () => {
    await go("/settings");
    await page.getByLabel("Where alerts come from").selectOption("generic");
    await page.getByLabel("Its name").fill("Batch");
    await page.getByRole("button", { name: "Connect" }).click();
    await page.getByText("This is the secret of Batch.").waitFor();
    await usable(page);
    await page.locator("#integrations").scrollIntoViewIfNeeded();
    await picture(page, "integrations");
    await go("/settings");
    await page.getByRole("link", { name: "Mapping" }).click();
    await page.getByLabel("title", { exact: true }).fill("$.missing | $.event.text");
    await page.getByLabel("severity", { exact: true }).fill("/event/level");
    await page.getByLabel("labels", { exact: true }).fill("$.tags");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("nightly-export is late", { exact: true }).first().waitFor();
    await page.getByText("high", { exact: true }).waitFor();
    await usable(page);
    await picture(page, "alert-mapping");
    await page.getByRole("button", { name: "Save the mapping" }).click();
    await page.getByText("The next message is read with it").waitFor();
    const { items } = await session.call("listIntegrations", {});
    expect(items.find(({ name }) => name === "Batch")?.alert_map).toEqual({
      each: null,
      fields: { title: ["$.missing", "$.event.text"], severity: ["/event/level"] },
      labels: "$.tags",
    });
  });
});

describe("a server that is killed after its 202", () => {
  it("has lost nothing when it is back, and nothing came twice", async () => {
    const made = await session.call("createIntegration", { body: { kind: "generic", name: "Storm" } });
    const send = async (at: number): Promise<boolean> => {
      const body = JSON.stringify({ alert_id: `storm-${at}`, title: `Payment service latency ${at}`, service: "storm", severity: "high" });
      const headers = { authorization: `Bearer ${made.secret}`, "content-type": "application/json" };
      const answer = await fetch(`${base()}${made.path}`, { method: "POST", body, headers }).catch(() => undefined);
      return answer?.status === 202;
    };
    const count = 150;
    let taken = 0;
    const sent = Array.from({ length: count }, (_, at) => send(at).then((ok) => ((taken += Number(ok)), ok)));
    // In the middle of the storm: some are answered, none of the last ones is matched.
    await until(
      "a hundred answers",
      async () => taken,
      (answered) => answered >= 100,
    );
    await server.kill();
    const acknowledged = (await Promise.all(sent)).flatMap((ok, at) => (ok ? [`storm-${at}`] : []));
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    server = await startServer(ports, folder.path);
    const found = await until(
      "all that was acknowledged to be matched",
      () => alerts("storm"),
      (items) => items.length >= acknowledged.length && items.every(({ match_state: state }) => state !== "waiting"),
    );
    const titles = found.map(({ title }) => title.replace("Payment service latency ", "storm-"));
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toEqual(expect.arrayContaining(acknowledged));
    // What was not acknowledged is sent again by its sender, and is no second alert where it had been written after all.
    await Promise.all(Array.from({ length: count }, (_, at) => send(at)));
    const all = await until(
      "the whole storm",
      () => alerts("storm"),
      (items) => items.length >= count && items.every(({ match_state: state }) => state !== "waiting"),
    );
    expect(all).toHaveLength(count);
    expect((await session.call("verifyAudit", {})).ok).toBe(true);
  });
});
