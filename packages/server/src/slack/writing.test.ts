// What is written to Slack: at its pace, once each, also after limits and lost answers; and never a button on a command that a card cannot show.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";

let world: SlackServer;
beforeAll(async () => {
  world = await startSlackServer();
  // From here on Slack refuses whatever comes faster.
  world.slack.state.channelPaceMs = 1_000;
  await world.save(
    runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop", "kubectl get nodes"),
  );
}, 120_000);
afterAll(() => world.stop());

const abort = (id: string) => world.ana.call("abortExecution", { params: { id }, body: {} });
const writes = () => world.slack.calls.filter(({ method }) => method.startsWith("chat."));
const keys = () => world.slack.messages().map(({ metadata }) => JSON.stringify((metadata as { event_payload: unknown }).event_payload));
const told = (id: string, text: string) => world.told(id, text);

describe("writing", () => {
  it("goes out at most once a second per channel, whatever happens, and nothing is refused for pace", async () => {
    const ids = [await world.start("U0ANA", "run cache restart"), await world.start("U0BOB", "run cache restart")];
    for (const id of ids) {
      const { id: sid } = await world.step(id);
      await world.ana.call("skipStep", { params: { id, sid }, body: {} });
    }
    for (const id of ids) await told(id, "Do part 2.");
    // What changes faster than it may be written is written as it is by then.
    const chatty = ids[0] ?? "";
    const { id: changing } = await world.step(chatty, 1);
    const before = writes().length;
    for (let at = 1; at <= 20; at += 1) {
      const body = { command: `kubectl get pods -n shop-${at}` };
      await world.ana.call("modifyStep", { params: { id: chatty, sid: changing }, body });
    }
    await told(chatty, "kubectl get pods -n shop-20");
    expect(writes().length - before).toBeLessThan(20);
    for (const id of ids) await abort(id);
    for (const id of ids) await told(id, "View Full Report");
    const at = writes().map(({ atMs }) => atMs);
    const gaps = at.slice(1).map((each, index) => each - (at[index] ?? 0));
    process.stderr.write(`writes ${at.length}, closest together ${Math.round(Math.min(...gaps))} ms\n`);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(writes().filter(({ ok }) => !ok)).toEqual([]);
  }, 90_000);

  it("waits as long as Slack says, and loses nothing by it", async () => {
    const { slack } = world;
    let limited = 0;
    slack.state.fault = (method) => (method === "chat.postMessage" && limited++ < 2 ? { limitedSeconds: 2 } : undefined);
    const id = await world.start("U0ANA", "run cache restart");
    await told(id, "Do part 1.");
    expect(limited).toBeGreaterThanOrEqual(2);
    expect(new Set(keys()).size).toBe(keys().length);
    slack.state.fault = () => undefined;
    await abort(id);
    await told(id, "View Full Report");
  }, 60_000);

  it("posts once what was posted and never confirmed", async () => {
    const { slack } = world;
    let lost = 0;
    slack.state.fault = (method) => (method === "chat.postMessage" && lost++ < 2 ? "lost" : undefined);
    const id = await world.start("U0ANA", "run cache restart");
    await told(id, "Do part 1.");
    await abort(id);
    await told(id, "View Full Report");
    slack.state.fault = () => undefined;
    expect(lost).toBeGreaterThan(2);
    expect(new Set(keys()).size).toBe(keys().length);
    expect(slack.calls.some(({ method }) => method === "conversations.history")).toBe(true);
  }, 60_000);
});

describe("a card", () => {
  it("has no button for a command that it cannot show as it is", async () => {
    const long = `kubectl annotate deployment/cache -n shop note="${"restarted ".repeat(310)}"`;
    await world.save(runbookOf("Long text", long));
    const id = await world.start("U0ANA", "run long text");
    await told(id, "Do part 1.");
    const shown = JSON.stringify(world.ofRun(id));
    expect((await world.step(id)).actions).toContain("approve");
    expect(shown).not.toContain('"approve"');
    expect(shown).toContain("Decide on the web");
    // A runbook's own invisible signs are taken out where it is read; an edit could bring some.
    const { fitsVerbatim, shownCommand } = await import("./rich-text.ts");
    const hidden = 'kubectl annotate deployment/cache -n shop note="a\u202Eb"';
    expect(fitsVerbatim(hidden)).toBe(false);
    expect(JSON.stringify(shownCommand(hidden))).toContain("U+202E");
    await abort(id);
  }, 90_000);

  it("shows the end of an output without anything that a terminal would obey", async () => {
    const { tailOf } = await import("./rich-text.ts");
    const many = Array.from({ length: 100 }, (_, at) => `line ${at}`).join("\r\n");
    const tail = tailOf(`\u001B[31mred\u001B[0m\n${many}\u202E`);
    expect(tail.cut).toBe(true);
    expect(tail.text.split("\n")).toHaveLength(20);
    expect(tail.text).toContain("⟨U+202E⟩");
    expect(tailOf("\u001B[31mred\u001B[0m\n")).toEqual({ text: "red", cut: false });
  });
});
