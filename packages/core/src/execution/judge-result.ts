// How a finished attempt is to be read (ruling 10). In: the statuses of every process and what the plan expected. Out: succeeded or not.
// An answer code is no failure, a broken pipe upstream is none; anything that does not fit the plan is one.
import type { MemberOutcome, PreparedStep, StepResult } from "./types.ts";

interface Pipeline {
  readonly members: readonly MemberOutcome[];
  readonly answers: readonly (readonly number[])[];
}

/**
 * True if every and-or list ended well: no earlier pipeline member failed, and the last pipeline that ran in the list did not either.
 * A failure that `&&` or `||` looked at is flow.
 */
export function succeeded(prepared: PreparedStep, result: StepResult): boolean {
  if (result.message !== null || result.members.length === 0 || result.members.length !== prepared.answerCodes.length) return false;
  const pipelines = groupByPipeline(result.members, prepared.answerCodes);
  const total = prepared.pipelinesPerList.reduce((sum, count) => sum + count, 0);
  if (pipelines.length !== total) return false;
  let from = 0;
  return prepared.pipelinesPerList.every((count) => {
    const list = pipelines.slice(from, from + count);
    from += count;
    return listSucceeded(list);
  });
}

function groupByPipeline(members: readonly MemberOutcome[], answerCodes: PreparedStep["answerCodes"]): readonly Pipeline[] {
  const groups = new Map<number, { members: MemberOutcome[]; answers: (readonly number[])[] }>();
  for (const [index, member] of members.entries()) {
    const group = groups.get(member.pipeline) ?? { members: [], answers: [] };
    group.members.push(member);
    group.answers.push(answerCodes[index] ?? []);
    groups.set(member.pipeline, group);
  }
  return [...groups.values()];
}

function listSucceeded(list: readonly Pipeline[]): boolean {
  const ran = list.filter((pipeline) => pipeline.members.some(wasStarted));
  const last = ran.at(-1);
  if (last === undefined) return false;
  const earlierOk = ran.every(({ members, answers }) =>
    members.slice(0, -1).every((member, index) => isFine(member, answers[index] ?? [], false)),
  );
  const lastMember = last.members.at(-1);
  return earlierOk && lastMember !== undefined && isFine(lastMember, last.answers.at(-1) ?? [], true);
}

const wasStarted = (member: MemberOutcome): boolean => member.exitCode !== null || member.signal !== null;

const sigpipeStatus = 141;

function isFine(member: MemberOutcome, answers: readonly number[], isLast: boolean): boolean {
  if (member.exitCode === 0) return true;
  if (member.exitCode !== null && answers.includes(member.exitCode)) return true;
  // Its reader had enough (`yes | head -1`).
  return !isLast && (member.signal === "SIGPIPE" || member.exitCode === sigpipeStatus);
}
