import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../test/sha256.ts";
import { newSigner, signedExport, verdictOn } from "../test/signed-export.ts";
import { type AuditDraft, emptyHead, sealEvent } from "./envelope.ts";
import { exportLine } from "./verify-chain.ts";
import { localChain } from "./verify-export.ts";

const signer = newSigner();
const stranger = newSigner();
const whole = signedExport({ events: 230, signer, checkpoints: [1, 100, 130, 200, 230] });

const indexOf = (needle: string): number => whole.findIndex((line) => line.includes(needle));
const eventAt = (seq: number): number => indexOf(`"seq":${seq},`);
const checkpointAt = (count: number): number => whole.findIndex((line) => line.startsWith(`{"checkpoint":{"chain":"t1","count":${count},`));
const last = whole.length - 1;

const without = (...indexes: readonly number[]): readonly string[] => whole.filter((_line, at) => !indexes.includes(at));
const withLine = (index: number, line: string): readonly string[] => whole.with(index, line);
const swapped = (a: number, b: number): readonly string[] => whole.with(a, whole[b]!).with(b, whole[a]!);
const inserted = (index: number, line: string): readonly string[] => whole.toSpliced(index, 0, line);

/** Someone who rewrote an event, every hash after it, and cannot sign: the signed lines are the old ones. */
const rewritten = (signedAgain: boolean): readonly string[] => {
  const forged = signedExport({
    events: 230,
    signer: signedAgain ? stranger : signer,
    checkpoints: [1, 100, 130, 200, 230],
    alter: (event, seq) => (seq === 150 ? { ...event, data: { command: "true" } } : event),
  });
  return signedAgain ? forged.with(0, whole[0]!) : forged.map((line, at) => (line.startsWith('{"event":') ? line : whole[at]!));
};

