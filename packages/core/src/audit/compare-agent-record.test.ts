// An honest export agrees with the agent's journal; every doctored one is contradicted by name. One agent, seven attempts, one panic.
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../canonical-json.ts";
import { sha256 } from "../test/sha256.ts";
import { utf8Bytes } from "../utf8.ts";
import type { AgentRecord, AttemptEnd, WitnessedAttempt, WitnessedNote } from "./agent-record.ts";
import { compareAgentRecord } from "./compare-agent-record.ts";
import type { AuditEvent } from "./envelope.ts";
import type { AuditEventType } from "./event-types.ts";

const hash = (text: string): string => sha256(utf8Bytes(text));
const digest = (step: string): string => hash(`plan of ${step}`);
const grantOf = (step: string) => ({ kind: "dd0c.grant.v1", step_execution: step, attempt: 1, approver: "riley" });
const finished: AttemptEnd = { kind: "finished", exitCode: 0, stdoutSha256: hash("out"), stderrSha256: hash("err") };
const exportedAt = "2026-03-01T04:00:00.000Z";

const attempt = (step: string, record: number, end: AttemptEnd, change: Partial<WitnessedAttempt> = {}): WitnessedAttempt => ({
  record,
  at: "2026-03-01T03:00:00.000Z",
  agent: "a1",
  execution: "e1",
  step,
  attempt: 1,
  digest: digest(step),
  grant: "",
  end,
  told: true,
  ...change,
});
const note = (record: number, name: string, detail: WitnessedNote["detail"] = {}): WitnessedNote => ({
  record,
  at: "2026-03-01T03:00:00.000Z",
  note: name,
  detail,
});

const journal: AgentRecord = {
  attempts: [
    attempt("ran", 5, finished),
    attempt("granted", 9, finished, { grant: hash(canonicalJson(grantOf("granted"))) }),
    attempt("refused", 11, { kind: "refused", code: "AGENT_STRICTER" }),
    attempt("refused-too-late", 13, { kind: "refused", code: "DISPATCH_LATE" }),
    attempt("unknown", 16, { kind: "unknown" }),
    attempt("running", 18, { kind: "started" }, { told: false }),
    attempt("after-the-export", 20, finished, { told: false, at: "2026-03-01T05:00:00.000Z" }),
  ],
  notes: [note(21, "panic_lifted", { panic: "p1" }), note(22, "second_dispatch", { step: "ran", attempt: "1" })],
  until: "2026-03-01T05:00:00.000Z",
};

interface Logged {
  readonly type: AuditEventType;
  readonly step: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor?: string;
  readonly execution?: string;
  readonly at?: string;
}

const executed = (step: string, change: object = {}): Logged => ({
  type: "step.executed",
  step,
  actor: "a1",
  data: { attempt: 1, exit_code: 0, stdout_hash: hash("out"), stderr_hash: hash("err"), ...change },
});
const dispatched = (step: string): Logged => ({
  type: "step.dispatched",
  step,
  data: { attempt: 1, agent_id: "a1", digest: digest(step) },
});

const honest: readonly Logged[] = [
  dispatched("ran"),
  executed("ran"),
  { type: "step.approved", step: "granted", data: { grant: grantOf("granted") } },
  dispatched("granted"),
  executed("granted"),
  dispatched("refused"),
  { type: "step.refused", step: "refused", actor: "a1", data: { attempt: 1, code: "AGENT_STRICTER" } },
  dispatched("refused-too-late"),
  { type: "step.skipped", step: "refused-too-late", data: { skipped_by: "riley", reason: null } },
  dispatched("unknown"),
  { type: "step.outcome_unknown", step: "unknown", actor: "a1", data: { attempt: 1, cause: "agent_reported" } },
  dispatched("running"),
  { type: "panic.activated", step: null, data: { panic_id: "p1" } },
  { type: "panic.cleared", step: null, data: { panic_id: "p1" } },
];

function compare(events: readonly Logged[], record: AgentRecord = journal) {
  const comparer = compareAgentRecord(record, hash);
  for (const [at, { type, step, data, actor = "engine", execution = "e1", at: time = "2026-03-01T03:00:01.000Z" }] of events.entries())
    comparer.see({
      type,
      seq: at + 1,
      step_execution: step,
      execution,
      data,
      actor: { id: actor },
      occurred_at: time,
    } as unknown as AuditEvent);
  return comparer.end(exportedAt);
}

const faults = (events: readonly Logged[], record?: AgentRecord) =>
  compare(events, record).contradictions.map(({ fault, about }) => `${fault} ${about}`);
