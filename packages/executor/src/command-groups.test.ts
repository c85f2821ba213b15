// Control groups of whole commands: where they are found, what is asked of the kernel, and what is said where there are none. The kernel's side is
// a folder with the files that cgroup v2 has there; nothing in it limits anything, so that the limits themselves are not shown here.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findGroupFolder, openCommandGroups } from "./command-groups.ts";
import { openFixture, run, sh, single } from "./testing/run-fixture.ts";

const root = mkdtempSync(join(tmpdir(), "dd0c-cgroup-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let at = 0;
let mount: string;

/** A folder as the kernel makes it for a group. */
function group(path: string, controllers = "cpu memory pids"): string {
  const folder = join(mount, path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cgroup.controllers"), `${controllers}\n`);
  writeFileSync(join(folder, "cgroup.subtree_control"), "\n");
  return folder;
}
const mounted = (below = "/", kind = "cgroup2") => `31 23 0:27 ${below} ${mount} rw,nosuid shared:9 - ${kind} cgroup2 rw,nsdelegate\n`;
const text = (...path: string[]): string => readFileSync(join(...path), "utf8");
const limits = { memoryBytes: 1 << 30, processes: 64 };

beforeEach(() => {
  mount = join(root, String(++at));
  mkdirSync(mount);
});

describe("the folder", () => {
  it("is the agent's own group, below whatever is mounted", () => {
    const folder = group("system.slice/agent");
    expect(findGroupFolder("auto", { mountinfo: mounted(), cgroup: "0::/system.slice/agent\n" })).toEqual({ kind: "found", folder });
    const facts = { mountinfo: mounted("/pod7"), cgroup: "4:memory:/x\n0::/pod7/system.slice/agent\n" };
    expect(findGroupFolder("auto", facts)).toEqual({ kind: "found", folder });
  });

  it("is the one that the local file names", () => {
    const folder = group("delegated");
    expect(findGroupFolder(folder, { mountinfo: "", cgroup: "" })).toEqual({ kind: "found", folder });
  });

  it.each([
    ["there is no cgroup v2", () => ({ mountinfo: mounted("/", "cgroup"), cgroup: "4:memory:/\n" }), /no cgroup v2 hierarchy/],
    ["the mount begins elsewhere", () => ({ mountinfo: mounted("/pod7"), cgroup: "0::/pod77\n" }), /no cgroup v2 hierarchy/],
    [
      "the controllers are another hierarchy's",
      () => (group("a", "hugetlb"), { mountinfo: mounted(), cgroup: "0::/a\n" }),
      /memory and pids/,
    ],
    ["it is not there", () => ({ mountinfo: mounted(), cgroup: "0::/gone\n" }), /memory and pids/],
  ])("is none where %s, and why is said", (_what, facts, because) => {
    expect(findGroupFolder("auto", facts())).toEqual({ kind: "none", because: expect.stringMatching(because) as string });
  });

  it("is none where it is off, and asks the kernel for nothing", () => {
    expect(findGroupFolder("off")).toEqual({ kind: "none", because: "limits.cgroup is off" });
  });

  it("of this machine is one that can be used, or it is said why not", () => {
    const found = findGroupFolder("auto");
    const controllers = found.kind === "found" ? text(found.folder, "cgroup.controllers") : found.because;
    expect(controllers).toMatch(/memory.*pids|cgroup v2|cannot be written/);
  });
});

describe("a command in a group of its own", () => {
  it("has its limits and every process of it there, and the step says which limit the kernel saw met", async () => {
    const folder = group("agent");
    const fixture = openFixture({ limits: { cpuSeconds: 9, memoryBytes: 1 << 30, processes: null, openFiles: 99 }, cgroup: folder });
    expect(text(folder, "cgroup.subtree_control")).toBe("+memory +pids");
    const own = join(folder, "dd0c-step-in-a-group");
    // What the kernel would write there.
    const script = `echo 'oom 1 oom_kill 1' > ${own}/memory.events; echo 'max 2' > ${own}/pids.events; echo $$; exit 1`;
    const done = await run(fixture, single(sh(script), ["cat"]), { stepExecutionId: "step-in-a-group" });
    expect([text(own, "memory.max"), text(own, "pids.max")]).toEqual([String(1 << 30), "512"]);
    expect(text(own, "cgroup.procs").startsWith(done.stdout.trim())).toBe(true);
    expect(done.result.note).toBe(
      "A process was killed because all of the command together had 1 GiB of memory (limits.memoryBytes in agent.json). It could start no further process: all of the command together had as many as it may (limits.processes in agent.json).",
    );
    fixture.close();
  });

  it("is as ever where the kernel takes no group: prlimit alone, and why is said", async () => {
    const folder = group("agent");
    rmSync(join(folder, "cgroup.subtree_control"));
    mkdirSync(join(folder, "cgroup.subtree_control"));
    expect(openCommandGroups({ kind: "found", folder }, limits)).toEqual({ because: `${folder} takes no groups (EISDIR)` });
    const fixture = openFixture({ limits: { cpuSeconds: 9, memoryBytes: 1 << 30, processes: null, openFiles: 99 }, cgroup: folder });
    expect(fixture.executor.guard.noGroupsBecause).toContain("takes no groups");
    expect((await run(fixture, single(sh("ulimit -n")))).stdout).toBe("99\n");
    fixture.close();
  });

  it("is gone afterwards, and so is what an earlier life left empty", () => {
    const folder = group("agent");
    mkdirSync(join(folder, "dd0c-left"));
    mkdirSync(join(folder, "somebody-else"));
    openCommandGroups({ kind: "found", folder }, limits);
    expect([existsSync(join(folder, "dd0c-left")), existsSync(join(folder, "somebody-else"))]).toEqual([false, true]);
  });
});
