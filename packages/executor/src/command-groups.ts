// Limits of a whole command, all its processes together: a control group (cgroup v2) for each, below a folder that this agent may write.
// In: what /proc says, or a folder of the local file. Out: groups to put processes into, or in words why there are none.
// It comes beside prlimit and never instead of it: where there is no such folder, limits hold for each process alone.

import { accessSync, appendFileSync, constants, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { errnoOf } from "./executor-error.ts";

/** Of one command; memory in bytes. */
export interface GroupLimits {
  readonly memoryBytes: number;
  readonly processes: number;
}

export interface CommandGroup {
  /** Puts a process that was just started into the group; all that it starts from then on is in it too. One that has ended already is none. */
  add(pid: number): void;
  /** What the kernel says of the limits: which were met. */
  met(): { readonly memory: boolean; readonly processes: boolean };
  /** Removes it. One that still has processes stays until the next start of an agent. */
  close(): void;
}

export interface CommandGroups {
  readonly folder: string;
  open(name: string): CommandGroup;
}

export type GroupFolder = { readonly kind: "found"; readonly folder: string } | { readonly kind: "none"; readonly because: string };

/** Texts of /proc/self/mountinfo and /proc/self/cgroup. */
export interface GroupFacts {
  readonly mountinfo: string;
  readonly cgroup: string;
}

const CONTROLLERS = ["memory", "pids"];
const PREFIX = "dd0c-";
const none = (because: string): GroupFolder => ({ kind: "none", because });

const readFacts = (): GroupFacts => ({
  mountinfo: readFileSync("/proc/self/mountinfo", "latin1"),
  cgroup: readFileSync("/proc/self/cgroup", "latin1"),
});

/** The group that this process is in, as a folder. A mount may begin below the root of the hierarchy. */
function ownFolder({ mountinfo, cgroup }: GroupFacts): string | undefined {
  const line = mountinfo.split("\n").find((each) => / - cgroup2 /.test(each));
  const [, , , root, mount] = line?.split(" ") ?? [];
  const path = /^0::(\/.*)$/m.exec(cgroup)?.[1];
  if (root === undefined || mount === undefined || path === undefined) return undefined;
  if (root === "/") return join(mount, path);
  return path === root || path.startsWith(`${root}/`) ? join(mount, path.slice(root.length)) : undefined;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const wordsOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, "latin1").trim().split(/\s+/);
  } catch {
    return [];
  }
};

/**
 * Where groups can be made. Looks and changes nothing.
 * @param wanted "auto": the agent's own group; or a folder, which the host's owner has delegated
 */
export function findGroupFolder(wanted: string, facts: GroupFacts = readFacts()): GroupFolder {
  if (wanted === "off") return none("limits.cgroup is off");
  const folder = isAbsolute(wanted) ? wanted : ownFolder(facts);
  if (folder === undefined) return none("there is no cgroup v2 hierarchy here");
  const has = wordsOf(join(folder, "cgroup.controllers"));
  if (!CONTROLLERS.every((name) => has.includes(name))) return none(`${folder} does not control memory and pids`);
  const isOurs = [folder, join(folder, "cgroup.subtree_control")].every(isWritable);
  return isOurs ? { kind: "found", folder } : none(`${folder} cannot be written`);
}

/**
 * Makes the folder ready, tries a group out, and removes what an earlier life has left empty.
 * @returns undefined and why, where the kernel does not take it: a group that has processes of its own cannot hand controllers on
 */
export function openCommandGroups(found: GroupFolder, limits: GroupLimits): CommandGroups | { readonly because: string } {
  if (found.kind === "none") return found;
  const { folder } = found;
  const open = (name: string): CommandGroup => openGroup(join(folder, `${PREFIX}${name}`), limits);
  try {
    const control = join(folder, "cgroup.subtree_control");
    const on = wordsOf(control);
    if (!CONTROLLERS.every((name) => on.includes(name))) writeFileSync(control, "+memory +pids");
    for (const name of readdirSync(folder)) if (name.startsWith(PREFIX)) removeGroup(join(folder, name));
    open("probe").close();
    return { folder, open };
  } catch (error) {
    const busy = errnoOf(error) === "EBUSY" ? "; the agent stands in it itself: give it a subgroup of its own" : "";
    return { because: `${folder} takes no groups (${errnoOf(error)}${busy})` };
  }
}

function removeGroup(group: string): void {
  try {
    rmdirSync(group);
  } catch {
    // It still has processes.
  }
}

/** @throws a system error where the kernel takes no group or no limit */
function openGroup(group: string, { memoryBytes, processes }: GroupLimits): CommandGroup {
  mkdirSync(group, { recursive: true });
  writeFileSync(join(group, "memory.max"), String(memoryBytes));
  writeFileSync(join(group, "pids.max"), String(processes));
  const count = (file: string, name: string): number => {
    const words = wordsOf(join(group, file));
    return Number(words[words.indexOf(name) + 1] ?? 0);
  };
  return {
    add(pid) {
      try {
        appendFileSync(join(group, "cgroup.procs"), String(pid));
      } catch {
        // It has ended, or prlimit alone holds it.
      }
    },
    met: () => ({
      memory: wordsOf(join(group, "memory.events")).includes("oom_kill") && count("memory.events", "oom_kill") > 0,
      processes: wordsOf(join(group, "pids.events")).includes("max") && count("pids.events", "max") > 0,
    }),
    close: () => removeGroup(group),
  };
}
