// The story of the first hour, in a real browser against the real product: sign in, choose, paste, walk a runbook with the copilot,
// approve, type a name, verify the chain, and prove the export offline.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look } from "./support/look.ts";
import { freePorts, type Product, root, startProduct, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
const corpusFile = join(root, "../shared/corpus/runbooks/ubuntu__dqlite.md");
const ours = join(root, "templates/high-load.md");
let product: Product;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  product = await startProduct(await freePorts(), folder.path);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark", reducedMotion: "reduce" });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  folder.remove();
});

describe("the first hour", () => {
  it("signs in by the link and answers two questions", async () => {
    await page.goto(product.link);
    await page.getByText("Two questions before you start").waitFor();
    await page.getByText("Audit", { exact: true }).click();
    await page.getByText("Level 2, copilot").click();
    await look(page, "setup");
    await page.getByRole("button").last().click();
    await page.getByRole("heading", { name: "Home" }).waitFor();
    await look(page, "home");
  });

  it("shows a pasted runbook as classified steps and saves it", async () => {
    const source = existsSync(corpusFile) ? corpusFile : ours;
    await page.goto(`${product.base}/runbooks/new`);
    await page.locator("textarea").first().fill(readFileSync(source, "utf8"));
    await page.getByText(/Checked in/).waitFor();
    expect(await page.getByText(/^(safe|caution|dangerous|unknown)$/).count()).toBeGreaterThan(0);
    await look(page, "new-runbook");
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.waitForURL(/\/runbooks\/[0-9a-f-]{36}/);
    await page.goto(`${product.base}/runbooks`);
    await page.getByText("Payment service latency").first().waitFor();
    await look(page, "runbooks");
  });

  it("walks the demo incident: reads by themselves, a change approved, a name typed", async () => {
    await page.getByText("Payment service latency").first().click();
    await page
      .getByRole("button", { name: /start copilot/i })
      .first()
      .click();
    if (!page.url().includes("/executions/"))
      await page
        .getByRole("button", { name: /start copilot/i })
        .last()
        .click({ timeout: 3_000 })
        .catch(() => undefined);
    await page.waitForURL(/\/executions\//);
    await page.getByText("Before the first step").waitFor();
    await look(page, "preflight");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: "Begin" }).click();

    const decide = page.locator("[data-hotkey=approve]");
    await page.locator('article[aria-label="Current step 6"]').waitFor({ timeout: 30_000 });
    await decide.waitFor({ timeout: 10_000 });
    expect(await page.getByText("session-001.lock").count()).toBeGreaterThan(0);
    await look(page, "execution");
    await page.getByRole("checkbox", { name: /No rollback exists/ }).check();
    await decide.click();

    const name = join(folder.path, "demo/payment-svc/sessions");
    await page.locator('article[aria-label="Current step 7"]').waitFor({ timeout: 30_000 });
    const field = page.locator("[data-confirm-name]").first();
    await field.waitFor({ timeout: 30_000 });
    // The number came by itself and made a card of its own: approve appears once all of that was on the screen.
    await page.locator("article").evaluate((card) => card.scrollIntoView());
    for (let turns = 0; turns < 20 && (await decide.count()) === 0; turns += 1) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(100);
    }
    await field.pressSequentially(name.slice(0, -1));
    await page.getByRole("checkbox", { name: /No rollback exists/ }).check();
    expect(await decide.isDisabled()).toBe(true);
    expect(existsSync(name)).toBe(true);
    await field.press("End");
    await field.pressSequentially("s");
    await look(page, "typed-name");
    await decide.click();

    await page
      .getByText(/completed/i)
      .first()
      .waitFor({ timeout: 30_000 });
    expect(existsSync(name)).toBe(false);
    await look(page, "timeline");
  });

  it("verifies the chain, here and offline, and finds a changed byte", async () => {
    await page.goto(`${product.base}/audit`);
    await page.getByRole("button", { name: "Verify chain" }).click();
    await page.getByText(/The chain holds/).waitFor();
    await look(page, "audit");
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const text = await (await fetch(`${product.base}/v1/run/audit/export`, { headers: { cookie } })).text();
    const file = join(folder.path, "audit.jsonl");
    const verify = () => spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "verify-audit", file], { encoding: "utf8" });
    writeFileSync(file, text);
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: \d+ events, head [0-9a-f]{64}\n$/) });
    writeFileSync(file, text.replace('"risk_level":"caution"', '"risk_level":"safe"'));
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining("was changed") });
  });

  it("shows agents, settings and runs without a complaint of the browser", async () => {
    for (const [path, name] of [
      ["agents", "agents"],
      ["settings", "settings"],
      ["executions", "executions"],
    ] as const) {
      await page.goto(`${product.base}/${path}`);
      await page.locator("h1").first().waitFor();
      await page.waitForTimeout(300);
      await look(page, name);
    }
    expect(complaints).toEqual([]);
  });
});
