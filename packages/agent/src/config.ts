// The agent's local file: what this host allows, whatever a server says. In: the path of agent.json. Out: checked settings.
// It is read once at the start and only from disk; nothing that comes over the wire may change a value of it.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, isAbsolute, resolve } from "node:path";
import { type AllowLine, AppError, type TrustLevel } from "@dd0c/core";
import type { Risk } from "@dd0c/scanner";
import { type Fields, readFields } from "./read-fields.ts";

export interface AgentConfig {
  /** HOST:PORT of the server's agent port. */
  readonly server: string;
  /** Agent ports of the other servers on the same database; whichever answers is used. */
  readonly otherServers: readonly string[];
  readonly name: string;
  /** Keys, certificate, journal and the commands' HOME live here, mode 0700. */
  readonly dataFolder: string;
  readonly ceiling: Risk;
  readonly maxTrustLevel: TrustLevel;
  readonly allow: readonly AllowLine[];
  /** Absolute folders in which, and below which, commands may run; the first is the default. */
  readonly workingDirectories: readonly [string, ...string[]];
  /** Names that a dispatch or an assignment prefix may set. */
  readonly environmentNames: readonly string[];
  /** Set for every command, by this file alone: KUBECONFIG, AWS_PROFILE, ... */
  readonly profile: Readonly<Record<string, string>>;
  /** Where programs are looked up, in order. */
  readonly programDirs: readonly string[];
  readonly lang: string;
  readonly rateLimit: { readonly intervalMs: number; readonly burst: number };
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly maxStreamBytes: number;
  /** SHA-256 of the file, hex: lets people see which policy an agent runs with. */
  readonly policyHash: string;
}

const risks = ["safe", "caution", "unknown", "dangerous"] as const;
const defaultProgramDirs = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * Reads and checks the file.
 * @param file path of agent.json; relative folders in it count from its own folder
 * @throws AppError CONFIG_INVALID naming the field; also when others than the owner may write the file
 */
export function loadConfig(file: string): AgentConfig {
  const path = resolve(file);
  const { text, mode } = read(path);
  if ((mode & 0o022) !== 0) throw new AppError("CONFIG_INVALID", `${path} can be written by other users; make it mode 0600.`);
  const fields = readFields(parse(text, path), "agent.json");
  const config = readConfig(fields, dirname(path), createHash("sha256").update(text).digest("hex"));
  fields.done();
  return config;
}

function readConfig(fields: Fields, folder: string, policyHash: string): AgentConfig {
  const environment = fields.object("environment");
  const rateLimit = fields.object("rateLimit");
  const dataFolder = resolve(folder, fields.text("dataFolder", "agent-data"));
  return {
    server: address("server", fields.text("server")),
    otherServers: fields.texts("otherServers", []).map((each) => address("otherServers", each)),
    name: fields.text("name", hostname()),
    dataFolder,
    ceiling: fields.oneOf("ceiling", risks, "caution"),
    maxTrustLevel: trustLevel(fields.integer("maxTrustLevel", 0, 2, 2)),
    allow: fields.objects("allow").map(allowLine),
    workingDirectories: workingDirectories(fields.texts("workingDirectories", [resolve(dataFolder, "home")])),
    environmentNames: environment.texts("allow", []),
    profile: environment.map("profile"),
    programDirs: absolute("programDirs", fields.texts("programDirs", defaultProgramDirs)),
    lang: fields.text("lang", "C.UTF-8"),
    rateLimit: { intervalMs: rateLimit.integer("intervalMs", 0, 3_600_000, 5_000), burst: rateLimit.integer("burst", 1, 1_000, 3) },
    graceMs: fields.integer("graceMs", 0, 600_000, 5_000),
    maxStreamBytes: fields.integer("maxStreamBytes", 1_024, 100 << 20, 10 << 20),
    policyHash,
  };
}

function allowLine(fields: Fields): AllowLine {
  const pathPrefix = fields.has("pathPrefix") ? fields.text("pathPrefix") : null;
  if (pathPrefix !== null && !isAbsolute(pathPrefix))
    throw new AppError("CONFIG_INVALID", "agent.json.allow: pathPrefix must be absolute.");
  return {
    program: fields.text("program"),
    arguments: fields.texts("arguments", []),
    pathPrefix,
    maxRisk: fields.oneOf("maxRisk", risks, "safe"),
  };
}

function trustLevel(level: number): TrustLevel {
  return level === 1 || level === 2 ? level : 0;
}

function workingDirectories(folders: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = absolute("workingDirectories", folders);
  if (first === undefined) throw new AppError("CONFIG_INVALID", "agent.json.workingDirectories must name at least one folder.");
  return [first, ...rest];
}

function absolute(name: string, folders: readonly string[]): readonly string[] {
  if (!folders.every((folder) => isAbsolute(folder) && resolve(folder) === folder)) {
    throw new AppError("CONFIG_INVALID", `agent.json.${name} must hold absolute paths without . or .. in them.`);
  }
  return folders;
}

function address(name: string, text: string): string {
  if (!/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}$/.test(text))
    throw new AppError("CONFIG_INVALID", `agent.json.${name} must be HOST:PORT.`);
  return text;
}

function read(path: string): { text: string; mode: number } {
  try {
    return { text: readFileSync(path, "utf8"), mode: statSync(path).mode };
  } catch {
    throw new AppError("CONFIG_INVALID", `${path} cannot be read.`);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("CONFIG_INVALID", `${path} is not JSON.`);
  }
}
