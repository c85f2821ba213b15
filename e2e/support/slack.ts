// The whole product with a Slack beside it: the fake workspace, a product that connects to it, and an admin whom its user U0ANA is linked to.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FakeSlack, startFakeSlack } from "../../packages/server/test-support/slack/fake-slack.ts";
import { eventually, linkSlackUser } from "../../packages/server/test-support/slack/linked.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./product.ts";
import { readExecution, type Session, signIn, until } from "./session.ts";

export interface SlackProduct {
  readonly slack: FakeSlack;
  readonly product: Product;
  readonly session: Session;
  readonly folder: string;
  /** Types the command in a channel; the run's id. */
  readonly run: (text: string, channel?: string) => Promise<string>;
  /** Presses the button as soon as it stands there; `on`: text of its message. */
  readonly press: (label: string, on?: string) => Promise<void>;
  /** Waits until the channel reads so. */
  readonly says: (text: string | RegExp, channel?: string) => Promise<void>;
  readonly when: (id: string, what: string, done: (now: WireExecution) => boolean, timeoutMs?: number) => Promise<WireExecution>;
  readonly stop: () => Promise<void>;
}

export async function startSlackProduct(env: NodeJS.ProcessEnv = {}): Promise<SlackProduct> {
  const slack = await startFakeSlack();
  const folder = temporaryFolder();
  const product = await startProduct(await freePorts(), folder.path, {
    env: { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl, ...env },
  });
  const session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  await eventually(() => slack.sockets() === 1, "a socket");
  await linkSlackUser(slack, { headers: { cookie: session.cookie } }, product.base, "U0ANA");
  const ids = async (): Promise<readonly string[]> =>
    (await session.call("listExecutions", { query: { limit: 200 } })).items.map(({ id }) => id);
  return {
    slack,
    product,
    session,
    folder: folder.path,
    run: async (text, channel) => {
      const known = new Set(await ids());
      await slack.command("U0ANA", `run ${text}`, channel);
      return eventually(async () => (await ids()).find((id) => !known.has(id)), `${text} starts: ${slack.whispers.at(-1)?.text ?? ""}`);
    },
    press: async (label, on) => {
      const envelope = await eventually(
        () => {
          try {
            return slack.clickOf("U0ANA", label, on);
          } catch {
            return undefined;
          }
        },
        `a button ${label} on ${on ?? "any message"}`,
      );
      await slack.deliver(envelope);
    },
    says: async (text, channel) => {
      const read = (): string => slack.read(channel);
      const is = (): boolean => (typeof text === "string" ? read().includes(text) : text.test(read()));
      await eventually(is, `the channel says ${text}`, 30_000).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${read()}`);
      });
    },
    when: (id, what, done, timeoutMs) => until(what, () => readExecution(session, id), done, timeoutMs),
    stop: async () => {
      await product.stop();
      await slack.close();
      folder.remove();
    },
  };
}