const without = (type: AuditEventType, step: string | null) => honest.filter((each) => each.type !== type || each.step !== step);
const changed = (type: AuditEventType, step: string, data: object) =>
  honest.map((each) => (each.type === type && each.step === step ? { ...each, data: { ...each.data, ...data } } : each));

describe("an honest export", () => {
  it("explains everything; what an honest server may cause is left to a person", () => {
    expect(compare(honest)).toEqual({
      contradictions: [],
      remarks: journal.notes,
      younger: 1,
    });
  });

  it("need not hold a grant that a journal of an earlier release does not name, nor panics of other tenants", () => {
    const attempts = journal.attempts.map((each) => ({ ...each, grant: null, agent: null }));
    const events = without("step.approved", "granted").filter(({ type }) => !type.startsWith("panic."));
    expect(faults(events, { ...journal, attempts })).toEqual([]);
  });
});

describe("a doctored export", () => {
  it.each<[string, readonly Logged[], readonly string[]]>([
    ["hides a dispatch with everything about it", honest.filter(({ step }) => step !== "ran"), ["not_dispatched ran"]],
    [
      "has it in another execution",
      honest.map((each) => (each.step === "ran" ? { ...each, execution: "e2" } : each)),
      ["not_dispatched ran"],
    ],
    ["names another command", changed("step.dispatched", "ran", { digest: digest("other") }), ["other_command ran"]],
    ["hides that it ran", without("step.executed", "ran"), ["hidden_run ran"]],
    ["forges the output", changed("step.executed", "ran", { stdout_hash: hash("nicer") }), ["other_result ran"]],
    ["forges the errors", changed("step.executed", "ran", { stderr_hash: null }), ["other_result ran"]],
    ["forges the exit code", changed("step.executed", "ran", { exit_code: 1 }), ["other_result ran"]],
    ["hides the approval", without("step.approved", "granted"), ["other_grant granted"]],
    [
      "forges the approver",
      changed("step.approved", "granted", { grant: { ...grantOf("granted"), approver: "bob" } }),
      ["other_grant granted"],
    ],
    ["has a grant that no text could hold", changed("step.approved", "granted", { grant: { at: Number.NaN } }), ["other_grant granted"]],
    ["hides a refusal", without("step.refused", "refused"), ["hidden_refusal refused"]],
    ["gives another reason", changed("step.refused", "refused", { code: "DISPATCH_LATE" }), ["other_refusal refused"]],
    ["says that a refused step ran", [...honest, executed("refused")], ["forged_run refused"]],
    ["says that a running step has ended", [...honest, executed("running")], ["forged_run running"]],
    ["knows an outcome that nobody knows", [...honest, executed("unknown")], ["forged_run unknown"]],
    ["hides that an outcome is unknown", without("step.outcome_unknown", "unknown"), ["hidden_run unknown"]],
    ["makes up a run", [...honest, executed("never")], ["forged_run never"]],
    ["lifts a panic by nobody", without("panic.cleared", null), ["panic_lifted p1"]],
  ])("%s", (_what, events, expected) => {
    expect(faults(events)).toEqual(expected);
  });

  it("names runs before the journal was replaced, and after it was copied, as nothing", () => {
    const replaced: Logged = { type: "agent.journal_replaced", step: null, data: { agent_id: "a1" } };
    expect(faults([executed("older"), replaced, ...honest])).toEqual([]);
    expect(faults([...honest, { ...executed("newer"), at: "2026-03-02T00:00:00.000Z" }])).toEqual([]);
  });

  it("cannot leave out what the server said it had stored, whatever time it claims to be from", () => {
    const [last] = journal.attempts.slice(-1);
    const told = { ...journal, attempts: [{ ...last!, told: true }] };
    expect(faults([], told)).toEqual(["not_dispatched after-the-export"]);
  });

  it("does not explain what no honest server sends", () => {
    const names = [
      "unsigned_announcement",
      "unsigned_amendment",
      "unsigned_capsule",
      "foreign_hello",
      "oversized_frame",
      "unreadable_dispatch",
      "clock_back",
      "stale_hello",
    ];
    const notes = names.map((name, at) => note(30 + at, name));
    const { contradictions, remarks } = compare(honest, { ...journal, notes });
    expect(contradictions.map(({ record, code }) => [record, code])).toEqual(names.slice(0, 6).map((name, at) => [30 + at, name]));
    expect(remarks.map(({ note: name }) => name)).toEqual(names.slice(6));
  });
});
