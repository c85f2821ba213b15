// What became of one pipeline member, and the two questions asked about it.
// In: exit codes and signals as the kernel reported them. Out: shell statuses and judgements. Pure.

/** One member in order of appearance in the plan. Neither code nor signal: it was not started, or could not be. */
export interface MemberResult {
  readonly argv0: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly started: boolean;
  /** The system's error name where the kernel refused to execute the file. */
  readonly spawnError?: string;
}

export type MemberJudgement = "ok" | "answer" | "failed";

const SIGNAL_BASE = 128;
const SIGPIPE_STATUS = SIGNAL_BASE + 13;

/** The status a shell would show: the exit code, or 128 + the signal's number. */
export function statusOf(member: MemberResult, signalNumbers: Readonly<Record<string, number>>): number {
  if (member.exitCode !== null) return member.exitCode;
  if (member.signal !== null) return SIGNAL_BASE + (signalNumbers[member.signal] ?? 0);
  return 127;
}

/**
 * @param answers exit codes of this program that are an answer and not a failure
 * @param isLast the last member of its pipeline; an earlier one may die of SIGPIPE because its reader had enough
 */
export function judgeMember(member: MemberResult, answers: readonly number[], isLast: boolean): MemberJudgement {
  if (member.exitCode === 0) return "ok";
  if (member.exitCode !== null && answers.includes(member.exitCode)) return "answer";
  const brokenPipe = member.signal === "SIGPIPE" || member.exitCode === SIGPIPE_STATUS;
  return !isLast && brokenPipe ? "ok" : "failed";
}
