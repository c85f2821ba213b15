// A panic webhook from the page to the process: an admin makes one in the browser, a call stops a real agent, a person lifts it by the
// address that `dd0c panic off` prints, the admin revokes it.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look } from "./support/look.ts";
import { startAgent, startServer } from "./support/parts.ts";
import { freePorts, temporaryFolder } from "./support/product.ts";
import { type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
let base: string;
let server: Awaited<ReturnType<typeof startServer>>;
let agent: Awaited<ReturnType<typeof startAgent>>;
let session: Session;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const ports = await freePorts();
  base = `http://127.0.0.1:${ports.web}`;
  server = await startServer(ports, folder.path);
  agent = await startAgent(server.ready);
  session = await signIn(base, server.ready.signInUrl);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    session.cookie.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
    }),
  );
  page = await context.newPage();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await agent.stop();
  await server.stop();
  folder.remove();
});

describe("a panic webhook", () => {
  let call: { readonly url: string; readonly secret: string };
  const press = () => fetch(call.url, { method: "POST", headers: { authorization: `Bearer ${call.secret}` } });

  it("is made on the settings page, which shows its secret and its call once", async () => {
    await page.goto(`${base}/settings`);
    const section = page.locator("section", { has: page.getByRole("heading", { name: "Panic webhooks" }) });
    await section.getByText("No webhook yet.").waitFor();
    await section.getByLabel("Where the new webhook is used").fill("Red button, operations room");
    await section.getByRole("button", { name: "Make a panic webhook" }).click();
    const shown = await section.getByRole("status").innerText();
    const [, secret = "", url = ""] = /Bearer (panic_\S+)" (http\S+)/.exec(shown) ?? [];
    call = { secret, url };
    expect(url).toMatch(new RegExp(`^${base}/v1/run/webhooks/panic/[0-9a-f-]{36}$`));
    await section.getByText("never used").waitFor();
    await section.scrollIntoViewIfNeeded();
    await look(page, "panic-webhook");
    await page.reload();
    await section.getByText("Red button, operations room").waitFor();
    expect(await section.innerText()).not.toContain(secret);
  });

  it("stops the agent, says who did it, and is lifted by a person at the address that the terminal prints", async () => {
    expect((await press()).status).toBe(200);
    await until(
      "the agent halted",
      () => session.call("getPanic", {}),
      ({ on, agents }) => on && agents.every(({ state }) => state === "halted"),
    );
    await page.goto(`${base}/#lift-the-stop`);
    await page.getByText(/by panic webhook: Red button, operations room/).waitFor();
    const dialog = page.getByRole("dialog");
    expect((await session.call("getPanic", {})).on).toBe(true);
    await dialog.getByLabel("Why is it safe to go on?").fill("somebody leaned on the button");
    await dialog.getByRole("button", { name: "Lift the stop" }).click();
    await until(
      "the stop lifted",
      () => session.call("getPanic", {}),
      ({ on }) => !on,
    );
  });

  it("is dead once it is revoked on the page", async () => {
    await page.goto(`${base}/settings`);
    await page.getByRole("button", { name: "Revoke Red button, operations room" }).click();
    await page.getByRole("button", { name: "Revoke Red button, operations room for good" }).click();
    await page.getByText("No webhook yet.").waitFor();
    expect((await press()).status).toBe(401);
    expect((await session.call("getPanic", {})).on).toBe(false);
  });
});
