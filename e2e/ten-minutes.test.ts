// Ten minutes at night, in a real browser against the real product: a latency is diagnosed by safe steps, something is tried that makes it
// worse and is taken back with the state captured before, what the cure will touch is counted, approved, done; and the record is proven
// offline, a changed byte found. With SCREENSHOTS=1 it makes the pictures of docs/ten-minutes.md.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look } from "./support/look.ts";
import { freePorts, type Ports, type Product, root, startProduct, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
const sessions = join(folder.path, "demo/payment-svc/sessions");
let ports: Ports;
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  ports = await freePorts();
  product = await startProduct(ports, folder.path);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark", reducedMotion: "reduce" });
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  folder.remove();
});

const card = (label: string): Locator => page.locator(`article[aria-label="Current step ${label}"]`);
const decide = (): Locator => page.locator("[data-hotkey=approve]");
const modeOfSessions = (): string => (statSync(sessions).mode & 0o777).toString(8);

/** The card that asks, read to its end: approve appears once all of it was on the screen. */
async function readCard(label: string): Promise<void> {
  await card(label).waitFor({ timeout: 60_000 });
  await card(label).evaluate((element) => element.scrollIntoView());
  for (let turns = 0; turns < 40 && (await decide().count()) === 0; turns += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(100);
  }
}

async function enterCommand(command: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: "Enter a command" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox").first().fill(command);
  await form.getByLabel("Why? (optional)").fill(reason);
  await form.getByRole("button", { name: "Add it to the run" }).click();
  await form.waitFor({ state: "hidden" });
}

const health = async (): Promise<string> =>
  ((await (await fetch(`http://127.0.0.1:${ports.demo}/health`)).json()) as { status: string }).status;

describe("ten minutes", () => {
  it("diagnoses the latency by safe steps that run by themselves", async () => {
    await page.goto(product.link);
    await page.getByText("Two questions before you start").waitFor();
    await page.getByText("Audit", { exact: true }).click();
    await page.getByText("Level 2, copilot").click();
    await page.getByRole("button").last().click();
    await page.getByRole("heading", { name: "Home" }).waitFor();
    await page.goto(`${product.base}/runbooks`);
    await page.getByText("Payment service latency").first().click();
    await page.getByRole("button", { name: "Start copilot" }).first().click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: "Start copilot" });
    await Promise.race([page.waitForURL(/\/executions\//), confirm.click().then(() => page.waitForURL(/\/executions\//))]);
    await page.getByText("Before the first step").waitFor();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: "Begin" }).click();
    await readCard("6");
    expect(await page.getByText("session-001.lock").count()).toBeGreaterThan(0);
    expect(await health()).toBe("out_of_connections");
    await look(page, "ten-minutes-1-diagnosed");
  });

  it("tries something else first: it is counted, its undo is captured, and it makes things worse", async () => {
    await enterCommand(`chmod u-w ${sessions}`, "stop new sessions while we look");
    await page.getByText("Would touch 1 path").waitFor({ timeout: 60_000 });
    await page.getByText(`chmod 755 ${sessions}`).first().waitFor();
    await readCard("typed-1");
    await look(page, "ten-minutes-2-tried");
    expect(modeOfSessions()).toBe("755");
    await decide().click();
    await readCard("6");
    expect(modeOfSessions()).toBe("555");
    expect(await health()).toBe("no_new_sessions");
    await enterCommand(`curl -s http://127.0.0.1:${ports.demo}/health`, "better?");
    await page.getByText("no_new_sessions").first().waitFor({ timeout: 30_000 });
    await readCard("6");
    await page.mouse.wheel(0, -10_000);
    await look(page, "ten-minutes-3-worse");
  });

  it("takes it back with the state that was captured", async () => {
    await page.getByRole("button", { name: "Undo step typed-1" }).click();
    await readCard("typed-1-undo");
    await look(page, "ten-minutes-4-undo");
    await decide().click();
    await page.getByText("Undone by step typed-1-undo.").waitFor({ state: "attached", timeout: 30_000 });
    expect(modeOfSessions()).toBe("755");
    expect(await health()).not.toBe("no_new_sessions");
  });

  it("cures it: what it touches is counted, its name typed, and the run finished", async () => {
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await readCard("6");
    await page.getByRole("checkbox", { name: /No rollback exists/ }).check();
    await decide().click();
    await card("7").waitFor({ timeout: 60_000 });
    await page.getByText("Would touch 25 paths").waitFor({ timeout: 30_000 });
    await readCard("7");
    await page.locator("[data-confirm-name]").first().pressSequentially(sessions);
    await page.getByRole("checkbox", { name: /No rollback exists/ }).check();
    await look(page, "ten-minutes-5-counted");
    expect(existsSync(sessions)).toBe(true);
    await decide().click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor({ timeout: 60_000 });
    expect(existsSync(sessions)).toBe(false);
    expect(await health()).toBe("healthy");
    await look(page, "ten-minutes-6-finished");
  });

  it("proves the record offline, and finds a changed byte", async () => {
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const text = await (await fetch(`${product.base}/v1/run/audit/export`, { headers: { cookie } })).text();
    const file = join(folder.path, "audit.jsonl");
    const verify = () => spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "verify-audit", file], { encoding: "utf8" });
    writeFileSync(file, text);
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: \d+ events, head [0-9a-f]{64}\n$/) });
    const at = text.indexOf("chmod 755");
    expect(at).toBeGreaterThan(0);
    writeFileSync(file, `${text.slice(0, at)}chmod 777${text.slice(at + "chmod 755".length)}`);
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining("was changed") });
    expect(readFileSync(file, "utf8")).toContain("chmod 777");
    await page.goto(`${product.base}/audit`);
    await page.getByRole("button", { name: "Verify chain" }).click();
    await page.getByText(/The chain holds/).waitFor();
    await look(page, "ten-minutes-7-proven");
  });
});
