// Writing a runbook in a real browser: steps appear beside the text, questions are answered in place and stay answered while the text is
// edited, nothing jumps, both sides show each other's lines; on a phone, and for a visitor without an account.
import type { WireAnswer } from "@dd0c/protocol/http";
import type { Browser, BrowserContext, ElementHandle, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { usable } from "./support/look.ts";
import { startAgent, startServer } from "./support/parts.ts";
import { freePorts, temporaryFolder } from "./support/product.ts";
import { begin, clientWith } from "./support/session.ts";

const TEXT = `# Checkout is slow

The nightly \`pg_dump shop\` job makes this worse; it runs until 03:30.

## Diagnosis

1. See which pods restarted: \`kubectl get pods -n shop\`
2. Check the logs.
3. Look at the disk: \`df -h\`

## Mitigation

1. Restart the API: \`kubectl rollout restart deployment/checkout -n <team>\`
   This triggers a \`chef-client --once\` run.
2. Remove old sessions: \`rm -rf /srv/shop/sessions\`
${Array.from({ length: 12 }, (_, index) => `${index + 3}. Look at part ${index + 1}: \`ls -l /srv/part-${index + 1}\``).join("\n")}
`;

const LOGS = 'ambiguity:unclear: "check the logs" in: check the logs';

const folder = temporaryFolder();
const complaints: string[] = [];
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let base: string;

const desktop = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" } as const;
const phone = { viewport: { width: 390, height: 844 }, reducedMotion: "reduce", isMobile: true, hasTouch: true } as const;

const open = async (options: Parameters<Browser["newContext"]>[0]): Promise<[BrowserContext, Page]> => {
  const made = await browser.newContext(options);
  const shown = await made.newPage();
  shown.on("pageerror", (error) => complaints.push(error.message));
  return [made, shown];
};

beforeAll(async () => {
  const ports = await freePorts();
  server = await startServer(ports, folder.path);
  base = `http://127.0.0.1:${ports.web}`;
  browser = await openBrowser();
  [context, page] = await open(desktop);
  await page.goto(server.ready.signInUrl);
  await page.getByText("Two questions before you start").waitFor();
  await page.getByText("Strict", { exact: true }).click();
  await page.getByText("Level 2, copilot").click();
  await page.getByRole("button").last().click();
  await page.getByRole("heading", { name: "Home" }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  folder.remove();
});

const editor = () => page.getByLabel("Runbook text");
const step = (words: string) => page.locator("article").filter({ has: page.getByRole("heading", { name: words }) });
const question = (words: string) => page.locator("[data-question]").filter({ hasText: words });
const topOf = async (words: string): Promise<number> => Math.round((await step(words).boundingBox())?.y ?? Number.NaN);
/** Writes at the beginning of the text, as somebody would. */
const writeAbove = async (text: string): Promise<void> => {
  await editor().press("Control+Home");
  await page.keyboard.insertText(text);
};
const evaluate = <T>(expression: string): Promise<T> => page.evaluate(expression);
/** First line and number of lines that are marked in the text. */
const marked = (): Promise<number[]> =>
  evaluate("((mark) => [(mark.offsetTop - 8) / 24 + 1, mark.offsetHeight / 24])(document.querySelector('.source-editor .bg-mark'))");
/** Whether this very node of before is still part of the page. */
const isShown = async (node: ElementHandle | null): Promise<boolean> =>
  (await node?.evaluate((element: unknown) => (element as { readonly isConnected: boolean }).isConnected)) ?? false;
const focusedQuestion = (): Promise<string> => evaluate("document.activeElement.closest('[data-question]')?.dataset.question");
/** A change of the text that leaves the focus where it is. */
const changeUnseen = (text: string): Promise<void> =>
  evaluate(`((area) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, ${JSON.stringify(text)} + area.value);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  })(document.querySelector("textarea[aria-label='Runbook text']"))`);

