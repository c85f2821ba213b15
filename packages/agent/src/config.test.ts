// The local file: what is said counts, what is misspelt stops the start, and nothing wrong is guessed right.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-config-"));
const file = join(folder, "agent.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(fields: unknown) {
  writeFileSync(file, typeof fields === "string" ? fields : JSON.stringify(fields), { mode: 0o600 });
  chmodSync(file, 0o600);
  return loadConfig(file);
}

describe("agent.json", () => {
  it("needs only the server; everything else is the careful choice", () => {
    const { policyHash, programDirs, ...config } = load({ server: "dd0c.example.com:4401", name: "a" });
    expect(policyHash).toMatch(/^[0-9a-f]{64}$/);
    expect(programDirs).toContain("/usr/bin");
    expect(config).toEqual({
      server: "dd0c.example.com:4401",
      otherServers: [],
      name: "a",
      dataFolder: join(folder, "agent-data"),
      ceiling: "caution",
      maxTrustLevel: 2,
      allow: [],
      workingDirectories: [join(folder, "agent-data/home")],
      environmentNames: [],
      profile: {},
      lang: "C.UTF-8",
      secretsFile: null,
      rateLimit: { intervalMs: 5_000, burst: 3 },
      graceMs: 5_000,
      maxStreamBytes: 10 << 20,
      limits: { cpuSeconds: 600, memoryBytes: 4 * 2 ** 30, processes: null, openFiles: 4_096 },
      cgroup: "auto",
      runAs: null,
      sandbox: "auto",
      sandboxExcept: [],
      repositories: [],
    });
  });

  it("reads allow lines, environment and limits", () => {
    const config = load({
      server: "127.0.0.1:4401",
      ceiling: "safe",
      allow: [
        { program: "systemctl", arguments: ["restart", "payment-svc"], maxRisk: "dangerous" },
        { program: "rm", arguments: ["**"], pathPrefix: "/srv/demo", maxRisk: "dangerous" },
      ],
      environment: { allow: ["TZ"], profile: { KUBECONFIG: "/etc/dd0c/kubeconfig" } },
      rateLimit: { intervalMs: 1_000, burst: 1 },
    });
    expect(config).toMatchObject({
      ceiling: "safe",
      allow: [
        { program: "systemctl", arguments: ["restart", "payment-svc"], pathPrefix: null, maxRisk: "dangerous" },
        { program: "rm", arguments: ["**"], pathPrefix: "/srv/demo", maxRisk: "dangerous" },
      ],
      environmentNames: ["TZ"],
      profile: { KUBECONFIG: "/etc/dd0c/kubeconfig" },
      rateLimit: { intervalMs: 1_000, burst: 1 },
    });
  });

  it("reads what commands may do to the host", () => {
    const fields = { runAs: "deploy", sandbox: "required", sandboxExcept: ["iptables"], repositories: ["/srv/app"] };
    expect(load({ server: "x:1", limits: { processes: 64 }, ...fields })).toMatchObject({
      ...fields,
      limits: { cpuSeconds: 600, processes: 64 },
      // Beside the data folder, which no other user may enter.
      workingDirectories: [join(folder, "agent-data-deploy")],
    });
    expect(load({ server: "x:1", runAs: "deploy" }).limits?.processes).toBe(512);
    expect(load({ server: "x:1", limits: { mode: "off" } }).limits).toBeNull();
  });

  it("is explained, with its defaults, in docs/agent.md", () => {
    const page = readFileSync(new URL("../../../docs/agent.md", import.meta.url), "utf8");
    const { limits, sandbox, maxStreamBytes } = load({ server: "x:1", runAs: "deploy" });
    const rows = Object.entries(limits ?? {}).map(([name, value]) => `| \`limits.${name}\` | ${value} |`);
    for (const row of [...rows, `| \`sandbox\` | ${sandbox} |`, `| \`maxStreamBytes\` | ${maxStreamBytes} |`]) expect(page).toContain(row);
    for (const name of ["limits.mode", "runAs", "sandboxExcept", "repositories"]) expect(page).toContain(`| \`${name}\` |`);
  });

  it.each([
    ["no JSON", "{", "is not JSON"],
    ["no object", "[]", "agent.json must be an object."],
    ["no server", {}, "agent.json.server must be a text."],
    ["a URL for a server", { server: "https://x:1" }, "agent.json.server must be HOST:PORT."],
    ["a URL among other servers", { server: "x:1", otherServers: ["y:1", "https://z:1"] }, "agent.json.otherServers must be HOST:PORT."],
    ["a misspelt field", { server: "x:1", celing: "safe" }, "agent.json.celing is not a known field."],
    ["a misspelt field inside", { server: "x:1", rateLimit: { bust: 1 } }, "agent.json.rateLimit.bust is not a known field."],
    [
      "a misspelt field in a line",
      { server: "x:1", allow: [{ program: "x", path: "/" }] },
      "agent.json.allow[0].path is not a known field.",
    ],
    ["a risk that is none", { server: "x:1", ceiling: "high" }, "agent.json.ceiling must be one of safe, caution, unknown, dangerous."],
    ["trust above the product's", { server: "x:1", maxTrustLevel: 3 }, "agent.json.maxTrustLevel must be a whole number from 0 to 2."],
    ["a burst of nothing", { server: "x:1", rateLimit: { burst: 0 } }, "agent.json.rateLimit.burst must be a whole number from 1 to 1000."],
    [
      "a relative prefix",
      { server: "x:1", allow: [{ program: "rm", pathPrefix: "tmp" }] },
      "agent.json.allow: pathPrefix must be absolute.",
    ],
    ["a folder with ..", { server: "x:1", workingDirectories: ["/srv/../etc"] }, "must hold absolute paths without . or .. in them."],
    ["a user that is a path", { server: "x:1", runAs: "../root" }, "agent.json.runAs must be the name of a user."],
    ["a user that is an option", { server: "x:1", runAs: "-u" }, "agent.json.runAs must be the name of a user."],
    ["no memory to speak of", { server: "x:1", limits: { memoryBytes: 1 } }, "agent.json.limits.memoryBytes must be a whole number"],
    [
      "a control group that is no path",
      { server: "x:1", limits: { cgroup: "agent/.." } },
      "agent.json.limits.cgroup must hold absolute paths",
    ],
    ["a misspelt limit", { server: "x:1", limits: { memory: 1 } }, "agent.json.limits.memory is not a known field."],
    ["a sandbox that is none", { server: "x:1", sandbox: "on" }, "agent.json.sandbox must be one of auto, off, required."],
    ["a repository with ..", { server: "x:1", repositories: ["/srv/../etc"] }, "agent.json.repositories must hold absolute paths"],
    ["no working directory", { server: "x:1", workingDirectories: [] }, "must name at least one folder."],
    [
      "an environment that is a list",
      { server: "x:1", environment: { allow: "TZ" } },
      "agent.json.environment.allow must be a list of texts.",
    ],
    [
      "a value that is no text",
      { server: "x:1", environment: { profile: { A: 1 } } },
      "agent.json.environment.profile must hold texts only.",
    ],
  ])("refuses %s", (_name, fields, message) => {
    expect(() => load(fields)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }));
  });

  it("refuses a file that others may write, and one that is missing", () => {
    load({ server: "x:1" });
    chmodSync(file, 0o620);
    expect(() => loadConfig(file)).toThrow(/can be written by other users/);
    expect(() => loadConfig(join(folder, "none.json"))).toThrow(/cannot be read/);
  });
});
