// What Slack asks for is done after it was answered, however slow the engine is (that it is answered in time: acknowledged.test.ts); and Slack is
// heard again after its socket broke.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
  await world.save(runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop"));
}, 120_000);
afterEach(() => {
  world.slow.ms = 0;
});
afterAll(() => world.stop());

const begin = (): Promise<string> => world.startAsking("U0ANA", "run cache restart");
const abort = (id: string) => world.ana.call("abortExecution", { params: { id }, body: {} });

describe("a slow engine", () => {
  it("does afterwards what a click asked for", async () => {
    const { slack, slow, step } = world;
    const id = await begin();
    slow.ms = 1_500;
    expect((await slack.click("U0ANA", "Skip", "Step 1 of 2")).ms).toBeLessThan(500);
    slow.ms = 0;
    await eventually(async () => (await step(id)).status === "skipped", "the skip is done", 30_000);
    await abort(id);
  }, 60_000);

  it("opens a window in time and fills it when it knows with what", async () => {
    const { slack, slow } = world;
    const id = await begin();
    slow.ms = 1_000;
    const before = slack.views.length;
    await slack.click("U0ANA", "Edit");
    const modal = await eventually(() => slack.views[before], "a window");
    expect(slack.readView(modal)).toContain("Working on it");
    await eventually(() => slack.readView(modal).includes("Command:"), "the window is filled", 30_000);
    slow.ms = 0;
    await abort(id);
  }, 60_000);
});

describe("the socket", () => {
  it("is opened again after Slack ends it and after it breaks, and clicks count as before", async () => {
    const { slack, server, ana } = world;
    const id = await begin();
    slack.refresh();
    await eventually(() => slack.sockets() === 0, "the socket ends");
    await eventually(() => slack.sockets() === 1, "another socket");
    slack.down();
    await eventually(async () => !(await ana.call("getSlackState")).hears, "it is known that Slack is away");
    slack.up();
    await eventually(async () => (await ana.call("getSlackState")).hears, "it is back", 30_000);
    await slack.click("U0ANA", "Skip", "Step 1 of 2");
    await eventually(async () => (await world.step(id)).status === "skipped", "the click counts");
    await abort(id);
    expect(server.log.join("\n")).not.toMatch(/xox|xapp/);
  }, 60_000);
});
