// Slack is answered in time while the engine is slow, and heard again after its socket broke.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
  await world.save(runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop"));
  await world.save(runbookOf("Database away", "kubectl delete namespace shop-db"));
}, 120_000);
afterEach(() => {
  world.slow.ms = 0;
});
afterAll(() => world.stop());

const begin = (): Promise<string> => world.startAsking("U0ANA", "run cache restart");
const abort = (id: string) => world.ana.call("abortExecution", { params: { id }, body: {} });

describe("a slow engine", () => {
  it("keeps nobody at Slack waiting: everything is acknowledged at once, and done afterwards", async () => {
    const { slack, slow, step } = world;
    const id = await begin();
    const dangerous = await world.startAsking("U0ANA", "run database away");
    await slack.click("U0ANA", "Approve…");
    const modal = await eventually(() => slack.views.find(({ body }) => JSON.stringify(body).includes("shop-db")), "the typed modal");
    slow.ms = 1_500;
    const acks = {
      click: (await slack.click("U0ANA", "Skip", "Step 1 of 2")).ms,
      command: (await slack.command("U0ANA", "list")).ms,
      home: (await slack.event({ type: "app_home_opened", user: "U0ANA", tab: "home", channel: "D1" })).ms,
      modal: (await slack.submit("U0ANA", modal, { target0: "not the name", one_way: ["yes"] })).ms,
    };
    process.stderr.write(`acknowledged under an engine that waits 1.5 s per transaction, in ms: ${JSON.stringify(acks)}\n`);
    for (const ms of Object.values(acks)) expect(ms).toBeLessThan(3_000);
    expect(acks.click).toBeLessThan(500);
    // The window was answered in time and told later what came of it.
    expect(slack.readView(modal)).toContain("Working on it");
    await eventually(() => slack.readView(modal).includes("not the name"), "the modal tells", 30_000);
    slow.ms = 0;
    await eventually(async () => (await step(id)).status === "skipped", "the skip is done", 30_000);
    expect((await step(dangerous)).status).toBe("awaiting_approval");
    await abort(id);
    await abort(dangerous);
  }, 90_000);

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
