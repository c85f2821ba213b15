// Puts the server together: configuration and an open database go in, a running server comes out. The one place that knows every part.
// Order matters: the scanner proves itself, then the agents' door opens, then the demo is laid out, then people are let in.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { createMemoryBus } from "./adapters/memory-bus.ts";
import { createFolderStore } from "./adapters/folder-store.ts";
import { systemClock } from "./adapters/system-clock.ts";
import { type CertificateAuthority, openCertificateAuthority } from "./agents/certificate-authority.ts";
import { type EngineKey, openEngineKey } from "./agents/engine-key.ts";
import { startAgentGateway } from "./agents/gateway.ts";
import type { AgentGateway } from "./agents/gateway-ports.ts";
import { openPrivateFile } from "./agents/private-file.ts";
import { checkScanner } from "./app/classify-command.ts";
import type { AppContext } from "./app/context.ts";
import { demoCeilingNote, demoPaths } from "./app/demo-agent-files.ts";
import type { EnginePart } from "./app/engine-part.ts";
import { ensureDemo, ensureTenant } from "./app/first-start.ts";
import { issueSignInLink } from "./app/issue-sign-in-link.ts";
import { redeemSignInLink } from "./app/redeem-sign-in-link.ts";
import { createAgentRegistry } from "./app/register-agent.ts";
import { type Config, isLoopback } from "./config.ts";
import { createEngine } from "./engine/create-engine.ts";
import type { OpenDatabase } from "./db/index.ts";
import { createFlags, shippedFlagsFile } from "./flags/flag.ts";
import type { Handlers } from "./http/call.ts";
import { createHttpServer } from "./http/http-server.ts";
import { createIdempotentAnswers } from "./http/idempotent-answers.ts";
import { agentHandlers } from "./http/routes/agents.ts";
import { apiKeyHandlers } from "./http/routes/api-keys.ts";
import { auditHandlers } from "./http/routes/audit.ts";
import { classificationHandlers } from "./http/routes/classification.ts";
import { runbookHandlers } from "./http/routes/runbooks.ts";
import { type DemoInfo, sessionHandlers } from "./http/routes/session.ts";
import { openIdentity } from "./identity/open-identity.ts";
import { repositoryPath } from "./package-root.ts";
import type { Bus, Clock, ObjectStore } from "./ports.ts";

/** What the engine is built from. */
export interface EngineDependencies extends AppContext {
  readonly engineKey: EngineKey;
  readonly bus: Bus;
  readonly objects: ObjectStore;
  readonly logger: Logger;
}

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
  readonly logger?: Logger;
  readonly webFolder?: string;
}

const hostOf = (config: Config): string => (config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host);

/** Host as it stands in an address: IPv6 in brackets. */
const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

const agentHost = (config: Config): string =>
  config.agentHost ?? (config.publicUrl === undefined ? hostOf(config) : new URL(config.publicUrl).hostname);

/** Origins of our own pages; on loopback every spelling of this machine. */
function ownOrigins(config: Config, port: number): readonly string[] {
  if (config.publicUrl !== undefined) return [config.publicUrl];
  const hosts = isLoopback(config.host) ? ["127.0.0.1", "localhost", "[::1]"] : [bracketed(hostOf(config))];
  return hosts.map((host) => `http://${host}:${port}`);
}

const wantsLink = async (config: Config, app: AppContext): Promise<boolean> => {
  if (config.signInLink !== "auto") return config.signInLink === "always";
  return isLoopback(config.host) || !(await app.identity.everSignedIn());
};

interface Keys {
  readonly ca: CertificateAuthority;
  readonly engineKey: EngineKey;
  readonly authSecret: string;
}

async function openKeys(config: Config, clock: Clock): Promise<Keys> {
  const folder = join(config.dataDir, "keys");
  const [ca, engineKey, authSecret] = await Promise.all([
    openCertificateAuthority(join(folder, "agent-ca.pem"), clock.now()),
    openEngineKey(join(folder, "engine.pem")),
    config.authSecret ?? openPrivateFile(join(folder, "auth-secret"), async () => `${randomUUID()}${randomUUID()}`),
  ]);
  return { ca, engineKey, authSecret };
}

