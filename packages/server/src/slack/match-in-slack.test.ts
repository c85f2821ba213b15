// An alert to a started run: a real webhook comes in, the channel shows what was found, one tap starts it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, whisperedTo } from "../../test-support/slack/linked.ts";
import { randomUUID } from "node:crypto";
import { upsertAgent } from "../db/index.ts";
import { startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
let hook: { readonly url: string; readonly secret: string };
beforeAll(async () => {
  world = await startSlackServer({ environment: { SLACK_CHANNEL: "C0INC2847" } });
  const runbookId = await world.save(
    "# Checkout latency\n\nFor the checkout service.\n\n1. Look: `kubectl get pods -n {{namespace}}`\n2. Restart it: `kubectl rollout restart deployment/checkout -n {{namespace}}`\n",
  );
  await world.ana.call("createAlertMapping", { body: { runbook_id: runbookId, criteria: { service: "checkout" } } });
  const made = await world.ana.call("createIntegration", { body: { kind: "generic", name: "monitor" } });
  hook = { url: `${world.server.url}/webhooks/generic/${made.id}`, secret: made.secret ?? "" };
}, 120_000);
afterAll(() => world.stop());

/** Alerts of one environment share an offer. */
const fire = async (id: string, environment: string): Promise<void> => {
  const facts = { title: "Checkout latency is high", service: "checkout", severity: "high", environment };
  const body = { alert_id: id, status: "firing", ...facts, labels: { namespace: "shop" } };
  const answer = await fetch(hook.url, {
    method: "POST",
    headers: { authorization: `Bearer ${hook.secret}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
};
const channel = (): string => world.slack.read().replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "https://dd0c.example");

describe("a matched alert", () => {
  it("stands in the channel within seconds; its steps are shown privately; one tap starts the run in its thread", async () => {
    const { slack, says, ana } = world;
    await fire("a-1", "production");
    await says("Runbook matched");
    expect(channel()).toMatchSnapshot("the match message");
    expect(await whisperedTo(slack, "U0BOB", () => slack.click("U0BOB", "View Steps"))).toContain("kubectl rollout restart");
    expect(await whisperedTo(slack, "U0EVE", () => slack.click("U0EVE", "Start Copilot"))).toContain("not linked");
    const twice = slack.clickOf("U0BOB", "Start Copilot");
    await slack.deliver(twice);
    await slack.deliver(twice);
    await says("Step 1 of 2");
    await says("kubectl get pods -n shop");
    await says("▶ Checkout latency");
    const { items } = await ana.call("listExecutions", { query: {} });
    expect(items.map(({ status, trigger_source: source }) => [status, source])).toEqual([["running", "alert_webhook"]]);
    // The match message became the head of the run's thread.
    expect(slack.messages().filter(({ threadTs }) => threadTs === null)).toHaveLength(1);
  }, 60_000);

  it("asks on which agent where there are several, and starts there", async () => {
    const { slack, says, ana, server } = world;
    const second = randomUUID();
    await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: second, name: "edge-2", version: "0.1.0" }));
    await fire("a-3", "canary");
    await says("canary");
    const before = (await ana.call("listExecutions", { query: {} })).items.length;
    await slack.click("U0BOB", "Start Copilot", "canary");
    const view = await eventually(() => slack.views.find(({ body }) => body["callback_id"] === "agent"), "the window");
    expect(slack.readView(view)).toMatchSnapshot("on which agent");
    expect((await ana.call("listExecutions", { query: {} })).items).toHaveLength(before);
    expect((await slack.submit("U0BOB", view, { agent: randomUUID() })).payload).toMatchObject({ response_action: "update" });
    expect(slack.readView(view)).toContain("AGENT_NOT_FOUND");
    await slack.click("U0BOB", "Start Copilot", "canary");
    const again = await eventually(
      () => slack.views.find((each) => each !== view && each.body["callback_id"] === "agent"),
      "the window again",
    );
    expect((await slack.submit("U0BOB", again, { agent: second })).payload).toEqual({});
    await says("agent edge-2");
    expect(await whisperedTo(slack, "U0BOB", () => slack.command("U0BOB", "run checkout latency"))).toMatch(/agent=edge\b.*agent=edge-2/);
  }, 60_000);

  it("is dismissed by one tap, and says by whom", async () => {
    const { slack, says } = world;
    await fire("a-2", "staging");
    await eventually(() => slack.read().includes("Runbook matched"), "the second match", 20_000);
    await slack.click("U0ANA", "Dismiss");
    await says("⏭ Dismissed by");
    const [card] = slack.messages().filter(({ blocks }) => JSON.stringify(blocks).includes("Dismissed by"));
    expect(JSON.stringify(card?.blocks)).not.toContain("Start Copilot");
  }, 60_000);
});