describe("writing a runbook", () => {
  it("shows steps and counts what is open", async () => {
    await page.goto(`${base}/runbooks/new`);
    await editor().fill(TEXT);
    await page.getByText("4 open questions: go to the next").waitFor();
    await usable(page, "new runbook");
  });

  it("takes an answer in place, by keyboard, and keeps it while the text above is edited", async () => {
    const next = page.getByRole("button", { name: /go to the next/ });
    await next.press("Enter");
    await page.keyboard.press("Enter");
    await step("pg_dump shop").waitFor();
    // The control that had the focus is gone; the focus is still at the question, so the next one is behind it.
    expect(await focusedQuestion()).toBe("mention:pg_dump shop");
    const field = page.getByPlaceholder("Shown to whoever runs this step");
    await field.fill("Loki, app=checkout: OOM or timeouts");
    await field.press("Enter");
    await question("OOM or timeouts")
      .getByRole("button", { name: /Change the answer/ })
      .waitFor();
    await page.getByText("2 open questions: go to the next").waitFor();
    await writeAbove("Read this first.\n\nAsk in #shop before you begin.\n\n");
    await page.getByText(/^lines 17 to 18$/).waitFor();
    expect(await question("OOM or timeouts").isVisible()).toBe(true);
    expect(await step("pg_dump shop").isVisible()).toBe(true);
    await usable(page, "answered");
  });

  it("keeps a half-written answer and its focus while a preview arrives", async () => {
    await question("OOM or timeouts")
      .getByRole("button", { name: /Change the answer/ })
      .click();
    const field = page.getByPlaceholder("Shown to whoever runs this step");
    await field.fill("half an ans");
    const node = await field.elementHandle();
    await changeUnseen("1. Look first: `uptime`\n\n");
    await step("Look first").waitFor();
    await page.keyboard.type("wer");
    expect(await field.inputValue()).toBe("half an answer");
    expect([await isShown(node), await focusedQuestion()]).toEqual([true, LOGS]);
    await field.press("Enter");
    await question("half an answer").waitFor();
  });

  it("does not move what is read when steps come and go above it", async () => {
    await step("Look at part 9").scrollIntoViewIfNeeded();
    const before = await topOf("Look at part 9");
    const node = await step("Look at part 9").elementHandle();
    await writeAbove("1. Begin here: `uptime -p`\n2. Then see: `free -m`\n\n");
    await step("Begin here").waitFor({ state: "attached" });
    expect(await topOf("Look at part 9")).toBe(before);
    expect(await isShown(node)).toBe(true);
    await editor().fill("hello");
    await page.getByText("Below is the last preview that worked.").waitFor();
    expect(await step("Look at part 9").isVisible()).toBe(true);
    expect(await page.getByText("Nothing to save: no steps were found.").isVisible()).toBe(true);
    await usable(page, "outdated");
    await editor().fill(TEXT);
    await page.getByText("2 open questions: go to the next").waitFor();
    expect(await question("half an answer").isVisible()).toBe(true);
  });

  it("shows each side what the other points at", async () => {
    const restart = step("Restart the API");
    await restart.scrollIntoViewIfNeeded();
    await restart.locator("code.command").first().hover();
    await expect.poll(marked).toEqual([13, 1]);
    await restart.getByRole("heading").hover();
    await expect.poll(marked).toEqual([13, 2]);
    await restart.getByRole("button", { name: "lines 13 to 14" }).focus();
    await expect.poll(marked).toEqual([13, 2]);
    await page.mouse.move(5, 5);
    await editor().press("Control+Home");
    for (let line = 1; line < 15; line++) await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Show step 6" }).press("Enter");
    expect(await page.locator("article.border-accent").getByRole("heading").textContent()).toBe("Remove old sessions");
  });

  it("lets the author say where a value comes from, and saves everything with the version", async () => {
    await page.getByRole("button", { name: "1 variable", exact: true }).click();
    const team = question("<team>");
    await team.getByLabel("What it is").fill("Owner of the checkout");
    await team.getByLabel("Where its value comes from").selectOption("alert");
    await team.getByRole("textbox", { name: "Field of the alert" }).fill("labels.team");
    await team.getByRole("button", { name: "Answer" }).click();
    await team.getByText("You said: from the alert (labels.team)").waitFor();
    await question("chef-client").getByRole("button", { name: "No", exact: true }).click();
    await page.getByText("No open questions").waitFor();
    await page.getByRole("button", { name: "Save version 1" }).click();
    await page.waitForURL(/\/runbooks\/[0-9a-f-]{36}$/);
    await page.getByText("half an answer").waitFor();
    await usable(page, "saved");
    await page.goto(`${page.url()}/edit`);
    await page.getByText("No open questions").waitFor();
    await question("half an answer").waitFor();
  });

  it("shows the answer to whoever runs the step", async () => {
    const agent = await startAgent(server.ready);
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const session = clientWith(base, { cookie, origin: base });
    const text = "# Slow\n\n1. Check the logs.\n2. Look: `uptime`\n";
    const [asked] = (await session.call("parsePreview", { body: { raw_text: text } })).questions;
    const answers: WireAnswer[] = [{ kind: "ambiguity", key: asked?.key ?? "", text: "Loki, app=checkout" }];
    const { id } = await session.call("createRunbook", { body: { raw_text: text, answers } });
    const execution = await begin(session, id);
    await page.goto(`${base}/executions/${execution.id}`);
    await page.locator('article[aria-label="Current step 1"]').getByText("The author says: Loki, app=checkout").waitFor();
    await agent.stop();
  });
});

