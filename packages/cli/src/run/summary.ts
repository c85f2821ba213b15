// The first and the last thing on the screen: what is about to be walked, and how it went. Pure: runs and material go in, lines come out.
import { type ExecutionState, type GovernanceMode, isLookUp, type StepState } from "@dd0c/core";
import { visibleLine } from "@dd0c/executor/paint";
import type { RunMaterial } from "./run-material.ts";
import type { CardView } from "@dd0c/executor";
import { labelled, wrapText } from "@dd0c/executor";

export interface Start {
  readonly file: string;
  readonly machine: string;
  readonly governance: GovernanceMode;
  readonly record: string;
}

const risks = ["safe", "caution", "unknown", "dangerous"] as const;

const governed: Readonly<Record<GovernanceMode, string>> = {
  strict: "strict: every step asks",
  audit: "audit: what is proven to only read runs by itself",
};

export const showStart = (
  { runbook, lines }: RunMaterial,
  { file, machine, governance, record }: Start,
  { width, paint }: CardView,
): readonly string[] => {
  const counted = risks.map((risk) => ({ risk, count: lines.filter(({ template }) => template.templateRisk === risk).length }));
  const byHand = lines.filter(({ template }) => template.command === null).length;
  const parts = counted.filter(({ count }) => count > 0).map(({ risk, count }) => `${count} ${paint.risk(risk)}`);
  return [
    paint.strong(visibleLine(runbook.title)),
    ...labelled("runbook", file, width),
    ...labelled("machine", `this one (${machine}), in ${process.cwd()}`, width),
    `  ${"steps".padEnd(10)}${[`${lines.length}`, ...parts, ...(byHand === 0 ? [] : [`${byHand} by hand`])].join("  ")}`,
    ...labelled("mode", governed[governance], width),
    `  ${"record".padEnd(10)}${record}`,
  ];
};

const words: Readonly<Partial<Record<StepState["status"], string>>> = {
  completed: "done",
  rolled_back: "undone",
  skipped: "skipped",
  failed: "FAILED",
  timed_out: "OUT OF TIME",
  outcome_unknown: "OUTCOME UNKNOWN",
};

const shorten = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 3)}...`);

/** How each step ended, and where the proof of it is. */
export const showEnd = (state: Pick<ExecutionState, "status" | "steps">, record: string, { width, paint }: CardView): readonly string[] => {
  const title = titles[state.status] ?? state.status;
  const rows = state.steps
    .filter((step) => !isLookUp(step))
    .flatMap((step) => {
      const word = words[step.status] ?? "not reached";
      const head = `  ${step.label.padStart(7)}  ${word.padEnd(15)}  `;
      const first = shorten(visibleLine(step.description.split("\n")[0] ?? ""), width - head.length);
      const note = step.note === null ? [] : wrapText(step.note, width - head.length).map((line) => " ".repeat(head.length) + line);
      return [head + first, ...note];
    });
  const rule = `-- ${title} ${"-".repeat(Math.max(0, width - title.length - 4))}`;
  return ["", paint.strong(rule), ...rows, "", "  Proof of what was done:", `  dd0c verify-audit ${record}`];
};

const titles: Readonly<Partial<Record<ExecutionState["status"], string>>> = {
  completed: "Done",
  failed: "Ended with failures",
  aborted: "Ended by you",
};
