// Everything that a person can do in Slack is acknowledged within its three seconds while the engine is slow. One row per handler: a new button, window,
// command or kind of event without a row here fails.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Ack } from "../../test-support/slack/fake-slack.ts";
import { eventually } from "../../test-support/slack/linked.ts";
import { runbookOf, startSlackServer, type SlackServer } from "../../test-support/slack/slack-server.ts";
import type { View } from "../../test-support/slack/state.ts";
import { type ButtonValue, writeValue } from "./button-value.ts";
import { listen } from "./listen.ts";
import { buttonNames } from "./on-button.ts";
import { commandNames } from "./on-command.ts";
import { windowNames } from "./on-view.ts";
import { agentView } from "./views.ts";

/** What Slack waits for, and what one transaction waits for here. Ours answers in two thirds of it. */
const limitMs = 3_000;
const slowMs = 1_500;
const oursMs = 2_400;

let world: SlackServer;
let runId: string;
beforeAll(async () => {
  world = await startSlackServer();
  await world.save(runbookOf("Cache restart", "kubectl rollout restart deployment/cache -n shop", "kubectl get pods -n shop"));
  await world.save(runbookOf("Database away", "kubectl delete namespace shop-db"));
  await world.save("# Failover\n\n## Prerequisites\n\n- You told the customer desk\n\n## Steps\n\n1. Look: `kubectl get pods`\n");
  runId = await world.startAsking("U0ANA", "run cache restart");
}, 120_000);
afterEach(() => {
  world.slow.ms = 0;
});
afterAll(() => world.stop());

const anyone = "00000000-0000-4000-8000-000000000000";
const said: Record<string, number> = {};

function inTime(what: string, { ms }: Ack): void {
  said[what] = Math.round(ms);
  expect(ms, what).toBeLessThan(oursMs);
  expect(oursMs).toBeLessThan(limitMs);
}

/** A press of that button on the card of the run's first step, with what such a button carries beside it. */
function press(name: string, { id: s, digest, attempt }: WireStepExecution, more: ButtonValue): Promise<Ack> {
  const value = writeValue({ e: runId, s, a: attempt, ...(digest === null ? {} : { d: digest }), ...more });
  const card = world.slack.clickOf("U0ANA", "Skip", "Step 1 of 2");
  const [action] = card.payload["actions"] as readonly Record<string, unknown>[];
  return world.slack.deliver({
    ...card,
    payload: { ...card.payload, actions: [{ ...action, action_id: name, value, action_ts: `${performance.now()}` }] },
  });
}

const nothing: ButtonValue = {};
const ofAlert: ButtonValue = { t: anyone };
const buttons: Readonly<Record<string, ButtonValue>> = {
  approve_typed: nothing,
  edit: nothing,
  preflight: nothing,
  look: { r: ["0".repeat(64)] },
  report_done: nothing,
  report_failed: nothing,
  continue: nothing,
  stop_step: nothing,
  rollback: nothing,
  unwind: nothing,
  resume: nothing,
  answer_yes: { b: "b1" },
  answer_no: { b: "b1" },
  start_alert: ofAlert,
  start_other_0: { t: anyone, k: anyone },
  start_other_1: { t: anyone, k: anyone },
  dismiss_alert: ofAlert,
  view_steps: ofAlert,
  approve: nothing,
  skip: nothing,
  abort: nothing,
};

const commands: Readonly<Record<string, string>> = {
  run: "run cache restart",
  list: "list",
  status: "status",
  history: "history",
  parse: "parse",
  trust: "trust cache restart 2 it is fine",
  panic: "panic",
  link: "link",
  unlink: "unlink",
};

interface Window {
  /** Brings the window up. */
  readonly open: () => Promise<unknown>;
  readonly values: Readonly<Record<string, unknown>>;
  /** What stands in it in the end. */
  readonly tells: string;
}

const viewOf = (name: string): Promise<View> =>
  eventually(() => world.slack.views.find(({ body }) => body["callback_id"] === name), `the window ${name}`);

