import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../test/sha256.ts";
import { type AuditDraft, type AuditEvent, type ChainHead, emptyHead, hashEvent, sealEvent } from "./envelope.ts";
import { auditEventTypes } from "./event-types.ts";
import { exportLine, readExportLine, verifyLine, verifyNext } from "./verify-chain.ts";

const draft = (n: number): AuditDraft => ({
  type: "step.executed",
  schema_version: 1,
  tenant: "t1",
  execution: `e${n}`,
  step_execution: null,
  runbook: "r1",
  actor: { type: "agent", id: "a1", via: "agent" },
  occurred_at: "2026-03-01T03:17:00.000Z",
  recorded_at: "2026-03-01T03:17:00.010Z",
  late: false,
  source_ip: null,
  data: { command: `kubectl get pods -n p${n}`, exit_code: 0, note: "später 😀" },
});

interface Entry {
  readonly event: AuditEvent;
  readonly hash: string;
}

function chain(length: number): readonly Entry[] {
  let head = emptyHead("t1");
  return Array.from({ length }, (_, n) => {
    const sealed = sealEvent(draft(n), head, sha256);
    head = sealed.head;
    return { event: sealed.event, hash: sealed.hash };
  });
}

/** "ok" and the last sequence number, or the fault and where it shows. */
function verify(entries: readonly Entry[]): string {
  let head: ChainHead = emptyHead("t1");
  for (const { event, hash } of entries) {
    const step = verifyNext(head, event, hash, sha256);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}, found ${step.foundSeq}`;
    head = step.head;
  }
  return `ok ${head.seq}`;
}

const five = chain(5);
const at = (index: number): Entry => five[index]!;
const edited = (entry: Entry, change: Partial<AuditEvent>): AuditEvent => ({ ...entry.event, ...change });
/** An attacker who can also compute hashes. */
const rehashed = (event: AuditEvent): Entry => ({ event, hash: hashEvent(event, sha256) });

describe("a chain", () => {
  it("numbers from 1 and starts at 64 zeros", () => {
    expect(at(0).event).toEqual({ ...draft(0), hash_version: 1, chain: "t1", seq: 1, prev_hash: "0".repeat(64) });
    expect(at(1).event.prev_hash).toBe(at(0).hash);
  });

  it.each<[string, readonly Entry[], string]>([
    ["whole", five, "ok 5"],
    ["empty", [], "ok 0"],
    ["changed", [at(0), { event: edited(at(1), { late: true }), hash: at(1).hash }, at(2)], "changed at 2, found 2"],
    ["changed with its hash", [at(0), rehashed(edited(at(1), { late: true })), at(2)], "wrong_prev_hash at 3, found 3"],
    ["a hash changed", [at(0), { ...at(1), hash: at(0).hash }], "changed at 2, found 2"],
    ["one removed", [at(0), at(2)], "gap at 2, found 3"],
    ["the first removed", [at(1)], "gap at 1, found 2"],
    ["one removed and the rest renumbered", [at(0), rehashed(edited(at(2), { seq: 2 }))], "wrong_prev_hash at 2, found 2"],
    ["two exchanged", [at(0), at(2), at(1)], "gap at 2, found 3"],
    ["an old one again later", [at(0), at(1), at(2), at(0)], "reordered at 4, found 1"],
    ["one twice", [at(0), at(1), at(1)], "duplicated at 3, found 2"],
    ["one inserted", [at(0), rehashed({ ...at(1).event, data: {} }), at(1)], "duplicated at 3, found 2"],
    ["of another chain", [rehashed(edited(at(0), { chain: "t2" }))], "foreign_chain at 1, found 1"],
    ["of another version", [rehashed(edited(at(0), { hash_version: 2 as 1 }))], "unsupported_version at 1, found 1"],
  ])("%s", (_name, entries, expected) => {
    expect(verify(entries)).toBe(expected);
  });

  it("shows every changed field, also one that this version does not know", () => {
    for (const name of [...Object.keys(at(1).event), "field_of_tomorrow"]) {
      expect(verify([at(0), { event: { ...at(1).event, [name]: "x" }, hash: at(1).hash }])).not.toMatch(/^ok/);
    }
    const tomorrow = rehashed({ ...at(0).event, field_of_tomorrow: 1 } as AuditEvent);
    expect(verify([tomorrow])).toBe("ok 1");
  });

  it("has a known type for every event, each once", () => {
    expect(new Set(auditEventTypes).size).toBe(auditEventTypes.length);
    expect(auditEventTypes).toEqual(
      expect.arrayContaining(["runbook.parsed", "runbook.classified", "step.auto_executed", "step.approved", "step.executed"]),
    );
  });
});

describe("an export", () => {
  const lines = five.map(({ event, hash }) => exportLine(event, hash));

  function verifyLines(exported: readonly string[]): string {
    let head: ChainHead | null = null;
    for (const line of exported) {
      const step = verifyLine(head, line, sha256);
      if (!step.ok) return step.fault;
      head = step.head;
    }
    return `ok ${head?.seq ?? 0} ${head?.hash ?? ""}`;
  }

  it("verifies and can be read", () => {
    expect(verifyLines(lines)).toBe(`ok 5 ${at(4).hash}`);
    expect(readExportLine(lines[2]!)).toMatchObject(at(2));
  });

  it("breaks when any single character of it is changed, removed or added", () => {
    const text = lines.join("\n");
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("x", "0", " ", '"', ""), fc.boolean(), (index, char, replace) => {
        const changed = text.slice(0, index) + char + text.slice(replace ? index + 1 : index);
        fc.pre(changed !== text);
        expect(verifyLines(changed.split("\n"))).not.toMatch(/^ok 5/);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["nothing", "", "malformed"],
    ["no JSON", "{", "malformed"],
    ["no event", `{"hash":"${at(0).hash}"}`, "malformed"],
    ["an event that is none", `{"event":null,"hash":"${at(0).hash}"}`, "malformed"],
    ["two events", lines[0]!.replace(',"hash"', ',"event":{},"hash"'), "malformed"],
    ["a doubled key", lines[0]!.replace('"late":false', '"late":true,"late":false'), "changed"],
    ["a blank", lines[0]!.replace('"late":', '"late": '), "changed"],
    ["another spelling of a letter", lines[0]!.replace("kubectl", "\\u006bubectl"), "changed"],
  ])("does not verify: %s", (_name, line, fault) => {
    expect(verifyLine(null, line, sha256)).toMatchObject({ ok: false, fault, expectedSeq: 1 });
  });
});
