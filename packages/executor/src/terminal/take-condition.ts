// A condition of the runbook that the walk has come to. In: the condition and the step in front of which it stands. Out: its answer in the
// record: by the check that its author declared, on what the step before printed in this walk; otherwise by a key of the person.
import { createHash } from "node:crypto";
import { type BranchState, judgedOutput, judgedStep, type LastOutput, type StepState } from "@dd0c/core";
import { type Choice, yesNo } from "./choices.ts";
import { askNote, choose, leave, showHeading, type Walk } from "./walk-context.ts";
import { labelled, sentence } from "./wrap.ts";

export const takeCondition = async (walk: Walk, step: StepState, branch: BranchState): Promise<void> => {
  if (branch.askedBefore === null) {
    const looked = branch.check === null ? {} : { lastOutput: lastOutput(walk, step) };
    await walk.session.mustAsk({ by: "engine", command: { type: "advance" }, ...looked });
  }
  const now = walk.session.state.branches.find(({ branchId }) => branchId === branch.branchId) ?? branch;
  if (now.answer === null) await askPerson(walk, step, now);
  else await walk.say(["", ...checkedLines(now, now.answer, walk.view.width)]);
};

/** Kept in memory only: what an earlier walk saw is gone with it. */
const lastOutput = ({ session, printed }: Walk, step: StepState): LastOutput => {
  const judged = judgedStep(session.state, step);
  if ("unusable" in judged) return judged;
  const kept = printed.last;
  const bytes = kept?.stepExecutionId === judged.stepExecutionId && kept.attempt === judged.attempt ? kept.bytes : null;
  if (bytes === null) return { unusable: "What the step before printed was not kept." };
  return judgedOutput(judged, { stdout: new TextDecoder().decode(bytes), sha256: createHash("sha256").update(bytes).digest("hex") });
};

/** What an answer leaves out, by the numbers of the steps. */
export const leavesOut = ({ skipIfYes, skipIfNo }: Pick<BranchState, "skipIfYes" | "skipIfNo">): string => {
  const part = (answer: string, orders: readonly number[]): string =>
    `${answer} leaves out ${orders.length === 0 ? "nothing" : `step${orders.length === 1 ? "" : "s"} ${orders.join(", ")}`}`;
  return `${part("Yes", skipIfYes)}; ${part("no", skipIfNo)}.`;
};

const leftOut = ({ skipIfYes, skipIfNo }: BranchState, answer: "yes" | "no"): string => {
  const left = answer === "yes" ? skipIfYes : skipIfNo;
  return left.length === 0 ? "Nothing is left out." : `Left out: ${left.join(", ")}.`;
};

const checkedLines = (branch: BranchState, answer: "yes" | "no", width: number): readonly string[] => [
  ...labelled("condition", branch.condition, width),
  ...labelled("answer", `${answer}, by what the step before printed. ${leftOut(branch, answer)}`, width),
];

const choices: readonly Choice[] = [...yesNo, { key: "q", deed: "leave", says: "leave; go on later" }];

const askPerson = async (walk: Walk, step: StepState, branch: BranchState): Promise<void> => {
  const { say, view } = walk;
  const { branchId, condition, why } = branch;
  await showHeading(walk, step);
  await say([
    "",
    ...labelled("condition", condition, view.width),
    ...(why === null ? [] : labelled("why asked", why, view.width)),
    ...labelled("", leavesOut(branch), view.width),
  ]);
  const deed = await choose(walk, choices, `The condition in front of step ${step.label}`);
  if (deed === "leave") leave();
  const note = await askNote(walk, "What did you see?");
  const answer = deed === "yes" ? "yes" : "no";
  await walk.session.mustAsk({ by: "person", command: { type: "answer-branch", branchId, answer, note } });
  await say(sentence(leftOut(branch, answer), view.width));
};
