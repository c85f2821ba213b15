// From the name of a user to the numbers that the kernel knows. In: runAs of the local file. Out: user and group.
// It asks `id`, which knows every directory service of the host; it must never give root, and never guess.

import { execFileSync } from "node:child_process";
import { AppError } from "@dd0c/core";
import { resolveProgram, type RunAs } from "@dd0c/executor";

/** @throws AppError CONFIG_INVALID: no such user, root, or an agent that is not root and so can be nobody else */
export function findUser(user: string): RunAs {
  const id = resolveProgram("id", ["/usr/bin", "/bin"]);
  if (id.kind === "refused") throw invalid("cannot be looked up: id (coreutils or busybox) is missing");
  if (process.getuid?.() !== 0) throw invalid("needs an agent that runs as root; only root can start commands as somebody else");
  const ask = (flag: "-u" | "-g"): number => {
    try {
      const text = execFileSync(id.path, [flag, user], { env: {}, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" }).trim();
      if (/^\d+$/.test(text)) return Number(text);
    } catch {
      // Said below.
    }
    throw invalid(`names no user of this host: ${user}`);
  };
  const found: RunAs = { user, uid: ask("-u"), gid: ask("-g") };
  if (found.uid === 0 || found.gid === 0) throw invalid("must not name root, or a user of root's group");
  return found;
}

function invalid(message: string): AppError {
  return new AppError("CONFIG_INVALID", `agent.json.runAs ${message}.`);
}
