// A step that makes things worse is undone: by its recorded way back, a step of its own with an approval of its own, over real HTTP,
// a real agent process and both databases. Then one more attempt, a typed command, and the chain over all of it.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look, usable } from "./support/look.ts";
import { databases, stopDatabases } from "./support/databases.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

/** A runbook with a step per command, saved, started and confirmed. */
async function startRunbook(session: Session, commands: readonly string[]): Promise<WireExecution> {
  const steps = commands.map((command, at) => `${at + 1}. Do this.\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`);
  const runbook = await session.call("createRunbook", { body: { raw_text: `# Cache\n\n${steps.join("\n")}`, trust_level: 2 } });
  return begin(session, runbook.id);
}

describe.each(databases)("undoing on %s", (_name, environment) => {
  const folder = temporaryFolder();
  const demo = join(folder.path, "demo/payment-svc");
  const on = join(demo, "cache.conf");
  const off = join(demo, "cache.off");
  const flag = join(demo, "maintenance");
  let product: Product;
  let session: Session;

  beforeAll(async () => {
    product = await startProduct(await freePorts(), folder.path, { env: await environment() });
    session = await signIn(product.base, product.link);
    await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  });
  afterAll(async () => {
    await product.stop();
    await stopDatabases();
    folder.remove();
  });

  const start = (...commands: readonly string[]): Promise<WireExecution> => startRunbook(session, commands);
  const when = (id: string, what: string, done: (now: WireExecution) => boolean): Promise<WireExecution> =>
    until(what, () => readExecution(session, id), done);
  const labelled = (execution: WireExecution, label: string): WireStepExecution => {
    const step = execution.steps.find((each) => each.label === label);
    if (step === undefined) throw new Error(`there is no step ${label}`);
    return step;
  };
  const isSettled = (label: string) => (now: WireExecution) =>
    now.steps.some((step) => step.label === label && ["completed", "failed", "rolled_back"].includes(step.status));
  /** Waits for the step's question, answers it with yes, waits for its end. */
  const decideYes = async (id: string, label: string): Promise<WireExecution> => {
    const asked = await when(id, `step ${label} asks`, (now) => openStep(now)?.label === label);
    await approve(session, asked, labelled(asked, label));
    return when(id, `step ${label} ends`, isSettled(label));
  };
  const undo = (execution: WireExecution, label: string) =>
    session.call("rollbackStep", { params: { id: execution.id, sid: labelled(execution, label).id } });
  const eventTypes = async (id: string) =>
    (await session.call("listAudit", { query: { execution_id: id, limit: 500 } })).items.map(({ type }) => type);

  it("takes back a step of a run that is over, by an approval of its own", async () => {
    writeFileSync(on, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await start(`mv ${on} ${off}`);
    await decideYes(id, "1");
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect([existsSync(on), existsSync(off)]).toEqual([false, true]);
    expect(labelled(over, "1").way_back).toEqual({
      kind: "recorded",
      command: `mv ${off} ${on}`,
      risk: "caution",
      gate: "ask",
      available: true,
      step_id: null,
    });

    const asked = await undo(over, "1");
    expect(asked.steps.map(({ label, origin, status }) => [label, origin, status])).toEqual([
      ["1", "runbook", "completed"],
      ["1-undo", "rollback", "awaiting_approval"],
    ]);
    expect(labelled(asked, "1-undo")).toMatchObject({ command: `mv ${off} ${on}`, parent_id: labelled(asked, "1").id, gate: "ask" });
    expect(existsSync(on)).toBe(false);
    const undone = await decideYes(id, "1-undo");
    expect([existsSync(on), existsSync(off)]).toEqual([true, false]);
    expect(undone.status).toBe("completed");
    expect(undone.steps.map(({ status }) => status)).toEqual(["rolled_back", "completed"]);
    expect(labelled(undone, "1").way_back).toMatchObject({ available: false, step_id: labelled(undone, "1-undo").id });
    expect(await eventTypes(id)).toEqual(expect.arrayContaining(["step.added", "step.rolled_back"]));
  });

  it("says irreversible where nothing undoes it, and refuses", async () => {
    const { id } = await start(`touch ${flag}`);
    await decideYes(id, "1");
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(labelled(over, "1").way_back).toMatchObject({ kind: "irreversible", command: null, available: false });
    expect(over.can_unwind).toBe(false);
    await expect(undo(over, "1")).rejects.toMatchObject({ status: 409, code: "ROLLBACK_UNAVAILABLE" });
  });

  it("tries a failed step once more, and only that one", async () => {
    rmSync(on, { force: true });
    rmSync(off, { force: true });
    const { id } = await start(`mv ${on} ${off}`, `ls ${demo}`);
    const failed = await decideYes(id, "1");
    expect(labelled(failed, "1")).toMatchObject({ status: "failed", retry: "yes", attempt: 1 });
    writeFileSync(on, "cache = on\n");
    await session.call("retryStep", { params: { id, sid: labelled(failed, "1").id }, body: { note: "the file is there now" } });
    const again = await decideYes(id, "1-try2");
    expect(labelled(again, "1").retry).toBe("no");
    expect(labelled(again, "1-try2")).toMatchObject({ status: "completed", parent_id: labelled(again, "1").id });
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(over.steps.map(({ label, status }) => `${label} ${status}`)).toEqual(["1 failed", "1-try2 completed", "2 completed"]);
    expect(existsSync(off)).toBe(true);
  });

  it("unwinds a run in reverse order, one question after the other, and runs a typed command in between", async () => {
    rmSync(join(demo, "new"), { force: true, recursive: true });
    writeFileSync(on, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await start(`mv ${on} ${off}`, `mkdir ${join(demo, "new")}`, `touch ${flag}`);
    await decideYes(id, "1");
    await decideYes(id, "2");
    const waits = await when(id, "step 3 asks", (now) => openStep(now)?.label === "3");
    expect(waits).toMatchObject({ can_unwind: true, can_run_unlisted: true });

    await session.call("runUnlisted", { params: { id }, body: { command: `ls ${demo}`, reason: "what is there?" } });
    const listed = await when(id, "the typed command ends", isSettled("typed-1"));
    expect(labelled(listed, "typed-1")).toMatchObject({ origin: "unlisted", status: "completed", outcome: "ok", gate: "auto" });

    await when(id, "step 3 asks again", (now) => openStep(now)?.label === "3");
    const unwinding = await session.call("unwindExecution", { params: { id } });
    expect(unwinding.status).toBe("paused");
    expect(unwinding.steps.map(({ label }) => label)).toEqual(["1", "2", "typed-1", "2-undo", "1-undo", "3"]);
    expect(unwinding.steps.filter(({ status }) => status === "awaiting_approval").map(({ label }) => label)).toEqual(["2-undo"]);
    await decideYes(id, "2-undo");
    expect([existsSync(join(demo, "new")), existsSync(on)]).toEqual([false, false]);
    const undone = await decideYes(id, "1-undo");
    expect(existsSync(on)).toBe(true);
    expect(undone).toMatchObject({ status: "paused", can_unwind: false });
    expect(labelled(undone, "3").status).toBe("pending");
    const aborted = await session.call("abortExecution", { params: { id }, body: {} });
    expect(aborted.status).toBe("aborted");
    expect(await eventTypes(id)).toEqual(expect.arrayContaining(["step.unlisted_action", "step.approval_revoked"]));
  });

  it("counts a way back that fails as a bad run, and lets it be asked for again", async () => {
    writeFileSync(on, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await start(`mv ${on} ${off}`);
    await decideYes(id, "1");
    const over = await when(id, "the end", (now) => now.status === "completed");
    rmSync(off);
    await undo(over, "1");
    const failed = await decideYes(id, "1-undo");
    expect(failed.steps.map(({ status }) => status)).toEqual(["completed", "failed"]);
    expect((await session.call("getRunbook", { params: { id: over.runbook_id } })).trust_level).toBe(0);
    writeFileSync(off, "cache = on\n");
    await undo(failed, "1");
    // The run stays pinned to the trust it started with, and the gate of a way back asks for risk alone.
    const undone = await decideYes(id, "1-undo2");
    expect(undone.steps.map(({ status }) => status)).toEqual(["rolled_back", "failed", "completed"]);
    expect(existsSync(on)).toBe(true);
  });

  it("leaves a chain that holds", async () => {
    expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
  });
});

describe("the button", () => {
  const folder = temporaryFolder();
  const on = join(folder.path, "demo/payment-svc/cache.conf");
  const off = join(folder.path, "demo/payment-svc/cache.off");
  let product: Product;
  let session: Session;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct(await freePorts(), folder.path);
    session = await signIn(product.base, product.link);
    await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    folder.remove();
  });

  /** Approve appears once the whole card was on the screen. */
  const readToTheEnd = async (page: Page): Promise<void> => {
    const decide = page.locator("[data-hotkey=approve]");
    for (let turns = 0; turns < 20 && (await decide.count()) === 0; turns += 1) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(100);
    }
  };

  it.each([
    ["on a desktop", { width: 1440, height: 900 }],
    ["on a phone", { width: 390, height: 844 }],
  ])("undoes a step of a run that is over %s", async (name, viewport) => {
    writeFileSync(on, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await startRunbook(session, [`mv ${on} ${off}`]);
    const context = await browser.newContext({ viewport, colorScheme: "dark", reducedMotion: "reduce" });
    const cookies = session.cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
    await context.addCookies(cookies.map(([key, ...value]) => ({ name: key, value: value.join("="), url: product.base })));
    const page = await context.newPage();
    await page.goto(`${product.base}/executions/${id}`);
    const decide = page.locator("[data-hotkey=approve]");
    await page.locator('article[aria-label="Current step 1"]').waitFor();
    await readToTheEnd(page);
    await decide.click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    expect(existsSync(on)).toBe(false);

    await page.getByRole("button", { name: "Undo step 1" }).click();
    await page.locator('article[aria-label="Current step 1-undo"]').waitFor();
    await look(page, `undo-${name.replaceAll(" ", "-")}`);
    expect(await page.getByRole("checkbox", { name: /No rollback exists/ }).count()).toBe(0);
    await readToTheEnd(page);
    await decide.click();
    await page.getByText("Undone by step 1-undo.").waitFor();
    expect([existsSync(on), existsSync(off)]).toEqual([true, false]);
    await usable(page);
    await context.close();
  });
});
