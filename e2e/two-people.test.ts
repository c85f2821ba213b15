// The product as two people use it together, each in a browser of their own: an admin at a desk invites Bob, who is on his phone. Hand-over and
// take-over, the escalation that both see, a role that changes under an open session, party mode that takes two, and the end of a membership.
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { upsertAgent } from "../packages/server/src/db/index.ts";
import { startTestServer, type TestServer } from "../packages/server/test-support/running-server.ts";
import { openBrowser } from "./support/browser.ts";
import { look, usable } from "./support/look.ts";
import { root } from "./support/product.ts";
import { begin, type Session, signIn } from "./support/session.ts";

const text = "# Cache\n\n1. Restart it: `kubectl rollout restart deployment/cache -n shop`\n2. Look: `kubectl get pods -n shop`\n";
const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs, monotonic: () => performance.now() };

let server: TestServer;
let browser: Browser;
let ann: Session;
let annsPage: Page;
let bobsPage: Page;
let link: string;
let run: string;

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const openPage = async (viewport: typeof phone): Promise<Page> =>
  (await browser.newContext({ viewport, colorScheme: "dark", reducedMotion: "reduce" })).newPage();

beforeAll(async () => {
  server = await startTestServer({ webFolder: `${root}/packages/web/dist`, environment: { PARTY_MODE_PEOPLE: "2" }, clock });
  ann = await signIn(server.url, await server.newSignInLink());
  await ann.call("setup", { body: { governance_mode: "audit", demo_trust_level: 0 } });
  const agentId = randomUUID();
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: agentId, name: "edge", version: "0.1.0" }));
  const { id } = await ann.call("createRunbook", { body: { raw_text: text, trust_level: 2 } });
  run = (await begin(ann, id)).id;
  browser = await openBrowser();
  annsPage = await openPage(desk);
  await annsPage.goto(await server.newSignInLink());
  bobsPage = await openPage(phone);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

it("an admin invites somebody, who joins by pressing a button on the page behind the link", async () => {
  await annsPage.goto(`${server.url}/settings`);
  await annsPage.getByRole("heading", { name: "People" }).waitFor();
  await annsPage.getByLabel("Name", { exact: true }).fill("Bob");
  await annsPage.getByLabel("E-mail address").fill("bob@example.com");
  await annsPage.getByLabel("Role", { exact: true }).first().selectOption("approver");
  await annsPage.getByRole("button", { name: "Make an invitation link" }).click();
  link = (await annsPage.locator("code", { hasText: "/invitation/" }).textContent()) ?? "";
  await annsPage.getByRole("button", { name: "Revoke the link for Bob" }).waitFor();
  await look(annsPage, "people-invited");

  await bobsPage.goto(link);
  await bobsPage.getByText("Admin invites you as approver.").waitFor();
  await look(bobsPage, "invitation");
  await bobsPage.setViewportSize(phone);
  await bobsPage.getByRole("button", { name: "Accept and sign in" }).click();
  await bobsPage.getByRole("heading", { level: 1 }).waitFor();
  expect(new URL(bobsPage.url()).pathname).toBe("/");
  await bobsPage.goto(`${server.url}/settings`);
  const people = bobsPage.locator("section").filter({ has: bobsPage.getByRole("heading", { name: "People" }) });
  await people.getByText("Your role is approver. This needs admin.").waitFor();
  await usable(bobsPage, "people-refused");

  const again = await openPage(phone);
  await again.goto(link);
  await again.getByRole("heading", { name: "This link is no longer valid" }).waitFor();
  await usable(again, "invitation-used");
  await again.close();
});

it("a run is handed over and taken over, and the other one sees it at once", async () => {
  await Promise.all([annsPage, bobsPage].map((page) => page.goto(`${server.url}/executions/${run}`)));
  await annsPage.getByRole("button", { name: "Hand over" }).click();
  await annsPage.getByLabel("Give it to").selectOption({ label: "Bob (approver)" });
  await annsPage.getByLabel("What do they need to know? (optional)").fill("my shift is over");
  await usable(annsPage, "hand-over");
  await annsPage.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await bobsPage.getByText("In charge: Bob (you).").waitFor();
  await annsPage.getByText("In charge: Bob.").waitFor();
  await usable(bobsPage, "handed-over");

  await annsPage.getByRole("button", { name: "Take over" }).click();
  await annsPage.getByLabel("Why? (optional)").fill("I stay");
  await annsPage.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
  await bobsPage.getByText("In charge: Admin.").waitFor();
  const told = (await ann.call("listAudit", { query: { execution_id: run, type: "execution.handed_over" } })).items;
  expect(told.map(({ data, actor }) => [data["taken"], data["note"], actor.name])).toEqual([
    [true, "I stay", "Admin"],
    [false, "my shift is over", "Admin"],
  ]);
});

