// Puts the server together: configuration and an open database go in, a running server comes out. The one place that knows every part.
// Order matters: the scanner proves itself, then the agents' door opens, then the demo is laid out, then people are let in.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { type Logger, pino } from "pino";
import { folderObjects } from "./adapters/folder-objects.ts";
import { s3Objects } from "./adapters/s3-objects.ts";
import { standAlone } from "./adapters/stand-alone.ts";
import { systemClock } from "./adapters/system-clock.ts";
import { startAgentGateway } from "./agents/gateway.ts";
import type { AgentGateway } from "./agents/gateway-ports.ts";
import { acceptInvitation, readInvitation } from "./app/accept-invitation.ts";
import { deedOf } from "./app/audit-draft.ts";
import { closingSenders } from "./closing/closing-sender.ts";
import { acceptSlackLink, readSlackLink } from "./app/slack-link.ts";
import { alignMemberships } from "./app/align-memberships.ts";
import type { AppContext } from "./app/context.ts";
import { demoCeilingNote, type DemoPaths, demoPaths } from "./app/demo-agent-files.ts";
import type { EnginePart } from "./app/engine-part.ts";
import { ensureDemo, ensureTenant, type FirstStart } from "./app/first-start.ts";
import { issueSignInLink } from "./app/issue-sign-in-link.ts";
import { redeemSignInLink } from "./app/redeem-sign-in-link.ts";
import { createScannerGuard, type ScannerGuard } from "./app/scanner-guard.ts";
import { openSystemPolicy } from "./app/system-policy.ts";
import { createAgentRegistry } from "./app/register-agent.ts";
import { type Config, isLoopback } from "./config.ts";
import { createEngine } from "./engine/create-engine.ts";
import type { OpenDatabase } from "./db/index.ts";
import { createFlags, type Flags, shippedFlagsFile } from "./flags/flag.ts";
import type { Handlers } from "./http/call.ts";
import { createCallHandler } from "./http/call-handler.ts";
import { createHttpServer } from "./http/http-server.ts";
import { createIdempotentAnswers } from "./http/idempotent-answers.ts";
import { agentHandlers } from "./http/routes/agents.ts";
import { apiKeyHandlers } from "./http/routes/api-keys.ts";
import { auditHandlers } from "./http/routes/audit.ts";
import { classificationHandlers } from "./http/routes/classification.ts";
import { distilHandlers } from "./http/routes/distil.ts";
import { divergenceHandlers } from "./http/routes/divergence.ts";
import { slackHandlers } from "./http/routes/slack.ts";
import { governanceHandlers } from "./http/routes/governance.ts";
import { integrationHandlers } from "./http/routes/integrations.ts";
import { memberHandlers } from "./http/routes/members.ts";
import { modelHandlers } from "./http/routes/model.ts";
import { outboundHandlers } from "./http/routes/outbound.ts";
import { panicWebhookHandlers } from "./http/routes/panic-webhooks.ts";
import { runbookHandlers } from "./http/routes/runbooks.ts";
import { type DemoInfo, sessionHandlers } from "./http/routes/session.ts";
import { listen } from "./http/listen.ts";
import { createJobRunner, type JobRunner } from "./jobs/create-job-runner.ts";
import type { JobContext } from "./jobs/job.ts";
import { jobs } from "./jobs/registry.ts";
import { createLlmGateway } from "./llm/create-llm-gateway.ts";
import { openIdentity } from "./identity/open-identity.ts";
import { checkKeys } from "./app/known-keys.ts";
import { type Keys, openKeys } from "./open-keys.ts";
import { repositoryPath } from "./package-root.ts";
import type { Clock, ObjectStore, Replicas } from "./ports.ts";
import { createOutbound, type OutboundPart } from "./outbound/create-outbound.ts";
import { createWebhookSender } from "./outbound/webhook-sender.ts";
import { slackAnnouncements } from "./slack/announcements.ts";
import type { Slack } from "./slack/open-slack.ts";
import { agentHost, isSecure, ownOrigins, portOfPage, publicUrl } from "./own-addresses.ts";

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly agentPort: number;
  /** Null where none is to be printed (see SIGN_IN_LINK). */
  readonly signInUrl: string | null;
  readonly agentConfigFile: string | null;
  readonly enrolmentTokenFile: string | null;
  /** Makes another one-time link for the first admin. */
  readonly newSignInLink: () => Promise<string>;
  readonly app: AppContext;
  /** What background jobs work with. */
  readonly jobContext: JobContext;
  readonly tenantId: string;
  readonly gateway: AgentGateway;
  /** "METHOD /path" of everything that is served. */
  readonly routes: readonly string[];
  /** Ends everything but the database, which is the caller's. */
  readonly close: () => Promise<void>;
}

