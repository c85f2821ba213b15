// A plan made ready to spawn: every program found, every environment built, before the first process exists.
// In: a plan and what its dispatch brings. Out: prepared pipelines or one refusal. It must never let half a plan run
// because a later part cannot be started.

import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { Plan, PlanAndOr, PlanCommand, Sink, Stdin } from "@dd0c/scanner";
import { buildEnvironment, type EnvironmentPolicy, type EnvironmentRefusal } from "./environment.ts";
import { type ProgramRefusal, resolveProgram } from "./resolve-program.ts";

export interface PreparedMember {
  readonly argv: readonly string[];
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Stdin;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** `op` joins it to the status so far; the first of a list has none. */
export interface PreparedPipeline {
  readonly op: "&&" | "||" | null;
  readonly members: readonly PreparedMember[];
  readonly answers: readonly (readonly number[])[];
  /** Position of the first member among all members of the plan. */
  readonly firstIndex: number;
}

export type PreparedList = readonly PreparedPipeline[];

/** Why nothing was executed. `exitCode` is what bash would have shown for a program that is not there. */
export type RunRefusal =
  | ProgramRefusal
  | EnvironmentRefusal
  | { readonly kind: "refused"; readonly code: "PLAN_INVALID" | "CWD_NOT_FOUND" | "STEP_ID_INVALID"; readonly message: string };

export interface PrepareInput {
  readonly stepExecutionId: string;
  readonly plan: Plan;
  /** One entry per member in order of appearance, as in the verdict; missing entries mean 0 alone is an answer. */
  readonly answerCodes?: readonly (readonly number[])[];
  readonly cwd: string;
  /** Proven to only read: it runs in the sandbox, where there is one, and with nothing of its folder. */
  readonly readOnly?: boolean;
  /** Names and values the dispatch sets for all members; each must be on the local list. */
  readonly env?: Readonly<Record<string, string>>;
}

const STEP_ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

function invalid(message: string): RunRefusal {
  return { kind: "refused", code: "PLAN_INVALID", message };
}

function prepareMember(command: PlanCommand, input: PrepareInput, policy: EnvironmentPolicy): PreparedMember | RunRefusal {
  const [argv0] = command.argv;
  if (argv0 === undefined) return invalid("a command without a program");
  if (command.argv.some((argument) => argument.includes("\0"))) return invalid("an argument holds a NUL");
  const program = resolveProgram(argv0, policy.programDirs);
  if (program.kind === "refused") return program;
  const built = buildEnvironment(policy, input.stepExecutionId, [...Object.entries(input.env ?? {}), ...command.env], input.readOnly);
  if (built.kind === "refused") return built;
  const { argv, stdin, stdout, stderr } = command;
  return { argv, path: program.path, env: built.env, stdin, stdout, stderr };
}

function isFolder(path: string): boolean {
  try {
    return isAbsolute(path) && statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function pipelinesOf(list: PlanAndOr): readonly { op: PreparedPipeline["op"]; members: readonly PlanCommand[] }[] {
  return [{ op: null, members: list.first.members }, ...list.rest.map(({ op, pipeline }) => ({ op, members: pipeline.members }))];
}

/** @returns the lists of the plan, or the first refusal in order of appearance */
export function preparePlan(input: PrepareInput, policy: EnvironmentPolicy): readonly PreparedList[] | RunRefusal {
  if (!STEP_ID.test(input.stepExecutionId)) return { kind: "refused", code: "STEP_ID_INVALID", message: "not an identifier" };
  if (!isFolder(input.cwd))
    return { kind: "refused", code: "CWD_NOT_FOUND", message: "the working directory must be an absolute, existing folder" };
  if (input.plan.lists.length === 0) return invalid("no commands");
  let nextIndex = 0;
  const lists: PreparedList[] = [];
  for (const list of input.plan.lists) {
    const pipelines: PreparedPipeline[] = [];
    for (const { op, members } of pipelinesOf(list)) {
      if (members.length === 0) return invalid("an empty pipeline");
      const prepared: PreparedMember[] = [];
      for (const command of members) {
        const member = prepareMember(command, input, policy);
        if ("kind" in member) return member;
        prepared.push(member);
      }
      const answers = prepared.map((_, index) => input.answerCodes?.[nextIndex + index] ?? []);
      pipelines.push({ op, members: prepared, answers, firstIndex: nextIndex });
      nextIndex += members.length;
    }
    lists.push(pipelines);
  }
  return lists;
}
