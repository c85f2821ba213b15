// Party mode with everything real: a server, an agent over mTLS, an execution that waits for a person when the scanner begins to err.
import { readFileSync } from "node:fs";
import { type Agent, enrol, loadConfig, startAgent } from "@dd0c/agent";
import { canaries, scan } from "@dd0c/scanner";
import { afterEach, describe, expect, it } from "vitest";
import { createScannerGuard } from "../../packages/server/src/app/scanner-guard.ts";
import { doctoredScanner } from "../../packages/server/test-support/doctored-scanner.ts";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { approve, begin, demoRunbook, openStep, readExecution, type Session, signIn, until } from "../support/session.ts";

interface Running {
  readonly server: TestServer;
  readonly admin: Session;
  readonly agent: Agent;
  readonly agentId: string;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.agent.stop();
  await running?.server.stop();
  running = undefined;
});

/** A server with its demo runbooks and its demo agent, in this process. */
async function start(erring: { readonly server?: ReturnType<typeof doctoredScanner>; readonly agent?: string }): Promise<Running> {
  const scanner = erring.server === undefined ? {} : { scanner: createScannerGuard(erring.server.scan) };
  const server = await startTestServer({ environment: { DEMO: "1", AGENT_PORT: "0" }, ...scanner });
  const admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  const config = loadConfig(server.agentConfigFile ?? "");
  const identity = await enrol(config.server, config.name, readFileSync(server.enrolmentTokenFile ?? "", "utf8"));
  const judge = (text: string) => (text === erring.agent ? { risk: "safe" as const } : scan(text));
  const agent = await startAgent({ config, identity: () => identity, log: () => undefined, canaryJudge: judge });
  running = { server, admin, agent, agentId: identity.agentId };
  await until("the agent online", async () => agent.isConnected(), Boolean);
  return running;
}

const locked = { status: 423, code: "PARTY_MODE_ACTIVE" };
const partyOn = (admin: Session) =>
  until(
    "party mode on record",
    () => admin.call("getPartyMode", {}),
    ({ causes }) => causes.length > 0,
  );

describe("party mode", () => {
  it("pauses what runs, lets nothing start or be approved, and hands back to people when an admin has looked", async () => {
    const doctored = doctoredScanner({ errs: false });
    const { admin } = await start({ server: doctored });
    const text = "# Folder\n\n1. Make it.\n\n   ```\n   mkdir made-by-a-test\n   ```\n";
    const { id: runbookId } = await admin.call("createRunbook", { body: { raw_text: text, trust_level: 2 } });
    const begun = await begin(admin, runbookId);
    const waiting = await until(
      "a step that waits",
      () => readExecution(admin, begun.id),
      (now) => openStep(now) !== undefined,
    );
    const step = openStep(waiting)!;

    doctored.errs = true;
    await expect(admin.call("createRunbook", { body: { raw_text: "1. `ls`\n" } })).rejects.toMatchObject(locked);
    await expect(approve(admin, waiting, step)).rejects.toMatchObject({ status: expect.any(Number) as number });
    await partyOn(admin);
    const paused = await until(
      "the pause",
      () => readExecution(admin, begun.id),
      ({ status }) => status === "paused",
    );
    expect(paused.status_reason).toContain("halted itself");
    expect(openStep(paused)?.actions ?? []).not.toContain("approve");
    await expect(admin.call("startExecution", { body: { runbook_id: runbookId } })).rejects.toMatchObject(locked);
    await expect(admin.call("resumeExecution", { params: { id: begun.id }, body: {} })).rejects.toMatchObject(locked);

    doctored.errs = false;
    await admin.call("leavePartyMode", { body: { reason: "the scanner was restored" } });
    expect((await readExecution(admin, begun.id)).status).toBe("paused");
    await admin.call("resumeExecution", { params: { id: begun.id }, body: {} });
    const again = await until(
      "the step waits again",
      () => readExecution(admin, begun.id),
      (now) => openStep(now) !== undefined && now.status === "running",
    );
    expect(openStep(again)?.command).toBe(step.command);
  });

  it("comes from an agent whose own scanner misses a canary", async () => {
    const [canary] = canaries;
    const { admin, agentId } = await start({ agent: canary!.command });
    const { causes } = await partyOn(admin);
    expect(causes).toMatchObject([{ cause: "agent_canary_missed", agent_id: agentId, canaries: [canary!.id] }]);
    const runbook_id = await demoRunbook(admin, /latency/i);
    await expect(admin.call("startExecution", { body: { runbook_id } })).rejects.toMatchObject(locked);
  });
});
