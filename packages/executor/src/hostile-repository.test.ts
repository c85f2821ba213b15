// Repositories whose own configuration names programs: each trap springs when a person runs git there, and never in a command proven to only read.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scan } from "@dd0c/scanner";
import { openFixture, run } from "./testing/run-fixture.ts";

// Without the sandbox: what keeps a trap from springing must not be that its proof cannot be written.
const fixture = openFixture({ sandbox: "off" });
const folders: string[] = [];
afterAll(() => {
  fixture.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const plainly = { PATH: "/usr/bin:/bin", HOME: "/nonexistent", GIT_CONFIG_NOSYSTEM: "1", PAGER: "cat" };
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: plainly,
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });

/** A repository with one commit of `file`, changed since. */
function newRepository(folder: string, attributes: string): void {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "-q");
  writeFileSync(join(folder, ".gitattributes"), attributes);
  writeFileSync(join(folder, "file"), "as it was\n");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "first");
  writeFileSync(join(folder, "file"), "as it is!\n");
  // Same size and another time: git must read it to know.
  utimesSync(join(folder, "file"), 1, 1);
}

interface Trap {
  readonly name: string;
  readonly command: string;
  readonly attributes?: string;
  /** Sets it. @param proof a shell command that makes the proof */
  readonly set: (folder: string, proof: string) => void;
}

const config = (key: string, value: (proof: string) => string) => (folder: string, proof: string) =>
  void git(folder, "config", key, value(proof));
const passing = (proof: string): string => `${proof}; cat`;

const traps: readonly Trap[] = [
  { name: "a clean filter, at status", command: "git status", attributes: "* filter=evil\n", set: config("filter.evil.clean", passing) },
  { name: "a clean filter, at diff", command: "git diff", attributes: "* filter=evil\n", set: config("filter.evil.clean", passing) },
  {
    name: "a filter that is required",
    command: "git diff --stat",
    attributes: "* filter=evil\n",
    set(folder, proof) {
      git(folder, "config", "filter.evil.clean", passing(proof));
      git(folder, "config", "filter.evil.required", "true");
    },
  },
  {
    name: "a filter process",
    command: "git status",
    attributes: "* filter=evil\n",
    set: config("filter.evil.process", (proof) => `${proof}; exit 1`),
  },
  {
    name: "a filter with a strange name",
    command: "git status",
    attributes: "* filter=e.v-i\n",
    set: config("filter.e.v-i.clean", passing),
  },
  {
    name: "attributes that the repository keeps to itself",
    command: "git status",
    set(folder, proof) {
      writeFileSync(join(folder, ".git/info/attributes"), "* filter=evil\n");
      git(folder, "config", "filter.evil.clean", passing(proof));
    },
  },
  {
    name: "a filter in a file that the configuration includes",
    command: "git status",
    attributes: "* filter=evil\n",
    set(folder, proof) {
      writeFileSync(join(folder, "more"), `[filter "evil"]\n\tclean = "${passing(proof)}"\n`);
      git(folder, "config", `includeIf.gitdir:${folder}/.git.path`, join(folder, "more"));
    },
  },
  {
    name: "a text conversion, at diff",
    command: "git diff",
    attributes: "* diff=evil\n",
    set: config("diff.evil.textconv", (proof) => `${proof}; cat`),
  },
  {
    name: "a text conversion, at log",
    command: "git log -p -n 1",
    attributes: "* diff=evil\n",
    set: config("diff.evil.textconv", passing),
  },
  {
    name: "an external difference of one kind of file",
    command: "git diff",
    attributes: "* diff=evil\n",
    set: config("diff.evil.command", (proof) => `${proof}; :`),
  },
  {
    name: "a filter of a repository inside",
    command: "git status",
    set(folder, proof) {
      const inner = join(folder, "inner");
      newRepository(inner, "* filter=evil\n");
      git(folder, "add", "inner");
      git(inner, "config", "filter.evil.clean", passing(proof));
    },
  },
  {
    name: "a filter of a module that asks to be looked into",
    command: "git diff",
    set(folder, proof) {
      const inner = join(folder, "inner");
      newRepository(inner, "* filter=evil\n");
      writeFileSync(join(folder, ".gitmodules"), '[submodule "inner"]\n\tpath = inner\n\turl = ./inner\n\tignore = none\n');
      git(folder, "add", "inner", ".gitmodules");
      git(folder, "config", "submodule.inner.ignore", "none");
      git(inner, "config", "filter.evil.clean", passing(proof));
    },
  },
  {
    name: "objects that are fetched when they are missed",
    command: "git show",
    set(folder, proof) {
      const blob = git(folder, "rev-parse", "HEAD:file").trim();
      rmSync(join(folder, ".git/objects", blob.slice(0, 2), blob.slice(2)));
      git(folder, "config", "core.repositoryFormatVersion", "1");
      git(folder, "config", "extensions.partialClone", "origin");
      git(folder, "config", "remote.origin.promisor", "true");
      git(folder, "config", "remote.origin.url", folder);
      git(folder, "config", "remote.origin.uploadpack", `${proof}; exit 1`);
    },
  },
];

