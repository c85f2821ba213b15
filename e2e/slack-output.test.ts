// Live output of a real agent in Slack, chatty: 20,000 lines in ten seconds from each of three processes, two runs in one channel and one in another.
// The workspace refuses whatever comes faster than Slack allows, and records every call with its time.
import { execFileSync } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Call } from "../packages/server/test-support/slack/state.ts";
import { type SlackProduct, startSlackProduct } from "./support/slack.ts";

const lines = 20_000;
const overMs = 10_000;
const other = "C0OTHER";

let world: SlackProduct;
beforeAll(async () => {
  world = await startSlackProduct();
  world.slack.state.channels.set(other, { name: "inc-2848", archived: false });
  world.slack.state.channelPaceMs = 1_000;
});
afterAll(() => world.stop());

/** What `cat` prints is what is written here, at our pace; it ends when we do. */
function chatter(name: string): { readonly path: string; readonly talk: () => Promise<void> } {
  const path = join(world.folder, "demo/payment-svc", name);
  execFileSync("mkfifo", [path]);
  return {
    path,
    talk: async () => {
      const pipe = await open(path, "w");
      const from = performance.now();
      for (let line = 0; line < lines; ) {
        const due = Math.min(lines, Math.ceil(((performance.now() - from) / overMs) * lines));
        let text = "";
        for (; line < due; line += 1) text += `${name} line ${line + 1} of ${lines}: a request took longer than it should\n`;
        if (text !== "") await pipe.appendFile(text);
        await new Promise((wait) => setTimeout(wait, 20));
      }
      await pipe.close();
    },
  };
}

const isWrite = ({ method }: Call): boolean => method.startsWith("chat.");

function pace(calls: readonly Call[], channel: string) {
  const at = calls.filter((call) => isWrite(call) && call.channel === channel).map(({ atMs }) => atMs);
  const gaps = at.slice(1).map((each, index) => each - (at[index] ?? 0));
  return { writes: at.length, closestMs: Math.round(Math.min(...gaps)), at };
}

describe("chatty output", () => {
  it("is written at most once a second per channel, and ends as it ended", async () => {
    const { slack, session, run, when } = world;
    const chatters = ["one", "two", "three"].map((name) => ({ name, ...chatter(`${name}.pipe`) }));
    for (const { name, path } of chatters)
      await session.call("createRunbook", { body: { raw_text: `# Chatty ${name}\n\n1. Read it: \`cat ${path}\`\n`, trust_level: 2 } });
    const channels = [slack.channel, slack.channel, other];
    const ids: string[] = [];
    for (const [at, { name }] of chatters.entries()) ids.push(await run(`chatty ${name}`, channels[at]));
    const talking = chatters.map(({ talk }) => talk());
    for (const id of ids) await when(id, "it runs", ({ steps }) => steps[0]?.started_at != null);
    await Promise.all(talking);
    const saidMs = performance.now();
    const ended = await Promise.all(ids.map((id) => when(id, "the end", ({ status }) => status === "completed", 60_000)));

    const last = (name: string): string => `${name}.pipe line ${lines} of ${lines}`;
    const threadOf = (id: string) => {
      const all = slack.messages(slack.channel).concat(slack.messages(other));
      const head = all.find(({ threadTs, blocks }) => threadTs === null && JSON.stringify(blocks).includes(id));
      return all.filter(({ threadTs }) => head !== undefined && threadTs === head.ts);
    };
    const shows = (id: string, text: string): boolean => threadOf(id).some(({ blocks }) => JSON.stringify(blocks).includes(text));
    for (const [at, { name }] of chatters.entries()) {
      const id = ids[at] ?? "";
      await when(id, `the card of ${name} is the last`, () => shows(id, last(name)) && shows(id, "View Full Report"), 30_000);
    }
    const lateMs = Math.round(performance.now() - saidMs);

    for (const [at, { name }] of chatters.entries()) {
      const step = ended[at]?.steps[0];
      expect(step).toMatchObject({ status: "completed", exit_code: 0 });
      const card = JSON.stringify(threadOf(ids[at] ?? "").find(({ blocks }) => JSON.stringify(blocks).includes(last(name)))?.blocks);
      // Its end, not all of it, and the way to all of it.
      expect(card).toContain("✅ Done");
      expect(card).not.toContain(`line ${lines - 100} of`);
      expect(card).toContain(`${world.product.base}/executions/${ids[at]}#${step?.id}`);
    }
    const paces = [slack.channel, other].map((channel) => pace(slack.calls, channel));
    process.stderr.write(
      `chatty output in Slack: ${lines} lines in ${overMs / 1_000} s from each of 3 runs; two in one channel ${paces[0]?.writes} writes, closest ${paces[0]?.closestMs} ms; one in the other ${paces[1]?.writes}, closest ${paces[1]?.closestMs} ms; all three last cards and summaries ${lateMs} ms after the last line\n`,
    );
    for (const { writes, closestMs } of paces) {
      // It was live: the head, the card, the summary, and the card again while it ran.
      expect(writes).toBeGreaterThan(6);
      expect(closestMs).toBeGreaterThanOrEqual(1_000);
    }
    expect(slack.calls.filter((call) => isWrite(call) && !call.ok)).toEqual([]);
  }, 150_000);
});
