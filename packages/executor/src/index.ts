export { DEFAULT_ALLOWED_NAMES, type EnvironmentPolicy, MARKER_NAME } from "./environment.ts";
export { ExecutorError, type ExecutorErrorCode } from "./executor-error.ts";
export { type Executor, type ExecutorConfig, openExecutor } from "./executor.ts";
export type { MemberResult } from "./member-result.ts";
export type { RunRefusal } from "./prepare-plan.ts";
export { type OutputCallback, type OutputChunk, type OutputStream } from "./read-output.ts";
export { resolveProgram, type ResolvedProgram } from "./resolve-program.ts";
export { type RunHandle, type RunOutcome, runPlan, type RunRequest, type RunResult } from "./run-plan.ts";
export type { SpawnedProcess } from "./spawn-pipeline.ts";
