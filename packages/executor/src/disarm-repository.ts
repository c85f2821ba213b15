// git runs programs that a repository's configuration names: filters, text conversions, the other end of a fetch. Their names are the
// repository's, so that they are looked up directly before a command that is proven to only read, and each is set to something harmless.
// In: prepared members. Out: the same members with more in git's environment. Where that cannot be had, git is given a setting that it refuses.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { disarmedGit, PLAIN_DIFF } from "./disarming-variables.ts";
import type { Executor } from "./executor.ts";
import { findGit } from "./git-call.ts";
import type { PreparedMember } from "./prepare-plan.ts";
import { resolveProgram } from "./resolve-program.ts";

/** git reads its configuration within milliseconds; one that takes longer is a trap of its own. */
const LOOKUP_LIMIT_MS = 3_000;
const LOOKUP_LIMIT_BYTES = 1 << 20;

/** What becomes of a setting, by the end of its name. An empty filter is none; an empty conversion would run the file that is converted. */
const HARMLESS: Readonly<Record<string, string>> = {
  "filter.clean": "",
  "filter.smudge": "",
  "filter.process": "",
  "filter.required": "false",
  "diff.textconv": "cat",
  "diff.command": PLAIN_DIFF,
  "remote.uploadpack": "git-upload-pack",
  "submodule.ignore": "dirty",
};

const NAMES = String.raw`^(filter\..*\.(clean|smudge|process|required)|diff\..*\.(textconv|command)|remote\..*\.uploadpack|submodule\..*\.ignore)$`;

/** A repository inside has names of its own: it is looked at from outside alone, and never entered. */
const ENTERS_NOTHING = [
  ["diff.ignoreSubmodules", "dirty"],
  ["diff.submodule", "short"],
  ["status.submoduleSummary", "false"],
] as const;
const enters = /^--(?:ignore-submodules|submodule|recurse-submodules)/;

/** git ends with an error over this before it reads anything else. */
const REFUSED = { GIT_CONFIG_COUNT: "refused" } as const;

/** Standard output, or undefined on any failure but "nothing found". */
type Ask = (...args: readonly string[]) => Promise<string | undefined>;

export function disarmRepositories(
  members: readonly PreparedMember[],
  cwd: string,
  executor: Executor,
): Promise<readonly PreparedMember[]> {
  return Promise.all(members.map(async (member) => ({ ...member, env: { ...member.env, ...(await settingsFor(member, cwd, executor)) } })));
}

async function settingsFor(member: PreparedMember, cwd: string, executor: Executor): Promise<Readonly<Record<string, string>>> {
  const options = findGit(member.argv);
  if (options === "none") return {};
  if (options === "elsewhere" || member.argv.some((word) => enters.test(word))) return REFUSED;
  const git = resolveProgram("git", executor.policy.programDirs);
  if (git.kind === "refused") return {};
  const names = await namesOf(asker(git.path, options, member, cwd, executor));
  return names === undefined ? REFUSED : disarmedGit([...ENTERS_NOTHING, ...names.flatMap(harmless)]);
}

/** Of the configuration that this very call of git would read, and of what says how its modules are looked at. */
async function namesOf(ask: Ask): Promise<readonly string[] | undefined> {
  const own = await ask("config", "--includes", "-z", "--name-only", "--get-regexp", NAMES);
  if (own === undefined) return undefined;
  const top = (await ask("rev-parse", "--show-toplevel"))?.trimEnd();
  const places = [
    ["--blob", ":.gitmodules"],
    ["--blob", "HEAD:.gitmodules"],
    ...(top === undefined || top === "" ? [] : [["--file", join(top, ".gitmodules")]]),
  ];
  const modules = await Promise.all(places.map((place) => ask("config", ...place, "-z", "--name-only", "--get-regexp", NAMES)));
  // Where there is no such file there is nothing to find.
  return [own, ...modules.map((text) => text ?? "")].flatMap((text) => text.split("\0")).filter((name) => name !== "");
}

/** `filter.NAME.clean`; the name may hold anything. */
function harmless(key: string): readonly (readonly [string, string])[] {
  const kind = `${key.slice(0, key.indexOf("."))}.${key.slice(key.lastIndexOf(".") + 1)}`;
  const value = HARMLESS[kind];
  return value === undefined ? [] : [[key, value]];
}

/** As the command's account and with its environment: git must come to the same configuration. */
function asker(git: string, options: readonly string[], { env }: PreparedMember, cwd: string, { guard }: Executor): Ask {
  const account = guard.runAs === undefined ? {} : { uid: guard.runAs.uid, gid: guard.runAs.gid };
  return (...args) => {
    const { file, args: all } = guard.wrap({ argv: ["git", ...options, ...args], path: git }, cwd, false);
    const limits = { timeout: LOOKUP_LIMIT_MS, killSignal: "SIGKILL", maxBuffer: LOOKUP_LIMIT_BYTES } as const;
    return new Promise((resolve) => {
      execFile(file, [...all], { ...account, ...limits, cwd, env: { ...env } }, (error, stdout) => {
        const nothingFound = error !== null && error.code === 1 && error.killed !== true;
        resolve(error === null || nothingFound ? stdout : undefined);
      });
    });
  };
}
