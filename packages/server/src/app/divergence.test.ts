// What runs did beside their runbook, through the front door of a real server: written once, recomputed to the same, suggested, applied by a person
// as a new version with where it comes from, dismissed with a reason. The agent is a row without a stream: people decide, nothing runs.
import { randomUUID } from "node:crypto";
import { divergenceReport } from "@dd0c/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, bobAs, invite } from "../../test-support/invite.ts";
import { until } from "../../test-support/send-delivery.ts";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { findVersionById, readExecution, upsertAgent } from "../db/index.ts";
import { recordedEvents } from "./read-divergence.ts";

let server: TestServer;
let admin: Session;
const agentId = randomUUID();

const text =
  "# Slow\n\n1. Look: `kubectl get pods -n pay`\n2. Count: `kubectl get events -n pay`\n3. Tell the channel.\n4. Look again: `kubectl get pods -n pay`\n";

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
  await server.database.withTenant(server.tenantId, (tx) => upsertAgent(tx, { id: agentId, name: "edge", version: "0.1.0" }));
}, 60_000);
afterAll(() => server.stop());

const save = async (raw_text = text) => (await admin.call("createRunbook", { body: { raw_text, trust_level: 2 } })).id;
const read = (id: string) => admin.call("getExecution", { params: { id } });

/** Written a moment after the end. */
const reported = (id: string) =>
  until(
    "the report",
    () => admin.call("getDivergence", { params: { id } }),
    ({ detected_at: at }) => at !== null,
  );

interface Night {
  /** What the run takes along from an alert. */
  readonly alert?: Readonly<Record<string, unknown>>;
  /** Commands that a person says were run elsewhere. */
  readonly told?: readonly string[];
}

/** Every command is skipped, what a person does is reported. */
async function walk(runbookId: string, { alert, told = [] }: Night = {}): Promise<string> {
  const about = alert === undefined ? {} : { alert_context: alert };
  const { id } = await admin.call("startExecution", { body: { runbook_id: runbookId, agent_id: agentId, ...about } });
  await admin.call("confirmPreflight", { params: { id }, body: { confirmed: [], variables: {} } });
  for (const text of told) await admin.call("declareAction", { params: { id }, body: { kind: "command", text } });
  for (let run = await read(id); run.status !== "completed"; run = await read(id)) {
    const step = run.steps.find(({ status }) => !["completed", "skipped"].includes(status));
    const params = { id, sid: step?.id ?? "" };
    if (step?.command === null) await admin.call("reportStep", { params, body: { outcome: "done" } });
    else await admin.call("skipStep", { params, body: { reason: "not needed" } });
  }
  await reported(id);
  return id;
}

const suggestionsOf = (id: string, session = admin) => session.call("listSuggestions", { params: { id } });
const eventsOf = async (query: object) => (await admin.call("listAudit", { query: { limit: 500, ...query } })).items;

