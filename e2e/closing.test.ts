// The loop as people close it, in a real browser: an incident is offered on the home page, its run leaves a note, a person resolves it, and the provider's
// own word ends the alert. The provider is a server that speaks PagerDuty's API and sends its webhooks.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FakePagerDuty,
  incidentWebhook,
  pagerDutyKey,
  pagerDutyUser,
  startFakePagerDuty,
} from "../packages/server/test-support/fake-pagerduty.ts";
import { sendDelivery } from "../packages/server/test-support/send-delivery.ts";
import { openBrowser } from "./support/browser.ts";
import { lookAtBoth } from "./support/look.ts";
import { type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { type Session, signIn } from "./support/session.ts";

const folder = temporaryFolder();
const incident = "Q2RBK7ZL4D0M1X";
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let session: Session;
let pagerduty: FakePagerDuty;
let integration: { readonly kind: string; readonly path: string; readonly secret: string };
let browser: Browser;
let page: Page;
const base = () => `http://127.0.0.1:${ports.web}`;
const go = async (path: string): Promise<void> => {
  await page.goto(`${base()}${path}`);
  await page.locator("h1").waitFor();
};

beforeAll(async () => {
  ports = await freePorts();
  pagerduty = await startFakePagerDuty();
  server = await startServer(ports, folder.path, { OUTBOUND_ALLOW_HOSTS: pagerduty.host });
  session = await signIn(base(), server.ready.signInUrl);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  agent = await startAgent(server.ready);
  integration = await session.call("createIntegration", { body: { kind: "pagerduty", name: "PagerDuty" } });
  pagerduty.subscription = { url: `${base()}${integration.path}`, secret: integration.secret };
  pagerduty.incidents.set(incident, { status: "triggered", notes: [] });
  const text = "# Checkout recovery\n\n1. Tell the customers.\n\n2. Switch the traffic back.\n";
  await session.call("createRunbook", { body: { raw_text: text } });
  browser = await openBrowser();
  const context = await browser.newContext();
  const [name = "", value = ""] = session.cookie.split("; ")[0]?.split(/=(.*)/s) ?? [];
  await context.addCookies([{ name, value, url: base() }]);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await agent.stop();
  await server.stop();
  await pagerduty.close();
  folder.remove();
});

describe("an admin", () => {
  it("lets PagerDuty be told when a run is over", async () => {
    await go("/settings");
    await page.getByText("When a run is over: nothing is told.").waitFor();
    await page.getByRole("button", { name: "When a run is over, for PagerDuty" }).click();
    const form = page.getByRole("form", { name: "When a run is over: PagerDuty" });
    await form.getByLabel("When a person says so").check();
    await form.getByLabel("API address").fill(pagerduty.url);
    await form.getByLabel("In the name of").fill(pagerDutyUser);
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Give the API token.").waitFor();
    await form.getByLabel("API token").fill(pagerDutyKey);
    await form.scrollIntoViewIfNeeded();
    await lookAtBoth(page, "closing-settings");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("When a run is over: adds a note, resolves when a person says so.").waitFor();
  });

  it("maps alerts to a runbook", async () => {
    await go("/alerts");
    await page.getByRole("link", { name: "Mapped to runbooks" }).click();
    await page.getByText("There is none yet").waitFor();
    await page.getByLabel("Title", { exact: true }).fill("checkout-api*");
    await page.getByLabel("They get this runbook").selectOption({ label: "Checkout recovery" });
    await page.getByRole("button", { name: "Map these alerts" }).click();
    await page.getByRole("link", { name: "Checkout recovery" }).waitFor();
    await page.evaluate("scrollTo(0, 0)");
    await lookAtBoth(page, "alert-mappings");
    expect((await session.call("listAlertMappings", {})).items.map(({ criteria }) => criteria)).toEqual([{ title: "checkout-api*" }]);
  });
});

describe("an incident", () => {
  it("waits on the home page, and starts there", async () => {
    await go("/");
    await page.getByText("Nothing waits for you").waitFor();
    expect((await sendDelivery(base(), integration, incidentWebhook("incident.triggered", incident, "triggered"))).status).toBe(202);
    await page.getByRole("heading", { name: "Offered for alerts" }).waitFor();
    expect(await page.getByText("Nothing waits for you").count()).toBe(0);
    await lookAtBoth(page, "home-offer");
    await page.getByRole("button", { name: "Start copilot for checkout-api 5xx" }).click();
    await page.waitForURL(/\/executions\//);
  });

  it("gets a note from its run, and is resolved when a person says so; the provider's word ends the alert", async () => {
    const params = { id: new URL(page.url()).pathname.split("/").at(-1) ?? "" };
    let run = await session.call("confirmPreflight", { params, body: { confirmed: [], variables: {} } });
    for (let step = 0; step < 2; step += 1)
      run = await session.call("reportStep", { params: { ...params, sid: run.current_step_id ?? "" }, body: { outcome: "done" } });
    expect(run.mttr).toMatchObject({ since: "alert_start", doubt: null });
    await page.getByText("Time to resolution:").waitFor();
    await page.getByText(/Note in PagerDuty: delivered/).waitFor();
    await lookAtBoth(page, "run-closing");
    await page.getByRole("button", { name: "Resolve it in PagerDuty" }).click();
    await page.getByRole("button", { name: "Yes, resolve it in PagerDuty" }).click();
    await page.getByText(/Resolved in PagerDuty: delivered/).waitFor();
    const { status, notes = [] } = pagerduty.incidents.get(incident) ?? {};
    expect([status, notes.length]).toEqual(["resolved", 1]);
    expect(notes[0]).toContain(`${base()}/executions/${params.id}`);
    await page.getByRole("link", { name: "The alert" }).click();
    await page.getByText("Resolved with the copilot in").waitFor();
    await page
      .getByText(/resolved, high/)
      .first()
      .waitFor();
    await lookAtBoth(page, "alert-closed");
    expect((await session.call("verifyAudit", {})).ok).toBe(true);
  });

  it("is mapped no more once the mapping is removed", async () => {
    await page.getByRole("link", { name: "Map alerts like this to it" }).first().click();
    await page.getByRole("button", { name: "Remove the mapping to Checkout recovery" }).click();
    await page.getByRole("button", { name: "Remove this mapping" }).click();
    await page.getByText("There is none yet").waitFor();
  });
});
