// Which git commands ask first: judged by real folders, and by what a repository can really make git run.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scan } from "@dd0c/scanner";
import { afterAll, describe, expect, it } from "vitest";
import { gitAsksBecause } from "./git-repositories.ts";

const root = mkdtempSync(join(tmpdir(), "dd0c-repositories-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const repository = (...path: string[]): string => {
  const folder = join(root, ...path);
  mkdirSync(folder, { recursive: true });
  execFileSync("git", ["init", "-q", folder]);
  return folder;
};
const listed = repository("listed");
const inner = repository("listed", "vendor", "inner");
const other = repository("other");
mkdirSync(join(listed, "src/deep"), { recursive: true });
const linked = join(root, "linked");
symlinkSync(join(listed, "src"), linked);
mkdirSync(join(root, "none"));
writeFileSync(join(root, "file"), "");

function asks(command: string, cwd: string | undefined, repositories: readonly string[] = [listed]): boolean {
  const verdict = scan(command);
  const read = { ruleIds: verdict.reasons.map(({ ruleId }) => ruleId), plan: verdict.plan ?? null };
  return gitAsksBecause(read, cwd, repositories) !== undefined;
}

describe("git in a repository that the local file lists", () => {
  it.each([
    ["git status", listed],
    ["git log -p | head -n 5", join(listed, "src/deep")],
    ["git diff && git show", linked],
    [`git -C ${listed} log`, root],
    ["git -C listed -c color.ui=false -C src diff", root],
    ["timeout 5 git status", listed],
    ["nice -n 5 git log", listed],
  ])("%s does not ask", (command, cwd) => {
    expect(asks(command, cwd)).toBe(false);
  });
});

describe("git that asks", () => {
  it.each([
    ["another repository", "git status", other],
    ["one inside the listed one", "git status", inner],
    ["one that -C names", `git -C ${other} log`, listed],
    ["one of two", `git log && git -C ${other} log`, listed],
    ["a listed one by a way through ..", "git -C src/.. status", listed],
    ["none, so that nobody knows what git will find", "git log", join(root, "none")],
    ["a folder that nobody listed", "git log", undefined],
    ["behind a wrapper that may be anywhere", "find . -name x -exec git log {} +", listed],
    ["inside a text", "sh -c 'git status'", listed],
    ["a verb that only lists names", "git branch -a", other],
  ])("%s", (_what, command, cwd) => {
    expect(asks(command, cwd)).toBe(true);
  });

  it("nothing is listed", () => {
    expect(asks("git status", listed, [])).toBe(true);
  });
});

describe("what is no reading of a repository", () => {
  it.each(["git --version", "git version", "git help log", "grep git file", "ls /srv/git"])("%s does not ask", (command) => {
    expect(asks(command, other)).toBe(false);
  });
});
