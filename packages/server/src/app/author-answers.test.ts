// Answers of an author through the front door: previewed, saved with the version, kept across edits, recorded, shown during a run.
import { canonicalJson } from "@dd0c/core";
import type { WireAnswer, WirePreview } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { textHash } from "./context.ts";

let server: TestServer;
let admin: Session;

const text = `# Cart is slow

1. Check the logs.
2. Look: \`df -h\`
   This triggers a \`rm -rf /srv/cache\` run.
3. Delete the pod: \`kubectl delete pod <pod> -n <team>\`
`;
const logs: WireAnswer = {
  kind: "ambiguity",
  key: 'ambiguity:unclear: "check the logs" in: check the logs',
  text: "journalctl of cart, for OOM",
};
const mention: WireAnswer = { kind: "mention", key: "mention:rm -rf /srv/cache", accepted: true };
const team: WireAnswer = { kind: "variable", key: "variable:team", source: "alert", field: "labels.team", description: "Owner of the pod" };
const gone: WireAnswer = { kind: "ambiguity", key: "ambiguity:gone", text: "of another text" };

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
}, 60_000);
afterAll(() => server.stop());

const preview = (answers: WireAnswer[], rawText = text): Promise<WirePreview> =>
  admin.call("parsePreview", { body: { raw_text: rawText, answers } });
const risks = ({ commands }: WirePreview) => commands.map(({ label, command, classification }) => [label, command, classification.risk]);

describe("a preview with answers", () => {
  it("asks, and shows what each answer makes of the runbook", async () => {
    const open = await preview([]);
    expect(open.questions.map(({ key, answer }) => [key, answer])).toEqual([
      [logs.key, null],
      [mention.key, null],
      ["variable:pod", null],
      [team.key, null],
    ]);
    const answered = await preview([logs, mention, team, gone]);
    expect(answered.questions.map(({ key, answer }) => [key, answer])).toEqual([
      [logs.key, "journalctl of cart, for OOM"],
      [mention.key, true],
      ["variable:pod", null],
      [team.key, { source: "alert", field: "labels.team", description: "Owner of the pod" }],
    ]);
    expect(answered.stale_answer_keys).toEqual([gone.key]);
    expect(answered.parsed.steps[0]?.clarification).toBe("journalctl of cart, for OOM");
    expect(answered.parsed.variables[1]).toMatchObject({ name: "team", source: "alert", field: "labels.team" });
    const [df, pod] = risks(open);
    expect(risks(answered)).toEqual([["2a", ...(df ?? []).slice(1)], ["2b", "rm -rf /srv/cache", "dangerous"], pod]);
  });

  it("judges what the text ordered as it would without any answer", async () => {
    const between = "# T\n\n## Purge all volumes\n\nEvery night a `fstrim -v /srv` job is started by cron.\n\n1. Look: `df -h`\n";
    const [open] = risks(await preview([], between));
    const accepted: WireAnswer[] = (await preview([], between)).questions.map(({ key }) => ({ kind: "mention", key, accepted: true }));
    expect(accepted.length).toBeGreaterThan(0);
    expect((await preview(accepted, between)).commands.find(({ command }) => command === "df -h")?.classification.risk).toBe(open?.[2]);
  });

  it.each([
    ["two answers to one question", [logs, { ...logs, text: "other" }]],
    ["an alert variable without its field", [{ ...team, field: undefined }]],
    ["a field that is none", [{ ...team, field: "labels team; rm" }]],
    ["a field for a typed value", [{ ...team, source: "manual" }]],
    ["an empty answer", [{ ...logs, text: "  " }]],
    ["a very long one", [{ ...logs, text: "x".repeat(2_001) }]],
  ])("refuses %s", async (_, answers) => {
    await expect(preview(answers as WireAnswer[])).rejects.toMatchObject({ status: 400, code: "VALIDATION_FAILED" });
  });
});

describe("a saved runbook", () => {
  it("keeps answers with its version, and records them", async () => {
    const answers = [logs, mention, team, gone];
    const saved = await admin.call("createRunbook", { body: { raw_text: text, answers } });
    expect({ parsed: saved.parsed, answers: saved.answers, stale: saved.stale_answer_keys }).toEqual({
      parsed: (await preview(answers)).parsed,
      answers,
      stale: [gone.key],
    });
    expect(saved.commands.map(({ label }) => label)).toEqual(["2a", "2b", "3"]);
    const { items } = await admin.call("listAudit", { query: { runbook_id: saved.id } });
    expect(items.find(({ type }) => type === "runbook.parsed")?.data).toMatchObject({
      answer_count: 4,
      answers_hash: textHash(canonicalJson(answers)),
      answers,
      stale_answer_keys: [gone.key],
    });
  });

  it("takes them along when only the text is edited, and makes a version when only they change", async () => {
    const { id } = await admin.call("createRunbook", { body: { raw_text: text, answers: [logs] } });
    const update = (body: { raw_text?: string; answers?: WireAnswer[] }) => admin.call("updateRunbook", { params: { id }, body });
    const edited = await update({ raw_text: `Read this first.\n\n${text}` });
    expect([
      edited.version,
      edited.answers,
      edited.parsed.steps.find(({ clarification }) => clarification !== undefined)?.description,
    ]).toEqual([2, [logs], "Check the logs."]);
    expect((await update({ answers: [logs] })).version).toBe(2);
    const both = await update({ answers: [logs, mention] });
    expect([both.version, both.raw_text]).toEqual([3, edited.raw_text]);
    const without = await update({ raw_text: "1. Look: `df -h`\n" });
    expect([without.version, without.answers, without.stale_answer_keys]).toEqual([4, [logs, mention], [logs.key, mention.key]]);
    const old = await admin.call("getRunbookVersion", { params: { id, v: 1 } });
    expect([old.answers, old.stale_answer_keys]).toEqual([[logs], []]);
  });

  it("loses nothing when two change different things at once", async () => {
    const { id } = await admin.call("createRunbook", { body: { raw_text: text } });
    await Promise.all([
      admin.call("updateRunbook", { params: { id }, body: { answers: [logs] } }),
      admin.call("updateRunbook", { params: { id }, body: { raw_text: `${text}\n4. Tell the owner.\n` } }),
    ]);
    const now = await admin.call("getRunbook", { params: { id } });
    expect([now.version, now.answers, now.parsed.steps.length]).toEqual([3, [logs], 4]);
  });
});
