export type { CommandLimits } from "./command-limits.ts";
export { DEFAULT_ALLOWED_NAMES, type EnvironmentPolicy, MARKER_NAME } from "./environment.ts";
export { ExecutorError, type ExecutorErrorCode } from "./executor-error.ts";
export { type Executor, type ExecutorConfig, openExecutor } from "./executor.ts";
export type { HostGuard, RunAs } from "./host-guard.ts";
export { findGroupFolder } from "./command-groups.ts";
export { freezeTogether } from "./freeze-together.ts";
export { findGit } from "./git-call.ts";
export type { MemberResult } from "./member-result.ts";
export type { RunRefusal } from "./prepare-plan.ts";
export { type OutputCallback, type OutputChunk, type OutputStream } from "./read-output.ts";
export { resolveProgram, type ResolvedProgram } from "./resolve-program.ts";
export { type RunHandle, type RunOutcome, runPlan, type RunRequest, type RunResult } from "./run-plan.ts";
export type { SpawnedProcess } from "./spawn-pipeline.ts";
export { executeStep, type StepRefusal } from "./execute-step.ts";
export { type Journal, openJournal, type UnfinishedStep } from "./journal.ts";
export { inspectJournal, type JournalFacts } from "./inspect-journal.ts";
export { FIRST_HASH, type JournalEntry, type JournalRecord, readLine as readJournalLine } from "./journal-record.ts";
export { findSurvivors, type StrandedStep, stopSurvivors, survivorsOf, thawSurvivors } from "./stop-survivors.ts";
export { type Ending, exitCodes, RunEnd } from "./terminal/exit-codes.ts";
export { type Choice, notUnderstood, readChoice, showChoices } from "./terminal/choices.ts";
export { nobody, openKeyboard, type Person } from "./terminal/keyboard.ts";
export { type CardView, describeStep, stepHeading } from "./terminal/step-card.ts";
export { leavesOut } from "./terminal/take-condition.ts";
export { walkRun } from "./terminal/walk.ts";
export {
  type Aftermath,
  type Ask,
  type Asker,
  type Attempt,
  lineOf,
  newId,
  refusal,
  type Renderings,
  type Walk,
  type WalkExecutor,
  type WalkLine,
  type WalkSession,
  type Watch,
} from "./terminal/walk-context.ts";
export { labelled, labelledCommand, sentence, widthOf, wrapText } from "./terminal/wrap.ts";
