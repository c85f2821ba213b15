// A person gets a recovery code for a running execution in the browser; the server is killed; what the page showed is what opens the run at the
// agent's host. It is shown once, to who may operate, and not while the agent is away.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { invite } from "../packages/server/test-support/invite.ts";
import { openBrowser } from "./support/browser.ts";
import { lookAtBoth, usable } from "./support/look.ts";
import { type Part, startAgent, startServer } from "./support/parts.ts";
import { freePorts, type Ports, temporaryFolder } from "./support/product.ts";
import { Pty } from "./support/pty.ts";
import { begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
let ports: Ports;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Part<unknown>;
let admin: Session;
let browser: Browser;
let id: string;
let code: string;
let command: string;

const openPage = async (): Promise<Page> =>
  (await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark", reducedMotion: "reduce" })).newPage();
const asAdmin = async (): Promise<Page> => {
  const page = await openPage();
  const cookies = admin.cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
  await page.context().addCookies(cookies.map(([name, ...value]) => ({ name, value: value.join("="), url: admin.base })));
  await page.goto(`${admin.base}/executions/${id}`);
  return page;
};
const ask = (page: Page) => page.getByRole("button", { name: "Get a recovery code" });
const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Recovery code for this run" });

beforeAll(async () => {
  ports = await freePorts();
  server = await startServer(ports, join(folder.path, "data"));
  agent = await startAgent(server.ready);
  admin = await signIn(`http://127.0.0.1:${ports.web}`, server.ready.signInUrl);
  await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
  const raw_text = "# Disk\n\n1. Look at the disks: `df -h`\n2. Look at the memory: `free -m`\n";
  ({ id } = await begin(admin, (await admin.call("createRunbook", { body: { raw_text, trust_level: 2 } })).id));
  await until(
    "a step that waits",
    () => readExecution(admin, id),
    (now) => openStep(now) !== undefined,
  );
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await agent.stop();
  await server.stop();
  folder.remove();
});

it("is not offered to who may only look", async () => {
  const page = await openPage();
  await page.goto(await invite(admin, { email: "vera@example.com", name: "Vera", role: "viewer" }));
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await page.goto(`${admin.base}/executions/${id}`);
  await page.getByText("Your role is viewer. This needs operator.").first().waitFor();
  expect(await ask(page).isDisabled()).toBe(true);
  await page.context().close();
});

it("is made on purpose, shown once with its end and what to type, and can be copied", async () => {
  const page = await asAdmin();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await ask(page).click();
  await dialogOf(page).getByText("for four hours").waitFor();
  await usable(page, "recovery-code-asked");
  await page.getByRole("button", { name: "Make a code" }).click();
  await dialogOf(page).getByText("Shown once.").waitFor();
  code =
    (await dialogOf(page)
      .getByText(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)
      .textContent()) ?? "";
  await page.getByRole("button", { name: "Copy the code" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(code);
  const [told] = (await admin.call("listAudit", { query: { execution_id: id, type: "execution.capsule_issued" } })).items;
  const shown = await dialogOf(page).locator("time").getAttribute("datetime");
  expect(Date.parse(shown ?? "")).toBe(told?.data["expires_at_ms"]);
  command = (await dialogOf(page).locator("code", { hasText: "agent resume" }).textContent()) ?? "";
  await lookAtBoth(page, "recovery-code");
  await page.getByRole("button", { name: "Close" }).click();
  expect(await page.content()).not.toContain(code);
  await ask(page).click();
  await page.getByRole("button", { name: "Make a code" }).waitFor();
  expect(await page.content()).not.toContain(code);
  await page.context().close();
});

it("opens the run at the host when the server is gone, with the command of the page", async () => {
  const kept = join(folder.path, "data/agent/data/capsules", `${id}.capsule`);
  await until(
    "the run at the host",
    async () => existsSync(kept),
    (is) => is,
  );
  await agent.stop();
  const page = await asAdmin();
  await page.getByText("A code can be made when it is.").waitFor({ timeout: 45_000 });
  expect(await ask(page).isDisabled()).toBe(true);
  await usable(page, "recovery-code-refused");
  await page.context().close();
  await server.kill();
  const [program, ...words] = command.split(" ");
  expect([program, words.slice(0, 4)]).toEqual(["dd0c", ["agent", "resume", id, "--config"]]);
  const pty = new Pty([...words.slice(0, 4), server.ready.agentConfigFile], { cwd: folder.path });
  await pty.answer(code, "code:");
  await pty.see("Step 1 of 2");
  await pty.see("df -h");
  await pty.answer("q");
  expect(await pty.ended).toBe(5);
}, 90_000);
