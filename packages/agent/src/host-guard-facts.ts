// What holds commands back on this host, said where it is read: in the log at every start, and to the server at every connection.
// In: the executor's guard. Out: log lines, words and figures for the hello. It decides nothing.

import type { HostGuard } from "@dd0c/executor";
import type { HostFacts } from "@dd0c/protocol/agent";
import type { AgentConfig } from "./config.ts";
import type { Log } from "./log.ts";

/** Words of the hello: what is missing there is not there. */
export function guardCapabilities(guard: HostGuard): readonly string[] {
  return [
    ...(guard.limits === undefined ? [] : ["limits"]),
    ...(guard.groups === undefined ? [] : ["cgroup"]),
    ...(guard.hasSandbox ? ["sandbox"] : []),
    ...(guard.runAs === undefined ? [] : ["run-as"]),
  ];
}

/** The figures behind these words. */
export function hostFacts(
  guard: HostGuard,
  { maxStreamBytes, sandboxExcept }: Pick<AgentConfig, "maxStreamBytes" | "sandboxExcept">,
): HostFacts {
  const { limits, runAs, noSandboxBecause } = guard;
  return {
    limits: limits && { ...limits, processes: limits.processes ?? undefined },
    maxStreamBytes,
    ...(runAs === undefined ? {} : { runAs: runAs.user }),
    asRoot: guard.asRoot,
    sandbox: guard.hasSandbox,
    ...(noSandboxBecause === undefined ? {} : { noSandboxBecause }),
    sandboxExcept: guard.hasSandbox ? [...sandboxExcept] : [],
  };
}

export function reportGuard(guard: HostGuard, log: Log): void {
  const { runAs, noSandboxBecause } = guard;
  reportLimits(guard, log);
  if (guard.groups !== undefined) log("info", "commands_in_groups", { folder: guard.groups.folder });
  else if (guard.noGroupsBecause !== undefined) log("info", "commands_without_groups", { because: guard.noGroupsBecause });
  if (runAs !== undefined) log("info", "commands_run_as", { user: runAs.user });
  if (guard.hasSandbox) log("info", "reads_in_sandbox");
  else if (noSandboxBecause !== undefined) log("warn", "reads_without_sandbox", { because: noSandboxBecause });
}

function reportLimits({ limits, asRoot }: HostGuard, log: Log): void {
  if (limits === undefined) return log("warn", "commands_without_limits", { setting: "limits.mode is off" });
  log("info", "commands_limited", { ...limits, processes: limits.processes ?? "as many as the account may have" });
  // The kernel counts processes per account, and never for root.
  if (asRoot && limits.processes !== null) log("warn", "process_limit_does_not_bind_root", { setting: "runAs names no user" });
}
