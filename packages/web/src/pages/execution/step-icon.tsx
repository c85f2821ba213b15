// The state of a step as a mark in ink: tick, cross, arrow, question. Risk has its own shapes and colours.
import type { WireStepExecution } from "@dd0c/protocol/http";

type Marked = Pick<WireStepExecution, "status" | "outcome">;

const MARKS: Readonly<Record<WireStepExecution["status"], string>> = {
  pending: "○",
  auto_executing: "▶",
  awaiting_approval: "●",
  executing: "▶",
  completed: "✓",
  failed: "✕",
  skipped: "↷",
  timed_out: "✕",
  rolling_back: "↶",
  rolled_back: "↶",
  suggested: "●",
  blocked: "■",
  outcome_unknown: "?",
  manual_intervention: "●",
};

/** A tick only for what was observed to work: a person's report is a dot, a command that failed an exclamation mark. */
const markOf = ({ status, outcome }: Marked): string => {
  if (status !== "completed" || outcome === "ok" || outcome === "answer") return MARKS[status];
  return outcome === null ? "●" : "!";
};

export const StepIcon = ({ step }: { readonly step: Marked }) => (
  <span aria-hidden="true" className="inline-block w-5 shrink-0 text-center font-semibold text-ink-strong">
    {markOf(step)}
  </span>
);
