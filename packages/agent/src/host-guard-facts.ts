// What holds commands back on this host, said where it is read: in the log at every start, and to the server at every connection.
// In: the executor's guard. Out: log lines and words for the hello. It decides nothing.

import type { HostGuard } from "@dd0c/executor";
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

export function reportGuard(guard: HostGuard, log: Log): void {
  const { runAs, noSandboxBecause } = guard;
  reportLimits(guard, log);
  if (guard.groups !== undefined) log("info", "commands_in_groups", { folder: guard.groups.folder });
  else if (guard.noGroupsBecause !== undefined) log("info", "commands_without_groups", { because: guard.noGroupsBecause });
  if (runAs !== undefined) log("info", "commands_run_as", { user: runAs.user });
  if (guard.hasSandbox) log("info", "reads_in_sandbox");
  else if (noSandboxBecause !== undefined) log("warn", "reads_without_sandbox", { because: noSandboxBecause });
}

function reportLimits({ limits, runAs }: HostGuard, log: Log): void {
  if (limits === undefined) return log("warn", "commands_without_limits", { setting: "limits.mode is off" });
  log("info", "commands_limited", { ...limits, processes: limits.processes ?? "as many as the account may have" });
  // The kernel counts processes per account, and never for root.
  const isRoot = runAs === undefined && process.getuid?.() === 0;
  if (isRoot && limits.processes !== null) log("warn", "process_limit_does_not_bind_root", { setting: "runAs names no user" });
}
