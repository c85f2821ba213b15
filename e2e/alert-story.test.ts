// The whole way of an alert: a real Alertmanager fires; the channel shows the runbook, filled in; one tap starts it; what is safe runs by itself on a
// real agent; a change is approved in the thread, makes it worse, and is taken back; what cannot be taken back is typed; the thread ends with what the
// run did beside its runbook. After three nights a person applies in the browser what they suggest, and the next alert brings the new text.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution } from "@dd0c/protocol/http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeSlack, startFakeSlack } from "../packages/server/test-support/slack/fake-slack.ts";
import { eventually, linkSlackUser } from "../packages/server/test-support/slack/linked.ts";
import { type Alertmanager, startAlertmanager } from "./support/alertmanager.ts";
import { openBrowser } from "./support/browser.ts";
import { look } from "./support/look.ts";
import { freePorts, type Ports, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
const demo = join(folder.path, "demo/payment-svc");
const sessions = join(demo, "sessions");
let slack: FakeSlack;
let ports: Ports;
let product: Product;
let session: Session;
let alertmanager: Alertmanager;
let browser: Browser;
let page: Page;
let runbookId: string;

/** `{{error}}` comes from a label of the alert. */
const text = (): string => `# Sessions of payment-svc are stuck

For the alert PaymentSessionsStuck.

1. Ask the service: \`curl -s http://127.0.0.1:${ports.demo}/pool\`
2. Count the error: \`grep -c "{{error}}" ${demo}/payment-svc.log\`
3. Tell the customer desk.
4. Let nobody start a new session: \`chmod u-w ${sessions}\`
5. Is it better now? \`curl -sf http://127.0.0.1:${ports.demo}/health\`
6. Remove the stale sessions: \`rm -r ${sessions}\`
7. It has to be healthy: \`curl -sf http://127.0.0.1:${ports.demo}/health\`
`;

beforeAll(async () => {
  ports = await freePorts();
  slack = await startFakeSlack();
  product = await startProduct(ports, folder.path, {
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      SLACK_CHANNEL: slack.channel,
    },
  });
  session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  runbookId = (await session.call("createRunbook", { body: { raw_text: text(), trust_level: 2 } })).id;
  const made = await session.call("createIntegration", { body: { kind: "alertmanager", name: "Alertmanager Europe" } });
  alertmanager = await startAlertmanager(folder.path, `${product.base}${made.path}`, made.secret);
  await eventually(() => slack.sockets() === 1, "a socket");
  await linkSlackUser(slack, { headers: { cookie: session.cookie } }, product.base, "U0ANA");
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  const cookies = session.cookie.split("; ").map((each) => ({ name: each.split("=")[0] ?? "", value: each.split("=").slice(1).join("=") }));
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: product.base })));
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await alertmanager.stop();
  await product.stop();
  await slack.close();
  folder.remove();
});

const alert = (more: object = {}) => ({
  labels: { alertname: "PaymentSessionsStuck", service: "payment-svc", severity: "critical", error: "timeout", region: "eu-1" },
  annotations: { summary: "Sessions of payment-svc are stuck" },
  generatorURL: "https://prometheus.example/graph?g0.expr=sessions",
  ...more,
});

/** The newest message of the channel that starts a thread, and what hangs below it, as people read them. */
function thread(): string {
  const all = slack.messages();
  const from = all.findLastIndex(({ threadTs }) => threadTs === null);
  return slack.read().split("\n\n").slice(from).join("\n\n");
}
const says = (what: RegExp): Promise<unknown> =>
  eventually(() => what.test(thread()), `the thread says ${what}`, 40_000).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${thread()}`);
  });
/** Times, ids and ports differ from night to night. */
const steady = (shown: string): string =>
  shown
    .replaceAll(folder.path, "/srv")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:8080")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replaceAll(/\d\d:\d\d UTC/g, "TIME")
    .replaceAll(/\b\d+(\.\d)? s\b/g, "SOME s")
    .replaceAll(/MTTR \S+/g, "MTTR SOME TIME")
    .replaceAll(/^( *Time:) .*$/gm, "$1 SOME TIME")
    .replaceAll(/^ +\d+$/gm, "          SOME");
const modeOfSessions = (): string => (statSync(sessions).mode & 0o777).toString(8);
const health = async (): Promise<string> =>
  ((await (await fetch(`http://127.0.0.1:${ports.demo}/health`)).json()) as { status: string }).status;
const newestRun = async (): Promise<WireExecution> => {
  const { items } = await session.call("listExecutions", { query: { limit: 1 } });
  return readExecution(session, items[0]?.id ?? "");
};

/** The patient is ill, Alertmanager says so, and somebody taps the button in the channel. */
async function alertToStart(): Promise<void> {
  await fetch(`http://127.0.0.1:${ports.demo}/incident`, { method: "POST" });
  await alertmanager.post([alert()]);
  await says(/Runbook matched: Sessions of payment-svc are stuck[^]*\[Start Copilot\]/);
  await slack.click("U0ANA", "Start Copilot");
  await says(/▶ Sessions of payment-svc are stuck/);
}