describe.each(traps)("$name", ({ command, attributes = "", set }) => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-repository-"));
  folders.push(folder);
  const proof = join(folder, "..", `${folder.split("/").at(-1)}-proof`);
  const sprang = (): boolean => {
    const is = existsSync(proof);
    rmSync(proof, { force: true });
    return is;
  };
  const argv = command.split(" ");
  newRepository(folder, attributes);
  set(folder, `touch ${proof}`);
  rmSync(proof, { force: true });

  it("springs plainly, and never when the command is proven to only read", async () => {
    const verdict = scan(command);
    expect(verdict.risk).toBe("safe");
    spawnSync(argv[0] ?? "", argv.slice(1), { cwd: folder, env: plainly, timeout: 10_000 });
    expect(sprang()).toBe(true);
    if (verdict.plan === undefined) throw new Error("no plan");
    await run(fixture, verdict.plan, { cwd: folder, readOnly: true });
    expect(sprang()).toBe(false);
  });

  it.each([`git -C ${folder} ${argv.slice(1).join(" ")}`, `timeout 9 git -C ${folder} ${argv.slice(1).join(" ")}`])(
    "nor from elsewhere: %s",
    async (elsewhere) => {
      const { plan } = scan(elsewhere);
      if (plan === undefined) throw new Error("no plan");
      await run(fixture, plan, { cwd: "/", readOnly: true });
      expect(sprang()).toBe(false);
    },
  );
});

describe("a repository without traps", () => {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-repository-"));
  folders.push(folder);
  newRepository(folder, "");
  const read = async (command: string) => {
    const { plan } = scan(command);
    if (plan === undefined) throw new Error("no plan");
    return run(fixture, plan, { cwd: folder, readOnly: true });
  };

  it("is read as ever", async () => {
    expect((await read("git status --short")).stdout).toBe(" M file\n");
    expect((await read("git diff")).stdout).toContain("-as it was\n+as it is!\n");
    expect((await read("git log --oneline | wc -l")).stdout).toBe("1\n");
  });

  it("that names more programs than can be switched off is not read at all", async () => {
    const crowded = mkdtempSync(join(tmpdir(), "dd0c-repository-"));
    folders.push(crowded);
    newRepository(crowded, "* filter=evil\n");
    const names = Array.from({ length: 20_000 }, (_, at) => `[filter "${"x".repeat(50)}${at}"]\n\tclean = cat\n`);
    writeFileSync(join(crowded, ".git/config"), names.join(""), { flag: "a" });
    const { plan } = scan("git status");
    if (plan === undefined) throw new Error("no plan");
    const { result, stdout, stderr } = await run(fixture, plan, { cwd: crowded, readOnly: true });
    expect([result.outcome, stdout, stderr.includes("GIT_CONFIG_COUNT")]).toEqual(["failed", "", true]);
  });

  it.each(["find . -name file -exec git status {} +", "git diff --submodule=diff"])(
    "is not read by %s: nobody knows where git looks",
    async (command) => {
      const { result, stderr } = await read(command);
      expect([result.outcome, stderr.includes("GIT_CONFIG_COUNT")]).toEqual(["failed", true]);
    },
  );
});