describe("after a run", () => {
  it("one report is written and recorded by the system, and its events give it again", async () => {
    const runbookId = await save();
    const id = await walk(runbookId);
    const { detected_at, ...report } = await reported(id);
    expect(report).toMatchObject({
      ...{ ended: "completed", diverged: true, unlisted_actions: null, runbook_id: runbookId },
      skipped_steps: [
        { label: "1", reason: "not needed" },
        { label: "2", reason: "not needed" },
        { label: "4", reason: "not needed" },
      ],
    });
    expect(report.steps.map(({ fate }) => fate)).toEqual(["skipped", "skipped", "ran", "skipped"]);
    const [recorded, ...more] = await eventsOf({ execution_id: id, type: "divergence.detected" });
    expect(more).toEqual([]);
    expect(recorded).toMatchObject({
      actor: { type: "system", id: "engine" },
      runbook_id: runbookId,
      occurred_at: detected_at,
      data: report,
    });
    const again = await server.database.withTenant(server.tenantId, async (tx) => {
      const state = await readExecution(tx, id);
      const version = await findVersionById(tx, state?.versionId ?? "");
      return divergenceReport(await recordedEvents(tx, id), { variables: version?.parsed.variables ?? [] }, []);
    });
    expect(again).toEqual(report);
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it("proposes nothing that holds a word of the alert, in whatever field it stood, though no variable has it", async () => {
    const alert = {
      alert_id: "a-1",
      title: "Pods of web restart",
      labels: { pod: "web-7f9c", zone: ["e1"] },
      links: [{ href: "https://x.example/d" }],
    };
    const told = ["kubectl delete pod web-7f9c", "ping x.example", "df --zone e1", "kubectl get pods -A", "df -h"];
    const id = await walk(await save(), { alert, told });
    const { unlisted_actions: actions } = await reported(id);
    expect((actions ?? []).map(({ proposed }) => proposed)).toEqual([null, null, null, "kubectl get pods -A", "df -h"]);
    const plain = await walk(await save(), { told });
    expect((await reported(plain)).unlisted_actions?.map(({ proposed }) => proposed)).toEqual(told);
  });

  it("there is none before the end, nor where nobody began, nor for a stranger's id", async () => {
    const { id } = await admin.call("startExecution", { body: { runbook_id: await save(), agent_id: agentId } });
    await expect(admin.call("getDivergence", { params: { id } })).rejects.toMatchObject({ status: 409, code: "EXECUTION_STATE_CONFLICT" });
    await admin.call("abortExecution", { params: { id }, body: {} });
    await expect(admin.call("getDivergence", { params: { id } })).rejects.toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect(await eventsOf({ execution_id: id, type: "divergence.detected" })).toEqual([]);
    const nobody = { id: "00000000-0000-4000-8000-000000000000" };
    await expect(admin.call("getDivergence", { params: nobody })).rejects.toMatchObject({ code: "EXECUTION_NOT_FOUND" });
    await expect(admin.call("listSuggestions", { params: nobody })).rejects.toMatchObject({ code: "RUNBOOK_NOT_FOUND" });
  });
});

describe("after three runs", () => {
  let runbookId: string;
  let runs: string[];
  beforeAll(async () => {
    runbookId = await save();
    runs = [];
    for (let count = 0; count < 3; count++) runs.unshift(await walk(runbookId));
  }, 60_000);

  it("what they agree about is suggested, with the runs and the text that it would be", async () => {
    const { version, runs_considered, items, decided } = await suggestionsOf(runbookId);
    expect([version, runs_considered, decided]).toEqual([1, 3, []]);
    expect(items.map(({ summary, change, runs: of, risk }) => [summary, change.kind, of, risk])).toEqual([
      ["Steps 1-2 were skipped in 3 of 3 runs. Remove them?", "remove", runs, null],
      ["Step 4 was skipped in 3 of 3 runs. Remove it?", "remove", runs, null],
    ]);
    expect(items[0]?.proposed_text).toBe("# Slow\n\n1. Tell the channel.\n2. Look again: `kubectl get pods -n pay`\n");
  });

  it("only a person who may edit applies it, and only what they saw", async () => {
    const [item] = (await suggestionsOf(runbookId)).items;
    const params = { id: runbookId, key: item?.key ?? "" };
    const body = { proposed_sha256: item?.proposed_sha256 ?? "" };
    const { key } = await admin.call("createApiKey", { body: { name: "ci", role: "author" } });
    await expect(server.withKey(key).call("applySuggestion", { params, body })).rejects.toMatchObject({ code: "HUMAN_REQUIRED" });
    await expect(server.withKey(key).call("dismissSuggestion", { params, body: { reason: "no" } })).rejects.toMatchObject({
      code: "HUMAN_REQUIRED",
    });
    const bob = server.withCookie(await accept(await invite(admin, { ...bobAs("approver"), role: "operator" })));
    await expect(bob.call("applySuggestion", { params, body })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = { proposed_sha256: "0".repeat(64) };
    await expect(admin.call("applySuggestion", { params, body: other })).rejects.toMatchObject({ status: 409, code: "DIGEST_MISMATCH" });
    const strange = { id: runbookId, key: "0".repeat(64) };
    await expect(admin.call("applySuggestion", { params: strange, body })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await admin.call("getRunbook", { params: { id: runbookId } })).version).toBe(1);
  });

  it("one may be dismissed with a reason, and does not come back", async () => {
    const item = (await suggestionsOf(runbookId)).items[1];
    const params = { id: runbookId, key: item?.key ?? "" };
    await expect(admin.call("dismissSuggestion", { params, body: { reason: " " } })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    const left = await admin.call("dismissSuggestion", { params, body: { reason: "it proves the cure" } });
    expect(left.items.map(({ summary }) => summary)).toEqual(["Steps 1-2 were skipped in 3 of 3 runs. Remove them?"]);
    expect(left.decided).toMatchObject([
      { decision: "dismissed", reason: "it proves the cure", version: null, runs, decided_by: { name: "Admin" } },
    ]);
    const [event] = await eventsOf({ runbook_id: runbookId, type: "runbook.suggestion_dismissed" });
    expect(event).toMatchObject({ actor: { type: "user" }, data: { key: params.key, runs, reason: "it proves the cure" } });
    await walk(runbookId);
    expect((await suggestionsOf(runbookId)).items).toHaveLength(1);
  });

  it("the other becomes the next version, with where it comes from; its steps keep their ids and it is not suggested again", async () => {
    const before = await admin.call("getRunbook", { params: { id: runbookId } });
    const [item] = (await suggestionsOf(runbookId)).items;
    const params = { id: runbookId, key: item?.key ?? "" };
    const after = await admin.call("applySuggestion", { params, body: { proposed_sha256: item?.proposed_sha256 ?? "", reason: "agreed" } });
    expect([after.version, after.raw_text]).toEqual([2, item?.proposed_text]);
    // Steps 1 and 4 have the same command: what stays is 4, and stays 4.
    expect(after.commands.map(({ step_id }) => step_id)).toEqual(before.commands.slice(2).map(({ step_id }) => step_id));
    const [version] = (await admin.call("listRunbookVersions", { params: { id: runbookId } })).items;
    expect(version).toMatchObject({ version: 2, change_source: "suggestion", created_by: { type: "user", name: "Admin" } });
    const [event] = await eventsOf({ runbook_id: runbookId, type: "runbook.updated" });
    expect(event?.data).toMatchObject({
      ...{ old_version: 1, new_version: 2, change_source: "suggestion", reason: "agreed" },
      suggestion: { key: params.key, summary: "Steps 1-2 were skipped in 4 of 4 runs. Remove them?" },
    });
    const read = await suggestionsOf(runbookId);
    expect(read.items).toEqual([]);
    expect(read.decided[0]).toMatchObject({ decision: "applied", version: 2, key: params.key });
    expect((await admin.call("verifyAudit")).ok).toBe(true);
  });

  it("of two who apply at once one makes the version", async () => {
    const id = await save();
    for (let count = 0; count < 3; count++) await walk(id);
    const [item] = (await suggestionsOf(id)).items;
    const once = () =>
      admin.call("applySuggestion", { params: { id, key: item?.key ?? "" }, body: { proposed_sha256: item?.proposed_sha256 ?? "" } });
    const answers = await Promise.allSettled([once(), once()]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await admin.call("getRunbook", { params: { id } })).version).toBe(2);
  });
});
