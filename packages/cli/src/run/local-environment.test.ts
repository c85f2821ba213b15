import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { localEnvironment } from "./local-environment.ts";

const home = mkdtempSync(join(tmpdir(), "dd0c-home-"));
afterAll(() => rmSync(home, { recursive: true }));
mkdirSync(join(home, ".kube"));
writeFileSync(join(home, ".kube/config"), "");

it("passes on what chooses targets and credentials, by name, and nothing that chooses code", () => {
  const env = {
    AWS_PROFILE: "prod",
    AWS_SESSION_TOKEN: "t",
    PGHOST: "db",
    HTTPS_PROXY: "http://p",
    LD_PRELOAD: "/evil.so",
    PAGER: "less",
    GIT_DIR: "/x",
    BASH_ENV: "/x",
    NODE_OPTIONS: "--require /x",
    PYTHONPATH: "/x",
    MY_TOKEN: "secret",
    HOME: "/root",
  };
  const { profile, home: privateHome } = localEnvironment("/private", env, home);
  expect(profile).toEqual({
    AWS_PROFILE: "prod",
    AWS_SESSION_TOKEN: "t",
    PGHOST: "db",
    HTTPS_PROXY: "http://p",
    KUBECONFIG: join(home, ".kube/config"),
  });
  expect(privateHome).toBe("/private");
});

it("lets a variable of the terminal go before the usual file", () => {
  expect(localEnvironment("/p", { KUBECONFIG: "/mine" }, home).profile["KUBECONFIG"]).toBe("/mine");
});

it("looks for programs in the absolute folders of PATH, in order", () => {
  expect(localEnvironment("/p", { PATH: "/b:.::bin:/a:/b" }, home).programDirs).toEqual(["/b", "/a"]);
  expect(localEnvironment("/p", {}, home).programDirs).toContain("/usr/bin");
});
