// A scanner that calls a canary safe ends in party mode: at the start, in a batch, for every tenant; a signed-in admin ends it, not before it holds.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctoredScanner } from "../../test-support/doctored-scanner.ts";
import { cookieOf, type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { verdictOn } from "../../test-support/verify-lines.ts";
import { createTenant } from "../app/create-tenant.ts";
import { issueSignInLink } from "../app/issue-sign-in-link.ts";
import { createScannerGuard } from "../app/scanner-guard.ts";

const text = "# Disk\n\n1. Look.\n\n   ```\n   df -h\n   ```\n";
const locked = { status: 423, code: "PARTY_MODE_ACTIVE" };

const events = async (session: Session, type: string) =>
  (await session.call("listAudit", { query: { type } })).items.map(({ data, actor }) => ({ data, actor: actor.id }));

const partyOf = async (session: Session) => {
  for (let tries = 0; tries < 200; tries++) {
    const state = await session.call("getPartyMode");
    if (state.causes.length > 0) return state;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("party mode was never recorded");
};

describe("a server whose scanner misses a canary at the start", () => {
  const doctored = doctoredScanner({ errs: true });
  let server: TestServer;
  let admin: Session;
  beforeAll(async () => {
    server = await startTestServer({ environment: { DEMO: "1" }, scanner: createScannerGuard(doctored.scan) });
    admin = await server.signIn();
  }, 60_000);
  afterAll(() => server.stop());

  it("starts, says why, and classifies nothing", async () => {
    expect(await admin.call("getPartyMode")).toEqual({
      on: true,
      people_needed: 1,
      causes: [
        {
          cause: "canary_missed",
          explanation: expect.stringContaining("scanner of this server") as string,
          canaries: [doctored.canary.id],
          agent_id: null,
          runbook_id: null,
          agreed: null,
          since: expect.any(String) as string,
        },
      ],
    });
    await expect(admin.call("createRunbook", { body: { raw_text: text } })).rejects.toMatchObject(locked);
    await expect(admin.call("parsePreview", { body: { raw_text: text } })).rejects.toMatchObject(locked);
    await expect(server.anonymous.call("parsePreview", { body: { raw_text: text } })).rejects.toMatchObject(locked);
    await expect(admin.call("classify", { body: { command: "ls" } })).rejects.toMatchObject(locked);
    await expect(admin.call("scannerTest", { body: { command: "ls" } })).rejects.toMatchObject(locked);
    expect((await admin.call("listRunbooks", { query: {} })).items).toEqual([]);
  });

  it("records it once, by the canary's id and never by its text", async () => {
    const activated = await events(admin, "party_mode.activated");
    expect(activated).toEqual([
      { actor: "scanner-guard", data: expect.objectContaining({ cause: "canary_missed", canaries: [doctored.canary.id] }) as unknown },
    ]);
    expect(JSON.stringify(activated)).not.toContain(doctored.canary.command);
    expect(server.log.join("\n")).not.toContain(doctored.canary.command);
  });

  it("leaves the whole chain as a file that can be verified, for its owner only", () => {
    const folder = join(server.folder, "forensics");
    const [file, ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    expect(statSync(join(folder, file!)).mode & 0o777).toBe(0o600);
    const lines = readFileSync(join(folder, file!), "utf8").trimEnd().split("\n");
    expect(verdictOn(lines)).toMatch(/^ok \d+$/);
    const last = lines.findLast((line) => line.startsWith('{"event":')) ?? "{}";
    expect(JSON.parse(last)).toMatchObject({ event: { type: "party_mode.activated" } });
  });

  it("is let out by a signed-in admin alone, and only when the scanner holds", async () => {
    const { key } = await admin.call("createApiKey", { body: { name: "script", role: "operator" } });
    const leave = (session: Session) => session.call("leavePartyMode", { body: { reason: "fixed release installed" } });
    await expect(leave(server.withKey(key))).rejects.toMatchObject({ status: 403 });
    await expect(leave(admin)).rejects.toMatchObject(locked);
    doctored.errs = false;
    await expect(admin.call("createRunbook", { body: { raw_text: text } })).rejects.toMatchObject(locked);
    expect(await leave(admin)).toEqual({ on: false, people_needed: 1, causes: [] });
    await expect(leave(admin)).rejects.toMatchObject({ code: "EXECUTION_STATE_CONFLICT" });
    expect(await events(admin, "party_mode.cleared")).toMatchObject([{ data: { reason: "fixed release installed" } }]);
    expect((await admin.call("createRunbook", { body: { raw_text: text } })).title).toBe("Disk");
  });
});

describe("a scanner that begins to err while the server runs", () => {
  const doctored = doctoredScanner({ errs: false });
  let server: TestServer;
  let admin: Session;
  let other: Session;
  beforeAll(async () => {
    server = await startTestServer({ scanner: createScannerGuard(doctored.scan) });
    admin = await server.signIn();
    await createTenant(server.app, { tenantName: "Other", slug: "other", userName: "Eve", email: "eve@example.com" });
    const answer = await fetch(await issueSignInLink(server.app, "eve@example.com", server.url), { redirect: "manual" });
    other = server.withCookie(cookieOf(answer));
  }, 60_000);
  afterAll(() => server.stop());

  it("locks every tenant, keeps what the batch found, and takes all trust away", async () => {
    const trusted = await admin.call("createRunbook", { body: { raw_text: text, trust_level: 2 } });
    expect(await admin.call("getPartyMode")).toEqual({ on: false, people_needed: 1, causes: [] });

    doctored.errs = true;
    await expect(admin.call("createRunbook", { body: { raw_text: text, title: "withheld" } })).rejects.toMatchObject(locked);

    expect((await partyOf(admin)).causes[0]?.canaries).toEqual([doctored.canary.id]);
    expect((await partyOf(other)).causes[0]?.canaries).toEqual([doctored.canary.id]);
    const { items } = await admin.call("listRunbooks", { query: {} });
    expect(items.map(({ title, trust_level }) => [title, trust_level])).toEqual([["Disk", 0]]);
    expect(await events(admin, "runbook.trust_downgraded")).toMatchObject([
      { data: { old_level: 2, new_level: 0, trigger_event: "party_mode.activated" } },
    ]);
    // What was decided before can still be read.
    expect((await admin.call("getRunbook", { params: { id: trusted.id } })).commands).toHaveLength(1);
  });

  it("is one party mode, however many batches are refused", async () => {
    for (let at = 0; at < 3; at++) await expect(admin.call("scannerTest", { body: { command: "ls" } })).rejects.toMatchObject(locked);
    expect(await events(admin, "party_mode.activated")).toHaveLength(1);
  });

  it("stays locked for a tenant whose admin has not looked", async () => {
    doctored.errs = false;
    expect((await admin.call("leavePartyMode", { body: { reason: "looked" } })).on).toBe(false);
    expect((await other.call("getPartyMode")).on).toBe(true);
  });
});
