// A run from Slack, from the link to the end, against a real server and a Slack that speaks the real wire formats. Threads as people read them are
// checked in as text.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, whisperedTo } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
}, 120_000);
afterAll(() => world.stop());

/** Times, ids and ports differ from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "https://dd0c.example")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replaceAll(/\d\d:\d\d UTC/g, "TIME")
    .replaceAll(/MTTR [\dhms ]+ since/g, "MTTR SOME TIME since")
    .replaceAll(/^( *)Time: .*$/gm, "$1Time: HOW MUCH OF WHAT")
    .replaceAll(/\b[0-9a-f]{6}\b/g, "DIGEST");

/** The thread of the run that was started last. */
const thread = (): string => {
  const all = world.slack.messages();
  const head = all.findLast(({ threadTs }) => threadTs === null);
  return steady(
    world.slack
      .read()
      .split("\n\n")
      .slice(all.findIndex((each) => each === head))
      .join("\n\n"),
  );
};

const threadSays = (text: RegExp) => eventually(() => text.test(thread()), `the thread says ${text}`, 20_000);

describe("who somebody is", () => {
  it("is on record, and nobody's until a signed-in member says so", async () => {
    const { slack, ana } = world;
    expect(await whisperedTo(slack, "U0EVE", () => slack.command("U0EVE", "list"))).toContain("/dd0c link");
    const events = (await ana.call("listAudit", { query: { type: "member.slack_linked" } })).items;
    expect(events.map(({ data, actor }) => [data["slack_user_id"], actor.via])).toEqual([
      ["U0BOB", "web"],
      ["U0ANA", "web"],
    ]);
  });

  it("is said on a page that needs a session, works once, and changes nothing by being opened", async () => {
    const { slack, server, bob } = world;
    const said = await whisperedTo(slack, "U0EVE", () => slack.command("U0EVE", "link"));
    const page = /http\S+\/slack\/link\/\S+/.exec(said)?.[0] ?? "";
    const get = (headers: Readonly<Record<string, string>>) =>
      fetch(page, { headers }).then(async (answer) => [answer.status, await answer.text()] as const);
    expect((await get({}))[0]).toBe(401);
    const [status, text] = await get(bob.headers);
    expect([status, text.includes("@eve"), text.includes("Bob")]).toEqual([200, true, true]);
    // What would end is said: @bob is Bob, and would be nobody.
    expect(text).toContain("<strong>@bob</strong> is you in Slack. That ends.");
    const [, forAna] = await get(world.ana.headers);
    expect(forAna).toContain("<strong>@ana</strong> is you in Slack. That ends.");
    const post = (headers: Readonly<Record<string, string>>) => fetch(page, { method: "POST", headers }).then(({ status: code }) => code);
    expect(await post({ ...bob.headers, origin: "https://evil.example" })).toBe(403);
    expect(await post({ origin: server.url })).toBe(401);
    expect((await slack.command("U0EVE", "list")).payload).toEqual({});
    expect(JSON.stringify(slack.whispers.at(-1))).toContain("link");
    // Bob was @bob; now he is @eve, and @bob is nobody.
    expect(await post({ ...bob.headers, origin: server.url })).toBe(200);
    expect(await post({ ...bob.headers, origin: server.url })).toBe(410);
    expect(await whisperedTo(slack, "U0BOB", () => slack.command("U0BOB", "list"))).toContain("not linked");
    expect(await whisperedTo(slack, "U0EVE", () => slack.command("U0EVE", "unlink"))).toContain("nobody's");
    expect(await whisperedTo(slack, "U0EVE", () => slack.command("U0EVE", "list"))).toContain("not linked");
  });
});

