// A whole server with a Slack beside it, two linked members and an enrolled agent without a stream: everything up to the dispatch is real, and
// nothing leaves.
import { randomUUID } from "node:crypto";
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { upsertAgent } from "../../src/db/index.ts";
import { accept, bobAs, invite } from "../invite.ts";
import { type Session, startTestServer, type TestServer, type TestServerOptions } from "../running-server.ts";
import { type FakeSlack, startFakeSlack } from "./fake-slack.ts";
import { eventually, linkSlackUser } from "./linked.ts";

export interface SlackServer {
  readonly slack: FakeSlack;
  readonly server: TestServer;
  /** Admin; Slack user U0ANA. */
  readonly ana: Session;
  /** Operator; Slack user U0BOB. U0EVE is nobody. */
  readonly bob: Session;
  /** How long each transaction is kept waiting, in milliseconds. */
  readonly slow: { ms: number };
  /** Puts the clock ahead, in milliseconds. */
  readonly clock: { aheadMs: number };
  readonly save: (text: string, trust?: number) => Promise<string>;
  /** Types the command, waits for the thread, gives the run's id. */
  readonly start: (user: string, text: string) => Promise<string>;
  /** The same, until the card of its first step stands in the thread. */
  readonly startAsking: (user: string, text: string) => Promise<string>;
  readonly run: (id: string) => Promise<WireExecution>;
  readonly step: (id: string, at?: number) => Promise<WireStepExecution>;
  /** Waits until the channel reads so. */
  readonly says: (text: string | RegExp) => Promise<void>;
  /** The messages of this run's thread. */
  readonly ofRun: (id: string) => ReturnType<FakeSlack["messages"]>;
  /** Waits until one of them holds the text. */
  readonly told: (id: string, text: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startSlackServer(options: TestServerOptions = {}): Promise<SlackServer> {
  const slack = await startFakeSlack();
  const slow = { ms: 0 };
  const ahead = { aheadMs: 0 };
  const clock = { now: () => Date.now() + ahead.aheadMs, monotonic: () => performance.now() };
  const server = await startTestServer({
    ...options,
    clock,
    environment: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      ...options.environment,
    },
    watch: (opened) => ({
      ...opened,
      withTenant: async (tenantId, work) => {
        if (slow.ms > 0) await new Promise((resolve) => setTimeout(resolve, slow.ms));
        return opened.withTenant(tenantId, work);
      },
      readTenant: async (tenantId, work) => {
        if (slow.ms > 0) await new Promise((resolve) => setTimeout(resolve, slow.ms));
        return opened.readTenant(tenantId, work);
      },
    }),
  });
  const ana = await server.signIn();
  const bob = server.withCookie(await accept(await invite(ana, bobAs("operator"))));
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: randomUUID(), name: "edge", version: "0.1.0" }));
  await eventually(() => slack.sockets() === 1, "a socket");
  await linkSlackUser(slack, ana, server.url, "U0ANA");
  await linkSlackUser(slack, bob, server.url, "U0BOB");

  const run = (id: string) => ana.call("getExecution", { params: { id } });
  /** A card without buttons does not name its run: what hangs below the run's head is its thread. */
  const ofRun = (id: string) => {
    const all = slack.messages();
    const head = all.find(({ threadTs, blocks }) => threadTs === null && JSON.stringify(blocks).includes(id));
    return head === undefined ? [] : all.filter((each) => each === head || each.threadTs === head.ts);
  };
  const start = async (user: string, text: string): Promise<string> => {
    const known = new Set((await ana.call("listExecutions", { query: { limit: 200 } })).items.map(({ id }) => id));
    await slack.command(user, text);
    return eventually(
      async () => {
        const { items } = await ana.call("listExecutions", { query: { limit: 200 } });
        return items.find(({ id }) => !known.has(id))?.id;
      },
      `${text} starts a run: ${JSON.stringify(slack.whispers.at(-1))}`,
    );
  };
  return {
    slack,
    server,
    ana,
    bob,
    slow,
    clock: ahead,
    save: async (text, trust = 2) => (await ana.call("createRunbook", { body: { raw_text: text, trust_level: trust } })).id,
    start,
    startAsking: async (user, text) => {
      const id = await start(user, text);
      await eventually(() => JSON.stringify(slack.messages()).includes(`\\"e\\":\\"${id}\\",\\"s\\"`), "the card of the first step");
      return id;
    },
    run,
    step: async (id, at = 0) => {
      const step = (await run(id)).steps[at];
      if (step === undefined) throw new Error(`there is no step ${at}`);
      return step;
    },
    says: async (text) => {
      await eventually(
        () => (typeof text === "string" ? slack.read().includes(text) : text.test(slack.read())),
        `the channel says ${text}`,
        20_000,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${slack.read()}`);
      });
    },
    ofRun,
    told: async (id, text) => {
      await eventually(() => JSON.stringify(ofRun(id)).includes(text), `the thread has ${text}`, 30_000).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${slack.read()}`);
      });
    },
    stop: async () => {
      slow.ms = 0;
      await server.stop();
      await slack.close();
    },
  };
}

/** A runbook with a step per command. */
export const runbookOf = (title: string, ...commands: readonly string[]): string =>
  `# ${title}\n\n${commands.map((command, at) => `${at + 1}. Do part ${at + 1}.\n\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`).join("\n")}`;