function handlersOf(app: AppContext, keys: Keys, engine: EnginePart, demo: DemoInfo | null): Handlers {
  return {
    ...sessionHandlers(app, demo),
    ...runbookHandlers(app),
    ...classificationHandlers(app),
    ...agentHandlers(app, { ca: keys.ca, presence: engine.presence }),
    ...auditHandlers(app),
    ...apiKeyHandlers(app),
    ...engine.handlers,
  };
}

export async function wire(options: WireOptions): Promise<RunningServer> {
  const { config, database } = options;
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? pino({ level: config.logLevel }, pino.destination(2));
  checkScanner();
  const keys = await openKeys(config, clock);
  const secure = config.publicUrl?.startsWith("https:") ?? false;
  const flags = createFlags(config.flagsFile ?? shippedFlagsFile);
  const identity = openIdentity({
    pool: database.authPool,
    baseUrl: config.publicUrl ?? `http://${bracketed(hostOf(config))}:${config.port}`,
    secret: keys.authSecret,
    secureCookies: secure,
    cookiePrefix: `dd0c-${config.port}`,
    sessionHours: config.sessionHours,
  });
  const app: AppContext = { db: database, clock, newId: randomUUID, identity, flag: flags.flag };
  const engine = createEngine({
    ...app,
    engineKey: keys.engineKey,
    bus: createMemoryBus((error) => logger.error({ error: error instanceof Error ? error.name : "unknown" }, "a listener failed")),
    logger,
    dataDir: config.dataDir,
  });

  const gateway = await startAgentGateway({
    ca: keys.ca,
    engineKeys: [keys.engineKey],
    host: config.host,
    port: config.agentPort,
    serverNames: [agentHost(config)],
    ports: { ...createAgentRegistry(app), ...engine.gatewayPorts, now: () => clock.now() },
  });
  await engine.start(gateway);

  const start = await ensureTenant(app);
  const paths = demoPaths(config.dataDir);
  const demoUrl = `http://127.0.0.1:${config.demoPort}`;
  const hasDemo = config.demo === "1";
  if (hasDemo) {
    const values = { DEMO_URL: demoUrl, DEMO_DIR: paths.demoFolder };
    await ensureDemo(app, start, { paths, values, ca: keys.ca, agentAddress: `127.0.0.1:${gateway.port}` });
  }

  const allowedOrigins = new Set<string>();
  const { http, routes } = await createHttpServer({
    config,
    clock,
    logger,
    identity: { ...identity, redeemSignInLink: (token, client) => redeemSignInLink(app, token, client) },
    handlers: handlersOf(app, keys, engine, hasDemo ? { serviceUrl: demoUrl, agentCeilingNote: demoCeilingNote } : null),
    idempotent: createIdempotentAnswers(database, clock),
    allowedOrigins,
    secure,
    webFolder: options.webFolder ?? repositoryPath("packages", "web", "dist"),
  });
  await http.listen({ host: config.host, port: config.port });
  const address = http.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  for (const origin of ownOrigins(config, port)) allowedOrigins.add(origin);
  const url = config.publicUrl ?? `http://${bracketed(hostOf(config))}:${port}`;
  const newSignInLink = () => issueSignInLink(app, start.adminEmail, url);

  return {
    url,
    port,
    agentPort: gateway.port,
    signInUrl: (await wantsLink(config, app)) ? await newSignInLink() : null,
    agentConfigFile: hasDemo ? paths.configFile : null,
    enrolmentTokenFile: hasDemo ? paths.tokenFile : null,
    newSignInLink,
    app,
    tenantId: start.tenantId,
    gateway,
    routes,
    close: async () => {
      await engine.stop();
      await http.close();
      await gateway.close();
      await flags.close();
    },
  };
}
