// How commands run on this host, by its local file alone: the same for a step that a server sent and for one under a capsule.

import { DEFAULT_ALLOWED_NAMES, type Executor, openExecutor } from "@dd0c/executor";
import { type AgentConfig, commandHome } from "./config.ts";
import { findUser } from "./run-as-user.ts";

/** @throws ExecutorError where the commands' HOME, limits, account or sandbox cannot be had */
export const commandExecutor = (config: AgentConfig): Executor =>
  openExecutor({
    home: commandHome(config),
    programDirs: config.programDirs,
    lang: config.lang,
    allowedNames: [...DEFAULT_ALLOWED_NAMES, ...config.environmentNames],
    profile: config.profile,
    graceMs: config.graceMs,
    maxStreamBytes: config.maxStreamBytes,
    limits: config.limits ?? undefined,
    cgroup: config.cgroup,
    runAs: config.runAs === null ? undefined : findUser(config.runAs),
    sandbox: config.sandbox,
  });