export interface WireOptions {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly clock?: Clock;
  /** How often agents are heard of; a test that waits for silence gives a short one. */
  readonly heartbeatIntervalMs?: number;
  readonly logger?: Logger;
  readonly webFolder?: string;
  /** The scanner with its canaries; a test gives one that errs. */
  readonly scanner?: ScannerGuard;
}

const wantsLink = async (config: Config, app: AppContext): Promise<boolean> => {
  if (config.signInLink !== "auto") return config.signInLink === "always";
  return isLoopback(config.host) || !(await app.identity.everSignedIn());
};

function handlersOf({ config, app, keys, engine, outbound, slack }: Parts, demo: DemoInfo | null, pageUrl: () => string): Handlers {
  return {
    ...sessionHandlers(app, demo),
    ...runbookHandlers(app),
    ...divergenceHandlers(app, runbookHandlers(app).getRunbook),
    ...distilHandlers(),
    ...classificationHandlers(app),
    ...modelHandlers(app, config),
    ...agentHandlers(app, { ca: keys.ca, presence: engine.presence, onStandingChanged: engine.onStandingChanged }),
    ...auditHandlers(app, engine.checkChain),
    ...apiKeyHandlers(app),
    ...integrationHandlers(app, { seal: keys.seal, allowedHosts: config.outboundAllowHosts }),
    ...outboundHandlers(app, { seal: keys.seal, allowedHosts: config.outboundAllowHosts, wake: outbound.wake }),
    ...memberHandlers(app, pageUrl),
    ...panicWebhookHandlers(app),
    ...governanceHandlers(app),
    ...slackHandlers((tenantId) => (slack.running?.tenantId === tenantId ? slack.running.state() : undefined)),
    ...engine.handlers,
  };
}

interface Parts {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly logger: Logger;
  readonly keys: Keys;
  readonly flags: Flags;
  readonly app: AppContext;
  readonly engine: EnginePart;
  readonly outbound: OutboundPart;
  readonly replicas: Replicas;
  readonly jobs: JobRunner;
  readonly jobContext: JobContext;
  /** Where people are let in; known once it listens. */
  readonly page: { port: number };
  /** Set once people are let in, where Slack is configured. */
  readonly slack: { running: Slack | undefined };
}

/** Background work begins when what hurries is done. */
const jobPace = { startAfterMs: 5_000, pollSeconds: 20, clockSeconds: 40 };

const openObjects = ({ s3Bucket, s3Endpoint, s3Region, dataDir, objectsDir }: Config): ObjectStore =>
  s3Bucket === undefined
    ? folderObjects(objectsDir ?? join(dataDir, "objects"))
    : s3Objects({ bucket: s3Bucket, endpoint: s3Endpoint, region: s3Region });

/** The client library of Redis is loaded only where there is one. */
async function openReplicas({ redisUrl }: Config, keys: Keys, logger: Logger): Promise<Replicas> {
  const onError = (error: unknown): void =>
    logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a message between replicas failed");
  if (redisUrl === undefined) return standAlone(onError);
  const { redisReplicas } = await import("./adapters/redis-replicas.ts");
  return redisReplicas({ url: redisUrl, installation: keys.engineKey.id, onError });
}

