// Governance on the pages, in a real browser with two people: the policy and what holds, the weekly report, the notice, the downgrade and the one
// click back, a runbook's lock, and a review by somebody other than the author.
import { weekMs, weekStartOf } from "@dd0c/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runGovernance } from "../packages/server/src/app/run-governance.ts";
import { appendEvents } from "../packages/server/src/db/index.ts";
import { bobAs, invite } from "../packages/server/test-support/invite.ts";
import { sampleDraft } from "../packages/server/test-support/sample-events.ts";
import { type Session, startTestServer, type TestServer } from "../packages/server/test-support/running-server.ts";
import { openBrowser } from "./support/browser.ts";
import { lookAtBoth } from "./support/look.ts";
import { root } from "./support/product.ts";

const text = "# Disk\n\n1. Look.\n\n   ```\n   df -h\n   ```\n\n2. Make room.\n\n   ```\n   rm -r /srv/cache\n   ```\n";

let server: TestServer;
let browser: Browser;
let ann: Session;
let annsPage: Page;
let bobsPage: Page;
let runbookId: string;

const openPage = async (link: string): Promise<Page> => {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark", reducedMotion: "reduce" })
  ).newPage();
  await page.goto(link);
  return page;
};

beforeAll(async () => {
  server = await startTestServer({ webFolder: `${root}/packages/web/dist` });
  ann = await server.signIn();
  await ann.call("setup", { body: { governance_mode: "audit", demo_trust_level: 0 } });
  runbookId = (await ann.call("createRunbook", { body: { raw_text: text } })).id;
  browser = await openBrowser();
  annsPage = await openPage(await server.newSignInLink());
  bobsPage = await openPage(await invite(ann, bobAs("admin")));
  await bobsPage.getByRole("button", { name: "Accept and sign in" }).click();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Steps that ran by themselves at this time. */
const runByThemselves = (atMs: number, count: number) =>
  server.database.withTenant(server.tenantId, (tx) => {
    const at = new Date(atMs).toISOString();
    return appendEvents(
      tx,
      Array.from({ length: count }, () => sampleDraft(server.tenantId, { type: "step.auto_executed", recorded_at: at, occurred_at: at })),
    );
  });
const govern = (atMs: number) =>
  runGovernance(server.app, atMs, (_tenant, error) => {
    throw error;
  });

it("changes the organisation's policy with a reason, and says what holds by whom", async () => {
  const page = annsPage;
  await page.goto(`${server.url}/settings`);
  await page.getByRole("heading", { name: "Governance", exact: true }).waitFor();
  await page.getByRole("radio", { name: "Required", exact: true }).check();
  await page.getByRole("radio", { name: "Somebody else" }).check();
  await page.getByLabel("Reason").first().fill("four eyes");
  await page.getByRole("button", { name: "Save governance" }).click();
  const holds = page.locator("section").filter({ has: page.getByRole("heading", { name: "What holds" }) });
  await holds.getByText("Required").waitFor();
  const shown = await holds.innerText();
  expect(shown).toMatch(/Peer review of changed runbooks\s+Required by the organisation/);
  expect(shown).toMatch(/Automatic steps\s+at most 70 % where nobody chose/);
  expect((await ann.call("getSettings")).peer_review).toBe("required");
  await lookAtBoth(page, "settings-governance");
});

it("lets somebody else review a version, and never its author", async () => {
  const address = `${server.url}/runbooks/${runbookId}?tab=versions`;
  await annsPage.goto(address);
  await annsPage.getByText("You wrote this version. Somebody else reviews it.").waitFor();
  await annsPage.getByText(/waits for a review/).waitFor();
  await bobsPage.goto(address);
  await bobsPage.getByText("Version 1 does not run before another member has reviewed it.").waitFor();
  await lookAtBoth(bobsPage, "runbook-review");
  await bobsPage.getByRole("button", { name: "I have reviewed version 1" }).click();
  await bobsPage.getByText("Version 1 is reviewed.").waitFor();
  await bobsPage.getByText("You have reviewed this version.").waitFor();
  expect((await ann.call("getRunbook", { params: { id: runbookId } })).review).toMatchObject({ required: true, done: true });
});

it("locks one runbook tighter than the organisation", async () => {
  const page = annsPage;
  await page.goto(`${server.url}/runbooks/${runbookId}?tab=trust`);
  await page.getByText("0 clean runs in a row at trust level 0.").waitFor();
  await page.getByLabel("Dangerous steps", { exact: true }).selectOption("block");
  await page.getByLabel("Highest trust level").selectOption("1");
  await page.getByLabel("Reason").fill("a runbook for everybody");
  await page.getByRole("button", { name: "Save trust" }).click();
  await page.getByText(/Block by this runbook's lock/).waitFor();
  await lookAtBoth(page, "runbook-trust");
  expect((await ann.call("getRunbook", { params: { id: runbookId } })).policy_lock).toEqual({
    dangerous_steps: "block",
    max_trust_level: 1,
  });
});

it("gives notice, goes to strict a week later, and comes back by one click with a reason", async () => {
  const monday = weekStartOf(Date.now()) + weekMs;
  await runByThemselves(Date.now(), 60);
  await govern(monday);
  const page = annsPage;
  await page.goto(`${server.url}/settings`);
  await page.getByText(/100 % of 60 steps ran by themselves in a week; the policy allows 70 %/).waitFor();
  await lookAtBoth(page, "governance-notice");

  await runByThemselves(monday + 1, 55);
  await govern(monday + weekMs);
  await page.goto(`${server.url}/settings`);
  await page.getByText(/so governance went to strict/).waitFor();
  const report = page.locator("section").filter({ has: page.getByRole("heading", { name: "Governance, week by week" }) });
  expect(await report.getByRole("row").count()).toBe(4);
  await lookAtBoth(page, "governance-downgrade");
  expect((await ann.call("getSettings")).governance_mode).toBe("strict");

  await page.getByRole("button", { name: "Back to audit" }).click();
  await page.getByLabel("Why is it right that so much runs by itself?").fill("reads of a dashboard");
  await page.getByRole("dialog").getByRole("button", { name: "Back to audit" }).click();
  await page.getByText(/so governance went to strict/).waitFor({ state: "detached" });
  expect((await ann.call("getSettings")).governance_mode).toBe("audit");
  const [restored] = (await ann.call("listAudit", { query: { type: "governance.restored" } })).items;
  expect(restored?.data).toMatchObject({ reason: "reads of a dashboard" });
});
