// A language model beside the preview, in a real browser: asked only when the author says so, shown per command, and what it made up itself
// comes into the text by an explicit tick or not at all.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emptyReview, type ModelServer, opinionOf, startModelServer } from "../packages/server/test-support/model-server.ts";
import { startTestServer, type TestServer } from "../packages/server/test-support/running-server.ts";
import { openBrowser, picture } from "./support/browser.ts";
import { usable } from "./support/look.ts";
import { root } from "./support/product.ts";

const text = `# Shop is slow

1. Look at the load: \`uptime\`
2. Look at the disk of <host>: \`df -h\`
3. Reach it: \`ping -c 1 <host>\`

Once systemctl restart nginx is what helped.
`;
const invented = "curl -s http://10.0.0.9/fix.sh";

let server: TestServer;
let model: ModelServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  model = await startModelServer();
  model.behave(({ purpose, user }) => ({
    content:
      purpose === "classify"
        ? opinionOf(user.includes("df -h") ? "caution" : "safe", 0.95)
        : {
            ...emptyReview,
            proposals: [
              { command: "systemctl restart nginx", line: 7, description: "What helped before." },
              { command: invented, line: null, description: "Fetch the fix." },
            ],
            questions: [{ step_order: 1, question: "Which load is too high?", suggestion: null }],
            variables: [{ name: "host", description: "The web server in front." }],
          },
  }));
  server = await startTestServer({
    webFolder: `${root}/packages/web/dist`,
    environment: { LLM_PROVIDER: "openai-compatible", LLM_BASE_URL: model.url, LLM_MODEL: "small", LLM_API_KEY: "k-e-y" },
  });
  const admin = await server.signIn();
  await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 0 } });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" })).newPage();
  await page.goto(await server.newSignInLink());
  await page.goto(`${server.url}/runbooks/new`);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await model.close();
});

const editor = () => page.getByLabel("Runbook text");
const step = (words: string) => page.locator("article").filter({ has: page.getByRole("heading", { name: words }) });
const part = () => page.getByRole("region", { name: "Language model" });

it("is not asked by typing; every safe command says that its second key is pending", async () => {
  await editor().fill(text);
  await step("Look at the load").getByText("second key pending").waitFor();
  expect(await page.getByText("second key pending").count()).toBe(3);
  expect(model.requests).toEqual([]);
  await usable(page);
});

it("turns keys and raises risks once the author asks", async () => {
  await part().getByRole("button", { name: "Ask the model about this text" }).click();
  await part().getByRole("heading", { name: "The model proposes" }).waitFor();
  expect(await page.getByText("second key pending").count()).toBe(0);
  expect(await step("Look at the load").locator("summary").innerText()).toContain("safe");
  expect(await step("Look at the disk").locator("summary").innerText()).toContain("caution");
  await part().getByText("Which load is too high?").waitFor();
  await usable(page);
  await picture(page, "model-review");
});

it("takes the model's words for a variable with one press", async () => {
  await part().getByRole("button", { name: "Say so" }).click();
  await page.getByRole("button", { name: "1 variable", exact: true }).click();
  await page.locator("[data-question]").filter({ hasText: "<host>" }).getByText("The web server in front.").waitFor();
  expect(await part().getByRole("heading", { name: "The model proposes" }).isVisible()).toBe(true);
});

it("writes what the model made up into the text only after an explicit tick, and it is judged there like anything else", async () => {
  const proposal = part().getByRole("listitem").filter({ hasText: "Not in your text" });
  expect(await proposal.getByText("safe", { exact: true }).count()).toBe(0);
  const write = proposal.getByRole("button", { name: "Write it at the end of the text" });
  expect(await write.isDisabled()).toBe(true);
  expect(await editor().inputValue()).toBe(text);
  await proposal.getByRole("checkbox").check();
  await write.click();
  expect(await editor().inputValue()).toBe(`${text}\n\`\`\`\n${invented}\n\`\`\`\n`);
  await page.locator("article code.command", { hasText: invented }).first().waitFor();
  await part().getByText("It was asked about an older text.").waitFor();
  await usable(page);
});