/** Everything that listens to nobody yet. */
async function openParts({ config, database, ...options }: WireOptions): Promise<Parts> {
  const scanner = options.scanner ?? createScannerGuard();
  scanner.checkAll();
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? pino({ level: config.logLevel }, pino.destination(2));
  // Before anything is decided: two servers that do not hear each other would both decide.
  await database.claim(config.redisUrl === undefined ? "alone" : "shared");
  const keys = await openKeys(config, clock.now());
  await checkKeys(database, keys, { accept: config.acceptNewKeys === "1", at: new Date(clock.now()) });
  const replicas = await openReplicas(config, keys, logger);
  const flags = createFlags(config.flagsFile ?? shippedFlagsFile);
  const identity = openIdentity({
    pool: database.authPool,
    baseUrl: publicUrl(config, config.port),
    secret: keys.authSecret,
    secureCookies: isSecure(config),
    cookiePrefix: `dd0c-${portOfPage(config)}`,
    sessionHours: config.sessionHours,
  });
  const onFault = (error: string) => logger.error({ error }, "the language model could not be asked or counted");
  const llm = createLlmGateway({ config, db: database, clock, newId: randomUUID, onFault });
  const { engineKey } = keys;
  const systemPolicy = openSystemPolicy(config.policyFile, logger);
  const objects = openObjects(config);
  const part = { db: database, clock, newId: randomUUID, identity, flag: flags.flag, scanner, llm, systemPolicy };
  const app: AppContext = { ...part, engineKey, objects };
  const engine = createEngine({
    ...app,
    replicas,
    logger,
    dataDir: config.dataDir,
    database: database.kind,
    partyModePeople: config.partyModePeople,
    absenceMs: 3 * (options.heartbeatIntervalMs ?? 10_000),
    alerts: { seal: keys.seal, offersPerMinute: config.alertOffersPerMinute },
    announceTo: config.slackBotToken === undefined || config.slackChannel === undefined ? [] : [slackAnnouncements],
  });
  database.onTenantBreach(engine.onTenantBreach);
  const { onContradiction, onReplayDifference, checkChain } = engine;
  const watchers = { onContradiction, onReplayDifference, checkChain };
  const jobContext: JobContext = { ...app, logger, alertDeliveriesDays: config.alertDeliveriesDays, ...watchers };
  const runner = createJobRunner({
    pool: database.jobsPool,
    jobs,
    context: jobContext,
    ...jobPace,
  });
  const page = { port: config.port };
  const outbound = createOutbound({
    ...app,
    config,
    logger,
    bus: replicas.bus,
    senders: (request) => [
      createWebhookSender({ ...app, seal: keys.seal, request }),
      ...closingSenders({ ...app, seal: keys.seal, request, webUrl: () => publicUrl(config, page.port) }),
    ],
  });
  const slack = { running: undefined };
  return { config, database, logger, keys, flags, app, engine, outbound, replicas, jobs: runner, jobContext, page, slack };
}

/** Agents may come from here on. */
async function openAgentDoor({ config, keys, app, engine }: Parts, heartbeatIntervalMs: number | undefined): Promise<AgentGateway> {
  await engine.open();
  const gateway = await startAgentGateway({
    ca: keys.ca,
    engineKeys: [keys.engineKey],
    host: config.host,
    port: config.agentPort,
    serverNames: [agentHost(config)],
    ...(heartbeatIntervalMs === undefined ? {} : { heartbeatIntervalMs }),
    ports: { ...createAgentRegistry(app, engine.onStandingChanged), ...engine.gatewayPorts, now: () => app.clock.now() },
  });
  await engine.start(gateway);
  return gateway;
}

interface Demo {
  readonly info: DemoInfo;
  readonly paths: DemoPaths;
}

async function layOutDemo({ config, keys, app }: Parts, start: FirstStart, gateway: AgentGateway): Promise<Demo | null> {
  if (config.demo !== "1") return null;
  const paths = demoPaths(config.dataDir);
  const serviceUrl = `http://127.0.0.1:${config.demoPort}`;
  const values = { DEMO_URL: serviceUrl, DEMO_DIR: paths.demoFolder };
  await ensureDemo(app, start, { paths, values, ca: keys.ca, agentAddress: `127.0.0.1:${gateway.port}` });
  return { info: { serviceUrl, agentCeilingNote: demoCeilingNote }, paths };
}

interface OpenPage {
  readonly handlers: Handlers;
  readonly http: FastifyInstance;
  readonly drain: () => Promise<void>;
  readonly routes: readonly string[];
  readonly port: number;
}

