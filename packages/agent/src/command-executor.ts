// How commands run on this host, by its local file alone: the same for a step that a server sent and for one under a capsule.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_ALLOWED_NAMES, type Executor, openExecutor } from "@dd0c/executor";
import type { AgentConfig } from "./config.ts";

/** @throws ExecutorError when the folder of the commands' HOME cannot be used */
export function commandExecutor(config: AgentConfig): Executor {
  const home = join(config.dataFolder, "home");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return openExecutor({
    home,
    programDirs: config.programDirs,
    lang: config.lang,
    allowedNames: [...DEFAULT_ALLOWED_NAMES, ...config.environmentNames],
    profile: config.profile,
    graceMs: config.graceMs,
    maxStreamBytes: config.maxStreamBytes,
  });
}
