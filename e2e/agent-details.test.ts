// The Manage dialog of an agent: what holds commands back on its host in the agent's own words, "not said" for an agent of an earlier release,
// and the way to take a certificate from it. Real server, the agent as users start it, a bare client for the old one, a real browser.
import { X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnrolmentToken } from "@dd0c/protocol/agent";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { enrol, openStream, type TestStream } from "../packages/server/src/agents/test/gateway-fixture.ts";
import { startTestServer, type TestServer } from "../packages/server/test-support/running-server.ts";
import { type AgentProcess, agentProgram, removeAgentProgram, startProcess } from "./agent-link/agent-host.ts";
import { openBrowser } from "./support/browser.ts";
import { lookAtBoth, usable } from "./support/look.ts";
import { root } from "./support/product.ts";
import { type Session, signIn, until } from "./support/session.ts";

const limits = { cpuSeconds: 90, memoryBytes: 1_610_612_736, processes: 200, openFiles: 256 };
let server: TestServer;
let admin: Session;
let agent: AgentProcess;
let old: TestStream;
let browser: Browser;
let page: Page;

const token = async (name: string): Promise<string> => (await admin.call("createEnrolmentToken", { body: { agent_name: name } })).token;

beforeAll(async () => {
  await agentProgram();
  server = await startTestServer({ environment: { AGENT_PORT: "0" }, webFolder: `${root}/packages/web/dist` });
  admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("setup", { body: { governance_mode: "audit", demo_trust_level: 0 } });
  const folder = join(server.folder, "edge");
  const host = { folder, work: join(folder, "work"), configFile: join(folder, "agent.json") };
  mkdirSync(host.work, { recursive: true });
  const fields = {
    server: `127.0.0.1:${server.agentPort}`,
    name: "edge",
    workingDirectories: [host.work],
    limits,
    sandboxExcept: ["iptables"],
    maxStreamBytes: 65_536,
  };
  writeFileSync(host.configFile, JSON.stringify(fields), { mode: 0o600 });
  agent = await startProcess(host, await token("edge"));
  const oldToken = await token("old");
  const ca = new X509Certificate(parseEnrolmentToken(oldToken)?.caDer ?? "").toString();
  const door = { gateway: { port: server.agentPort }, ca: { caPem: ca } };
  old = openStream(door, await enrol(door, oldToken));
  await until(
    "both agents",
    async () => (await admin.call("listAgents", {})).items,
    (items) => items.filter(({ status }) => status !== "offline").length === 2,
  );
  browser = await openBrowser();
  page = await (await browser.newContext({ colorScheme: "dark", reducedMotion: "reduce" })).newPage();
  await page.goto(await server.newSignInLink());
  await page.goto(`${server.url}/agents`);
}, 90_000);
afterAll(async () => {
  await browser.close();
  old.close();
  agent.child.kill("SIGTERM");
  await agent.exited;
  await server.stop();
  removeAgentProgram();
});

const manage = async (name: string): Promise<Locator> => {
  await page.getByRole("button", { name: `Manage ${name}` }).click();
  return page.getByRole("dialog", { name });
};
const facts = async (dialog: Locator): Promise<readonly string[]> => {
  const [names, values] = [await dialog.locator("dt").allInnerTexts(), await dialog.locator("dd").allInnerTexts()];
  return names.map((name, at) => `${name}: ${values[at] ?? ""}`);
};

it("shows the limits, the account and the sandbox that the agent reports", async () => {
  const dialog = await manage("edge");
  await dialog.getByText("As the agent said when it connected.").waitFor();
  const asRoot = process.getuid?.() === 0;
  const { items } = await admin.call("listAgents", {});
  const host = items.find(({ name }) => name === "edge")?.host;
  const sandbox = host?.sandbox === true ? "for what only reads, except iptables" : `none: ${host?.no_sandbox_because ?? ""}`;
  expect(await facts(dialog)).toEqual([
    `Account: the agent's own${asRoot ? ": root" : ", so they can read its keys and its journal"}`,
    `Sandbox: ${sandbox}`,
    "Processor time: 1 min 30 s",
    "Memory: 1.5 GiB",
    `Processes: 200 in its account${asRoot ? "; root is not held to it" : ""}`,
    "Open files: 256",
    "Output kept: 64 KiB per stream",
  ]);
  expect(host?.sandbox === true).toBe(agent.log().includes("reads_in_sandbox"));
  await lookAtBoth(page, "agent-details");
  await page.keyboard.press("Escape");
});

it("says of an agent that does not say it that it does not", async () => {
  const dialog = await manage("old");
  await dialog.getByText("Not said.").waitFor();
  expect(await facts(dialog)).toEqual([]);
  await usable(page, "agent-details-not-said");
  await page.keyboard.press("Escape");
});

it("asks for a reason before a certificate is revoked", async () => {
  const dialog = await manage("edge");
  await dialog.getByRole("button", { name: "Revoke this certificate" }).click();
  await dialog.getByText("The agent's connection ends at once.").waitFor();
  expect(await page.evaluate("document.activeElement.tagName")).toBe("INPUT");
  expect(await dialog.getByRole("button", { name: "Revoke this certificate for good" }).isDisabled()).toBe(true);
  await lookAtBoth(page, "agent-revoke");
  await dialog.getByLabel("Reason, for the record").fill("its host was stolen");
  await dialog.getByRole("button", { name: "Revoke this certificate for good" }).click();
  await dialog.getByText("✕ revoked").waitFor();
});