describe("a run", () => {
  it("asks in its thread, edits, scans again, skips, and ends with what went otherwise", async () => {
    const { slack, save, start, says, step, run, ana } = world;
    await save(
      runbookOf(
        "Checkout errors",
        "kubectl rollout restart deployment/checkout -n shop",
        "kubectl delete pod checkout-1 -n shop",
        "echo done",
      ),
    );
    const id = await start("U0ANA", "run checkout errors");
    await says("Step 1 of 3");
    await says("Approve");
    await says("running · Step 1 of 3");
    expect(thread()).toMatchSnapshot("the first step asks");

    await slack.click("U0ANA", "Edit");
    const edit = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "edit"), "the edit modal");
    expect(steady(slack.readView(edit))).toMatchSnapshot("the edit modal");
    const ack = await slack.submit("U0ANA", edit, { command: "kubectl delete namespace shop", reason: "it is broken" });
    expect(ack.payload["response_action"]).toBe("update");
    await eventually(() => slack.readView(edit).includes("Nothing ran."), "the verdict");
    expect(steady(slack.readView(edit))).toMatchSnapshot("the verdict before any approval");
    expect(await step(id)).toMatchObject({
      status: "awaiting_approval",
      risk: "dangerous",
      was_modified: true,
      gate: "typed",
      approved_by: null,
    });
    await says("the name must be typed");
    expect(thread()).toMatchSnapshot("the edited step asks anew");

    await slack.click("U0ANA", "Approve…");
    const typed = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "typed"), "the typed modal");
    expect(steady(slack.readView(typed))).toMatchSnapshot("names are typed");
    const wrong = await slack.submit("U0ANA", typed, { target0: "shops", one_way: ["yes"] });
    expect(wrong.payload).toMatchObject({ response_action: "errors", errors: { target0: expect.stringContaining("not the name") } });
    // The window stays, and is heard again, whatever is typed the second time.
    const again = await slack.submit("U0ANA", typed, { target0: "shops", one_way: ["yes"] });
    expect(again.payload).toMatchObject({ response_action: "errors" });
    // Right this time, and nobody is told that it is done: the agent is away.
    const right = await slack.submit("U0ANA", typed, { target0: "shop", one_way: ["yes"] });
    expect(JSON.stringify(right.payload)).toContain("AGENT_OFFLINE");
    expect((await step(id)).status).toBe("awaiting_approval");

    await slack.click("U0ANA", "Skip");
    await says("Step 2 of 3");
    await slack.click("U0ANA", "Skip", "Step 2 of 3");
    await says("Step 3 of 3");
    await slack.click("U0ANA", "Skip", "Step 3 of 3");
    await says("View Full Report");
    await threadSays(/✅ completed[^]*Step 1 of 3[^]*⏭ Skipped[^]*Step 2 of 3[^]*⏭ Skipped[^]*Step 3 of 3[^]*⏭ Skipped/);
    expect((await run(id)).status).toBe("completed");
    expect(thread()).toMatchSnapshot("the end");
    const { items } = await ana.call("listAudit", { query: { execution_id: id, type: "step.rejected" } });
    expect(items.map(({ actor }) => actor.via)).toEqual(["slack", "slack", "slack"]);
  }, 90_000);

  it("starts with what has to be known first: prerequisites and values in a modal", async () => {
    const { slack, save, start, says, step, run } = world;
    await save(
      "# Failover\n\n## Prerequisites\n\n- You told the customer desk\n- You have the region at hand\n\n## Steps\n\n1. Look: `kubectl get pods -n {{namespace}}`\n2. Call the desk and say that it is done.\n",
    );
    const id = await start("U0ANA", "run failover");
    const modal = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "preflight"), "the modal");
    expect(steady(slack.readView(modal))).toMatchSnapshot("before the first step");
    const ids = (await run(id)).checklist.map((item) => item.id);
    const missing = await slack.submit("U0ANA", modal, { checklist0: ids.slice(0, 1), variable0: "shop" });
    expect(JSON.stringify(missing.payload)).toContain("CHECKLIST_INCOMPLETE");
    expect((await run(id)).status).toBe("preflight");
    // The window can be had again from the thread.
    await says("Fill in and start");
    const before = slack.views.length;
    await slack.click("U0ANA", "Fill in and start");
    const again = await eventually(() => slack.views[before], "the modal again");
    await slack.submit("U0ANA", again, { checklist0: ids, variable0: "shop" });
    expect((await step(id)).command).toBe("kubectl get pods -n shop");
    await says("kubectl get pods -n shop");
    await slack.click("U0ANA", "Skip", "kubectl get pods -n shop");
    // A step that a person does.
    await threadSays(/running · Step 2 of 2[^]*Step 1 of 2[^]*⏭ Skipped[^]*Call the desk/);
    expect(thread()).toMatchSnapshot("a manual step");
    await slack.click("U0ANA", "Done", "Call the desk");
    await says(/Call the desk[^]*✅/);
    await eventually(async () => (await run(id)).status === "completed", "the end");
  }, 60_000);
});