/** People and their programs may come from here on. */
async function openPage(parts: Parts, demo: Demo | null, webFolder: string): Promise<OpenPage> {
  const { config, database, logger, app } = parts;
  const allowedOrigins = new Set<string>();
  const handlers = handlersOf(parts, demo?.info ?? null, () => publicUrl(config, parts.page.port));
  const { http, routes, drain } = await createHttpServer({
    config,
    clock: app.clock,
    logger,
    identity: { ...app.identity, redeemSignInLink: (token, client) => redeemSignInLink(app, token, client) },
    invitations: {
      read: (token) => readInvitation(app, token),
      accept: (token, client) => acceptInvitation(app, token, client),
    },
    slackLink: {
      isElsewhere: ({ tenantId }) => parts.slack.running !== undefined && parts.slack.running.tenantId !== tenantId,
      read: (caller, code) => readSlackLink(app, caller, code),
      accept: (caller, code) => acceptSlackLink(app, deedOf(caller, app.clock.now()), code),
    },
    handlers,
    acceptAlert: parts.engine.acceptAlert,
    idempotent: createIdempotentAnswers({ db: database, clock: app.clock, isAlone: config.redisUrl === undefined }),
    allowedOrigins,
    secure: isSecure(config),
    webFolder,
    counters: parts.replicas.counters,
  });
  const port = await listen(http, config);
  parts.page.port = port;
  for (const origin of ownOrigins(config, port)) allowedOrigins.add(origin);
  return { handlers, http, drain, routes, port };
}

/** Slack's library is loaded only where there is an app. It belongs to the organisation of the installation. */
async function openSlackApp(
  { config, app, replicas, logger, slack }: Parts,
  handlers: Handlers,
  tenantId: string,
  url: string,
): Promise<void> {
  const { slackBotToken: bot, slackAppToken: link } = config;
  if (bot === undefined || link === undefined) return;
  const { openSlack } = await import("./slack/open-slack.ts");
  const tokens = { botToken: bot.reveal(), appToken: link.reveal() };
  const call = createCallHandler(handlers);
  slack.running = openSlack({ config, ...tokens, app, tenantId, call, replicas, webUrl: () => url, logger });
}

/**
 * Starts everything. `options.database` stays the caller's to close.
 * A scanner that misses a canary starts too, in party mode: nothing is classified or run, and people can see why.
 * Errors: CONFIG_INVALID (a port is taken, a key file is exposed), SERVER_NOT_ALONE.
 */
export async function wire(options: WireOptions): Promise<RunningServer> {
  const parts = await openParts(options);
  const { config, app, engine, flags } = parts;
  const gateway = await openAgentDoor(parts, options.heartbeatIntervalMs);
  // Several servers may start for the first time together.
  const start = await options.database.alone(() => ensureTenant(app));
  await alignMemberships(app);
  await engine.lockEveryTenant();
  const demo = await options.database.alone(() => layOutDemo(parts, start, gateway));
  const { handlers, http, drain, routes, port } = await openPage(
    parts,
    demo,
    options.webFolder ?? repositoryPath("packages", "web", "dist"),
  );
  const url = publicUrl(config, port);
  await openSlackApp(parts, handlers, start.tenantId, url);
  parts.outbound.start();
  parts.jobs.start();
  const newSignInLink = () => issueSignInLink(app, start.adminEmail, url);

  return {
    url,
    port,
    agentPort: gateway.port,
    signInUrl: (await wantsLink(config, app)) ? await newSignInLink() : null,
    agentConfigFile: demo?.paths.configFile ?? null,
    enrolmentTokenFile: demo?.paths.tokenFile ?? null,
    newSignInLink,
    app,
    jobContext: parts.jobContext,
    tenantId: start.tenantId,
    gateway,
    routes,
    close: async () => {
      await parts.slack.running?.stop();
      // Agents first: another replica takes them up, and with them what waits for them.
      await Promise.all([gateway.close(), drain()]);
      await Promise.all([parts.jobs.stop(), engine.stop(), parts.outbound.stop()]);
      await http.close();
      await parts.replicas.close();
      await flags.close();
    },
  };
}
