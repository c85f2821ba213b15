// What the agent says about itself: everything that is missing is said, in the log and by its absence in the hello.
import type { HostGuard } from "@dd0c/executor";
import { describe, expect, it } from "vitest";
import { guardCapabilities, reportGuard } from "./host-guard-facts.ts";

const bare: HostGuard = {
  limits: undefined,
  runAs: undefined,
  hasSandbox: false,
  takesRightsOfRoot: false,
  noSandboxBecause: undefined,
  groups: undefined,
  noGroupsBecause: undefined,
  wrap: () => ({ file: "", argv0: "", args: [] }),
};
const limits = { cpuSeconds: 1, memoryBytes: 2, processes: 3, openFiles: 4 };
const groups = {
  folder: "/sys/fs/cgroup/agent",
  open: () => ({ add: () => undefined, met: () => ({ memory: false, processes: false }), close: () => undefined }),
};
const whole: HostGuard = { ...bare, limits, runAs: { user: "deploy", uid: 9, gid: 9 }, hasSandbox: true, groups };

function logged(guard: HostGuard): readonly string[] {
  const lines: string[] = [];
  reportGuard(guard, (level, event) => lines.push(`${level} ${event}`));
  return lines;
}

describe("what holds commands back", () => {
  it("says nothing of root where no number of processes is set", () => {
    expect(logged({ ...bare, limits: { ...limits, processes: null } })).toEqual(["info commands_limited"]);
  });

  it("is said whole", () => {
    expect(guardCapabilities(whole)).toEqual(["limits", "cgroup", "sandbox", "run-as"]);
    expect(logged(whole)).toEqual(["info commands_limited", "info commands_in_groups", "info commands_run_as", "info reads_in_sandbox"]);
  });

  it("is a warning where it is missing", () => {
    expect(guardCapabilities(bare)).toEqual([]);
    expect(logged({ ...bare, noSandboxBecause: "bwrap is not installed", noGroupsBecause: "it cannot be written" })).toEqual([
      "warn commands_without_limits",
      "info commands_without_groups",
      "warn reads_without_sandbox",
    ]);
  });

  it("says that root is not bound by the number of processes", () => {
    expect(logged({ ...bare, limits }).includes("warn process_limit_does_not_bind_root")).toBe(process.getuid?.() === 0);
  });
});
