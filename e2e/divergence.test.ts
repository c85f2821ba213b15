// The loop that makes a runbook better: three runs on a real agent do the same beside it, each with values of its own; the finished run says so in the
// browser; a person applies one suggestion there and dismisses another; the next run has the new text.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution } from "@dd0c/protocol/http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, picture } from "./support/browser.ts";
import { usable } from "./support/look.ts";
import { databases, stopDatabases } from "./support/databases.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { approve, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

describe.each(databases)("what runs do beside their runbook on %s", (_name, environment) => {
  const folder = temporaryFolder();
  const demo = join(folder.path, "demo/payment-svc");
  let product: Product;
  let session: Session;
  let browser: Browser;
  let page: Page;
  let runbookId: string;
  const runs: string[] = [];

  const text = (): string => `# Checkout is slow

1. Look at the folder: \`ls ${demo}\`
2. Count what was said about it.

   \`\`\`bash
   grep -c <word> ${demo}/notes.log
   \`\`\`

3. Ask how long the machine is up: \`uptime\`
4. Look at the sessions: \`ls ${demo}/sessions\`
`;

  beforeAll(async () => {
    product = await startProduct(await freePorts(), folder.path, { env: await environment() });
    session = await signIn(product.base, product.link);
    await session.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
    writeFileSync(join(demo, "notes.log"), "timeout\nreset\nretry\n");
    runbookId = (await session.call("createRunbook", { body: { raw_text: text(), trust_level: 2 } })).id;
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const cookies = session.cookie
      .split("; ")
      .map((each) => ({ name: each.split("=")[0] ?? "", value: each.split("=").slice(1).join("=") }));
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: product.base })));
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    await stopDatabases();
    folder.remove();
  });

  const begin = async (word: string): Promise<WireExecution> => {
    const { id } = await session.call("startExecution", { body: { runbook_id: runbookId } });
    return session.call("confirmPreflight", { params: { id }, body: { confirmed: [], variables: { word } } });
  };
  const asks = (id: string, label: string): Promise<WireExecution> =>
    until(
      `step ${label} asks`,
      () => readExecution(session, id),
      (now) => openStep(now)?.label === label,
    );
  const open = async (id: string, label: string) => {
    const now = await asks(id, label);
    const step = openStep(now);
    if (step === undefined) throw new Error(`step ${label} is not open`);
    return { now, step, params: { id, sid: step.id } };
  };
  const yes = async (id: string, label: string): Promise<void> => {
    const { now, step } = await open(id, label);
    await approve(session, now, step);
  };
  const isOver = (id: string): Promise<WireExecution> =>
    until(
      "the end",
      () => readExecution(session, id),
      (now) => now.status === "completed",
    );

  /** What the engineer does every night. */
  async function night(word: string): Promise<string> {
    const { id } = await begin(word);
    await yes(id, "1");
    const count = await open(id, "2");
    await session.call("modifyStep", { params: count.params, body: { command: `grep -c -i ${word} ${demo}/notes.log` } });
    await yes(id, "2");
    await asks(id, "3");
    await session.call("runUnlisted", { params: { id }, body: { command: `du -s ${demo}` } });
    await yes(id, "typed-1");
    const skipped = await open(id, "3");
    await session.call("skipStep", { params: skipped.params, body: { reason: "says nothing" } });
    await yes(id, "4");
    await isOver(id);
    // Written a moment after the end.
    await until(
      "the report",
      () => session.call("getDivergence", { params: { id } }),
      ({ detected_at: at }) => at !== null,
    );
    return id;
  }

  it("each run has its report", async () => {
    for (const word of ["timeout", "reset", "retry"]) runs.unshift(await night(word));
    const divergence = await session.call("getDivergence", { params: { id: runs[0] ?? "" } });
    expect(divergence.steps.map(({ fate }) => fate)).toEqual(["ran", "edited", "skipped", "ran"]);
    expect(divergence.modified_commands).toMatchObject([
      {
        command: `grep -c -i retry ${demo}/notes.log`,
        // The value of this run is the placeholder again.
        proposed: `grep -c -i <word> ${demo}/notes.log`,
      },
    ]);
    expect(divergence.unlisted_actions).toMatchObject([{ text: `du -s ${demo}`, observed_by: "engine", after_label: "2" }]);
    const { running_ms, waiting_ms, agent_ms, before_start_ms, total_ms } = divergence.times;
    expect(running_ms + waiting_ms + agent_ms + before_start_ms).toBe(total_ms);
    expect(running_ms).toBeGreaterThan(0);
    expect(waiting_ms).toBeGreaterThan(0);
    const { items } = await session.call("listAudit", { query: { execution_id: runs[0], type: "divergence.detected" } });
    expect(items).toMatchObject([{ actor: { type: "system" }, data: { execution_id: runs[0] } }]);
  });

  it("the finished run shows it", async () => {
    await page.goto(`${product.base}/executions/${runs[0]}`);
    const beside = page.getByRole("region", { name: "Beside the runbook" });
    await beside.waitFor();
    const shown = await beside.innerText();
    for (const words of ["Skipped: step 3. says nothing", "Edited: step 2", "Entered in this run, after step 2.", "waiting for people"])
      expect(shown).toContain(words);
    expect(await page.locator("#step-2 summary").first().innerText()).toContain("edited");
    expect(await page.locator("#step-typed-1 summary").first().innerText()).toContain("not in the runbook");
    await usable(page);
    await picture(page, "divergence");
  });

  it("a person applies one suggestion, and dismisses another", async () => {
    await page.getByRole("link", { name: "What the runs of this runbook suggest" }).click();
    await page.getByText("was edited to the same text in 3 of 3 runs").waitFor();
    expect(await page.getByRole("tabpanel").getByRole("heading").allInnerTexts()).toEqual([
      "Step 3 was skipped in 3 of 3 runs. Remove it?",
      `Step 2 was edited to the same text in 3 of 3 runs. Change the command to grep -c -i <word> ${demo}/notes.log?`,
      `A command that is not in the runbook ran after step 2 in 3 of 3 runs. Add du -s ${demo}?`,
    ]);
    await usable(page);
    await picture(page, "suggestions");
    const removal = page.getByRole("listitem").filter({ hasText: "Step 3 was skipped" });
    await removal.getByRole("button", { name: "Dismiss…" }).click();
    await removal.getByLabel("Why not?").fill("it tells a reboot");
    await removal.getByRole("button", { name: "Dismiss it" }).click();
    await page.getByText("Reason: it tells a reboot").waitFor();

    const edit = page.getByRole("listitem").filter({ hasText: "Step 2 was edited" });
    await edit.getByRole("button", { name: "Apply as version 2" }).click();
    await page.getByText("Applied as version 2").waitFor();
    const addition = page.getByRole("listitem").filter({ hasText: "A command that is not in the runbook ran after step 2" });
    await addition.getByRole("button", { name: "Apply as version 3" }).click();
    await page.getByText("Applied as version 3").waitFor();
    await page.getByText("Nothing to suggest").waitFor();
    await usable(page);
    const { raw_text, version } = await session.call("getRunbook", { params: { id: runbookId } });
    const wanted = text()
      .replace("grep -c <word>", "grep -c -i <word>")
      .replace("3. Ask", `3. Run this.\n\n   \`\`\`bash\n   du -s ${demo}\n   \`\`\`\n\n4. Ask`)
      .replace("4. Look at the sessions", "5. Look at the sessions");
    expect([version, raw_text]).toEqual([3, wanted]);
  });

  it("the next run has the new text, and nothing beside it", async () => {
    const { id } = await begin("timeout");
    for (const label of ["1", "2", "3", "4", "5"]) {
      if (label === "2") expect((await open(id, label)).step.command).toBe(`grep -c -i timeout ${demo}/notes.log`);
      await yes(id, label);
    }
    await isOver(id);
    expect(await session.call("getDivergence", { params: { id } })).toMatchObject({ diverged: false, unlisted_actions: null });
    await page.goto(`${product.base}/executions/${id}`);
    await page.getByText("The run followed its runbook.").waitFor();
    await page.getByText("not observed. Nobody entered or declared one.").waitFor();
    expect((await session.call("verifyAudit", {})).ok).toBe(true);
  });
});
