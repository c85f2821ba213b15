// What was done is taken back from the thread: one step by its button, a whole run by one, each way back with its own question and the names of what it
// destroys typed. A real agent moves real files; every press comes in over Socket Mode.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../packages/server/test-support/slack/linked.ts";
import { type SlackProduct, startSlackProduct } from "./support/slack.ts";

let world: SlackProduct;
let demo: string;
const file = (name: string): string => join(demo, name);
const is = (...names: readonly string[]): readonly boolean[] => names.map((name) => existsSync(file(name)));

beforeAll(async () => {
  world = await startSlackProduct();
  demo = join(world.folder, "demo/payment-svc");
});
afterAll(() => world.stop());
beforeEach(() => {
  for (const name of ["cache.off", "new"]) rmSync(file(name), { force: true, recursive: true });
  writeFileSync(file("cache.conf"), "cache = on\n");
});

const save = async (title: string, text: string): Promise<void> => {
  await world.session.call("createRunbook", { body: { raw_text: `# ${title}\n\n${text}`, trust_level: 2 } });
};
const labels = async (id: string): Promise<readonly string[]> =>
  (await world.when(id, "it is there", () => true)).steps.map(({ label, status }) => `${label} ${status}`);

describe("a finished step", () => {
  it("is taken back by its button, also when the run is over, after a question of its own", async () => {
    const { slack, run, press, says, when } = world;
    await save("Cache away", `1. Switch it off: \`mv ${file("cache.conf")} ${file("cache.off")}\`\n`);
    const id = await run("cache away");
    await press("Approve");
    await when(id, "the end", ({ status }) => status === "completed");
    expect(is("cache.conf", "cache.off")).toEqual([false, true]);
    await says("View Full Report");

    await press("Rollback");
    await says("Way back 1-undo · 🟡 caution");
    // Asked for, and nothing more.
    expect(is("cache.conf", "cache.off")).toEqual([false, true]);
    await press("Approve", "Way back 1-undo");
    await when(id, "it is back", ({ steps }) => steps[0]?.status === "rolled_back");
    expect(is("cache.conf", "cache.off")).toEqual([true, false]);
    await says("↩ Rolled back");
    await says("Taken back: 1 step");
    expect(slack.read()).not.toContain("[Rollback]");
  }, 90_000);
});

describe("a run after a failure", () => {
  it("is taken back step by step, last first; what the way back destroys is typed, and a wrong name destroys nothing", async () => {
    const { slack, run, press, says, when, session } = world;
    await save(
      "Move the cache",
      `1. Switch it off: \`mv ${file("cache.conf")} ${file("cache.off")}\`

2. Make room: \`mkdir ${file("new")}\`
   - Rollback: \`rm -r ${file("new")}\`

3. Look at what is not there: \`ls ${file("nowhere")}\`
`,
    );
    const id = await run("move the cache");
    await press("Approve", "Step 1 of 3");
    expect((await when(id, "step 2 asks", ({ steps }) => steps[1]?.status === "awaiting_approval")).steps[1]?.way_back).toMatchObject({
      kind: "recorded",
      risk: "dangerous",
      gate: "typed",
    });
    await press("Approve", "Step 2 of 3");
    await when(id, "the induced failure", ({ status, steps }) => status === "paused" && steps[2]?.status !== "pending");
    mkdirSync(join(file("new"), "deep"));
    await press("Undo the run");

    // The last one first, and it destroys: the name is typed.
    await says("Way back 2-undo · 🔴 dangerous");
    expect(await labels(id)).toEqual(expect.arrayContaining(["2-undo awaiting_approval", "1-undo pending"]));
    await press("Approve…", "Way back 2-undo");
    const modal = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "typed"), "the window");
    expect(slack.readView(modal)).toContain(`rm -r ${file("new")}`);
    const wrong = await slack.submit("U0ANA", modal, { target0: file("old"), one_way: ["yes"] });
    expect(wrong.payload).toMatchObject({ response_action: "errors" });
    expect(is("new")).toEqual([true]);
    await slack.submit("U0ANA", modal, { target0: file("new"), one_way: ["yes"] });
    await when(id, "room is gone", ({ steps }) => steps[1]?.status === "rolled_back");
    expect(is("new", "cache.off", "cache.conf")).toEqual([false, true, false]);

    await press("Approve", "Way back 1-undo");
    await when(id, "all is back", ({ steps }) => steps[0]?.status === "rolled_back");
    expect(is("cache.off", "cache.conf")).toEqual([false, true]);
    const { items } = await session.call("listAudit", { query: { execution_id: id, type: "step.approved", limit: 50 } });
    expect(items.map(({ actor }) => actor.via)).toEqual(["slack", "slack", "slack", "slack"]);

    await press("Abort", "Move the cache");
    await when(id, "the abort", ({ status }) => status === "aborted");
    await says(/🛑 aborted at[^]*Taken back: 2 steps/);
    expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
  }, 120_000);
});
