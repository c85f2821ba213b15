// Recovery codes and the capsules that they open: a signed-in person gets a code, the agent's host gets the run as it stands, signed, again
// and again while the code lives. In: states after each change. Out: frames. What a code may do is decided in core and once more at the host.
import {
  capsuleBytes,
  capsuleOf,
  effectivePolicy,
  type ExecutionState,
  type IssuedCapsule,
  invariant,
  type PreparedStep,
} from "@dd0c/core";
import { newRecoveryCode, recoveryKey, type ServerFrame } from "@dd0c/protocol/agent";
import { patternVersion } from "@dd0c/scanner";
import { actorOf, type Caller } from "../identity/caller.ts";
import { readCircumstances, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { loadMaterial, prepareAll } from "./prepare-execution.ts";
import { askExecution, one } from "./run-command.ts";

/** Long enough for an outage that people sit through, short enough that a forgotten code opens nothing tomorrow. */
const capsuleLifeMs = 4 * 3_600_000;
/** An agent takes messages of four megabytes. */
const maxCapsuleBytes = 3 << 20;

/** Makes a code for a run. It is returned once and kept nowhere; the run keeps the public half of the key that it stands for. */
export async function issueRecoveryCode(engine: EngineContext, caller: Caller, executionId: string) {
  const code = newRecoveryCode();
  const key = recoveryKey(code);
  invariant(key !== undefined, "a new code is a code");
  const expiresAtMs = engine.clock.now() + capsuleLifeMs;
  const asker = { tenantId: caller.tenantId, actor: actorOf(caller), roles: [caller.role], sourceIp: caller.sourceIp };
  const holderKey = key.spkiDer.toString("base64");
  const { state } = await askExecution(
    engine,
    executionId,
    asker,
    one({ type: "issue-capsule", capsuleId: engine.newId(), holderKey, expiresAtMs }),
  );
  return { code, expires_at: new Date(expiresAtMs).toISOString(), agent_name: state.agentName ?? "" };
}

/** The newest code of the run, if it can still be used. */
export function openCapsule(engine: EngineContext, { capsules = [] }: ExecutionState): IssuedCapsule | undefined {
  const newest = capsules.at(-1);
  return newest !== undefined && newest.usedAtMs === null && engine.clock.now() < newest.expiresAtMs ? newest : undefined;
}

/** What is left to run, word for word. A scanner that failed its own check vouches for nothing. */
async function renderings(engine: EngineContext, tx: TenantTx, state: ExecutionState): Promise<readonly PreparedStep[]> {
  if (!engine.scanner.isSound()) return [];
  return prepareAll(engine.scanner, state, await loadMaterial(tx, state.versionId));
}

/** The run as it stands, for the holder of its code; undefined where nobody has one. */
export async function capsuleFrame(engine: EngineContext, state: ExecutionState): Promise<NonNullable<ServerFrame["frame"]> | undefined> {
  const issued = openCapsule(engine, state);
  if (issued === undefined) return undefined;
  const bytes = await engine.db.withTenant(state.tenantId, async (tx) => {
    const stored = await readCircumstances(tx, state);
    const policy = effectivePolicy({ system: engine.systemPolicy.current(), tenant: stored.tenantPolicy, runbook: stored.runbookLock });
    const prepared = await renderings(engine, tx, state);
    return capsuleBytes(capsuleOf(state, { issued, prepared, policy, version: stored.version, patternVersion, nowMs: engine.clock.now() }));
  });
  if (bytes.length > maxCapsuleBytes) {
    engine.logger.warn({ execution: state.id, bytes: bytes.length }, "a run is too large to go on without a server");
    return undefined;
  }
  return { $case: "capsule", value: { executionId: state.id, capsule: engine.engineKey.sign(bytes) } };
}

/** Sends it where the agent is here; it gets the next one otherwise. */
export async function sendCapsule(engine: EngineContext, state: ExecutionState): Promise<void> {
  const gateway = engine.gateway();
  const { agentId } = state;
  if (gateway === undefined || agentId === null || !gateway.isOnline(agentId)) return;
  const frame = await capsuleFrame(engine, state);
  if (frame !== undefined) gateway.send(agentId, frame);
}
