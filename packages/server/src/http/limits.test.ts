// Limits of ruling 26 per class and what they answer.
import { routePath } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../../test-support/running-server.ts";

let limited: TestServer;
let open: TestServer;
beforeAll(async () => {
  limited = await startTestServer({ config: { writesPerMinute: 3, readsPerMinute: 5, previewsPerMinute: 24 } });
  open = await startTestServer();
}, 60_000);
afterAll(async () => {
  await limited.stop();
  await open.stop();
});

const statuses = async (times: number, send: () => Promise<Response>): Promise<number[]> => {
  const found: number[] = [];
  for (let at = 0; at < times; at++) found.push((await send()).status);
  return found;
};

const preview = (server: TestServer, text: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(server.url + routePath("parsePreview"), {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ raw_text: text }),
  });

describe("limits", () => {
  it("give an anonymous visitor a twelfth of a session's previews", async () => {
    expect(await statuses(3, () => preview(limited, "1. `df -h`"))).toEqual([200, 200, 429]);
    const session = await limited.signIn();
    expect(await statuses(4, () => preview(limited, "1. `df -h`", session.headers))).toEqual([200, 200, 200, 200]);
  });

  it("tell an anonymous visitor when the next preview is due", async () => {
    const refused = await preview(limited, "1. `df -h`");
    const seconds = Number(refused.headers.get("retry-after"));
    expect([refused.status, seconds > 0 && seconds <= 60]).toEqual([429, true]);
    expect(await refused.json()).toMatchObject({
      error: { code: "RATE_LIMITED", details: { limit_per_minute: 2, retry_after_seconds: seconds } },
    });
  });

  it.each([
    ["a text longer than 5 MB", 5 * 1024 * 1024 + 1],
    ["a body that is not even read", 7 * 1024 * 1024],
  ])("refuse %s with a code", async (_, length) => {
    const session = await open.signIn();
    const refused = await preview(open, "x".repeat(length), session.headers);
    expect([refused.status, await refused.json()]).toMatchObject([413, { error: { code: "INPUT_TOO_LARGE" } }]);
  });

  it("let an anonymous visitor preview fifty pages, and no more", async () => {
    const line = "1. Look: `df -h`\n";
    const fits = line.repeat(Math.floor(300_000 / line.length));
    expect((await preview(open, fits)).status).toBe(200);
    const refused = await preview(open, fits + line);
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { error: { code: "INPUT_TOO_LARGE", details: { limit_characters: 300_000 } } },
    ]);
  });

  it("count writes and reads apart, and say when to come back", async () => {
    const session = await limited.signIn();
    const write = () => fetch(limited.url + routePath("panicOn"), { method: "POST", headers: session.headers });
    const read = () => fetch(limited.url + routePath("getSession"), { headers: session.headers });
    expect((await statuses(4, write)).map((status) => status === 429)).toEqual([false, false, false, true]);
    expect(await statuses(6, read)).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await read();
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "RATE_LIMITED", details: { limit_per_minute: 5 } } });
  });

  it("do not let a stranger use up somebody else's", async () => {
    const session = await open.signIn();
    const refused = await fetch(open.url + routePath("createRunbook"), {
      method: "POST",
      headers: { cookie: session.headers["cookie"] ?? "" },
    });
    expect(refused.status).toBe(403);
  });
});
