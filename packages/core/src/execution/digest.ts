// A plan and everything else that decides what it does go in; its identity comes out: canonical bytes and their SHA-256.
// Computed by the engine before a human decides and again by the agent from its own parse; what is not in here is not approved.
import type { Plan, PlanAndOr, PlanCommand, PlanPipeline } from "@dd0c/scanner";
import { canonicalJson, type JsonValue } from "../canonical-json.ts";
import { type Sha256, utf8Bytes } from "../utf8.ts";
import type { RunSettings } from "./types.ts";

/**
 * The bytes under the digest. Field by field, so that a property added to a plan later never slips in or out unnoticed.
 * @param plan the argv tree, with assignment prefixes, here-strings and sinks
 * @param run working directory, run-as, environment, stdin hash, timeout and target agent
 */
export function digestBytes(plan: Plan, run: RunSettings): Uint8Array {
  return utf8Bytes(
    canonicalJson({
      kind: "dd0c.digest.v1",
      plan: plan.lists.map(listJson),
      agent: run.agentId,
      working_directory: run.workingDirectory,
      run_as: run.runAs,
      environment: sortedByName(run.environment),
      stdin_hash: run.stdinHash,
      timeout_ms: run.timeoutMs,
    }),
  );
}

/** SHA-256 of `digestBytes`, 64 lower-case hexadecimal characters. */
export function stepDigest(plan: Plan, run: RunSettings, sha256: Sha256): string {
  return sha256(digestBytes(plan, run));
}

function listJson(list: PlanAndOr): JsonValue {
  return { first: pipelineJson(list.first), rest: list.rest.map(({ op, pipeline }) => ({ op, pipeline: pipelineJson(pipeline) })) };
}

function pipelineJson(pipeline: PlanPipeline): JsonValue {
  return pipeline.members.map(commandJson);
}

function commandJson(command: PlanCommand): JsonValue {
  const { argv, env, stdin, stdout, stderr } = command;
  const stdinJson = stdin.kind === "text" ? { kind: stdin.kind, text: stdin.text } : { kind: stdin.kind };
  // Assignment prefixes keep their order: a later one of the same name wins.
  return { argv: [...argv], env: env.map(([name, value]) => [name, value]), stdin: stdinJson, stdout, stderr };
}

function sortedByName(environment: RunSettings["environment"]): JsonValue {
  return environment.map(([name, value]) => [name, value] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