/** Typed as the window asks for it. */
async function typeTheName(on: string): Promise<void> {
  const known = new Set(slack.views);
  await slack.click("U0ANA", "Approve…", on);
  const view = await eventually(() => slack.views.find((each) => !known.has(each) && each.body["callback_id"] === "typed"), "the window");
  const wrong = await slack.submit("U0ANA", view, { target0: `${sessions}s`, one_way: ["yes"] });
  expect(wrong.payload).toMatchObject({ response_action: "errors" });
  expect(existsSync(sessions)).toBe(true);
  const right = await slack.submit("U0ANA", view, { target0: sessions, one_way: ["yes"] });
  expect(right.payload).toEqual({});
}

/** Over in Alertmanager as well, so that the next one is an episode of its own. */
async function itIsOver(): Promise<void> {
  await says(/✅ completed at/);
  await alertmanager.post([alert({ endsAt: new Date(Date.now() - 500).toISOString() })]);
  await until(
    "all alerts to be over",
    () => session.call("listAlerts", { query: { service: "payment-svc", limit: 200 } }),
    ({ items }) => items.every(({ status }) => status === "resolved"),
  );
}

/** A night without anything of note: the desk sleeps, and nobody closes the door first. */
async function plainNight(): Promise<void> {
  await alertToStart();
  await says(/Tell the customer desk[^]*\[Skip\]/);
  await slack.click("U0ANA", "Skip", "Tell the customer desk");
  await says(/Let nobody start a new session[^]*\[Approve\]/);
  await slack.click("U0ANA", "Skip", "Let nobody start a new session");
  await says(/Is it better now\?[^]*exit 22[^]*\[Go on\]/);
  await slack.click("U0ANA", "Go on", "Is it better now?");
  await says(/Remove the stale sessions[^]*\[Approve…\]/);
  await typeTheName("Remove the stale sessions");
  await itIsOver();
}

describe("an alert's whole way", () => {
  it("first and second night: one tap starts it, what is safe runs by itself, a name is typed", async () => {
    await plainNight();
    const run = await newestRun();
    expect(run).toMatchObject({ status: "completed", trigger_source: "alert_webhook", runbook_id: runbookId, runbook_version: 1 });
    expect(run.steps[1]?.command).toBe(`grep -c timeout ${demo}/payment-svc.log`);
    expect(run.steps.slice(0, 2).map(({ gate, approved_by: by }) => [gate, by])).toEqual([
      ["auto", null],
      ["auto", null],
    ]);
    await plainNight();
    expect(await health()).toBe("healthy");
  });

  it("third night: a change approved in the thread makes it worse, and is taken back there", async () => {
    await alertToStart();
    await says(/Tell the customer desk[^]*\[Skip\]/);
    await slack.click("U0ANA", "Skip", "Tell the customer desk");
    await says(/Let nobody start a new session[^]*Touches \*1 path\*[^]*\[Approve\]/);
    expect(modeOfSessions()).toBe("755");
    await slack.click("U0ANA", "Approve", "Let nobody start a new session");
    await says(/Is it better now\?[^]*exit 22[^]*\[Go on\]/);
    expect([modeOfSessions(), await health()]).toEqual(["555", "no_new_sessions"]);
    await says(/Let nobody start a new session[^]*✅ Done[^]*\[Rollback\]/);
    await slack.click("U0ANA", "Rollback", "Let nobody start a new session");
    await says(/chmod 755[^]*\[Approve\]/);
    await slack.click("U0ANA", "Approve", "chmod 755");
    await says(/↩ Rolled back[^]*Way back 4-undo[^]*✅ Done[^]*\[Go on\]/);
    expect([modeOfSessions(), await health()]).toEqual(["755", "out_of_connections"]);
    await slack.click("U0ANA", "Go on", "Way back 4-undo");
    await says(/Remove the stale sessions[^]*\[Approve…\]/);
    await typeTheName("Remove the stale sessions");
    await itIsOver();
    expect(await health()).toBe("healthy");
    // One update a second per channel: the older cards catch up after the end is told.
    await says(/^> \*▶[^\n]*\n[^\n]*\n *\*✅ completed\*[^]*Remove the stale sessions[^]*✅ Done[^]*It has to be healthy/);
    await says(/Way back 4-undo[^]*✅ Done\*[^\n]*\n[^\n]*Approved by Admin\.\n\n/);
    await expect(`${steady(thread())}\n`).toMatchFileSnapshot("../docs/night-in-slack.txt");
  });

  it("what three nights say is applied by a person in the browser", async () => {
    await page.goto(`${product.base}/executions/${(await newestRun()).id}`);
    await page.getByRole("link", { name: "What the runs of this runbook suggest" }).click();
    const removal = page.getByRole("listitem").filter({ hasText: "Step 3 was skipped in 3 of 3 runs. Remove it?" });
    await removal.waitFor();
    await look(page, "alert-story-suggestion");
    await removal.getByRole("button", { name: "Apply as version 2" }).click();
    await page.getByText("Applied as version 2").waitFor();
  });

  it("fourth night: the alert brings the new version", async () => {
    await alertToStart();
    await says(/Step 3 of 6[^]*Let nobody start a new session[^]*\[Approve\]/);
    expect(thread()).not.toContain("customer desk");
    expect(await newestRun()).toMatchObject({ runbook_id: runbookId, runbook_version: 2 });
    await slack.click("U0ANA", "Abort", "Let nobody start a new session");
    await says(/aborted/);
    expect((await session.call("verifyAudit", {})).ok).toBe(true);
  });
});
