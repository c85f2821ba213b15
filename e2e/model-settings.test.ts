// The language model in the settings, in a real browser: what it saw is listed, an admin switches it off with the keyboard, nothing leaves then.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ModelServer, emptyReview, opinionOf, startModelServer } from "../packages/server/test-support/model-server.ts";
import { type Session, startTestServer, type TestServer } from "../packages/server/test-support/running-server.ts";
import { openBrowser } from "./support/browser.ts";
import { usable } from "./support/look.ts";
import { root } from "./support/product.ts";

const text = "# Disk\n\n1. Look: `df -h`\n2. Use `export TOKEN=hunter2zq9`\n";

let server: TestServer;
let model: ModelServer;
let browser: Browser;
let page: Page;
let admin: Session;

beforeAll(async () => {
  model = await startModelServer();
  model.behave(({ purpose }) => ({ content: purpose === "classify" ? opinionOf("safe", 0.95) : emptyReview }));
  server = await startTestServer({
    webFolder: `${root}/packages/web/dist`,
    environment: {
      LLM_PROVIDER: "openai-compatible",
      LLM_BASE_URL: model.url,
      LLM_MODEL: "small",
      LLM_MODELS: "large",
      LLM_PRICES: "small=0.5/2",
      LLM_API_KEY: "house-brand-of-key",
    },
  });
  admin = await server.signIn();
  await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 0 } });
  await admin.call("modelReview", { body: { raw_text: text } });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" })).newPage();
  await page.goto(await server.newSignInLink());
  await page.goto(`${server.url}/settings`);
  await page.getByRole("heading", { name: "Latest calls" }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await model.close();
});

it("shows which model saw what, and no text of it", async () => {
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Model", exact: true }) });
  const shown = await section.innerText();
  expect(shown).toContain("It can only raise a risk");
  expect(shown).toContain(`openai-compatible at ${new URL(model.url).origin}`);
  expect(shown).toMatch(/small: 3 calls, 360 tokens, \$0\.00027/);
  expect(await section.getByRole("row").count()).toBe(4);
  expect(shown).toContain("read a runbook");
  expect(shown).toContain("1 secret masked");
  for (const hidden of ["df -h", "hunter2zq9", "house-brand-of-key"]) expect(await page.content()).not.toContain(hidden);
  await usable(page);
});

it("is the same on a phone", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  await usable(page);
  await page.setViewportSize({ width: 1280, height: 900 });
});

it("is switched off by an admin with a reason, with the keyboard alone", async () => {
  await page.getByRole("radio", { name: "Off" }).focus();
  await page.keyboard.press("Space");
  const save = page.getByRole("button", { name: "Save model" });
  await page.getByLabel("Reason").nth(1).fill("no text abroad");
  await page.keyboard.press("Enter");
  await page.getByText("Switched off for this organisation").waitFor();
  expect(await save.isVisible()).toBe(true);
  model.forget();
  expect((await admin.call("parsePreview", { body: { raw_text: text } })).commands[0]?.second_key).toBe("turned");
  await admin.call("createRunbook", { body: { raw_text: text } });
  expect(model.requests).toEqual([]);
  await usable(page);
});
