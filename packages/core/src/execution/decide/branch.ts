// A condition of the runbook is answered: by the check that its author declared, on the stored output of the step before, or by a person.
// Steps that the answer leaves out are skipped with the condition as their reason. No answer permits anything: what is left meets its gate.
import { type Refusal, refuse } from "../../errors.ts";
import { type Evaluation, evaluateCheck } from "../branch/declared-check.ts";
import type { AnswerBranchCommand } from "../commands.ts";
import { accepted, type DecideContext, type Decision, emitter, refuseUnlessHuman, refuseUnlessStatus } from "../decision.ts";
import type { ExecutionEvent, ExecutionEventData } from "../events.ts";
import { isPlanned } from "../is-planned.ts";
import type { BranchState, ExecutionState, StepState } from "../types.ts";

type Answered = ExecutionEventData["execution.branch_answered"];

/** The engine came to a condition: @returns its answer by the declared check, or execution.branch_asked with the reason. */
export function takeBranch(state: ExecutionState, branch: BranchState, step: StepState, context: DecideContext): Decision {
  const evaluation = evaluate(branch, context);
  if (evaluation.ok) {
    const looked = lookedAt(context);
    return accepted(
      ...answerEvents(state, branch, step, { answer: evaluation.holds ? "yes" : "no", by: "check", note: null, ...looked }, context),
    );
  }
  return accepted(
    emitter(state.id, context)("execution.branch_asked", step.stepExecutionId, {
      branch_id: branch.branchId,
      condition: branch.condition,
      check: branch.check,
      why: branch.check === null ? null : evaluation.why,
    }),
  );
}

function evaluate({ check }: BranchState, context: DecideContext): Evaluation {
  if (check === null) return { ok: false, why: "" };
  return evaluateCheck(check, context.lastOutput ?? { unusable: "There is no output to look at." });
}

/** What the check saw, by hash: the text itself is stored with its step. */
function lookedAt({ lastOutput }: DecideContext): Pick<Answered, "looked_at"> {
  if (lastOutput === undefined || "unusable" in lastOutput) return { looked_at: null };
  const { stepExecutionId, attempt, sha256, exitCode } = lastOutput;
  return { looked_at: { step_execution: stepExecutionId, attempt, stdout_hash: sha256, exit_code: exitCode } };
}

/** @returns execution.branch_answered and step.skipped, or HUMAN_REQUIRED, FORBIDDEN, NOT_FOUND, EXECUTION_STATE_CONFLICT, ... */
export function decideAnswerBranch(state: ExecutionState, command: AnswerBranchCommand, context: DecideContext): Decision {
  const refusal = refuseUnlessHuman(context, "operator") ?? refuseUnlessStatus(state, "running", "paused", "stalled");
  if (refusal !== null) return refusal;
  const branch = askedBranch(state, command.branchId);
  if ("ok" in branch) return branch;
  const step = state.steps.find((each) => each.stepExecutionId === branch.askedBefore);
  if (step === undefined) return refuse("STEP_NOT_FOUND");
  const answer = { answer: command.answer, by: context.actor.id, note: command.note, looked_at: null };
  return accepted(...answerEvents(state, branch, step, answer, context));
}

function askedBranch(state: ExecutionState, branchId: string): BranchState | Refusal {
  const branch = state.branches.find((each) => each.branchId === branchId);
  if (branch === undefined) return refuse("NOT_FOUND", "This run has no such condition.");
  if (branch.answer !== null) return refuse("EXECUTION_STATE_CONFLICT", "The condition is answered already.");
  return branch.askedBefore === null ? refuse("EXECUTION_STATE_CONFLICT", "The run has not come to this condition yet.") : branch;
}

type Answer = Pick<Answered, "answer" | "by" | "note" | "looked_at">;

function answerEvents(
  state: ExecutionState,
  branch: BranchState,
  step: StepState,
  answer: Answer,
  context: DecideContext,
): readonly ExecutionEvent[] {
  const emit = emitter(state.id, context);
  const left = answer.answer === "yes" ? branch.skipIfYes : branch.skipIfNo;
  const skipped = state.steps.filter((each) => isPlanned(each) && each.status === "pending" && left.includes(each.order));
  const { branchId, condition, check } = branch;
  return [
    emit("execution.branch_answered", step.stepExecutionId, { branch_id: branchId, condition, check, ...answer }),
    ...skipped.map((each) =>
      emit("step.skipped", each.stepExecutionId, {
        skipped_by: context.actor.id,
        reason: `Not on the path taken: “${condition}” was answered ${answer.answer}.`,
      }),
    ),
  ];
}