describe("on a phone", () => {
  it("shows one side at a time, and a line link goes to the text", async () => {
    const storageState = await context.storageState();
    const [own, small] = await open({ ...phone, storageState });
    page = small;
    await page.goto(`${base}/runbooks/new`);
    await editor().fill(TEXT);
    const steps = page.getByRole("button", { name: /^\d+ steps, 4 open$/ });
    await steps.waitFor();
    expect(await step("Check the logs").isVisible()).toBe(false);
    await usable(page, "phone, text");
    await steps.tap();
    expect(await editor().isVisible()).toBe(false);
    expect(await evaluate("document.documentElement.scrollWidth")).toBe(390);
    await usable(page, "phone, steps");
    await step("Restart the API").getByRole("button", { name: "lines 13 to 14" }).tap();
    await editor().waitFor();
    await expect.poll(marked).toEqual([13, 2]);
    await own.close();
  });
});

describe("without an account", () => {
  it("is reached from the sign-in page, shows steps, stores nothing, and waits when it asked too often", async () => {
    const [own, visitor] = await open(desktop);
    page = visitor;
    await page.goto(base);
    await page.getByRole("link", { name: "Try it with a runbook" }).click();
    await page.getByRole("button", { name: "Use an example" }).click();
    await page.getByText(/open questions: go to the next/).waitFor();
    await usable(page, "try");
    expect(await own.cookies()).toEqual([]);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole("button", { name: "Yes, make it a step" }).first().click();
    await step("pg_dump shop").waitFor();
    expect([...new Set(asked)]).toEqual(["/v1/run/runbooks/parse-preview"]);
    await own.close();
  });

  it("says when the next check runs, and runs it by itself", async () => {
    const [own, visitor] = await open(desktop);
    page = visitor;
    await page.goto(`${base}/try`);
    // Everything that one address may ask in this minute.
    const client = clientWith(base, {});
    const ask = () =>
      client.call("parsePreview", { body: { raw_text: "1. Look: `df -h`" } }).then(
        () => true,
        () => false,
      );
    while (await ask());
    await editor().fill(TEXT);
    await page.getByText(/The next check runs by itself at/).waitFor();
    await usable(page, "try, waiting");
    await page.getByText("4 open questions: go to the next").waitFor({ timeout: 70_000 });
    await own.close();
  });

  it("made no page complain", () => {
    expect(complaints).toEqual([]);
  });
});
