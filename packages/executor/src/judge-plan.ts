// From the statuses of everything that ran to one word about the step (ruling 10).
// In: the executed pipelines, list by list. Out: ok, answer or failed. Pure; it must never call a plan better than its worst unseen part.

import { judgeMember, type MemberJudgement, type MemberResult } from "./member-result.ts";

export interface ExecutedPipeline {
  readonly members: readonly MemberResult[];
  /** Answer codes per member. */
  readonly answers: readonly (readonly number[])[];
}

/** The executed pipelines of one and-or list; those that `&&` or `||` skipped are absent. */
export type ExecutedList = readonly ExecutedPipeline[];

function judgementsOf(pipeline: ExecutedPipeline): readonly MemberJudgement[] {
  const last = pipeline.members.length - 1;
  return pipeline.members.map((member, index) => judgeMember(member, pipeline.answers[index] ?? [], index === last));
}

/**
 * A step is failed if any earlier pipeline member failed, or if the status that an and-or list ended with is a failure: after `;`
 * nobody looks at it any more. A failure that `||` or `&&` looked at is flow, not failure. Otherwise the last status decides.
 */
export function judgePlan(lists: readonly ExecutedList[]): MemberJudgement {
  let verdict: MemberJudgement = "ok";
  for (const list of lists) {
    for (const pipeline of list) if (judgementsOf(pipeline).slice(0, -1).includes("failed")) return "failed";
    const lastPipeline = list.at(-1);
    if (lastPipeline === undefined) continue;
    verdict = judgementsOf(lastPipeline).at(-1) ?? "ok";
    if (verdict === "failed") return "failed";
  }
  return verdict;
}
