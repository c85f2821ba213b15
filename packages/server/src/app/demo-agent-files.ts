// Writes what the local demo agent needs on this machine: its own configuration file, and a token while it is not enrolled.
// The agent's file is the customer's: it is written once; later only the server's address follows a changed port.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface DemoPaths {
  /** The agent's configuration. */
  readonly configFile: string;
  /** One-time token, mode 0600; absent once the agent is enrolled. */
  readonly tokenFile: string;
  /** Folder of payment-svc: its log and its session files. */
  readonly demoFolder: string;
}

export const demoAgentName = "local";

export const demoPaths = (dataDir: string): DemoPaths => ({
  configFile: join(dataDir, "agent", "agent.json"),
  tokenFile: join(dataDir, "agent", "enrolment-token"),
  demoFolder: join(dataDir, "demo", "payment-svc"),
});

/** What the banner and the first page say about the agent's own limit. */
export const demoCeilingNote =
  "The local agent's own ceiling is caution. Only for the demo's folder and payment-svc it goes up to dangerous.";

const demoConfig = (server: string, demoUrl: string, { demoFolder }: DemoPaths) => ({
  server,
  name: demoAgentName,
  dataFolder: "data",
  ceiling: "caution",
  workingDirectories: [demoFolder],
  // A demo is watched from its first second: one automatic command per second instead of one per five.
  rateLimit: { intervalMs: 1_000, burst: 3 },
  allow: [
    { program: "curl", arguments: ["-s", "-X", "POST", `${demoUrl}/*`], maxRisk: "dangerous" },
    { program: "rm", arguments: ["-r", "*"], pathPrefix: demoFolder, maxRisk: "dangerous" },
    { program: "gzip", arguments: ["-kf", "*"], pathPrefix: demoFolder, maxRisk: "dangerous" },
    { program: "truncate", arguments: ["-s", "0", "*"], pathPrefix: demoFolder, maxRisk: "dangerous" },
  ],
});

const writePrivate = (file: string, text: string): void => writeFileSync(file, text, { mode: 0o600 });

/** Creates the agent's file, or lets its `server` follow a changed port. */
export function writeDemoAgentConfig(paths: DemoPaths, server: string, demoUrl: string): void {
  mkdirSync(join(paths.configFile, ".."), { recursive: true, mode: 0o700 });
  mkdirSync(paths.demoFolder, { recursive: true });
  if (!existsSync(paths.configFile)) {
    writePrivate(paths.configFile, `${JSON.stringify(demoConfig(server, demoUrl, paths), null, 2)}\n`);
    return;
  }
  const present = JSON.parse(readFileSync(paths.configFile, "utf8")) as Readonly<Record<string, unknown>>;
  if (present["server"] !== server) writePrivate(paths.configFile, `${JSON.stringify({ ...present, server }, null, 2)}\n`);
}

/** Leaves the token for the agent, or removes one that has served. */
export function writeDemoToken(paths: DemoPaths, token: string | null): void {
  rmSync(paths.tokenFile, { force: true });
  if (token !== null) writePrivate(paths.tokenFile, `${token}\n`);
}
