// Threads after something went wrong around them: Slack was away, a message was deleted, a channel renamed or archived, nobody answered.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, whisperedTo } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
  await world.save(
    runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop", "kubectl get nodes"),
  );
}, 120_000);
afterAll(() => world.stop());

const abort = (id: string) => world.ana.call("abortExecution", { params: { id }, body: {} });
const ofRun = (id: string) => world.ofRun(id);
const told = (id: string, text: string) => world.told(id, text);

describe("a thread", () => {
  it("catches up after Slack was away: the run went on, nothing was approved by silence", async () => {
    const { slack, ana } = world;
    const id = await world.start("U0ANA", "run cache restart");
    await told(id, "Do part 1.");
    slack.down();
    const first = await world.step(id);
    await ana.call("skipStep", { params: { id, sid: first.id }, body: {} });
    expect((await world.step(id, 1)).status).toBe("awaiting_approval");
    await eventually(async () => !(await ana.call("getSlackState")).hears, "the page can say so");
    expect(JSON.stringify(ofRun(id))).not.toContain("Do part 2.");
    slack.up();
    await told(id, "Do part 2.");
    await told(id, "Skipped");
    await eventually(async () => (await ana.call("getSlackState")).writes, "the page can say that it is back");
    await abort(id);
    await told(id, "View Full Report");
  }, 90_000);

  it("posts anew what somebody deleted, follows a renamed channel, and says where it may not write", async () => {
    const { slack } = world;
    const id = await world.start("U0ANA", "run cache restart");
    await told(id, "Do part 1.");
    const [, stepMessage] = ofRun(id);
    slack.state.messages.splice(
      slack.state.messages.findIndex(({ ts }) => ts === stepMessage?.ts),
      1,
    );
    slack.state.channels.set(slack.channel, { name: "inc-2847-resolved", archived: false });
    const { id: sid } = await world.step(id);
    // The card is missed when it is to be changed.
    const body = { command: "kubectl rollout restart deployment/other -n shop" };
    await world.ana.call("modifyStep", { params: { id, sid }, body });
    await told(id, "deployment/other");
    expect(ofRun(id).filter(({ blocks }) => JSON.stringify(blocks).includes("Do part 1."))).toHaveLength(1);
    slack.state.channels.set("C0CLOSED", { name: "closed", archived: true });
    const told2 = await whisperedTo(slack, "U0ANA", () => slack.command("U0ANA", "run cache restart", "C0CLOSED"));
    expect(told2).toContain("cannot post in this channel");
    await abort(id);
  }, 90_000);

  it("reminds once at 5 and 15 minutes, and tells whom a stalled run was brought to", async () => {
    const { clock, slack } = world;
    const id = await world.start("U0ANA", "run cache restart");
    await told(id, "Do part 1.");
    for (const minutes of [5, 15]) {
      clock.aheadMs += (minutes === 5 ? 5 : 10) * 60_000;
      await world.says(`has waited ${minutes} minutes`);
    }
    clock.aheadMs += 15 * 60_000;
    await world.says("Told: @U0ANA");
    await world.says("Resume");
    expect((await world.run(id)).steps.every(({ approved_by: by }) => by === null)).toBe(true);
    const said = slack.read();
    expect(said.split("has waited 5 minutes").length).toBe(2);
    await abort(id);
  }, 90_000);
});
