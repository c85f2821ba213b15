// What the person at the page does next, from what the page shows: pure. They approve what is asked, answer truthfully for what nobody knows
// (the effects file tells them), go on after that, and never ask for a step to run twice.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";

/** What is told to the server. */
export type Deed =
  | { readonly kind: "approve" | "skip" | "continue"; readonly step: WireStepExecution }
  | { readonly kind: "report"; readonly step: WireStepExecution; readonly outcome: "done" | "failed" }
  | { readonly kind: "confirm" | "resume" };

export type Move = Deed | { readonly kind: "wait" } | { readonly kind: "over" };

const over: readonly WireExecution["status"][] = ["completed", "failed", "aborted", "timed_out"];

const having = (execution: WireExecution, action: WireStepExecution["actions"][number]): WireStepExecution | undefined =>
  execution.steps.find(({ actions }) => actions.includes(action));

/** @param happened whether a step had its effect, by the file on the agent's host */
export function nextMove(execution: WireExecution, happened: (stepId: string) => boolean): Move {
  if (over.includes(execution.status)) return { kind: "over" };
  if (execution.status === "pending" || execution.status === "preflight") return { kind: "confirm" };
  const unknown = having(execution, "report");
  if (unknown !== undefined) return { kind: "report", step: unknown, outcome: happened(unknown.id) ? "done" : "failed" };
  const stopped = having(execution, "continue");
  if (stopped !== undefined) return { kind: "continue", step: stopped };
  const asked = having(execution, "approve");
  if (asked !== undefined) return { kind: "approve", step: asked };
  const refused = having(execution, "skip");
  if (refused !== undefined) return { kind: "skip", step: refused };
  return { kind: execution.status === "paused" || execution.status === "stalled" ? "resume" : "wait" };
}
