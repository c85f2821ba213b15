// A run in a few lines.
import { describe, expect, it } from "vitest";
import type { RunFacts } from "./closing-payload.ts";
import { noteText, spellLength } from "./note-text.ts";

const run = (more: Partial<RunFacts> = {}): RunFacts => ({
  execution_id: "e1",
  runbook_id: "r1",
  runbook_title: "Payment Service Latency",
  runbook_version: 3,
  status: "completed",
  steps_executed: 5,
  steps_skipped: 3,
  steps_failed: 0,
  duration_seconds: 161,
  mttr_seconds: 227,
  mttr_since: "alert_start",
  started_at: "2026-02-28T03:17:00Z",
  completed_at: "2026-02-28T03:20:47Z",
  started_by: "Riley",
  in_charge: "Morgan",
  divergences: { skipped: 1, edited: 2, unlisted: 0, reordered: 0, failed_then_worked: 1 },
  steps: [],
  ...more,
});
const lines = (more?: Partial<RunFacts>) => noteText(run(more), "https://run.example/executions/e1").split("\n");

describe("the note", () => {
  it("says what ran, how it ended, what was beside the runbook, who and how long", () => {
    expect(lines()).toEqual([
      'dd0c/run: the runbook "Payment Service Latency" (version 3) completed after 2 min 41 s.',
      "Steps: 5 done, 3 skipped, 0 failed.",
      "Beside the runbook: 1 skipped, 2 edited, 1 failed, then worked.",
      "Time to resolution: 3 min 47 s, from the alert's own start.",
      "Started by Riley; in charge at the end: Morgan.",
      "https://run.example/executions/e1",
    ]);
  });

  it("claims no resolution after a failure, and no difference where nothing was compared", () => {
    const more = { status: "failed", mttr_seconds: null, mttr_since: null, divergences: null, started_by: null, in_charge: null } as const;
    expect(lines(more).slice(0, 3)).toEqual([
      'dd0c/run: the runbook "Payment Service Latency" (version 3) ended with a failure after 2 min 41 s.',
      "Steps: 5 done, 3 skipped, 0 failed.",
      "Started by a program.",
    ]);
  });

  it("keeps a title on its line", () => {
    expect(lines({ runbook_title: `a\nb ${"x".repeat(300)}` })[0]).toMatch(/^dd0c\/run: the runbook "a b x{196}" \(version 3\)/);
  });

  it.each([
    [0, "0 s"],
    [59, "59 s"],
    [60, "1 min 00 s"],
    [3_840, "1 h 04 min"],
  ])("spells %i seconds", (seconds, words) => {
    expect(spellLength(seconds)).toBe(words);
  });
});
