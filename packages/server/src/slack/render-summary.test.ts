// The end of a run as a person reads it at night: every kind of divergence, none of them, and texts that somebody else wrote.
import type { WireDivergence } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { readableBlocks } from "../../test-support/slack/readable.ts";
import { type RunEnd, renderSummary } from "./render-summary.ts";

const named = (label: string) => ({ step_id: `step-${label}`, step_execution_id: `run-of-${label}`, label });
const after = (label: string | null) => ({ after_step_id: label === null ? null : `step-${label}`, after_label: label });

const nothing: WireDivergence = {
  report_version: 1,
  execution_id: "e",
  runbook_id: "r",
  version_id: "v",
  ended: "completed",
  detected_at: null,
  diverged: false,
  steps: [],
  skipped_steps: [],
  modified_commands: [],
  unlisted_actions: null,
  reordered_steps: [],
  failed_then_worked: [],
  times: { total_ms: 750_000, before_start_ms: 0, running_ms: 220_000, waiting_ms: 482_000, agent_ms: 48_000 },
};
const execution: RunEnd["execution"] = {
  id: "e",
  runbook_id: "r",
  runbook_title: "Checkout errors",
  status: "completed",
  started_at: "2026-11-22T03:34:40.000Z",
  completed_at: "2026-11-22T03:47:10.000Z",
  mttr: { seconds: 750, since: "alert_start", since_at: "2026-11-22T03:34:40.000Z", doubt: null },
  steps_executed: 6,
  steps_skipped: 2,
  steps_failed: 1,
  steps: [],
};
const shown = (end: RunEnd): string => readableBlocks(renderSummary(end).blocks as unknown as Parameters<typeof readableBlocks>[0]);
const read = (divergence: WireDivergence | null, change: Partial<RunEnd["execution"]> = {}): string =>
  shown({ execution: { ...execution, ...change }, divergence, webUrl: "https://dd0c.example" });

const typed = { step_execution_id: "x", kind: "command", observed_by: "engine", repeats_label: null, proposed: null } as const;

describe("the end of a run", () => {
  it("says what went beside the runbook, in the order of the kinds", () => {
    const all: WireDivergence = {
      ...nothing,
      diverged: true,
      skipped_steps: [
        { ...named("3"), reason: null },
        { ...named("4"), reason: null },
        { ...named("7"), reason: "the desk is closed" },
      ],
      modified_commands: [
        { ...named("2"), original_command: "grep -c timeout app.log", command: "grep -c -i timeout app.log", proposed: null },
      ],
      reordered_steps: [{ ...named("6"), ...after("1") }],
      failed_then_worked: [{ ...named("5"), step_id: "5", tries: 2, worked_with: "edited" }],
      unlisted_actions: [
        { ...typed, ...after("2"), text: "du -s /var/log" },
        { ...typed, ...after(null), text: "uptime", repeats_label: "8" },
        { ...typed, ...after("5"), kind: "description", observed_by: "declared", step_execution_id: null, text: "moved the VIP by hand" },
      ],
    };
    expect(read(all)).toMatchInlineSnapshot(`
      "*✅ completed at 03:47 UTC · MTTR 12m 30s since the alert began*
      6 ran, 2 skipped, 1 failed
      Time: 3m 40s running, 8m 2s waiting for people, 48s waiting for the agent
      *Beside the runbook*
      Skipped: steps 3, 4
      Skipped: step 7, because: the desk is closed
      Edited: step 2 ran \`grep -c -i timeout app.log\` instead of \`grep -c timeout app.log\`
      Out of order: step 6 ran after step 1
      Failed, then worked: step 5, at try 2, edited
      Typed after step 2: \`du -s /var/log\`
      Typed before the first step: \`uptime\` (the command of step 8 again)
      Done elsewhere, as somebody told, after step 5: moved the VIP by hand
      Outside this run: not observed, but for what somebody told.
      [View Full Report] [Update Runbook]"
    `);
  });

  it("says plainly that nothing was beside it, and that nothing else was watched", () => {
    expect(read(nothing)).toMatchInlineSnapshot(`
      "*✅ completed at 03:47 UTC · MTTR 12m 30s since the alert began*
      6 ran, 2 skipped, 1 failed
      Time: 3m 40s running, 8m 2s waiting for people, 48s waiting for the agent
      Everything that ran was as the runbook has it.
      Outside this run: not observed.
      [View Full Report] [Update Runbook]"
    `);
  });

  it("of an aborted run says how far it came and what was taken back, and speaks of no recovery", () => {
    const stopped: WireDivergence = {
      ...nothing,
      ended: "aborted",
      steps: ["4", "5"].map((label) => ({
        ...named(label),
        ...{ command: null, description: "", fate: "not_reached", tries: 0, waited_ms: 0, ran_ms: 0 },
      })),
    };
    const steps = [{ origin: "rollback", status: "completed" }] as const;
    expect(read(stopped, { status: "aborted", mttr: null, steps })).toMatchInlineSnapshot(`
      "*🛑 aborted at 03:47 UTC · after 12m 30s*
      6 ran, 2 skipped, 1 failed
      Time: 3m 40s running, 8m 2s waiting for people, 48s waiting for the agent
      Not reached: steps 4, 5
      Taken back: 1 step
      Everything that ran was as the runbook has it.
      Outside this run: not observed.
      [View Full Report] [Update Runbook]"
    `);
    expect(read(null, { status: "aborted", mttr: null, steps_executed: 0 })).toMatchInlineSnapshot(`
      "*🛑 aborted at 03:47 UTC · after 12m 30s*
      0 ran, 2 skipped, 1 failed
      No step was begun.
      [View Full Report] [Update Runbook]"
    `);
  });

  it("leads to the report and to what the runs suggest", () => {
    const buttons = JSON.stringify(renderSummary({ execution, divergence: nothing, webUrl: "https://dd0c.example" }).blocks);
    expect(buttons).toContain('"url":"https://dd0c.example/executions/e"');
    expect(buttons).toContain('"url":"https://dd0c.example/runbooks/r?tab=suggestions"');
  });

  it("stays within a message however much there is, and shows what cannot be seen", () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...typed, ...after(String(at)), text: `echo a\u202Eb ${"x".repeat(5_000)}` }));
    const end = { execution, divergence: { ...nothing, unlisted_actions: many }, webUrl: "https://dd0c.example" };
    expect(JSON.stringify(renderSummary(end).blocks).length).toBeLessThan(6_000);
    expect(shown(end)).toMatch(/… and 55 more like that, in the report\./);
    expect(shown(end)).toContain("U+202E");
  });
});
