// Looking before a change, on the real product: the server, an agent process, real chmod, rm and find. What it would touch stands on the card,
// the state that a way back needs is captured, and an approval lapses when the set has grown by the time of the run.
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look } from "./support/look.ts";
import { databases, stopDatabases } from "./support/databases.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

/** A product with a signed-in person, and what every test here does with them. */
class Place {
  private readonly folder = temporaryFolder();
  readonly demo = join(this.folder.path, "demo/payment-svc");
  readonly conf = join(this.demo, "cache.conf");
  readonly off = join(this.demo, "cache.off");
  private running: { readonly product: Product; readonly session: Session } | undefined;

  async open(env: Readonly<Record<string, string>>): Promise<void> {
    const product = await startProduct(await freePorts(), this.folder.path, { env });
    const session = await signIn(product.base, product.link);
    await session.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
    this.running = { product, session };
  }

  async close(): Promise<void> {
    await this.running?.product.stop();
    this.folder.remove();
  }

  get session(): Session {
    if (this.running === undefined) throw new Error("nothing runs here");
    return this.running.session;
  }

  get base(): string {
    return this.running?.product.base ?? "";
  }

  async start(command: string): Promise<WireExecution> {
    const raw_text = `# Cache\n\n1. Do this.\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;
    const runbook = await this.session.call("createRunbook", { body: { raw_text, trust_level: 2 } });
    return begin(this.session, runbook.id);
  }

  when(id: string, what: string, done: (now: WireExecution) => boolean): Promise<WireExecution> {
    return until(what, () => readExecution(this.session, id), done);
  }

  asks(id: string, label: string, state?: WireStepExecution["look"]["state"]): Promise<WireExecution> {
    const isAsked = (step: WireStepExecution | undefined): boolean =>
      step?.label === label && (state === undefined || step.look.state === state);
    return this.when(id, `step ${label} asks`, (now) => isAsked(openStep(now)));
  }

  async look(id: string, label: string): Promise<void> {
    const step = labelled(await readExecution(this.session, id), label);
    const body = { digest: step.digest ?? "", digests: step.look.reads.map(({ digest }) => digest) };
    await this.session.call("lookStep", { params: { id, sid: step.id }, body });
  }

  async governed(governance_mode: "strict" | "audit"): Promise<void> {
    await this.session.call("updateSettings", { body: { governance_mode } });
  }

  async eventTypes(id: string): Promise<readonly string[]> {
    return (await this.session.call("listAudit", { query: { execution_id: id, limit: 500 } })).items.map(({ type }) => type);
  }
}

const labelled = (execution: WireExecution, label: string): WireStepExecution => {
  const step = execution.steps.find((each) => each.label === label);
  if (step === undefined) throw new Error(`there is no step ${label}`);
  return step;
};
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe.each(databases)("looking on %s", (_name, environment) => {
  const place = new Place();
  const { conf, off, demo } = place;
  beforeAll(async () => place.open(await environment()));
  afterAll(async () => {
    await place.close();
    await stopDatabases();
  });

  describe("under strict", () => {
    it("looks after one click, under a grant per read, and takes a captured mode back", async () => {
      writeFileSync(conf, "cache = on\n");
      chmodSync(conf, 0o604);
      const { id } = await place.start(`chmod 640 ${conf}`);
      const before = labelled(await place.asks(id, "1"), "1");
      expect(before).toMatchObject({ way_back: { kind: "irreversible" }, look: { state: "not_looked", counted: null } });
      expect(before.look.reads.map(({ purpose }) => purpose)).toEqual(["twin", "capture"]);
      expect(before.actions).toContain("look");

      await place.look(id, "1");
      const looked = await place.asks(id, "1", "looked");
      expect(looked.steps_total).toBe(1);
      expect(looked.steps.map(({ label }) => label)).toEqual(["1"]);
      expect(labelled(looked, "1")).toMatchObject({
        look: { counted: { summary: "1 path", sample: [conf] }, captured: "604", not_known: null, not_captured: null },
        way_back: { kind: "recorded", command: `chmod 604 ${conf}`, gate: "ask" },
      });
      expect((await place.eventTypes(id)).filter((type) => type === "step.look_granted").length).toBe(2);
      expect(modeOf(conf)).toBe("604");

      await approve(place.session, looked, labelled(looked, "1"));
      const over = await place.when(id, "the end", (now) => now.status === "completed");
      expect(modeOf(conf)).toBe("640");
      await place.session.call("rollbackStep", { params: { id, sid: labelled(over, "1").id } });
      const undo = await place.asks(id, "1-undo");
      await approve(place.session, undo, labelled(undo, "1-undo"));
      await place.when(id, "the undo", (now) => labelled(now, "1").status === "rolled_back");
      expect(modeOf(conf)).toBe("604");
    });

    it("lets a person decide without looking", async () => {
      chmodSync(conf, 0o604);
      const { id } = await place.start(`chmod 600 ${conf}`);
      const asked = await place.asks(id, "1");
      await approve(place.session, asked, labelled(asked, "1"));
      const over = await place.when(id, "the end", (now) => now.status === "completed");
      expect(modeOf(conf)).toBe("600");
      expect(labelled(over, "1")).toMatchObject({ look: { state: "not_looked" }, way_back: { kind: "irreversible" } });
    });

    it("refuses a click for anything that was not listed", async () => {
      const { id } = await place.start(`chmod 600 ${conf}`);
      const asked = labelled(await place.asks(id, "1"), "1");
      const params = { id, sid: asked.id };
      await expect(place.session.call("lookStep", { params, body: { digest: asked.digest ?? "", digests: [] } })).rejects.toMatchObject({
        code: "DIGEST_MISMATCH",
      });
      const touch = await place.start(`touch ${conf}`);
      const nothing = labelled(await place.asks(touch.id, "1"), "1");
      expect(nothing).toMatchObject({ look: { state: "none", reads: [] } });
      await expect(
        place.session.call("lookStep", { params: { id: touch.id, sid: nothing.id }, body: { digest: nothing.digest ?? "", digests: [] } }),
      ).rejects.toMatchObject({ code: "LOOK_UNAVAILABLE" });
    });
  });

  describe("under audit", () => {
    beforeAll(() => place.governed("audit"));

    it("looks by itself, and takes the approval back when the set grew before it ran", async () => {
      writeFileSync(conf, "cache = on\n");
      rmSync(off, { force: true });
      const { id } = await place.start(`mv ${conf} ${off}`);
      const asked = await place.asks(id, "1", "looked");
      expect(labelled(asked, "1").look).toMatchObject({ counted: { count: 1, summary: "1 path", sample: [conf] }, lapse: null });
      // Now the move would replace something that nobody saw on the card.
      writeFileSync(off, "somebody's work\n");
      await approve(place.session, asked, labelled(asked, "1"));
      const again = await place.when(
        id,
        "the question comes back",
        (now) => openStep(now) !== undefined && openStep(now)?.look.lapse !== null,
      );
      expect(labelled(again, "1").look).toMatchObject({
        counted: { summary: "2 paths" },
        lapse: { code: "SET_CHANGED", before: { count: 1 }, now: { count: 2 } },
      });
      expect([readFileSync(off, "utf8"), existsSync(conf)]).toEqual(["somebody's work\n", true]);

      // The text is the same, the card is not: one that names no card, or the older one, is refused.
      await expect(approve(place.session, asked, labelled(asked, "1"))).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
      await approve(place.session, again, labelled(again, "1"));
      await place.when(id, "the end", (now) => now.status === "completed");
      expect([readFileSync(off, "utf8"), existsSync(conf)]).toEqual(["cache = on\n", false]);
      const types = await place.eventTypes(id);
      expect(types.filter((type) => type === "step.looked").length).toBe(3);
      expect(types.filter((type) => type === "step.dispatched").length).toBe(4);
    });

    it("says that a number is not known where the look failed, and is no bad run", async () => {
      const { id, runbook_id } = await place.start(`rm -rf ${join(demo, "not-there")}`);
      const asked = labelled(await place.asks(id, "1"), "1");
      expect(asked.look).toMatchObject({ state: "looked", counted: null, not_known: "the command that looks failed" });
      expect((await place.session.call("getRunbook", { params: { id: runbook_id } })).trust_level).toBe(2);
    });

    it("leaves a chain that holds", async () => {
      expect(await place.session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
    });
  });
});

describe("the card", () => {
  const place = new Place();
  const { conf, off } = place;
  let browser: Browser;

  beforeAll(async () => {
    await place.open({});
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await place.close();
  });

  it.each([
    ["on a desktop", { width: 1440, height: 900 }],
    ["on a phone", { width: 390, height: 844 }],
  ])("looks by one key, shows the number, and says that an approval lapsed %s", async (name, viewport) => {
    writeFileSync(conf, "cache = on\n");
    rmSync(off, { force: true });
    const { id } = await place.start(`mv ${conf} ${off}`);
    await place.asks(id, "1");
    const context = await browser.newContext({ viewport, colorScheme: "dark", reducedMotion: "reduce" });
    const cookies = place.session.cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
    await context.addCookies(cookies.map(([key, ...value]) => ({ name: key, value: value.join("="), url: place.base })));
    const page = await context.newPage();
    await page.goto(`${place.base}/executions/${id}`);
    await page.locator('article[aria-label="Current step 1"]').waitFor();
    await page.getByText("Not looked at: not known what it would touch.").waitFor();
    await look(page, `look-first-${name.replaceAll(" ", "-")}`);
    await page.keyboard.press("l");
    await page.getByText("Would touch 1 path").waitFor();
    await look(page, `looked-${name.replaceAll(" ", "-")}`);
    writeFileSync(off, "somebody's work\n");
    const decide = page.locator("[data-hotkey=approve]");
    for (let turns = 0; turns < 20 && (await decide.count()) === 0; turns += 1) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(100);
    }
    await decide.click();
    await page.getByText("Nothing ran. The approval lapsed.").waitFor();
    await page.getByText("Would touch 2 paths").waitFor();
    await look(page, `lapsed-${name.replaceAll(" ", "-")}`);
    expect(readFileSync(off, "utf8")).toBe("somebody's work\n");
    await context.close();
  });
});
