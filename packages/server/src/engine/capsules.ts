// Recovery codes and the capsules that they open: a signed-in person gets a code, the agent's host gets the run as it stands, signed, again
// and again while the code lives. In: states after each change. Out: frames. What a code may do is decided in core and once more at the host.
import { capsuleBytes, capsuleOf, type ExecutionState, type IssuedCapsule, invariant, type PreparedStep } from "@dd0c/core";
import { newRecoveryCode, recoveryKey, type ServerFrame } from "@dd0c/protocol/agent";
import { patternVersion } from "@dd0c/scanner";
import { actorOf, type Caller } from "../identity/caller.ts";
import { readCircumstances, readExecution, type TenantTx } from "../db/index.ts";
import { type EngineContext, isConnected, isHere } from "./engine-context.ts";
import { policyNow } from "./decide-context.ts";
import { loadMaterial, prepareAll } from "./prepare-execution.ts";
import { askExecution, one } from "./run-command.ts";

/** Long enough for an outage that people sit through, short enough that a forgotten code opens nothing tomorrow. */
const capsuleLifeMs = 4 * 3_600_000;
/** Names a run of which the replica that has its agent's stream should send the state. */
export const capsulesTopic = "capsules";
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
function openCapsule(engine: EngineContext, { capsules = [] }: ExecutionState): IssuedCapsule | undefined {
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
    const policy = policyNow(engine, stored);
    const prepared = await renderings(engine, tx, state);
    return capsuleBytes(capsuleOf(state, { issued, prepared, policy, version: stored.version, patternVersion, nowMs: engine.clock.now() }));
  });
  if (bytes.length > maxCapsuleBytes) {
    engine.logger.warn({ execution: state.id, bytes: bytes.length }, "a run is too large to go on without a server");
    return undefined;
  }
  return { $case: "capsule", value: { executionId: state.id, capsule: engine.engineKey.sign(bytes) } };
}

/** Sends it where the agent's stream is here; the next one comes with the next change otherwise. */
async function sendCapsule(engine: EngineContext, state: ExecutionState): Promise<void> {
  const { agentId } = state;
  if (agentId === null || !isHere(engine, agentId)) return;
  const frame = await capsuleFrame(engine, state);
  if (frame !== undefined) engine.gateway()?.send(agentId, frame);
}

/** After a change: the replica that has the agent's stream gives it the run as it stands. @param later does work that nobody waits for */
export function renewCapsule(engine: EngineContext, state: ExecutionState, later: (work: () => Promise<void>) => void): void {
  const { agentId, tenantId, id } = state;
  if (agentId === null || openCapsule(engine, state) === undefined) return;
  if (isHere(engine, agentId)) later(() => sendCapsule(engine, state));
  else if (isConnected(engine, agentId)) engine.bus.publish(capsulesTopic, [agentId, tenantId, id].join(" "));
}

/** What another replica asked for with `renewCapsule`. A hint that gets lost costs nothing but time: each dispatch brings the run as it stands. */
export async function renewFor(engine: EngineContext, message: string): Promise<void> {
  const [agentId = "", tenantId = "", executionId = ""] = message.split(" ");
  if (!isHere(engine, agentId)) return;
  const state = await engine.db.withTenant(tenantId, (tx) => readExecution(tx, executionId));
  if (state !== undefined) await sendCapsule(engine, state);
}
