// The environment goes in, a checked Config comes out, or every problem at once in one error.
// `settings` is the only list of variables the server reads; docs/configuration.md is generated from it. No value is ever printed.
import { resolve } from "node:path";
import { AppError } from "@dd0c/core";
import { type Environment, integer, oneOf, Refused, type Setting, setting, url } from "./config-values.ts";
import { llmSettings } from "./llm/llm-settings.ts";
import { outboundSettings } from "./outbound/outbound-settings.ts";
import { slackSettings } from "./slack/slack-settings.ts";

/** PORT+n, and any free port where PORT is 0. */
const besidePort =
  (distance: number) =>
  (environment: Environment): number => {
    const port = integer(0, 65_533, () => 4400)(environment["PORT"], environment);
    return typeof port !== "number" || port === 0 ? 0 : port + distance;
  };

const origin = (raw: string | undefined): string | undefined | Refused => {
  const value = url(["http:", "https:"])(raw);
  if (typeof value !== "string") return value;
  const parsed = new URL(value);
  return parsed.pathname === "/" && parsed.search === "" ? parsed.origin : new Refused("must be an origin without a path");
};

/** Every variable, in the order of the documentation. */
export const settings = {
  host: setting({
    name: "HOST",
    default: "127.0.0.1",
    meaning: "Address the HTTP server listens on.",
    read: (raw) => raw ?? "127.0.0.1",
  }),
  port: setting({
    name: "PORT",
    default: "4400",
    meaning: "Port of the web page and the API; 0 takes any free one.",
    read: integer(0, 65_533, () => 4400),
  }),
  agentPort: setting({
    name: "AGENT_PORT",
    default: "PORT + 1",
    meaning: "Port that agents dial (gRPC over mutual TLS).",
    read: integer(0, 65_535, besidePort(1)),
  }),
  demoPort: setting({
    name: "DEMO_PORT",
    default: "PORT + 2",
    meaning: "Port of the bundled demo service on 127.0.0.1.",
    read: integer(0, 65_535, besidePort(2)),
  }),
  publicUrl: setting({
    name: "PUBLIC_URL",
    default: "http://HOST:PORT",
    meaning: "Origin that people open in the browser. With https, cookies are sent over TLS only.",
    read: origin,
  }),
  agentHost: setting({
    name: "AGENT_HOST",
    default: "host of PUBLIC_URL",
    meaning: "Name or address under which agents reach AGENT_PORT; it is written into enrolment tokens and the server's certificate.",
    read: (raw) => raw,
  }),
  trustedProxies: setting({
    name: "TRUSTED_PROXIES",
    default: "0",
    meaning: "Number of reverse proxies in front whose X-Forwarded-For is believed for rate limits and the audit log.",
    read: integer(0, 10, () => 0),
  }),
  dataDir: setting({
    name: "DATA_DIR",
    default: ".dd0c",
    meaning: "Folder of the embedded database, keys, archives and the demo. Created with access for its owner only.",
    read: (raw) => resolve(raw ?? ".dd0c"),
  }),
  databaseUrl: setting({
    name: "DATABASE_URL",
    default: "embedded database",
    meaning: "PostgreSQL 15 or newer instead of the embedded database, as postgres://user:password@host/name.",
    read: url(["postgres:", "postgresql:"]),
  }),
  migrationDatabaseUrl: setting({
    name: "MIGRATION_DATABASE_URL",
    default: "DATABASE_URL",
    meaning: "Another login to the same database, used for migrations at start only, where the one of DATABASE_URL may not own the schema.",
    read: url(["postgres:", "postgresql:"]),
  }),
  redisUrl: setting({
    name: "REDIS_URL",
    default: "none: this server stands alone",
    meaning:
      "Redis that several servers on one DATABASE_URL share, as redis://user:password@host/0 or rediss://. Each server needs a DATA_DIR of its own; keys and objects are common (KEYS_DIR, S3_BUCKET or OBJECTS_DIR). See docs/replicas.md.",
    read: (raw, environment) =>
      raw === undefined || (environment["DATABASE_URL"] ?? "") !== ""
        ? url(["redis:", "rediss:"])(raw)
        : new Refused("needs DATABASE_URL: the embedded database belongs to one server"),
  }),
  keysDir: setting({
    name: "KEYS_DIR",
    default: "DATA_DIR/keys",
    meaning: "Folder of the keys that certify agents, sign grants and sign sessions; the same files on all servers of one database.",
    read: (raw) => (raw === undefined ? undefined : resolve(raw)),
  }),
  acceptNewKeys: setting({
    name: "ACCEPT_NEW_KEYS",
    default: "0",
    meaning:
      "1 starts with other keys than the database was used with (`KEYS_MISMATCH` otherwise) and remembers them. Agents must enrol again where their authority changed.",
    read: oneOf(["0", "1"], "0"),
  }),
  objectsDir: setting({
    name: "OBJECTS_DIR",
    default: "DATA_DIR/objects",
    meaning: "Folder of archives where S3_BUCKET is not set; several servers mount the same one.",
    read: (raw) => (raw === undefined ? undefined : resolve(raw)),
  }),
  s3Bucket: setting({
    name: "S3_BUCKET",
    default: "the folder OBJECTS_DIR",
    meaning:
      "Bucket for archives of the audit log and copies of its checkpoints. Credentials are found as every AWS program finds them (AWS_ACCESS_KEY_ID, profiles, roles).",
    read: (raw) =>
      raw === undefined || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(raw) ? raw : new Refused("must be the name of a bucket"),
  }),
  s3Endpoint: setting({
    name: "S3_ENDPOINT",
    default: "that of AWS",
    meaning: "Address of another service that speaks S3; buckets are then named in the path.",
    read: url(["http:", "https:"]),
  }),
  s3Region: setting({
    name: "S3_REGION",
    default: "AWS_REGION, or us-east-1",
    meaning: "Region of S3_BUCKET.",
    read: (raw, environment): string => raw ?? environment["AWS_REGION"] ?? "us-east-1",
  }),
  logLevel: setting({
    name: "LOG_LEVEL",
    default: "info",
    meaning: "One of fatal, error, warn, info, debug, trace, silent. Logs are JSON lines on standard error and hold no command text.",
    read: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "info"),
  }),
  signInLink: setting({
    name: "SIGN_IN_LINK",
    default: "auto",
    meaning:
      "Print a one-time sign-in link for the first admin: always, never, or auto (at every start on a loopback HOST, elsewhere until the first sign-in).",
    read: oneOf(["auto", "always", "never"], "auto"),
  }),
  partyModePeople: setting({
    name: "PARTY_MODE_PEOPLE",
    default: "1",
    meaning: "How many admins must clear party mode, each with a reason: 1 or 2. A hosted installation sets 2.",
    read: integer(1, 2, () => 1),
  }),
  authSecret: setting({
    name: "AUTH_SECRET",
    default: "made at the first start and kept in KEYS_DIR",
    meaning: "Signs session cookies; at least 32 characters, the same on all servers of one database.",
    read: (raw) => (raw === undefined || raw.length >= 32 ? raw : new Refused("must have at least 32 characters")),
  }),
  sessionHours: setting({
    name: "SESSION_HOURS",
    default: "168",
    meaning:
      "Hours after sign-in at which a browser session ends. It is never prolonged, so every approval has a sign-in this recent behind it.",
    read: integer(1, 720, () => 168),
  }),
  demo: setting({
    name: "DEMO",
    default: "0",
    meaning:
      "1 (as `npm start` sets it) loads the demo runbooks on the first start and prepares the enrolment of a local agent; 0 starts empty.",
    read: oneOf(["0", "1"], "0"),
  }),
  writesPerMinute: setting({
    name: "WRITES_PER_MINUTE",
    default: "60",
    meaning: "Rate limit of state-changing requests per session or API key.",
    read: integer(1, 1_000_000, () => 60),
  }),
  readsPerMinute: setting({
    name: "READS_PER_MINUTE",
    default: "600",
    meaning: "Rate limit of reading requests per session or API key.",
    read: integer(1, 1_000_000, () => 600),
  }),
  previewsPerMinute: setting({
    name: "PREVIEWS_PER_MINUTE",
    default: "120",
    meaning: "Rate limit of parsing and classifying per session or API key; anonymous visitors get a twelfth of it per address.",
    read: integer(12, 1_000_000, () => 120),
  }),
  signInsPerMinute: setting({
    name: "SIGN_INS_PER_MINUTE",
    default: "20",
    meaning: "Rate limit of opening and using sign-in links and invitations, per address.",
    read: integer(1, 1_000_000, () => 20),
  }),
  alertOffersPerMinute: setting({
    name: "ALERT_OFFERS_PER_MINUTE",
    default: "100",
    meaning:
      "How many runbooks are posted for alerts within a minute, per organisation. Deliveries are taken in and matched beyond it; what is over waits for its turn.",
    read: integer(1, 1_000_000, () => 100),
  }),
  alertDeliveriesDays: setting({
    name: "ALERT_DELIVERIES_DAYS",
    default: "90",
    meaning:
      "After how many days messages of monitoring systems are taken away, with the list of what each said; 4 to 36500. Alerts stay, so that a late message still meets what it is about.",
    read: integer(4, 36_500, () => 90),
  }),
  flagsFile: setting({
    name: "FLAGS_FILE",
    default: "packages/server/src/flags/flags.json",
    meaning: "Feature flags in flagd format, evaluated locally.",
    read: (raw) => (raw === undefined ? undefined : resolve(raw)),
  }),
  policyFile: setting({
    name: "POLICY_FILE",
    default: "none",
    meaning:
      "policy.json of the installation, the outermost layer of every policy (docs/governance.md). A wrong file stops the start with `POLICY_INVALID`; a change counts from the next decision on, without a restart.",
    read: (raw) => (raw === undefined ? undefined : resolve(raw)),
  }),
  ...llmSettings,
  ...slackSettings,
  ...outboundSettings,
} as const;

