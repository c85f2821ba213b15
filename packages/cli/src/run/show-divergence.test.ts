// The two lines at the end of a walk.
import type { DivergenceReport } from "@dd0c/core";
import { describe, expect, it } from "vitest";
import { showDivergence } from "./show-divergence.ts";

const named = (label: string) => ({ step_id: label, step_execution_id: label, label });
const report = (change: Partial<DivergenceReport>): DivergenceReport => ({
  ...{ report_version: 1, execution_id: "e", runbook_id: "r", version_id: "v", ended: "completed", diverged: false, steps: [] },
  ...{ skipped_steps: [], modified_commands: [], unlisted_actions: null, reordered_steps: [], failed_then_worked: [] },
  times: { total_ms: 0, before_start_ms: 0, running_ms: 4_400, waiting_ms: 125_000, agent_ms: 0 },
  ...change,
});

describe("the end of a walk", () => {
  it("names what was skipped, changed and made good", () => {
    const diverged = report({
      diverged: true,
      skipped_steps: [
        { ...named("2"), reason: null },
        { ...named("4a"), reason: "no" },
      ],
      failed_then_worked: [{ step_id: "5", label: "5", tries: 2, worked_with: "same" }],
    });
    expect(showDivergence(diverged, 120)).toEqual([
      "  beside    skipped 2, 4a; worked at a later try 5; what was done elsewhere was not observed",
      "  time      4 s running, 2 min 05 s waiting for you",
    ]);
  });

  it("does not claim that nothing else was done", () => {
    expect(showDivergence(report({}), 120)[0]).toBe("  beside    nothing in this terminal; what was done elsewhere was not observed");
  });
});
