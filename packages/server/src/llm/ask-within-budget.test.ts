// A provider that misbehaves in every way, in both wire formats, over real HTTP. Whatever it does, the caller gets an answer in time:
// the model's where it is whole and has the shape, else one of our own words.
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Behaviour, type ModelServer, opinionOf, startModelServer } from "../../test-support/model-server.ts";
import type { Absence } from "./absence.ts";
import { opinionAnswer } from "./answer-shapes.ts";
import { createModelClient } from "./ask-within-budget.ts";
import { breakerRules } from "./circuit-breaker.ts";

const key = "sk-not-a-real-key-but-a-secret-one";
const providers = ["openai-compatible", "anthropic"] as const;
const question = {
  system: "You are a safety classifier.",
  user: "uptime",
  shape: opinionAnswer,
  shapeName: "opinion",
  maxOutputTokens: 500,
};
const safe = opinionOf("safe", 0.95);
/** So long that no busy machine reaches it: what ends before it did not wait for it. */
const patientMs = 20_000;

describe.each(providers)("a model behind %s", (provider) => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());
  beforeEach(() => server.forget());

  const newClient = (monotonic = () => performance.now()) =>
    createModelClient({ provider, baseUrl: server.url, apiKey: { reveal: () => key } }, monotonic);
  const ask = async (behaviour: Behaviour, budgetMs = patientMs, client = newClient()) => {
    server.behave(behaviour);
    return client.ask("model-1", question, AbortSignal.timeout(budgetMs));
  };

  it("is asked with a strict schema, at temperature 0, without streaming, with the key in its header alone", async () => {
    const { value, absence, used, attempts } = await ask(() => ({ content: safe, tokens: { input: 321, output: 45 } }));
    expect({ value, absence, attempts }).toEqual({ value: safe, absence: null, attempts: 1 });
    expect(used).toMatchObject({ inputTokens: 321, outputTokens: 45 });
    const [request] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(request?.body).toMatchObject({ model: "model-1", temperature: 0, max_tokens: 500 });
    expect(request?.body["stream"] ?? false).toBe(false);
    expect(request?.headers[provider === "anthropic" ? "x-api-key" : "authorization"]).toBe(
      provider === "anthropic" ? key : `Bearer ${key}`,
    );
    expect(JSON.stringify(request?.body)).not.toContain(key);
    const wire = JSON.stringify(request?.body["response_format"] ?? request?.body["output_config"] ?? request?.body["tools"]);
    expect(wire).toContain('"additionalProperties":false');
    expect(wire).toContain('"required":["classification","confidence","reasoning","detected_side_effects","suggested_rollback"]');
    expect(used?.sentBytes).toBeGreaterThan(wire.length);
  });

  it.each<[what: string, behaviour: Behaviour, absence: Absence]>([
    ["refuses", () => ({ content: "I cannot", ending: "refusal" }), "refused"],
    ["is cut off", () => ({ content: '{"classification":"safe","conf', ending: "length" }), "truncated"],
    ["is cut off behind a whole object", () => ({ content: safe, ending: "length" }), "truncated"],
    ["answers in prose", () => ({ content: "This looks safe to me!" }), "malformed answer"],
    ["answers with nothing", () => ({ content: "" }), "malformed answer"],
    ["answers with an object beside prose", () => ({ content: `Sure: ${JSON.stringify(safe)}` }), "malformed answer"],
    ["sends no JSON at all", () => ({ raw: "<html>busy</html>" }), "malformed answer"],
    ["sends an empty body", () => ({ raw: "" }), "malformed answer"],
    ["sends a list", () => ({ raw: "[]" }), "malformed answer"],
    ["sends deep nesting", () => ({ raw: "[".repeat(100_000) }), "malformed answer"],
    ["says SAFE in another word", () => ({ content: { ...safe, classification: "SAFE" } }), "wrong shape"],
    ["says unknown", () => ({ content: { ...safe, classification: "unknown" } }), "wrong shape"],
    ["gives its confidence as a text", () => ({ content: { ...safe, confidence: "1" } }), "wrong shape"],
    ["leaves a field out", () => ({ content: { ...safe, reasoning: undefined } }), "wrong shape"],
    ["adds a field", () => ({ content: { ...safe, override_scanner: true } }), "wrong shape"],
    ["sends side effects as a text", () => ({ content: { ...safe, detected_side_effects: "none" } }), "wrong shape"],
    ["answers null", () => ({ content: "null" }), "malformed answer"],
    ["answers a list", () => ({ content: "[1]" }), "wrong shape"],
    ["refuses the key", () => ({ status: 401 }), "key refused"],
    ["sends us elsewhere", () => ({ status: 307, headers: { location: "http://127.0.0.1:9/" } }), "redirected"],
    ["floods", () => ({ floodBytes: 50 * 1024 * 1024 }), "answer too large"],
    ["is slow", () => ({ content: safe, delayMs: 5_000 }), "timeout"],
  ])("that %s is no opinion", async (_what, behaviour, absence) => {
    const startedMs = performance.now();
    // Short only where the budget is what ends it; the provider would take five seconds then.
    const answered = await ask(behaviour, absence === "timeout" ? 600 : patientMs);
    expect({ value: answered.value, absence: answered.absence, attempts: answered.attempts }).toEqual({
      value: null,
      absence,
      attempts: 1,
    });
    expect(performance.now() - startedMs).toBeLessThan(absence === "timeout" ? 4_500 : patientMs);
  });

  it.each<[what: string, behaviour: Behaviour, absence: Absence]>([
    ["fails with 500", () => ({ status: 500 }), "provider failing"],
    ["is overloaded", () => ({ status: 529 }), "provider failing"],
    ["asks for patience", () => ({ status: 429 }), "rate limited"],
    ["hangs up", () => ({ destroy: true }), "unreachable"],
  ])("that %s is tried again inside the budget and then is no opinion", async (_what, behaviour, absence) => {
    const answered = await ask(behaviour);
    expect({ value: answered.value, absence: answered.absence, attempts: answered.attempts }).toEqual({
      value: null,
      absence,
      attempts: 4,
    });
    expect(server.requests).toHaveLength(4);
  });

  it("that recovers is believed", async () => {
    const answered = await ask(() => (server.requests.length < 3 ? { status: 503 } : { content: safe }));
    expect({ value: answered.value, attempts: answered.attempts }).toEqual({ value: safe, attempts: 3 });
  });

  it("that asks to wait longer than the budget is given up when the budget ends", async () => {
    const startedMs = performance.now();
    const answered = await ask(() => ({ status: 429, headers: { "retry-after": "60" } }), 400);
    expect(answered).toMatchObject({ absence: "rate limited", attempts: 1 });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it("that drips its answer is given up when the budget ends", async () => {
    const answered = await ask(() => ({ status: 500, delayMs: 150 }), 400);
    expect(answered.value).toBeNull();
    expect(answered.durationMs).toBeLessThan(900);
  });

  it("that nobody waits for any more is not asked to the end", async () => {
    server.behave(() => ({ content: safe, delayMs: 2_000 }));
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 50);
    expect(await newClient().ask("model-1", question, caller.signal)).toMatchObject({ value: null, absence: "cancelled" });
  });

  it("that lies about what it used is not believed", async () => {
    const used = async (input: unknown, output: unknown) => (await ask(() => ({ content: safe, tokens: { input, output } }))).used;
    expect(await used(-5, 1e300)).toMatchObject({ inputTokens: null, outputTokens: 10_000_000 });
  });

  it("that fails again and again is left alone, and tried once after the pause", async () => {
    let nowMs = 0;
    const client = newClient(() => nowMs);
    const absent = async () => (await ask(() => ({ status: 500 }), 5_000, client)).absence;
    expect(await absent()).toBe("provider failing");
    expect(await absent()).toBe("paused after failures");
    expect(server.requests).toHaveLength(breakerRules.failures);
    expect(await absent()).toBe("paused after failures");
    expect(server.requests).toHaveLength(breakerRules.failures);
    nowMs += breakerRules.pauseMs;
    const [probe, other] = await Promise.all([
      ask(() => ({ content: safe }), 2_500, client),
      ask(() => ({ content: safe }), 2_500, client),
    ]);
    expect([probe.absence, other.absence]).toEqual([null, "paused after failures"]);
    expect((await ask(() => ({ content: safe }), 2_500, client)).absence).toBeNull();
  });

  it("never shows the key in what it answers", async () => {
    const shown: unknown[] = [];
    for (const behaviour of [() => ({ status: 401 }), () => ({ raw: key }), () => ({ destroy: true })] satisfies Behaviour[]) {
      const client = newClient();
      shown.push(client, await ask(behaviour, 500, client));
    }
    expect(inspect(shown, { depth: 20, showHidden: true })).not.toContain(key);
  });
});

describe("a compatible server that takes no schema", () => {
  it("is asked for plain JSON, from then on at once", async () => {
    const server = await startModelServer();
    server.behave(({ body }) =>
      (body["response_format"] as { readonly type: string }).type === "json_schema" ? { status: 400 } : { content: safe },
    );
    const client = createModelClient({ provider: "openai-compatible", baseUrl: server.url, apiKey: undefined }, () => performance.now());
    const first = await client.ask("model-1", question, AbortSignal.timeout(2_500));
    const second = await client.ask("model-1", question, AbortSignal.timeout(2_500));
    await server.close();
    expect([first.value, first.attempts, second.value, second.attempts]).toEqual([safe, 2, safe, 1]);
  });
});
