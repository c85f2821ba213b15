// Puts Slack together: Bolt with its socket, the writer of threads, the listeners. Made by wire.ts where both tokens are configured, and loaded
// only there. Whatever happens to Slack stops nothing else: runs go on, and every page shows them.
import { App, LogLevel, type Logger as BoltLogger, SocketModeReceiver, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { AppContext } from "../app/context.ts";
import type { Config } from "../config.ts";
import { changeSlackThread, forgetSlackMessage, listOpenSlackThreads, listSlackMessages, putSlackMessage, takeTurn } from "../db/index.ts";
import { executionTopic } from "../engine/engine-context.ts";
import type { CallHandler } from "../http/call-handler.ts";
import type { Replicas } from "../ports.ts";
import { takeAnnouncements } from "./announcements.ts";
import type { Face } from "./face.ts";
import { showHome } from "./home.ts";
import { listen } from "./listen.ts";
import { RunReports } from "./run-reports.ts";
import type { SlackState } from "./slack-state.ts";
import { createSlackWeb } from "./slack-web.ts";
import { createSocketLink } from "./socket-link.ts";
import { OutputTails, planThread } from "./thread-plan.ts";
import { createThreadWriter } from "./thread-writer.ts";

export interface SlackOptions {
  readonly config: Pick<Config, "slackChannel" | "slackApiUrl">;
  readonly botToken: string;
  readonly appToken: string;
  readonly app: AppContext;
  readonly tenantId: string;
  readonly call: CallHandler;
  readonly replicas: Replicas;
  readonly webUrl: () => string;
  readonly logger: Logger;
}

export interface Slack {
  /** The organisation whose Slack it is. */
  readonly tenantId: string;
  readonly state: () => SlackState;
  readonly stop: () => Promise<void>;
}

/** A little more than the one second that Slack asks for: calls arrive unevenly. */
const paceMs = 1_100;
/** Reminders come by the clock, and a hint from another server may be lost. */
const lookEveryMs = 5_000;
/** An alert waits for nobody. */
const hearEveryMs = 500;
const turnMs = 20_000;
/** A thread of a run that is over may still be asked for its way back. */
const settleAfterMs = 60 * 60_000;
const callTimeoutMs = 15_000;
const threadsTopic = "slack-threads";

const secret = /x(?:ox[a-z]|app)-[\w-]+/g;

/** The library's own words: warnings and errors alone, short, without tokens; its lower levels print whole messages. */
const quiet = (logger: Logger): BoltLogger => {
  const say =
    (level: "warn" | "error") =>
    (...words: readonly unknown[]) =>
      logger[level](
        { library: "slack" },
        words
          .map((word) => (typeof word === "string" ? word : word instanceof Error ? word.name : ""))
          .join(" ")
          .replaceAll(secret, "[token]")
          .slice(0, 200),
      );
  const nothing = (): void => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: say("warn"),
    error: say("error"),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
};

export function openSlack(options: SlackOptions): Slack {
  const { config, app, tenantId, call, replicas, webUrl, logger } = options;
  const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: callTimeoutMs, logger: quiet(logger) };
  const clientOptions = { ...once, ...(config.slackApiUrl === undefined ? {} : { slackApiUrl: config.slackApiUrl }) };
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: quiet(logger),
    // Connecting again is ours: the library's way ends the process where a token was taken back.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  const bolt = new App({
    receiver,
    logger: quiet(logger),
    clientOptions,
    // One workspace, one token: nothing is asked before an envelope is acknowledged.
    authorize: () => Promise.resolve({ botToken: options.botToken }),
    ignoreSelf: false,
    convoStore: false,
  });

  const state = { open: false, answering: true, since: app.clock.now() };
  const note = (change: Partial<Pick<typeof state, "open" | "answering">>): void => {
    const wasUp = state.open && state.answering;
    Object.assign(state, change);
    if (wasUp !== (state.open && state.answering)) state.since = app.clock.now();
  };

  const web = createSlackWeb(new webApi.WebClient(options.botToken, clientOptions));
  const look = (threadId: string, channelId: string): void => {
    watch();
    writer.look(threadId, channelId);
    replicas.bus.publish(threadsTopic, "");
  };
  const face: Face = {
    app,
    tenantId,
    call,
    web,
    webUrl,
    channelId: config.slackChannel,
    look,
    logger,
  };
  const onFault = (error: unknown): void =>
    logger.error(
      { error: error instanceof Error ? error.message.slice(0, 100) : "unknown" },
      "a thread in Slack could not be written; tried again",
    );
  const reads = { tails: new OutputTails(face), reports: new RunReports(face) };
  const worker = app.newId();
  const inTenant = app.db.withTenant;

  /** One server at a time writes: the limit of a channel counts for all of them together. */
  const isMyTurn = async (): Promise<boolean> =>
    replicas.bus.lookAgainMs === undefined || (await app.db.withSystem("schedule", (tx) => takeTurn(tx, "slack-threads", worker, turnMs)));

  const writer = createThreadWriter({
    web,
    paceMs,
    now: () => app.clock.now(),
    heard: (answering) => note({ answering }),
    onFault,
    plan: async (threadId) => {
      if (!(await isMyTurn())) return undefined;
      return planThread(face, reads, threadId);
    },
    records: {
      messages: (threadId) => app.db.readTenant(tenantId, (tx) => listSlackMessages(tx, threadId)),
      put: (threadId, message) => inTenant(tenantId, (tx) => putSlackMessage(tx, threadId, message)),
      forget: (threadId, key) => inTenant(tenantId, (tx) => forgetSlackMessage(tx, threadId, key)),
      broken: (threadId, problem) => inTenant(tenantId, (tx) => changeSlackThread(tx, threadId, { state: "broken", problem })),
    },
  });

  /** Execution -> what ends the subscription. */
  const watched = new Map<string, () => void>();
  let looking: Promise<void> | undefined;
  let hearing: Promise<void> | undefined;
  let stopped = false;

  const settle = async (threadId: string): Promise<void> => {
    const plan = await planThread(face, reads, threadId);
    if (plan?.over === true) await inTenant(tenantId, (tx) => changeSlackThread(tx, threadId, { state: "settled" }));
  };

  /** Every open thread is followed, and looked at now. */
  const lookAround = async (): Promise<void> => {
    const threads = await app.db.readTenant(tenantId, listOpenSlackThreads);
    const wanted = new Set(threads.flatMap(({ executionId }) => executionId ?? []));
    for (const [executionId, end] of watched) {
      if (wanted.has(executionId)) continue;
      end();
      watched.delete(executionId);
    }
    for (const { id, channelId, executionId, createdAt } of threads) {
      if (executionId !== null && !watched.has(executionId))
        watched.set(
          executionId,
          replicas.bus.subscribe(executionTopic(executionId), () => writer.look(id, channelId)),
        );
      writer.look(id, channelId);
      if (app.clock.now() - createdAt.getTime() > settleAfterMs) await settle(id);
    }
  };
  const watch = (): void => {
    if (stopped) return;
    looking ??= lookAround()
      .catch(onFault)
      .finally(() => {
        looking = undefined;
      });
  };

  const link = createSocketLink(receiver.client, logger, (open) => note({ open }));
  const listening = listen(bolt, face, (slackUserId) => showHome(face, slackUserId));
  const endHints = replicas.bus.subscribe(threadsTopic, watch);
  const timer = setInterval(watch, lookEveryMs);
  const hear = (): void => {
    if (stopped) return;
    hearing ??= takeAnnouncements(face, worker)
      .catch(onFault)
      .finally(() => {
        hearing = undefined;
      });
  };
  const ear = config.slackChannel === undefined ? undefined : setInterval(hear, hearEveryMs);
  link.start();
  watch();

  return {
    tenantId,
    state: () => ({ open: state.open, answering: state.answering, sinceMs: state.since }),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      clearInterval(ear);
      endHints();
      await link.stop();
      await listening.drain();
      await Promise.all([looking, hearing]);
      for (const end of watched.values()) end();
      await writer.stop();
    },
  };
}
