// The agent side of a test: a folder with agent.json, and the agent in this process or as the program that users start.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Agent, type AgentOptions, enrol, loadConfig, loadIdentity, saveIdentity, startAgent } from "@dd0c/agent";
import { buildApp } from "../../scripts/lib/apps.mjs";
import type { ControlPlane } from "./control-plane.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface HostOptions {
  readonly agentId?: string;
  /** Fields of agent.json beside server and working directory. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface Host {
  readonly folder: string;
  readonly work: string;
  readonly configFile: string;
}

/** A folder for one agent; commands run in `work`. */
export function newHost(plane: ControlPlane, { agentId = "agent-1", config = {} }: HostOptions = {}): Host {
  const folder = join(plane.folder, `host-${agentId}`);
  const work = join(folder, "work");
  mkdirSync(work, { recursive: true });
  const configFile = join(folder, "agent.json");
  const fields = { server: `127.0.0.1:${plane.port}`, name: agentId, workingDirectories: [work], graceMs: 500, ...config };
  writeFileSync(configFile, JSON.stringify(fields), { mode: 0o600 });
  return { folder, work, configFile };
}

/** Starts the agent inside this process, enrolling it at the first start. */
export async function startHere(
  plane: ControlPlane,
  host: Host,
  agentId = "agent-1",
  log: string[] = [],
  more: Pick<AgentOptions, "canaryJudge"> = {},
): Promise<Agent> {
  const config = loadConfig(host.configFile);
  if (loadIdentity(config.dataFolder) === undefined) {
    saveIdentity(config.dataFolder, await enrol(config.server, config.name, plane.newToken(agentId)));
  }
  const identity = loadIdentity(config.dataFolder)!;
  const agent = await startAgent({
    config,
    identity: () => identity,
    log: (level, event, facts) => log.push(JSON.stringify({ level, event, ...facts })),
    ...more,
  });
  await plane.online(agentId);
  return agent;
}

const outdir = join(root, ".cache", `agent-link-${process.pid}`);
let bundle: Promise<string> | undefined;

/** The program as users get it, bundled from the sources as they are. */
export function agentProgram(): Promise<string> {
  bundle ??= bundleAgent();
  return bundle;
}

/** Call when no agent of this file's tests runs any more. */
export function removeAgentProgram(): void {
  rmSync(outdir, { recursive: true, force: true });
  bundle = undefined;
}

async function bundleAgent(): Promise<string> {
  await buildApp("agent", outdir);
  return join(outdir, "main.js");
}

export interface AgentProcess {
  readonly child: ChildProcess;
  readonly log: () => string;
  /** The exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
}

/** Starts the program. @param token written to a file for the first start @param env beside this process's own */
export async function startProcess(host: Host, token?: string, env: Readonly<Record<string, string>> = {}): Promise<AgentProcess> {
  const tokenFile = join(host.folder, "token");
  if (token !== undefined) writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = ["--config", host.configFile, ...(token === undefined ? [] : ["--enroll-token-file", tokenFile])];
  const child = spawn(process.execPath, [await agentProgram(), ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exited = new Promise<number | string>((resolve) => child.on("exit", (code, signal) => resolve(code ?? signal ?? "")));
  return { child, log: () => log, exited };
}

/** Resident memory of a process in megabytes. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
