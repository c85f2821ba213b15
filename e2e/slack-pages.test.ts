// What the web shows about Slack, at the width of a phone and of a desk: the page that says who somebody is, who acts as whom, the banner while Slack
// is away, and the policy that keeps dangerous approvals here.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whisperedTo } from "../packages/server/test-support/slack/linked.ts";
import { openBrowser } from "./support/browser.ts";
import { lookAtBoth } from "./support/look.ts";
import { type SlackProduct, startSlackProduct } from "./support/slack.ts";

let world: SlackProduct;
let browser: Browser;
let signedIn: BrowserContext;
let page: Page;

beforeAll(async () => {
  world = await startSlackProduct();
  browser = await openBrowser();
  signedIn = await browser.newContext({ reducedMotion: "reduce" });
  const cookies = world.session.cookie.split("; ").map((pair) => pair.split(/=(.*)/s));
  await signedIn.addCookies(cookies.map(([name = "", value = ""]) => ({ name, value, url: world.product.base })));
  page = await signedIn.newPage();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const linkFor = async (user: string): Promise<string> => {
  const said = await whisperedTo(world.slack, user, () => world.slack.command(user, "link"));
  return /http\S+\/slack\/link\/\S+/.exec(said)?.[0] ?? "";
};
const heading = (name: string) => page.getByRole("heading", { name }).waitFor();

describe("the page behind /dd0c link", () => {
  it("asks for a session first", async () => {
    const stranger = await browser.newContext();
    const theirs = await stranger.newPage();
    await theirs.goto(await linkFor("U0BOB"));
    await theirs.getByRole("heading", { name: "Sign in first" }).waitFor();
    await lookAtBoth(theirs, "slack-link-sign-in");
    await stranger.close();
  });

  it("says who would become whom, links with a press and once", async () => {
    const link = await linkFor("U0BOB");
    await page.goto(link);
    await heading("Link your Slack account");
    for (const text of ["@bob (U0BOB)", "Admin, admin", "/dd0c unlink"]) expect(await page.innerText("main")).toContain(text);
    await lookAtBoth(page, "slack-link");
    await page.getByRole("button", { name: "That is me: link them" }).click();
    await heading("Linked");
    await lookAtBoth(page, "slack-linked");
    await page.goto(link);
    await heading("This link is no longer valid");
    await lookAtBoth(page, "slack-link-gone");
  });
});

describe("settings", () => {
  it("show an admin who acts as whom, and take it away", async () => {
    await page.goto(`${world.product.base}/settings`);
    await page.getByText("in Slack @bob (U0BOB)").waitFor();
    await lookAtBoth(page, "slack-people");
    await page.getByRole("button", { name: "Change Admin" }).click();
    await page.getByText("Whoever uses @bob in Slack acts as Admin").waitFor();
    await lookAtBoth(page, "slack-people-change");
    await page.getByRole("button", { name: "Take the Slack link away" }).click();
    await page.getByRole("button", { name: "Yes, end the link of @bob" }).click();
    await page.getByText("Whoever uses @bob in Slack").waitFor({ state: "detached" });
    expect(await whisperedTo(world.slack, "U0BOB", () => world.slack.command("U0BOB", "list"))).toContain("not linked");
  });

  it("ask where dangerous steps are confirmed", async () => {
    await page.goto(`${world.product.base}/settings`);
    await page.getByRole("radio", { name: /Only on the web/ }).waitFor();
    await lookAtBoth(page, "slack-step-up");
  });
});

describe("the banner", () => {
  it("says since when Slack is away, and goes when it is back", async () => {
    await page.goto(`${world.product.base}/`);
    await heading("Home");
    expect(await page.getByText("Slack cannot be reached").count()).toBe(0);
    world.slack.down();
    await page.getByText("Slack cannot be reached").waitFor({ timeout: 40_000 });
    await lookAtBoth(page, "slack-banner");
    world.slack.up();
    await page.getByText("Slack cannot be reached").waitFor({ state: "detached", timeout: 60_000 });
  });
});
