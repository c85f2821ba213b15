// What the agent needs of its host: room on the disk, folders to work in and to find programs in, and the tools that hold commands down.
// Looks and changes nothing.

import { spawnSync } from "node:child_process";
import { existsSync, statfsSync, statSync } from "node:fs";
import { AppError } from "@dd0c/core";
import { findGroupFolder, resolveProgram } from "@dd0c/executor";
import type { AgentConfig } from "../config.ts";
import { loadSecrets } from "../secrets-file.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

const megabyte = 1 << 20;
const leastFreeMb = 100;
const littleFreeMb = 1_000;

export function checkHost(config: AgentConfig): readonly Finding[] {
  return [
    checkDisk(config.dataFolder),
    ...checkSecrets(config.secretsFile),
    ...config.workingDirectories.map(checkWorkingDirectory),
    ...config.programDirs.flatMap(checkProgramDir),
    checkTool("flock", "keeps a second agent off the journal", "Install util-linux."),
    checkLimits(config),
    checkGroups(config),
    checkSandbox(config.programDirs),
  ];
}

/** Read as a step that needs one would read it; no value and no name is said. */
function checkSecrets(file: string | null): readonly Finding[] {
  if (file === null) return [];
  try {
    return [ok("SECRETS_FILE", `${file} holds ${loadSecrets(file).size} secrets and is readable by its owner alone.`)];
  } catch (error) {
    const message = error instanceof AppError ? error.message : "The secrets file cannot be read.";
    return [problem("SECRETS_FILE", message, `chmod 600 ${file} and correct the field; until then every step with a secret is refused.`)];
  }
}

/** @param folder that need not exist yet: its nearest parent counts */
function checkDisk(folder: string): Finding {
  if (!existsSync(folder)) return folder === "/" ? ok("DISK_SPACE", "The disk was not looked at.") : checkDisk(parent(folder));
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / megabyte);
  const message = `${folder} has ${freeMb} MB free.`;
  const remedy = "Free space: without a journal that can be written the agent runs nothing.";
  if (freeMb < leastFreeMb) return problem("DISK_SPACE", message, remedy);
  return freeMb < littleFreeMb ? warning("DISK_SPACE", message, remedy) : ok("DISK_SPACE", message);
}

const parent = (folder: string): string => folder.slice(0, Math.max(1, folder.lastIndexOf("/")));

function checkWorkingDirectory(folder: string): Finding {
  if (isFolder(folder)) return ok("WORKING_DIRECTORY", `${folder} is there to work in.`);
  return problem("WORKING_DIRECTORY", `${folder} is no folder.`, "Create it, or take it off workingDirectories in agent.json.");
}

function checkProgramDir(folder: string): readonly Finding[] {
  if (!isFolder(folder)) return [];
  const isOpen = (statSync(folder).mode & 0o002) !== 0;
  if (!isOpen) return [ok("PROGRAM_DIR", `Programs are looked up in ${folder}.`)];
  const remedy = `chmod o-w ${folder}, or take it off programDirs in agent.json.`;
  return [problem("PROGRAM_DIR", `Everybody may put programs into ${folder}.`, remedy)];
}

/** Looked up where the executor does: a tool elsewhere is of no use to it. */
const systemDirs = ["/usr/bin", "/bin"];

function checkTool(name: string, why: string, remedy: string): Finding {
  const code = `TOOL_${name.toUpperCase()}`;
  if (resolveProgram(name, systemDirs).kind === "found") return ok(code, `${name} is there: it ${why}.`);
  return problem(code, `${name} is missing: it ${why}.`, remedy);
}

/** The agent does not start without what its file requires. */
function checkLimits({ limits }: AgentConfig): Finding {
  if (limits !== null)
    return checkTool("prlimit", "limits what a command may use", "Install util-linux, or give the limits up with limits.mode off.");
  return warning("TOOL_PRLIMIT", "limits.mode is off: a command may use all of this host.", "Take limits.mode off out of agent.json.");
}

function checkGroups({ limits, cgroup }: AgentConfig): Finding {
  if (limits === null) return ok("CGROUP", "Commands have no limits, and no control groups.");
  const found = findGroupFolder(cgroup);
  if (found.kind === "found") return ok("CGROUP", `All processes of a command are limited together, in ${found.folder}.`);
  const alone = `Limits hold for each process of a command alone: ${found.because}.`;
  if (cgroup === "off") return ok("CGROUP", alone);
  return warning("CGROUP", alone, "Delegate a control group to the agent (Delegate=yes), or set limits.cgroup to one, or to off.");
}

/** Having bubblewrap is not enough: many kernels forbid the namespaces that it needs. */
function checkSandbox(programDirs: readonly string[]): Finding {
  const found = resolveProgram("bwrap", ["/usr/bin", "/bin", ...programDirs]);
  const without = "Read-only commands run without a sandbox.";
  if (found.kind !== "found") return warning("TOOL_BWRAP", `bwrap is missing. ${without}`, "Install bubblewrap.");
  const { status } = spawnSync(found.path, ["--ro-bind", "/", "/", "--unshare-user", "/bin/true"], {
    env: {},
    timeout: 5_000,
    stdio: "ignore",
  });
  if (status === 0) return ok("TOOL_BWRAP", "bwrap is there and works.");
  return warning("TOOL_BWRAP", `bwrap is there but may not make a sandbox. ${without}`, "Allow unprivileged user namespaces on this host.");
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