it("an approval that nobody gave is escalated to both by name, and the one who is there resumes", async () => {
  clock.aheadMs += 31 * 60_000;
  for (const page of [annsPage, bobsPage]) {
    const banner = page.getByRole("alert", { name: "Escalated" });
    await banner.waitFor();
    expect(await banner.innerText()).toContain("everybody who may decide: Admin (admin), Bob (approver).");
  }
  await usable(bobsPage, "escalated");
  await bobsPage.getByRole("button", { name: "Resume" }).click();
  await bobsPage.getByRole("alert", { name: "Escalated" }).waitFor({ state: "detached" });
  await annsPage.getByRole("alert", { name: "Escalated" }).waitFor({ state: "detached" });
  const [resumed] = (await ann.call("listAudit", { query: { execution_id: run, type: "execution.resumed" } })).items;
  expect(resumed?.actor.name).toBe("Bob");
});

it("a role that an admin changes counts in the session that is open", async () => {
  await annsPage.goto(`${server.url}/settings`);
  await annsPage.getByRole("button", { name: "Change Bob" }).click();
  const dialog = annsPage.getByRole("dialog");
  await dialog.getByLabel("Role").selectOption("admin");
  await usable(annsPage, "member-change");
  await dialog.getByRole("button", { name: "Change the role" }).click();
  await dialog.waitFor({ state: "hidden" });
  await bobsPage.goto(`${server.url}/settings`);
  await bobsPage.getByRole("button", { name: "Change Admin" }).waitFor();
  await usable(bobsPage, "people");
});

it("party mode ends when two admins have said why, and not before", async () => {
  const intrusion = server.database.withTenant(server.tenantId, ({ query }) => query.deleteFrom("members").execute());
  await expect(intrusion).rejects.toMatchObject({ code: "42501" });
  const clear = async (page: Page, reason: string): Promise<void> => {
    await page.getByRole("button", { name: "Clear party mode" }).click();
    const dialog = page.getByRole("dialog", { name: "Clear party mode" });
    await dialog.getByText("This takes two admins, each with a reason").waitFor();
    await dialog.getByLabel("What was found, and why is it safe to go on?").fill(reason);
    await dialog.getByRole("button", { name: "Clear party mode" }).click();
  };
  const banner = (page: Page) => page.getByRole("region", { name: "Party mode: the product halted itself" });
  await Promise.all([annsPage, bobsPage].map((page) => page.reload()));
  await clear(annsPage, "a script of mine");
  await banner(annsPage).getByText("Another admin must agree too.").waitFor();
  await usable(annsPage, "party-mode-agreed");
  await clear(annsPage, "really");
  await annsPage.getByText("Party mode is still on.").waitFor();
  await annsPage.keyboard.press("Escape");

  await bobsPage.reload();
  await banner(bobsPage)
    .getByText(/Admin has agreed to go on: “a script of mine/)
    .waitFor();
  await usable(bobsPage, "party-mode-second");
  await clear(bobsPage, "I read the log");
  await banner(bobsPage).waitFor({ state: "detached" });
  const [cleared] = (await ann.call("listAudit", { query: { type: "party_mode.cleared" } })).items;
  expect([cleared?.actor.name, cleared?.data["reason"]]).toEqual(["Bob", "I read the log"]);
});

it("a member who is removed is out at once, and the last admin stays", async () => {
  await annsPage.goto(`${server.url}/settings`);
  await annsPage.getByRole("button", { name: "Change Bob" }).click();
  const dialog = annsPage.getByRole("dialog");
  await dialog.getByRole("button", { name: "Remove Bob" }).click();
  await dialog.getByRole("button", { name: "Yes, remove Bob" }).click();
  await annsPage.getByRole("button", { name: "Change Bob" }).waitFor({ state: "detached" });
  await bobsPage.reload();
  await bobsPage.getByRole("heading", { name: "Sign in" }).waitFor();
  await annsPage.getByRole("button", { name: "Change Admin" }).click();
  expect(await annsPage.getByRole("dialog").getByRole("button", { name: "Remove myself" }).isDisabled()).toBe(true);
  await usable(annsPage, "last-admin");
  expect((await ann.call("verifyAudit", {})).ok).toBe(true);
});