type Settings = typeof settings;
type Value<S> = S extends Setting<infer T> ? T : never;
export type Config = { readonly [K in keyof Settings]: Value<Settings[K]> };

/**
 * Checks the environment against `settings`.
 * An empty variable counts as absent. Throws AppError CONFIG_INVALID that names every variable at fault, never its value.
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([key, one]) => {
    const raw = environment[one.name];
    const value = (one as Setting<unknown>).read(raw === "" ? undefined : raw, environment);
    if (value instanceof Refused) problems.push(`${one.name} ${value.why}`);
    return [key, value];
  });
  if (problems.length > 0) throw new AppError("CONFIG_INVALID", `${problems.join("; ")}.`, { problems });
  return Object.fromEntries(values) as Config;
}

/** True where only this machine can reach the server. */
export const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

/** The page docs/configuration.md, whole. */
export function configurationPage(): string {
  const rows = Object.values(settings).map((one) => `| \`${one.name}\` | ${one.default} | ${one.meaning} |`);
  return [
    "# Configuration",
    "",
    "The server reads these environment variables at start and nothing else. A wrong value stops the start with `CONFIG_INVALID` and names",
    "every variable at fault. This page is generated from `packages/server/src/config.ts`; a test keeps the two equal. What an agent reads is its",
    "local file `agent.json`: [agent.md](agent.md).",
    "",
    "| variable | default | meaning |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
