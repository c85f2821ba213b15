// The last lines of a run: what it did beside the runbook, and where its time went. Pure: the report goes in, lines come out.
import type { DivergenceReport } from "@dd0c/core";
import { labelled } from "@dd0c/executor";

const labels = (steps: readonly { readonly label: string }[]): string => steps.map(({ label }) => label).join(", ");

const seconds = (ms: number): string => {
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
};

const kinds = (report: DivergenceReport): readonly string[] =>
  [
    { word: "skipped", steps: report.skipped_steps },
    { word: "changed", steps: report.modified_commands },
    { word: "worked at a later try", steps: report.failed_then_worked },
  ].flatMap(({ word, steps }) => (steps.length === 0 ? [] : [`${word} ${labels(steps)}`]));

/** What was done in other windows is seen by nobody: that is said, too. */
export const showDivergence = (report: DivergenceReport, width: number): readonly string[] => {
  const { running_ms: running, waiting_ms: waiting } = report.times;
  const beside = report.diverged ? kinds(report).join("; ") : "nothing in this terminal";
  return [
    ...labelled("beside", `${beside}; what was done elsewhere was not observed`, width),
    ...labelled("time", `${seconds(running)} running, ${seconds(waiting)} waiting for you`, width),
  ];
};