describe("a signed export", () => {
  it.each<[string, readonly string[], string]>([
    ["whole", whole, "ok 230"],
    ["empty", [], "cut_tail at 1"],
    ["only keys", whole.slice(0, 1), "cut_tail at 1"],
    ["without keys", whole.slice(1), "unsigned at 1"],
    ["the events alone", whole.filter((line) => line.startsWith('{"event":')), "unsigned at 1"],
    ["an event changed", withLine(eventAt(7), whole[eventAt(7)]!.replace("exit_code", "exit_c0de")), "changed at 7, found 7"],
    ["an event removed", without(eventAt(7)), "gap at 7, found 8"],
    ["two events exchanged", swapped(eventAt(7), eventAt(8)), "gap at 7, found 8"],
    ["an event inserted", inserted(eventAt(8), whole[eventAt(7)]!), "duplicated at 8, found 7"],
    ["cut after an event", whole.slice(0, eventAt(50) + 1), "cut_tail at 51"],
    ["cut at a checkpoint", whole.slice(0, checkpointAt(130) + 1), "cut_tail at 131"],
    ["cut just before the closing statement", whole.slice(0, last), "cut_tail at 231"],
    ["the tail cut, the closing statement kept", without(...range(eventAt(201), last)), "cut_tail at 201, found 230"],
    ["cut where a checkpoint is due", whole.slice(0, eventAt(100) + 1), "missing_checkpoint at 100"],
    ["a due checkpoint removed", without(checkpointAt(100)), "missing_checkpoint at 100"],
    ["another checkpoint removed", without(checkpointAt(130)), "missing_checkpoint at 230"],
    ["the last checkpoint removed", without(checkpointAt(230)), "missing_checkpoint at 230"],
    ["a checkpoint twice", inserted(checkpointAt(130), whole[checkpointAt(130)]!), "misplaced_checkpoint at 130, found 130"],
    ["a checkpoint moved", inserted(eventAt(140), whole[checkpointAt(130)]!), "misplaced_checkpoint at 139, found 130"],
    ["a checkpoint's time changed", change(checkpointAt(130), "03:17", "03:18"), "forged_checkpoint at 130, found 130"],
    ["a checkpoint's count changed", change(checkpointAt(130), '"count":130', '"count":131'), "forged_checkpoint at 130, found 131"],
    ["a checkpoint signed by a stranger", withLine(checkpointAt(130), byStranger()), "unknown_key at 130, found 130"],
    ["a stranger's under our key's name", withLine(checkpointAt(130), byStranger(true)), "forged_checkpoint at 130, found 130"],
    ["history rewritten", rewritten(false), "other_head at 200, found 200"],
    ["history rewritten and signed by a stranger", rewritten(true), "unknown_key at 1, found 1"],
    ["the key's bytes replaced", change(0, signer.publicKey, stranger.publicKey), "key_invalid at 1"],
    ["a key that is none", change(0, signer.publicKey, "AAAA"), "malformed at 1"],
    ["a key in the middle", inserted(eventAt(9), whole[0]!), "malformed at 9"],
    ["the closing statement of a shorter export", withLine(last, shorter()), "forged_statement at 231, found 229"],
    ["the closing statement changed", change(last, '"count":230', '"count":231'), "forged_statement at 230, found 231"],
    ["an event after the end", [...whole, whole[eventAt(230)]!], "after_end at 231"],
    ["the export twice", [...whole, ...whole], "after_end at 231"],
    ["a signature's last bits changed", respelt(), "malformed at 131"],
    ["a blank in a checkpoint", change(checkpointAt(130), '"count":130', '"count": 130'), "malformed at 131"],
    ["a line that is nothing", inserted(eventAt(9), "{}"), "malformed at 9"],
  ])("%s", (_name, lines, expected) => {
    expect(verdictOn(lines)).toBe(expected);
  });

  it("shows each removed, doubled and exchanged line, wherever it is, and each cut", () => {
    for (let at = 0; at < whole.length; at += 1) {
      expect([at, verdictOn(without(at))]).not.toEqual([at, expect.stringMatching(/^ok/)]);
      expect([at, verdictOn(inserted(at, whole[at]!))]).not.toEqual([at, expect.stringMatching(/^ok/)]);
      if (at < last) expect([at, verdictOn(swapped(at, at + 1))]).not.toEqual([at, expect.stringMatching(/^ok/)]);
      expect([at, verdictOn(whole.slice(0, at))]).not.toEqual([at, expect.stringMatching(/^ok/)]);
    }
  });

  it("shows any run of lines that is taken out, moved or taken from another export", () => {
    const other = signedExport({
      events: 230,
      signer,
      checkpoints: [1, 100, 130, 200, 230],
      alter: (event, seq) => ({ ...event, data: { ...event.data, other: seq } }),
    });
    fc.assert(
      fc.property(
        fc.nat(last),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(last),
        fc.constantFrom("cut", "move", "graft"),
        (from, length, to, deed) => {
          const part = (deed === "graft" ? other : whole).slice(from, from + length);
          const rest = deed === "graft" ? [...whole] : whole.toSpliced(from, length);
          const changed = deed === "cut" ? rest : rest.toSpliced(deed === "graft" ? from : to, deed === "graft" ? length : 0, ...part);
          fc.pre(changed.join("\n") !== whole.join("\n"));
          expect(verdictOn(changed)).not.toMatch(/^ok/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("breaks when any single character of it is changed, removed or added", () => {
    const small = signedExport({ events: 4, signer, checkpoints: [2, 4] });
    const text = small.join("\n");
    expect(verdictOn(small)).toBe("ok 4");
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("x", "0", "A", " ", '"', ""), fc.boolean(), (index, char, replace) => {
        const changed = text.slice(0, index) + char + text.slice(replace ? index + 1 : index);
        fc.pre(changed !== text);
        expect(verdictOn(changed.split("\n"))).not.toMatch(/^ok/);
      }),
      { numRuns: 1_000 },
    );
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function change(index: number, from: string, to: string): readonly string[] {
  expect(whole[index]).toContain(from);
  return withLine(index, whole[index]!.replace(from, to));
}

/** The same bytes to a lenient reader of base64. */
function respelt(): readonly string[] {
  const line = whole[checkpointAt(130)]!;
  const end = /(.)==/.exec(line)?.[1] ?? "";
  return withLine(checkpointAt(130), line.replace(`${end}==`, `${String.fromCharCode(end.charCodeAt(0) + 1)}==`));
}

function byStranger(underOurName = false): string {
  const line = whole[checkpointAt(130)]!;
  const head = /"head":"([0-9a-f]{64})"/.exec(line)?.[1] ?? "";
  const forged = stranger.line({ kind: "dd0c.checkpoint.v1", chain: "t1", count: 130, head, taken_at: "2026-03-01T03:17:00.000Z" });
  return underOurName ? forged.replace(stranger.id, signer.id) : forged;
}

function shorter(): string {
  return signedExport({ events: 229, signer, checkpoints: [1, 100, 130, 200, 229] }).at(-1) ?? "";
}

describe("the record of a walk in a terminal", () => {
  const record = (chain: string, events: number): readonly string[] => {
    let head = emptyHead(chain);
    return Array.from({ length: events }, () => {
      const sealed = sealEvent(walkDraft(chain), head, sha256);
      head = sealed.head;
      return exportLine(sealed.event, sealed.hash);
    });
  };
  const lines = record(localChain, 205);

  it.each<[string, readonly string[], string]>([
    ["whole, although nobody signed it", lines, "ok 205"],
    ["cut: nobody can tell", lines.slice(0, 50), "ok 50"],
    ["with an event changed", lines.with(6, lines[6]!.replace("paused", "resumed")), "changed at 7, found 7"],
    ["with an event removed", lines.toSpliced(6, 1), "gap at 7, found 8"],
    ["of a tenant's chain", record("t1", 3), "unsigned at 1"],
    ["with a tenant's event behind it", [...lines, ...record("t1", 1)], "unsigned at 206"],
  ])("verifies %s", (_name, text, verdict) => {
    expect(verdictOn(text)).toBe(verdict);
  });
});

const walkDraft = (tenant: string): AuditDraft => ({
  type: "execution.paused",
  schema_version: 1,
  tenant,
  execution: "e",
  step_execution: null,
  runbook: "r",
  actor: { type: "user", id: "u", via: "cli" },
  occurred_at: "2026-03-01T03:17:00.000Z",
  recorded_at: "2026-03-01T03:17:00.000Z",
  late: false,
  source_ip: null,
  data: { reason: "human", note: null },
});
