// The agent's local file: what this host allows, whatever a server says. In: the path of agent.json. Out: checked settings.
// It is read once at the start and only from disk; nothing that comes over the wire may change a value of it.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { type AllowLine, AppError, type TrustLevel } from "@dd0c/core";
import type { CommandLimits } from "@dd0c/executor";
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
  /** The local store of secrets; null: this agent has none. */
  readonly secretsFile: string | null;
  readonly rateLimit: { readonly intervalMs: number; readonly burst: number };
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly maxStreamBytes: number;
  /** What a process of a command may use; null where the owner gave limits up. */
  readonly limits: CommandLimits | null;
  /** Where whole commands are limited: "auto", "off", or a folder of cgroup v2 that the owner has delegated. */
  readonly cgroup: string;
  /** User whose rights commands have; null: the agent's own. */
  readonly runAs: string | null;
  /** For commands proven to only read: where bubblewrap works, never, or always. */
  readonly sandbox: (typeof sandboxes)[number];
  /** Programs that run outside it, by name. */
  readonly sandboxExcept: readonly string[];
  /** Top folders of git repositories whose configuration may name programs. */
  readonly repositories: readonly string[];
  /** SHA-256 of the file, hex: lets people see which policy an agent runs with. */
  readonly policyHash: string;
}

const risks = ["safe", "caution", "unknown", "dangerous"] as const;
const sandboxes = ["auto", "off", "required"] as const;
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
  const limits = fields.object("limits");
  const cgroup = limits.text("cgroup", "auto");
  if (!["auto", "off"].includes(cgroup)) absolute("limits.cgroup", [cgroup]);
  const runAs = fields.has("runAs") ? userName(fields.text("runAs")) : null;
  return {
    server: address("server", fields.text("server")),
    otherServers: fields.texts("otherServers", []).map((each) => address("otherServers", each)),
    name: fields.text("name", hostname()),
    dataFolder,
    ceiling: fields.oneOf("ceiling", risks, "caution"),
    maxTrustLevel: trustLevel(fields.integer("maxTrustLevel", 0, 2, 2)),
    allow: fields.objects("allow").map(allowLine),
    workingDirectories: workingDirectories(fields.texts("workingDirectories", [commandHome({ dataFolder, runAs })])),
    environmentNames: environment.texts("allow", []),
    profile: environment.map("profile"),
    programDirs: absolute("programDirs", fields.texts("programDirs", defaultProgramDirs)),
    lang: fields.text("lang", "C.UTF-8"),
    secretsFile: fields.has("secretsFile") ? resolve(folder, fields.text("secretsFile")) : null,
    rateLimit: { intervalMs: rateLimit.integer("intervalMs", 0, 3_600_000, 5_000), burst: rateLimit.integer("burst", 1, 1_000, 3) },
    graceMs: fields.integer("graceMs", 0, 600_000, 5_000),
    maxStreamBytes: fields.integer("maxStreamBytes", 1_024, 100 << 20, 10 << 20),
    limits: commandLimits(limits, runAs),
    cgroup,
    runAs,
    sandbox: fields.oneOf("sandbox", sandboxes, "auto"),
    sandboxExcept: fields.texts("sandboxExcept", []),
    repositories: absolute("repositories", fields.texts("repositories", [])),
    policyHash,
  };
}

/** HOME of the commands. That of another user lies beside the data folder, which stays closed to everybody but the agent. */
export function commandHome({ dataFolder, runAs }: Pick<AgentConfig, "dataFolder" | "runAs">): string {
  return runAs === null ? join(dataFolder, "home") : `${dataFolder}-${runAs}`;
}

/** An account that is not the commands' own may have more processes already, of other programs, than commands should have. */
function commandLimits(fields: Fields, runAs: string | null): CommandLimits | null {
  const processes = fields.has("processes") || runAs !== null ? fields.integer("processes", 8, 1_000_000, 512) : null;
  const limits = {
    cpuSeconds: fields.integer("cpuSeconds", 1, 31_536_000, 600),
    memoryBytes: fields.integer("memoryBytes", 64 << 20, 2 ** 50, 4 * 2 ** 30),
    processes,
    openFiles: fields.integer("openFiles", 16, 1_000_000, 4_096),
  };
  return fields.oneOf("mode", ["required", "off"], "required") === "off" ? null : limits;
}

function userName(name: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(name)) throw new AppError("CONFIG_INVALID", "agent.json.runAs must be the name of a user.");
  return name;
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
