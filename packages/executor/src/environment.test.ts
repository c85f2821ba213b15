import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildEnvironment, DEFAULT_ALLOWED_NAMES, type EnvironmentPolicy } from "./environment.ts";
import { command, openFixture, run, single } from "./testing/run-fixture.ts";

const fixture = openFixture();
afterAll(() => fixture.close());

const policy: EnvironmentPolicy = {
  home: "/h",
  programDirs: ["/usr/bin", "/bin"],
  lang: "C.UTF-8",
  allowedNames: [...DEFAULT_ALLOWED_NAMES, "AWS_REGION", "PATH", "PAGER", "LD_PRELOAD", "GIT_DIR"],
  profile: { KUBECONFIG: "/etc/kube", HOME: "/elsewhere" },
};

describe("buildEnvironment", () => {
  it("takes nothing from the agent's own environment", async () => {
    process.env.DD0C_TEST_LEAK = "leak";
    const { stdout } = await run(fixture, single(["env", "-0"]));
    delete process.env.DD0C_TEST_LEAK;
    const names = stdout
      .split("\0")
      .filter(Boolean)
      .map((line) => line.slice(0, line.indexOf("=")));
    const built = buildEnvironment(fixture.executor.policy, "x", []);
    expect(names.sort()).toEqual(Object.keys(built.kind === "built" ? built.env : {}).sort());
  });

  it("puts the local profile under what is fixed, and the request above the language", () => {
    const built = buildEnvironment(policy, "step-1", [
      ["LANG", "de_DE.UTF-8"],
      ["LC_ALL", "C"],
      ["AWS_REGION", "a"],
      ["AWS_REGION", "b"],
    ]);
    expect(built).toMatchObject({
      kind: "built",
      env: {
        HOME: "/h",
        PATH: "/usr/bin:/bin",
        KUBECONFIG: "/etc/kube",
        LANG: "de_DE.UTF-8",
        LC_ALL: "C",
        AWS_REGION: "b",
        DD0C_STEP: "step-1",
        PSQLRC: "/dev/null",
        CURL_HOME: "/h",
        LESSSECURE: "1",
      },
    });
  });

  it.each([
    ["OTHER", "ENV_NAME_NOT_ALLOWED"],
    ["PATH", "ENV_NAME_NOT_ALLOWED"],
    ["HOME", "ENV_NAME_NOT_ALLOWED"],
    ["PAGER", "ENV_NAME_NOT_ALLOWED"],
    ["LD_PRELOAD", "ENV_NAME_NOT_ALLOWED"],
    ["GIT_DIR", "ENV_NAME_NOT_ALLOWED"],
    ["KUBECONFIG", "ENV_NAME_NOT_ALLOWED"],
    ["DD0C_STEP", "ENV_NAME_NOT_ALLOWED"],
    ["__proto__", "ENV_NAME_NOT_ALLOWED"],
    ["A B", "ENV_INVALID"],
    ["", "ENV_INVALID"],
    ["A=B", "ENV_INVALID"],
  ])("refuses %j even if it is on the list: %s", (name, code) => {
    expect(buildEnvironment(policy, "step-1", [[name, "x"]])).toEqual({ kind: "refused", code, name });
  });

  it.each([
    ["AWS_PAGER", ""],
    ["PAGER", "cat"],
    ["PSQLRC", "/dev/null"],
    ["GIT_TERMINAL_PROMPT", "0"],
    ["TERM", "xterm"],
  ])("accepts the harmless %s=%j", (name, value) => {
    expect(buildEnvironment(policy, "step-1", [[name, value]])).toMatchObject({ kind: "built", env: { [name]: value } });
  });

  it("keeps a folder's own code from a command that only reads, and from no other", () => {
    const ask = (readOnly: boolean, ...requested: [string, string][]) => buildEnvironment(policy, "step-1", requested, readOnly);
    expect(ask(true)).toMatchObject({ env: { PYTHONSAFEPATH: "1", RUSTC: "rustc", RUSTC_WRAPPER: "", GOTOOLCHAIN: "local" } });
    expect(ask(false)).not.toHaveProperty("env.PYTHONSAFEPATH");
    expect(ask(true, ["RUSTC", "/srv/evil"])).toMatchObject({ code: "ENV_NAME_NOT_ALLOWED", name: "RUSTC" });
  });

  it("gives a prefix to its own member only", async () => {
    const prefixed = command(["printenv", "GREETING"], { env: [["GREETING", "hello there"]] });
    const { stdout, result } = await run(fixture, single(prefixed, ["sh", "-c", "cat; echo [$GREETING]"]));
    expect([stdout, result.outcome]).toEqual(["hello there\n[]\n", "ok"]);
  });
});

describe("a hostile git repository", () => {
  const repository = join(fixture.folder, "repository");
  const proof = join(fixture.folder, "hook-ran");
  const evil = join(fixture.folder, "evil.sh");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, stdio: "ignore" });

  it("runs none of its configured programs", async () => {
    mkdirSync(repository);
    writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> '${proof}'\ncat 2>/dev/null\n`);
    chmodSync(evil, 0o755);
    git("init", "-q");
    writeFileSync(join(repository, "file"), "one\n");
    git("add", "file");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
    writeFileSync(join(repository, "file"), "two\n");
    for (const hook of ["post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout"]) {
      writeFileSync(join(repository, ".git/hooks", hook), `#!/bin/sh\necho ${hook} >> '${proof}'\n`, { mode: 0o755 });
    }
    for (const key of ["core.fsmonitor", "core.pager", "core.editor", "diff.external", "gpg.program", "core.sshCommand", "core.askPass"]) {
      git("config", key, evil);
    }
    git("config", "log.showSignature", "true");
    git("config", "core.hooksPath", join(repository, ".git/hooks"));
    for (const argv of [
      ["status"],
      ["diff"],
      ["log", "-p"],
      ["show"],
      ["blame", "file"],
      ["branch"],
      ["stash", "list"],
      ["--paginate", "log"],
    ]) {
      const { result, stderr } = await run(fixture, single(["git", ...argv]), { cwd: repository });
      expect([argv, result.outcome, stderr]).toEqual([argv, "ok", ""]);
    }
    const { stdout } = await run(fixture, single(["git", "diff"]), { cwd: repository });
    expect(stdout).toBe("diff --git a/file b/file\n--- a/file\n+++ b/file\n@@ -1 +1 @@\n-one\n+two\n");
    expect(existsSync(proof) ? readFileSync(proof, "utf8") : "nothing ran").toBe("nothing ran");
  });
});

describe("curl", () => {
  const url = "file:///dev/null";
  it("reads the file that the private home provides, and no other", async () => {
    const quiet = await run(fixture, single(["curl", "-sv", url]));
    expect([quiet.result.outcome, quiet.stdout]).toEqual(["ok", ""]);
    writeFileSync(join(fixture.executor.policy.home, ".curlrc"), "write-out = from-curlrc\n");
    const provided = await run(fixture, single(["curl", "-s", url]));
    writeFileSync(join(fixture.executor.policy.home, ".curlrc"), "");
    expect(provided.stdout).toBe("from-curlrc");
  });
});
