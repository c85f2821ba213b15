// Looking before a change, on the real product: the server, an agent process, real chmod, rm and find. What it would touch stands on the card,
// the state that a way back needs is captured, and an approval lapses when the set has grown by the time of the run.
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, picture, violations } from "./support/browser.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
const demo = join(folder.path, "demo/payment-svc");
const conf = join(demo, "cache.conf");
const off = join(demo, "cache.off");
let product: Product;
let session: Session;

beforeAll(async () => {
  product = await startProduct(await freePorts(), folder.path);
  session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
});
afterAll(async () => {
  await product.stop();
  folder.remove();
});

const start = async (command: string): Promise<WireExecution> => {
  const raw_text = `# Cache\n\n1. Do this.\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;
  const runbook = await session.call("createRunbook", { body: { raw_text, trust_level: 2 } });
  return begin(session, runbook.id);
};
const when = (id: string, what: string, done: (now: WireExecution) => boolean): Promise<WireExecution> =>
  until(what, () => readExecution(session, id), done);
const labelled = (execution: WireExecution, label: string): WireStepExecution => {
  const step = execution.steps.find((each) => each.label === label);
  if (step === undefined) throw new Error(`there is no step ${label}`);
  return step;
};
const asks = (id: string, label: string, state?: WireStepExecution["look"]["state"]): Promise<WireExecution> =>
  when(id, `step ${label} asks`, (now) => openStep(now)?.label === label && (state === undefined || openStep(now)?.look.state === state));
const look = (execution: WireExecution, label: string): Promise<WireExecution> => {
  const step = labelled(execution, label);
  const body = { digest: step.digest ?? "", digests: step.look.reads.map(({ digest }) => digest) };
  return session.call("lookStep", { params: { id: execution.id, sid: step.id }, body });
};
const setGovernance = (governance_mode: "strict" | "audit") => session.call("updateSettings", { body: { governance_mode } });
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const events = async (id: string) => (await session.call("listAudit", { query: { execution_id: id, limit: 500 } })).items;

describe("under strict", () => {
  it("looks after one click, under a grant per read, and takes a captured mode back", async () => {
    writeFileSync(conf, "cache = on\n");
    chmodSync(conf, 0o604);
    const { id } = await start(`chmod 640 ${conf}`);
    const before = labelled(await asks(id, "1"), "1");
    expect(before).toMatchObject({ way_back: { kind: "irreversible" }, look: { state: "not_looked", counted: null } });
    expect(before.look.reads.map(({ purpose }) => purpose)).toEqual(["twin", "capture"]);
    expect(before.actions).toContain("look");

    await look(await readExecution(session, id), "1");
    const looked = await asks(id, "1", "looked");
    expect(looked.steps_total).toBe(1);
    expect(looked.steps.map(({ label }) => label)).toEqual(["1"]);
    expect(labelled(looked, "1")).toMatchObject({
      look: { counted: { summary: "1 path", sample: [conf] }, captured: "604", not_known: null, not_captured: null },
      way_back: { kind: "recorded", command: `chmod 604 ${conf}`, gate: "ask" },
    });
    const granted = (await events(id)).filter(({ type }) => type === "step.look_granted");
    expect(granted.length).toBe(2);
    expect(modeOf(conf)).toBe("604");

    await approve(session, looked, labelled(looked, "1"));
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(modeOf(conf)).toBe("640");
    await session.call("rollbackStep", { params: { id, sid: labelled(over, "1").id } });
    const undo = await asks(id, "1-undo");
    await approve(session, undo, labelled(undo, "1-undo"));
    await when(id, "the undo", (now) => labelled(now, "1").status === "rolled_back");
    expect(modeOf(conf)).toBe("604");
  });

  it("lets a person decide without looking", async () => {
    chmodSync(conf, 0o604);
    const { id } = await start(`chmod 600 ${conf}`);
    const asked = await asks(id, "1");
    await approve(session, asked, labelled(asked, "1"));
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(modeOf(conf)).toBe("600");
    expect(labelled(over, "1")).toMatchObject({ look: { state: "not_looked" }, way_back: { kind: "irreversible" } });
  });

  it("refuses a click for anything that was not listed", async () => {
    const { id } = await start(`chmod 600 ${conf}`);
    const asked = labelled(await asks(id, "1"), "1");
    const params = { id, sid: asked.id };
    await expect(session.call("lookStep", { params, body: { digest: asked.digest ?? "", digests: [] } })).rejects.toMatchObject({
      code: "DIGEST_MISMATCH",
    });
    const touch = await start(`touch ${conf}`);
    const nothing = labelled(await asks(touch.id, "1"), "1");
    expect(nothing).toMatchObject({ look: { state: "none", reads: [] } });
    await expect(
      session.call("lookStep", { params: { id: touch.id, sid: nothing.id }, body: { digest: nothing.digest ?? "", digests: [] } }),
    ).rejects.toMatchObject({ code: "LOOK_UNAVAILABLE" });
  });
});

describe("under audit", () => {
  beforeAll(() => setGovernance("audit"));

  it("looks by itself, and takes the approval back when the set grew before it ran", async () => {
    writeFileSync(conf, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await start(`mv ${conf} ${off}`);
    const asked = await asks(id, "1", "looked");
    expect(labelled(asked, "1").look).toMatchObject({ counted: { count: 1, summary: "1 path", sample: [conf] }, lapse: null });
    // Now the move would replace something that nobody saw on the card.
    writeFileSync(off, "somebody's work\n");
    await approve(session, asked, labelled(asked, "1"));
    const again = await when(id, "the question comes back", (now) => openStep(now) !== undefined && openStep(now)?.look.lapse !== null);
    expect(labelled(again, "1").look).toMatchObject({
      counted: { summary: "2 paths" },
      lapse: { code: "SET_CHANGED", before: { count: 1 }, now: { count: 2 } },
    });
    expect([readFileSync(off, "utf8"), existsSync(conf)]).toEqual(["somebody's work\n", true]);

    // The text is the same, the card is not: one that names no card, or the older one, is refused.
    await expect(approve(session, asked, labelled(asked, "1"))).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
    await approve(session, again, labelled(again, "1"));
    await when(id, "the end", (now) => now.status === "completed");
    expect([readFileSync(off, "utf8"), existsSync(conf)]).toEqual(["cache = on\n", false]);
    const types = (await events(id)).map(({ type }) => type);
    expect(types.filter((type) => type === "step.looked").length).toBe(3);
    expect(types.filter((type) => type === "step.dispatched").length).toBe(4);
  });

  it("says that a number is not known where the look failed, and is no bad run", async () => {
    const { id, runbook_id } = await start(`rm -rf ${join(demo, "not-there")}`);
    const asked = labelled(await asks(id, "1"), "1");
    expect(asked.look).toMatchObject({ state: "looked", counted: null, not_known: "the command that looks failed" });
    expect((await session.call("getRunbook", { params: { id: runbook_id } })).trust_level).toBe(2);
  });

  it("leaves a chain that holds", async () => {
    expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
  });
});

describe("the card", () => {
  let browser: Browser;

  beforeAll(async () => {
    await setGovernance("strict");
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    ["on a desktop", { width: 1440, height: 900 }],
    ["on a phone", { width: 390, height: 844 }],
  ])("looks by one key, shows the number, and says that an approval lapsed %s", async (name, viewport) => {
    writeFileSync(conf, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await start(`mv ${conf} ${off}`);
    await asks(id, "1");
    const context = await browser.newContext({ viewport, colorScheme: "dark", reducedMotion: "reduce" });
    const cookies = session.cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
    await context.addCookies(cookies.map(([key, ...value]) => ({ name: key, value: value.join("="), url: product.base })));
    const page = await context.newPage();
    await page.goto(`${product.base}/executions/${id}`);
    await page.locator('article[aria-label="Current step 1"]').waitFor();
    await page.getByText("Not looked at: not known what it would touch.").waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, `look-first-${name.replaceAll(" ", "-")}`);
    await page.keyboard.press("l");
    await page.getByText("Would touch 1 path").waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, `looked-${name.replaceAll(" ", "-")}`);
    writeFileSync(off, "somebody's work\n");
    const decide = page.locator("[data-hotkey=approve]");
    for (let turns = 0; turns < 20 && (await decide.count()) === 0; turns += 1) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(100);
    }
    await decide.click();
    await page.getByText("Nothing ran. The approval lapsed.").waitFor();
    await page.getByText("Would touch 2 paths").waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, `lapsed-${name.replaceAll(" ", "-")}`);
    expect(readFileSync(off, "utf8")).toBe("somebody's work\n");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
    await context.close();
  });
});
