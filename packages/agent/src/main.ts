// The agent program: `node dist/main.js --config FILE [--enroll-token-file FILE]`, or `resume EXECUTION --config FILE`. Reads its file, enrols once, runs until SIGINT or SIGTERM.
// Exit 0 after a signal, 1 with an error code on stderr, 2 on wrong usage. It opens no socket that listens.

import "./small-memory.ts";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AppError } from "@dd0c/core";
import { startAgent } from "./agent.ts";
import { certificateRenewal } from "./certificate-renewal.ts";
import { type AgentConfig, loadConfig } from "./config.ts";
import { enrol } from "./enrol.ts";
import { type AgentIdentity, loadIdentity, saveIdentity } from "./identity.ts";
import { jsonLog, type Log } from "./log.ts";
import { describeBinary, ownBinary } from "./release/own-binary.ts";

const usage =
  "Usage: agent --config FILE [--enroll-token-file FILE]\n       agent resume EXECUTION --config FILE\n       agent --version\n";

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

/** The stored identity; without one the token file is used up for a new one. */
async function identify(config: AgentConfig, tokenFile: string | undefined, log: Log): Promise<AgentIdentity> {
  const stored = loadIdentity(config.dataFolder);
  if (stored !== undefined) return stored;
  if (tokenFile === undefined)
    throw new AppError("CERTIFICATE_INVALID", "This agent is not enrolled. Start it once with --enroll-token-file FILE.");
  const identity = await enrol(config.server, config.name, readToken(tokenFile));
  saveIdentity(config.dataFolder, identity);
  log("info", "enrolled", { agent: identity.agentId, tenant: identity.tenantId });
  return identity;
}

function readToken(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new AppError("ENROLMENT_TOKEN_INVALID", "The token file cannot be read.");
  }
}

async function run({ config: file, tokenFile }: Arguments): Promise<void> {
  const log = jsonLog((line) => process.stderr.write(line), Date.now);
  const config = loadConfig(file);
  const renewal = certificateRenewal(config.server, config.dataFolder, await identify(config, tokenFile, log), log);
  await renewal.check();
  const agent = await startAgent({
    config,
    identity: renewal.current,
    log,
    // Whoever started us as a child with a channel (npm start) waits for this.
    onConnected: () => process.send?.({ type: "connected" }),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    log("info", "stopping");
    renewal.stop();
    agent.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** What stands in front of the options; each part is read only when it is asked for. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number | undefined>>> = {
  resume: async (args) => (await import("./resume/resume.ts")).resumeCommand(args),
  "--version": async () => {
    process.stdout.write(describeBinary(ownBinary()));
    return 0;
  },
};

async function main([first = "", ...rest]: readonly string[]): Promise<void> {
  ownBinary();
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const given = command === undefined ? readArguments([first, ...rest].filter((word) => word !== "")) : undefined;
  if (given !== undefined) return run(given);
  const code = await command?.(rest);
  if (code === undefined) process.stderr.write(usage);
  process.exit(code ?? 2);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "INTERNAL_ERROR";
  process.stderr.write(`${code}: ${error instanceof Error ? error.message : "unknown failure"}\n`);
  process.exit(1);
});
