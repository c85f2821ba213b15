// What tests of running plans share: an executor with folders of its own, short ways to write plans, and a run collected to its end.
// In: plans. Out: results with their output as text. Test code only; it must never stand in for anything that is under test.

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan, PlanAndOr, PlanCommand, PlanPipeline } from "@dd0c/scanner";
import { type Executor, type ExecutorConfig, openExecutor } from "../executor.ts";
import { type RunHandle, runPlan, type RunRequest, type RunResult } from "../run-plan.ts";

export interface Fixture {
  readonly folder: string;
  readonly executor: Executor;
  close(): void;
}

export function openFixture(config: Partial<ExecutorConfig> = {}): Fixture {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-executor-test-"));
  // Another account must reach its home in it.
  if (config.runAs !== undefined) chmodSync(folder, 0o755);
  const executor = openExecutor({
    home: join(folder, "home"),
    programDirs: ["/usr/bin", "/bin"],
    lang: "C.UTF-8",
    allowedNames: ["LC_*", "GREETING"],
    profile: {},
    graceMs: 300,
    ...config,
  });
  return {
    folder,
    executor,
    close: () => {
      executor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function command(argv: readonly string[], rest: Partial<PlanCommand> = {}): PlanCommand {
  return { argv, env: [], stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr", ...rest };
}

export function pipeline(...members: readonly (readonly string[] | PlanCommand)[]): PlanPipeline {
  return { members: members.map((member) => ("argv" in member ? member : command(member))) };
}

export function andOr(first: PlanPipeline, ...rest: PlanAndOr["rest"]): PlanAndOr {
  return { first, rest };
}

export function planOf(...lists: readonly PlanAndOr[]): Plan {
  return { lists };
}

export function single(...members: readonly (readonly string[] | PlanCommand)[]): Plan {
  return planOf(andOr(pipeline(...members)));
}

/** A script for awk-free little behaviours: tests may use a shell as the program under control. */
export function sh(script: string, ...args: readonly string[]): readonly string[] {
  return ["/bin/sh", "-c", script, "sh", ...args];
}

let nextId = 0;

export interface Collected {
  readonly result: RunResult;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly handle: RunHandle;
  readonly done: Promise<Collected>;
  readonly stepExecutionId: string;
}

/** Starts a plan that must not be refused; elided parts show as `[n bytes left out]`. */
export function start(fixture: Fixture, plan: Plan, request: Partial<RunRequest> = {}): Started {
  const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const stepExecutionId = request.stepExecutionId ?? `test-${process.pid}-${nextId++}`;
  const handle = runPlan(fixture.executor, {
    plan,
    cwd: fixture.folder,
    timeoutMs: 20_000,
    onOutput: (chunk) => {
      parts[chunk.stream].push(chunk.kind === "data" ? chunk.bytes : Buffer.from(`[${chunk.omittedBytes} bytes left out]`));
    },
    ...request,
    stepExecutionId,
  });
  if (handle.kind === "refused") throw new Error(`refused: ${handle.code}`);
  const text = (stream: "stdout" | "stderr"): string => Buffer.concat(parts[stream]).toString();
  const done = handle.result.then((result) => ({ result, stdout: text("stdout"), stderr: text("stderr") }));
  return { handle, done, stepExecutionId };
}

export function run(fixture: Fixture, plan: Plan, request: Partial<RunRequest> = {}): Promise<Collected> {
  return start(fixture, plan, request).done;
}