const windows: Readonly<Record<string, Window>> = {
  parse: { open: () => world.slack.command("U0ANA", "parse"), values: { text: "1. Look: `uptime`" }, tells: "Nothing was saved." },
  edit: {
    open: async () => {
      await world.startAsking("U0ANA", "run cache restart");
      return world.slack.click("U0ANA", "Edit", "Step 1 of 2");
    },
    values: { command: "kubectl rollout restart deployment/other -n shop", reason: "" },
    tells: "Scanned again",
  },
  typed: {
    open: async () => {
      await world.startAsking("U0ANA", "run database away");
      return world.slack.click("U0ANA", "Approve…");
    },
    values: { target0: "not the name", one_way: ["yes"] },
    tells: "is not the name",
  },
  preflight: { open: () => world.slack.command("U0ANA", "run failover"), values: { checklist0: [] }, tells: "CHECKLIST_INCOMPLETE" },
  // As it stands where several agents are there.
  agent: {
    open: () => {
      const body = agentView([{ id: anyone, name: "edge" }], { t: anyone }, "https://dd0c.example") as unknown as View["body"];
      return Promise.resolve(world.slack.state.views.push({ id: "V0AGENT", hash: "1", body }));
    },
    values: { agent: anyone },
    tells: "Nothing was done.",
  },
  // Last: nothing can be decided after it.
  panic: { open: () => world.slack.command("U0ANA", "panic"), values: { reason: "a drill" }, tells: "Panic is on." },
};

describe("every door that Slack knocks at", () => {
  it("is a slash command, a button, a window or the home tab; another kind needs rows of its own here", () => {
    const opened: unknown[][] = [];
    const app = new Proxy(
      {},
      {
        get:
          (_, door: string) =>
          (...what: readonly unknown[]) =>
            void opened.push([door, what[0]]),
      },
    );
    listen(app as never, {} as never, () => Promise.resolve());
    expect(opened).toEqual([
      ["command", "/dd0c"],
      ["action", { type: "block_actions" }],
      ["view", /.*/],
      ["event", "app_home_opened"],
    ]);
  });

  it.each([
    ["button", buttonNames, buttons],
    ["command", commandNames, commands],
    ["window", windowNames, windows],
  ])("has a row for every %s", (_kind, names, rows) => {
    expect(Object.keys(rows).sort()).toEqual([...names].sort());
  });
});

describe("a slow engine", () => {
  it("keeps no button waiting", async () => {
    const step = await world.step(runId);
    world.slow.ms = slowMs;
    for (const [name, more] of Object.entries(buttons)) inTime(name, await press(name, step, more));
    inTime("of another release", await press("no such button", step, nothing));
    // Slow it was: nothing of all that is decided yet.
    world.slow.ms = 0;
    expect((await world.step(runId)).status).toBe("awaiting_approval");
  }, 60_000);

  it("keeps no command waiting, nor the home tab", async () => {
    for (const [name, text] of Object.entries(commands)) {
      world.slow.ms = slowMs;
      // Who unlinks is nobody afterwards.
      inTime(`/dd0c ${name}`, await world.slack.command(name === "unlink" ? "U0BOB" : "U0ANA", text));
    }
    inTime("/dd0c", await world.slack.command("U0ANA", ""));
    inTime("home", await world.slack.event({ type: "app_home_opened", user: "U0ANA", tab: "home", channel: "D1" }));
    inTime("home of a stranger", await world.slack.event({ type: "app_home_opened", user: "U0EVE", tab: "home", channel: "D2" }));
  }, 60_000);

  it("keeps no window waiting, and tells in it later what came of it", async () => {
    // What the test before began is done with.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    for (const [name, { open, values, tells }] of Object.entries(windows)) {
      world.slack.state.views.splice(0);
      await open();
      const view = await viewOf(name);
      world.slow.ms = slowMs;
      inTime(`window ${name}`, await world.slack.submit("U0ANA", view, values));
      expect(world.slack.readView(view), name).toContain("Working on it");
      await eventually(() => world.slack.readView(view).includes(tells), `the window ${name} tells`, 30_000);
      world.slow.ms = 0;
    }
    process.stderr.write(`acknowledged under an engine that waits ${slowMs / 1_000} s per transaction, in ms: ${JSON.stringify(said)}\n`);
  }, 180_000);
});
