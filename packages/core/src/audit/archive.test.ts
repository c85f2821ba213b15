// Archives that were cut, joined, changed or signed by somebody else, and the columns beside their lines.
import { describe, expect, it } from "vitest";
import { exportTools, newSigner, signedArchive, signedExport } from "../test/signed-export.ts";
import { archiveRow, emptyArchive, verifyArchiveEnd, verifyArchiveLine } from "./archive.ts";

const signer = newSigner();
const stranger = newSigner();
const whole = signedExport({ events: 230, signer, checkpoints: [1, 100, 130, 200, 230] });
const archive = signedArchive(whole, signer, 101, 215);
const [key = "", ...rest] = archive;
const closing = archive.at(-1) ?? "";

function verdictOn(lines: readonly string[]): string {
  let state = emptyArchive;
  for (const line of lines) {
    const step = verifyArchiveLine(state, line, exportTools);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}`;
    state = step.state;
  }
  const end = verifyArchiveEnd(state);
  return end.ok ? `ok ${(state.start?.seq ?? 0) + 1} to ${state.inner.head?.seq ?? 0}` : `${end.fault} at ${end.expectedSeq}`;
}

const eventAt = (seq: number): number => archive.findIndex((line) => line.startsWith('{"event"') && line.includes(`"seq":${seq},`));
const without = (...seqs: readonly number[]) => archive.filter((_line, at) => !seqs.map(eventAt).includes(at));
const statement = {
  kind: "dd0c.audit-archive.v1",
  chain: "t1",
  first: 101,
  count: 215,
  head: "a".repeat(64),
  prev: "b".repeat(64),
} as const;

describe("an archive", () => {
  it.each<[string, readonly string[], string]>([
    ["whole", archive, "ok 101 to 215"],
    ["of the beginning", signedArchive(whole, signer, 1, 100), "ok 1 to 100"],
    ["of one event", signedArchive(whole, signer, 7, 7), "ok 7 to 7"],
    ["empty", [], "cut_tail at 1"],
    ["without keys", rest, "unsigned at 101"],
    ["an event changed", archive.with(eventAt(150), (archive[eventAt(150)] ?? "").replace("exit_code", "exit_c0de")), "changed at 150"],
    ["an event removed", without(150), "gap at 150"],
    ["the first event removed", without(101), "gap at 215"],
    ["the last event removed", without(215), "cut_tail at 214"],
    ["cut before the closing statement", archive.slice(0, -1), "cut_tail at 216"],
    ["something after it", [...archive, closing], "after_end at 216"],
    ["a due checkpoint removed", archive.filter((line) => !line.includes('"count":200,')), "missing_checkpoint at 200"],
    ["another checkpoint removed", archive.filter((line) => !line.includes('"count":130,')), "missing_checkpoint at 215"],
    ["closed like an export", [...archive.slice(0, -1), whole.at(-1) ?? ""], "malformed at 216"],
    ["closed with another stretch's statement", [...archive.slice(0, -1), signedArchive(whole, signer, 1, 215).at(-1) ?? ""], "gap at 215"],
    ["closed by a stranger", [...archive.slice(0, -1), signedArchive(whole, stranger, 101, 215).at(-1) ?? ""], "unknown_key at 215"],
    ["a statement changed", archive.with(-1, closing.replace('"first":101', '"first":102')), "forged_statement at 215"],
    ["signed over another beginning", archive.with(-1, signer.archive({ ...statement, checkpoints: 2 })), "wrong_prev_hash at 215"],
    ["nothing but a statement", [key, closing], "malformed at 1"],
  ])("%s", (_name, lines, verdict) => {
    expect(verdictOn(lines)).toBe(verdict);
  });

  it("has columns that say what its lines say", () => {
    const rows = archive.map(archiveRow);
    expect(rows.map(({ line }) => line)).toEqual(archive);
    expect(rows[1]).toEqual({
      kind: "event",
      seq: 101,
      event_type: "step.executed",
      recorded_at: "2026-03-01T03:17:00.000Z",
      execution_id: "e101",
      runbook_id: "r1",
      actor_id: "a1",
      line: archive[1],
    });
    const kinds = new Map(
      ["key", "checkpoint", "archive"].map((kind) => [kind, rows.filter((row) => row.kind === kind).map(({ seq }) => seq)]),
    );
    expect(Object.fromEntries(kinds)).toEqual({ key: [0], checkpoint: [130, 200], archive: [0] });
  });
});
