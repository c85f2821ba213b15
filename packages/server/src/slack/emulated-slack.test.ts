// Outgoing calls against somebody else's Slack: what we send is understood by a reading of the Web API that is not ours, and found again by its mark.
import { webApi } from "@slack/bolt";
import { createEmulator } from "emulate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeValue } from "./button-value.ts";
import { actions, bold, button, lines, preformatted, rich } from "./rich-text.ts";
import { createSlackWeb, type SlackWeb } from "./slack-web.ts";

const token = "xoxb-emulated";
let emulator: { readonly url: string; readonly close: () => Promise<void> };
let client: webApi.WebClient;
let web: SlackWeb;
let channelId: string;

beforeAll(async () => {
  emulator = await createEmulator({
    service: "slack",
    port: 12_000 + Math.floor(Math.random() * 20_000),
    seed: {
      tokens: {
        [token]: { login: "developer", scopes: ["chat:write", "channels:read", "channels:history", "channels:join", "groups:history"] },
      },
      slack: { team: { name: "Larkspur", domain: "larkspur" }, users: [{ name: "developer" }], channels: [{ name: "inc-2847" }] },
    },
  });
  client = new webApi.WebClient(token, { slackApiUrl: `${emulator.url}/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
  web = createSlackWeb(client);
  const { channels = [] } = await client.conversations.list();
  channelId = channels.find(({ name }) => name === "inc-2847")?.id ?? "";
}, 60_000);
afterAll(() => emulator.close());

const message = (text: string) => ({
  text,
  blocks: [
    rich([lines([[bold(text)]]), preformatted('echo "<&>" `x` ```')]),
    ...actions([button("Approve", "approve", writeValue({ d: "d".repeat(64), a: 1 }))]),
  ],
});
const threadId = "00000000-0000-4000-8000-000000000001";

describe("outgoing calls", () => {
  it("post, answer in the thread, change, and find their own again", async () => {
    const head = { channelId, threadTs: null, threadId, key: "head" };
    const posted = await web.post(head, message("Head"));
    expect(posted.is).toBe("done");
    const threadTs = posted.is === "done" ? posted.value : "";
    const step = { channelId, threadTs, threadId, key: "step:1" };
    const answered = await web.post(step, message("Step 1"));
    expect(answered.is).toBe("done");
    expect(await web.find(head)).toEqual({ is: "done", value: threadTs });
    expect(await web.find(step)).toEqual(answered);
    expect(await web.find({ ...step, key: "step:2" })).toEqual({ is: "done", value: null });
    expect(await web.update(channelId, threadTs, message("Head, changed"))).toEqual({ is: "done", value: threadTs });
    const { messages = [] } = await client.conversations.replies({ channel: channelId, ts: threadTs });
    expect(messages.map(({ text }) => text)).toEqual(["Head, changed", "Step 1"]);
    expect(JSON.stringify(messages[1]?.blocks)).toContain('echo \\"<&>\\" `x` ```');
  });

  it("are told as values where they are refused", async () => {
    expect(await web.post({ channelId: "C0NOWHERE", threadTs: null, threadId, key: "head" }, message("x"))).toEqual({
      is: "refused",
      error: "channel_not_found",
    });
    expect(await web.update(channelId, "1.000001", message("x"))).toEqual({ is: "refused", error: "message_not_found" });
  });
});
