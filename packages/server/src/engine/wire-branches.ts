// The conditions of a run as every face shows them: the one that waits for a person, and those that are answered, with who or what answered.
import { type BranchState, type ExecutionState, isTerminal } from "@dd0c/core";
import type { WireExecution } from "@dd0c/protocol/http";
import type { MemberNames } from "../app/read-runbooks.ts";
import { wireActor } from "../http/wire/runbook.ts";

type WireBranches = Pick<WireExecution, "question" | "decisions">;

export function wireBranches(state: ExecutionState, names: MemberNames): WireBranches {
  const open = isTerminal(state) ? undefined : state.branches.find(({ askedBefore, answer }) => askedBefore !== null && answer === null);
  return {
    question: open === undefined ? null : question(state, open),
    decisions: state.branches.flatMap((branch) =>
      branch.answer === null
        ? []
        : [
            {
              branch_id: branch.branchId,
              condition: branch.condition,
              answer: branch.answer,
              declared: branch.check !== null,
              answered_by:
                branch.answeredBy === null || branch.answeredBy === "check"
                  ? null
                  : wireActor({ type: "user", id: branch.answeredBy, via: "web" }, names),
              note: branch.note,
              skipped: labels(state, branch.answer === "yes" ? branch.skipIfYes : branch.skipIfNo),
            },
          ],
    ),
  };
}

const question = (state: ExecutionState, branch: BranchState) => ({
  branch_id: branch.branchId,
  condition: branch.condition,
  declared: branch.check !== null,
  why_asked: branch.why,
  before_step_id: branch.askedBefore ?? "",
  skipped_if_yes: labels(state, branch.skipIfYes),
  skipped_if_no: labels(state, branch.skipIfNo),
});

/** Labels of the runbook's own steps of these document steps. */
const labels = (state: ExecutionState, orders: readonly number[]): string[] =>
  state.steps.flatMap((step) =>
    step.origin === "runbook" && step.parentStepExecutionId === null && orders.includes(step.order) ? [step.label] : [],
  );
