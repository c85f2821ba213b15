// What the agent says about itself: everything that is missing is said, in the log and by its absence in the hello.
import type { HostGuard } from "@dd0c/executor";
import { describe, expect, it } from "vitest";
import { guardCapabilities, hostFacts, reportGuard } from "./host-guard-facts.ts";

const bare: HostGuard = {
  limits: undefined,
  runAs: undefined,
  asRoot: false,
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

  it("is said in figures, with what the file leaves open left out", () => {
    const config = { maxStreamBytes: 5, sandboxExcept: ["iptables"] };
    expect(hostFacts(whole, config)).toEqual({
      limits,
      maxStreamBytes: 5,
      runAs: "deploy",
      asRoot: false,
      sandbox: true,
      sandboxExcept: ["iptables"],
    });
    const unlimited = { maxStreamBytes: 5, asRoot: true, sandbox: false, noSandboxBecause: "bwrap is not installed", sandboxExcept: [] };
    expect(hostFacts({ ...bare, asRoot: true, noSandboxBecause: "bwrap is not installed" }, config)).toEqual(unlimited);
    expect(hostFacts({ ...bare, limits: { ...limits, processes: null } }, config).limits?.processes).toBeUndefined();
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
    expect(logged({ ...bare, limits, asRoot: true })).toContain("warn process_limit_does_not_bind_root");
    expect(logged({ ...bare, limits })).not.toContain("warn process_limit_does_not_bind_root");
  });
});
