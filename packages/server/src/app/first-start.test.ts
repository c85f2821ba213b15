// The parts of a first start that need no server: templates, the local agent's files, and what a second start leaves alone.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startTestServer } from "../../test-support/running-server.ts";
import { demoPaths, writeDemoAgentConfig, writeDemoToken } from "./demo-agent-files.ts";
import { ensureDemo, ensureTenant } from "./first-start.ts";
import { fillTemplate, readTemplate, templates } from "./load-templates.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-first-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const values = { DEMO_URL: "http://127.0.0.1:4402", DEMO_DIR: "/data/demo" };

describe("templates", () => {
  it.each([
    ["curl -s {{DEMO_URL}}/pool", values, "curl -s http://127.0.0.1:4402/pool"],
    ["ls {{DEMO_DIR}}/sessions | head", { ...values, DEMO_DIR: "/my data/demo" }, "ls '/my data/demo/sessions' | head"],
    ["ls {{DEMO_DIR}}", { ...values, DEMO_DIR: "/it's/$(id)" }, "ls '/it'\\''s/$(id)'"],
  ])("%s is filled", (text, given, expected) => {
    expect(fillTemplate(text, given)).toBe(expected);
  });

  it("know every placeholder that they use", () => {
    for (const template of templates) expect(readTemplate(template, values)).not.toMatch(/\{\{|\}\}/);
    expect(() => fillTemplate("{{OTHER}}", values)).toThrow("OTHER");
  });
});

describe("the local agent's files", () => {
  it("are private, and what the customer wrote stays", () => {
    const paths = demoPaths(folder);
    writeDemoAgentConfig(paths, "127.0.0.1:4401", values.DEMO_URL);
    const written = JSON.parse(readFileSync(paths.configFile, "utf8")) as object;
    writeFileSync(paths.configFile, JSON.stringify({ ...written, ceiling: "safe" }));
    writeDemoAgentConfig(paths, "127.0.0.1:5501", values.DEMO_URL);
    expect(JSON.parse(readFileSync(paths.configFile, "utf8"))).toEqual({ ...written, ceiling: "safe", server: "127.0.0.1:5501" });
    expect(statSync(paths.configFile).mode & 0o777).toBe(0o600);
    writeDemoToken(paths, "dd0c-enroll.x");
    expect([readFileSync(paths.tokenFile, "utf8"), statSync(paths.tokenFile).mode & 0o777]).toEqual(["dd0c-enroll.x\n", 0o600]);
    writeDemoToken(paths, null);
    expect(() => statSync(paths.tokenFile)).toThrow("ENOENT");
  });
});

describe("a start", () => {
  it("completes one that was cut short, and does not bring back what was deleted", async () => {
    const server = await startTestServer();
    try {
      const admin = await server.signIn();
      const paths = demoPaths(server.folder);
      const again = async (): Promise<string[]> => {
        const start = await ensureTenant(server.app);
        expect([start.tenantId, start.adminEmail]).toEqual([server.tenantId, "admin@dd0c.local"]);
        await ensureDemo(server.app, start, { paths, values, ca: { caDer: Buffer.from("ca") }, agentAddress: "127.0.0.1:1" });
        return (await admin.call("listRunbooks", { query: {} })).items.map(({ title }) => title);
      };
      const all = ["Payment service latency", "Disk filling up", "High load"];
      expect(await again()).toEqual(all);
      expect(await again()).toEqual(all);
      const [latency] = (await admin.call("listRunbooks", { query: {} })).items;
      await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 1 } });
      await admin.call("deleteRunbook", { params: { id: latency?.id ?? "" } });
      expect((await again()).toSorted()).toEqual(["Disk filling up", "High load"]);
    } finally {
      await server.stop();
    }
  }, 60_000);
});
