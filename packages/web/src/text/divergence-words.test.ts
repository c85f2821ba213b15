// Sentences about divergences, from the report that has all of them.
import type { WireDivergence } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { divergenceLines, stepMarks, timeShares } from "./divergence-words.ts";

const step = (label: string, fate: WireDivergence["steps"][number]["fate"]): WireDivergence["steps"][number] => ({
  ...{ step_id: `s${label}`, step_execution_id: `e${label}`, label, command: "uptime", description: "Look", fate },
  ...{ tries: 1, waited_ms: 0, ran_ms: 0 },
});
const named = (label: string) => ({ step_id: `s${label}`, step_execution_id: `e${label}`, label });
const divergence: WireDivergence = {
  ...{ report_version: 1, execution_id: "x", runbook_id: "r", version_id: "v", ended: "completed", detected_at: null, diverged: true },
  steps: [step("1", "ran"), step("2", "edited"), step("3", "skipped"), step("4", "moved"), step("5", "typed"), step("6", "left_out")],
  skipped_steps: [{ ...named("3"), reason: null }],
  modified_commands: [{ ...named("2"), original_command: "uptime", command: "uptime -p", proposed: "uptime -p" }],
  unlisted_actions: [
    {
      ...{ step_execution_id: "u1", kind: "command", text: "df -h", observed_by: "engine", after_step_id: "s2", after_label: "2" },
      ...{ repeats_label: "1", proposed: null },
    },
    {
      ...{
        step_execution_id: null,
        kind: "description",
        text: "called them",
        observed_by: "declared",
        after_step_id: null,
        after_label: null,
      },
      ...{ repeats_label: null, proposed: null },
    },
  ],
  reordered_steps: [{ ...named("4"), after_step_id: null, after_label: null }],
  failed_then_worked: [{ step_id: "s2", label: "2", tries: 2, worked_with: "edited" }],
  times: { total_ms: 100_000, before_start_ms: 40_000, running_ms: 15_000, waiting_ms: 45_000, agent_ms: 0 },
};

describe("a report in words", () => {
  it("names every divergence once", () => {
    expect(divergenceLines(divergence).map(({ kind, label, text }) => `${kind} ${label ?? "-"}: ${text}`)).toEqual([
      "Skipped 3: No reason was given.",
      "Edited 2: ",
      "Not in the runbook -: Entered in this run, after step 2. The same command is step 1.",
      "Not in the runbook -: Done elsewhere and declared, before the first step. called them",
      "Ran elsewhere 4: Its command was entered before the first step.",
      "Failed, then worked 2: At try 2, with an edited text.",
    ]);
  });

  it("marks the steps whose status does not say it", () => {
    expect([...stepMarks(divergence)]).toEqual([
      ["e2", "edited"],
      ["e4", "ran elsewhere"],
      ["e5", "typed by hand"],
      ["u1", "not in the runbook"],
    ]);
    expect(stepMarks(undefined).size).toBe(0);
  });

  it("gives shares of the time since the start", () => {
    expect(timeShares(divergence.times).map(({ words, percent }) => [words, percent])).toEqual([
      ["15 s running", 25],
      ["45 s waiting for people", 75],
    ]);
  });
});
