// Who may click what, and what happens to a click that comes twice, too late, or from two people.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, whisperedTo } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
  await world.save(runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop"));
  await world.save(runbookOf("Database away", "kubectl delete namespace shop-db"));
}, 120_000);
afterAll(() => world.stop());

const begin = (): Promise<string> => world.startAsking("U0ANA", "run cache restart");
const decisions = async (id: string) =>
  (await world.ana.call("listAudit", { query: { execution_id: id, limit: 200 } })).items
    .filter(({ type }) => ["step.approved", "step.rejected", "execution.aborted"].includes(type))
    .map(({ type, actor }) => `${type} ${actor.name ?? ""} ${actor.via}`);
const abort = (id: string) => world.ana.call("abortExecution", { params: { id }, body: {} });

describe("a click", () => {
  it("of somebody who is nobody, or whose role does not reach, does nothing and is explained to them alone", async () => {
    const { slack } = world;
    const id = await begin();
    expect(await whisperedTo(slack, "U0EVE", () => slack.click("U0EVE", "Approve"))).toContain("not linked");
    const dangerous = await world.startAsking("U0ANA", "run database away");
    // Bob is an operator: names are typed by approvers.
    await slack.click("U0BOB", "Approve…");
    const modal = await eventually(() => slack.views.at(-1), "the modal");
    const answer = await slack.submit("U0BOB", modal, { target0: "shop-db", one_way: ["yes"] });
    expect(JSON.stringify(answer.payload)).toContain("FORBIDDEN");
    expect([await decisions(id), await decisions(dangerous)]).toEqual([[], []]);
    await abort(dangerous);
    await abort(id);
  }, 40_000);

  it("is the member's own decision, recorded as made in Slack, and the same envelope twice is one", async () => {
    const { slack, step } = world;
    const id = await begin();
    const envelope = slack.clickOf("U0BOB", "Skip");
    await slack.deliver(envelope);
    await slack.deliver({ ...envelope, envelope_id: "another" });
    await eventually(async () => (await step(id, 1)).status === "awaiting_approval", "the next step asks");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await decisions(id)).toEqual(["step.rejected Bob slack"]);
    expect((await step(id, 1)).status).toBe("awaiting_approval");
    await abort(id);
  }, 40_000);

  it("in a window is one too, however often it is delivered", async () => {
    const { slack, ana, run } = world;
    const id = await begin();
    await slack.click("U0ANA", "Edit", "Step 1 of 2");
    const modal = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "edit"), "the window");
    const sent = slack.submissionOf("U0ANA", modal, { command: "kubectl rollout restart deployment/other -n shop", reason: "" });
    await Promise.all([slack.deliver(sent), slack.deliver({ ...sent, envelope_id: "another" })]);
    await world.told(id, "deployment/other");
    const { items } = await ana.call("listAudit", { query: { execution_id: id, type: "step.modified" } });
    expect([items.length, (await run(id)).steps[0]?.was_modified]).toEqual([1, true]);
    await abort(id);
  }, 40_000);

  it("on a card that is no longer true decides nothing: the text is another, or the step was decided", async () => {
    const { slack, step, ana } = world;
    const id = await begin();
    const stale = slack.clickOf("U0BOB", "Approve");
    const shown = await step(id);
    await ana.call("modifyStep", { params: { id, sid: shown.id }, body: { command: "kubectl rollout restart deployment/other -n shop" } });
    expect(await whisperedTo(slack, "U0BOB", () => slack.deliver(stale))).toContain("DIGEST_MISMATCH");
    expect(await step(id)).toMatchObject({ status: "awaiting_approval", approved_by: null });
    await ana.call("skipStep", { params: { id, sid: shown.id }, body: {} });
    const told = await whisperedTo(slack, "U0BOB", () => slack.deliver(slack.clickOf("U0BOB", "Skip", "Step 1 of 2")));
    expect(told).toMatch(/Nothing was done[^]*Step 1 of 2: ⏭ Skipped/);
    expect(await decisions(id)).toHaveLength(1);
    await abort(id);
  }, 40_000);

  it("confirms nothing dangerous where the policy asks for a browser, whatever window is still open", async () => {
    const { slack, ana, step } = world;
    const id = await world.startAsking("U0ANA", "run database away");
    await slack.click("U0ANA", "Approve…");
    const modal = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "typed"), "the modal");
    const press = slack.clickOf("U0ANA", "Approve…");
    await ana.call("updateSettings", { body: { dangerous_step_up: "web", reason: "chat accounts are shared here" } });
    const answer = await slack.submit("U0ANA", modal, { target0: "shop-db", one_way: ["yes"] });
    expect(JSON.stringify(answer.payload)).toContain("STEP_UP_REQUIRED");
    expect(await step(id)).toMatchObject({ status: "awaiting_approval", approved_by: null });
    // The card follows: a link where the button was; the button of the old card opens nothing.
    await world.told(id, "Decide on the web");
    expect(JSON.stringify(world.ofRun(id))).not.toContain("approve_typed");
    expect(await whisperedTo(slack, "U0ANA", () => slack.deliver(press))).toMatch(/STEP_UP_REQUIRED/);
    expect(await decisions(id)).toEqual([]);
    // What is dangerous may still be left out here, and what is not dangerous decided.
    await slack.click("U0ANA", "Skip", "shop-db");
    await eventually(async () => (await step(id)).status === "skipped", "the skip");
    await ana.call("updateSettings", { body: { dangerous_step_up: "not_needed", reason: "back" } });
  }, 40_000);

  it("of two people at once is one decision; the other is told whose", async () => {
    const { slack, step } = world;
    const id = await begin();
    const before = slack.whispers.length;
    const both = [slack.clickOf("U0ANA", "Skip"), slack.clickOf("U0BOB", "Skip")];
    await Promise.all(both.map((envelope) => slack.deliver(envelope)));
    await eventually(() => slack.whispers.length > before, "one is told");
    expect(await decisions(id)).toHaveLength(1);
    expect(slack.whispers.slice(before).map(({ text }) => text)).toEqual([expect.stringContaining("Nothing was done")]);
    expect((await step(id)).status).toBe("skipped");
    await abort(id);
  }, 40_000);
});

describe("a window", () => {
  it("is answered each time it is sent, also with the same words, and once however often that is delivered", async () => {
    const { slack } = world;
    const id = await world.startAsking("U0ANA", "run database away");
    const known = new Set(slack.views);
    await slack.click("U0ANA", "Approve…");
    const modal = await eventually(() => slack.views.find((each) => !known.has(each)), "the window");
    for (const typed of ["shop", "shop"]) {
      const { payload } = await slack.submit("U0ANA", modal, { target0: typed, one_way: ["yes"] });
      expect(payload["response_action"]).toBe("errors");
    }
    const right = slack.submissionOf("U0ANA", modal, { target0: "shop-db", one_way: ["yes"] });
    // The engine was asked: it wants an agent, and here is none.
    expect(JSON.stringify((await slack.deliver(right)).payload)).toContain("AGENT_OFFLINE");
    expect((await slack.deliver({ ...right, envelope_id: "another" })).payload).toEqual({});
    await abort(id);
  }, 40_000);
});
