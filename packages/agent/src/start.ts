// `agent start`: reads the file, enrols where a new token says so, runs until SIGINT or SIGTERM.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AppError } from "@dd0c/core";
import { type Agent, startAgent } from "./agent.ts";
import { certificateRenewal } from "./certificate-renewal.ts";
import { type AgentConfig, loadConfig } from "./config.ts";
import { enrol, tokenHash } from "./enrol.ts";
import { type AgentIdentity, loadIdentity, saveIdentity } from "./identity.ts";
import { jsonLog, type Log } from "./log.ts";
import { honourProxy } from "./proxy.ts";
import { firstReachable, serversInTurn } from "./servers.ts";

interface Arguments {
  readonly config: string;
  readonly tokenFile: string | undefined;
}

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { config: { type: "string" }, "enroll-token-file": { type: "string" } } });
    return values.config === undefined ? undefined : { config: values.config, tokenFile: values["enroll-token-file"] };
  } catch {
    return undefined;
  }
}

function readToken(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The stored identity; a token that it did not come from is used up for a new one, without which nothing starts. */
export async function identify(config: AgentConfig, tokenFile: string | undefined, log: Log): Promise<AgentIdentity> {
  const stored = loadIdentity(config.dataFolder);
  const token = readToken(tokenFile);
  if (stored !== undefined && (token === undefined || stored.tokenHash === null || stored.tokenHash === tokenHash(token))) return stored;
  if (tokenFile === undefined)
    throw new AppError("CERTIFICATE_INVALID", "This agent is not enrolled. Start it once with --enroll-token-file FILE.");
  if (token === undefined) throw new AppError("ENROLMENT_TOKEN_INVALID", "The token file cannot be read.");
  const identity = await firstReachable(serversInTurn(config), (server) => enrol(server, config.name, token, stored));
  saveIdentity(config.dataFolder, identity);
  log("info", "enrolled", { agent: identity.agentId, tenant: identity.tenantId, again: stored !== undefined });
  return identity;
}

/** Resolves with the exit code after a signal. @throws AppError, ExecutorError what keeps it from starting */
export async function start(args: readonly string[]): Promise<number | undefined> {
  const given = readArguments(args);
  if (given === undefined) return undefined;
  honourProxy(process.env);
  const log = jsonLog((line) => process.stderr.write(line), Date.now);
  const config = loadConfig(given.config);
  const running: { agent?: Agent } = {};
  const renewal = certificateRenewal(serversInTurn(config), config.dataFolder, await identify(config, given.tokenFile, log), log, () =>
    running.agent?.redial(),
  );
  await renewal.check();
  const agent = await startAgent({
    config,
    identity: renewal.current,
    log,
    // Whoever started us as a child with a channel (npm start) waits for this.
    onConnected: () => process.send?.({ type: "connected" }),
  });
  running.agent = agent;
  await signalled();
  log("info", "stopping");
  renewal.stop();
  return agent.stop().then(
    () => 0,
    () => 1,
  );
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
}
