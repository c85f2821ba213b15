// What was done at an agent's host while no server was there, taken in before the agent's stream carries anything else.
// In: the continuations of its hello. Out: their events, in the order of the run, or a locked tenant: what an agent did under no capsule of
// ours, or beyond one, it ran outside every plan. Signatures are checked here, everything else is decided again by core.
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import {
  AppError,
  type Capsule,
  type ContinuationRecord,
  executionEventOf,
  isExecutionEventType,
  isOneChain,
  parseCapsule,
  parseContinuation,
} from "@dd0c/core";
import { readContinuationFile, type SignedDocument } from "@dd0c/protocol/agent";
import type { ConnectedAgent } from "../agents/gateway-ports.ts";
import { executionEvents } from "../db/index.ts";
import { agentAsker } from "./agent-frames.ts";
import type { EngineContext } from "./engine-context.ts";
import type { Cause } from "./party-cause.ts";
import { type BuildAsks, runCommand } from "./run-command.ts";

const maxBytes = 32 << 20;
const unzip = promisify(gunzip);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

interface Continuation {
  readonly capsule: Capsule;
  readonly capsuleHash: string;
  readonly records: readonly ContinuationRecord[];
}

const publicKey = (spkiDer: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(spkiDer), format: "der", type: "spki" });

const signedText = (document: SignedDocument, key: KeyObject): string | null =>
  key.asymmetricKeyType === "ed25519" && verify(null, document.payload, key, document.signature)
    ? Buffer.from(document.payload).toString("utf8")
    : null;

/** @returns undefined for anything that is not wholly signed: the capsule by us, each record with the key in it, in one chain */
async function readContinuation(engine: EngineContext, packed: Uint8Array): Promise<Continuation | undefined> {
  try {
    const file = readContinuationFile((await unzip(packed, { maxOutputLength: maxBytes })).toString("utf8"));
    const text = file === undefined ? null : signedText(file.capsule, publicKey(engine.engineKey.spkiDer));
    const capsule = text === null ? null : parseCapsule(text);
    if (file === undefined || capsule === null) return undefined;
    const holder = publicKey(Buffer.from(capsule.holder_key, "base64"));
    const records = file.records.map((document) => {
      const signed = signedText(document, holder);
      return signed === null ? null : parseContinuation(signed);
    });
    const whole = records.filter((record) => record !== null);
    if (whole.length !== records.length || !isOneChain(capsule, whole, sha256)) return undefined;
    return { capsule, capsuleHash: sha256(file.capsule.payload), records: whole };
  } catch {
    return undefined;
  }
}

/** The command with what stands on record since the capsule's state, read under the run's lock. */
const taking =
  (continuation: Continuation): BuildAsks =>
  async ({ tx, state }) => {
    const events = (await executionEvents(tx, state.id)).filter(({ type }) => isExecutionEventType(type));
    const since = events.slice(continuation.capsule.state.version).map((event) => executionEventOf(event, Date.parse(event.occurred_at)));
    return [{ command: { type: "continue", ...continuation, since } }];
  };

const outsideEveryPlan = (agent: ConnectedAgent, capsule: Capsule | undefined, fault: string): Cause => ({
  cause: "agent_ran_unplanned",
  key: agent.agentId,
  agentId: agent.agentId,
  runbookId: capsule?.state.runbookId ?? null,
  facts: { execution_id: capsule?.execution ?? null, step_execution_id: null, attempt: null, fault },
});

/** @returns the code of the refusal, or null where it was taken in. @throws what the database throws: the agent comes again */
async function takeIn(engine: EngineContext, agent: ConnectedAgent, continuation: Continuation): Promise<string | null> {
  const { capsule } = continuation;
  if (capsule.tenant !== agent.tenantId || capsule.agent !== agent.agentId) return "CAPSULE_INVALID";
  try {
    const { refusal } = await runCommand(engine, capsule.execution, agentAsker(agent), taking(continuation));
    return refusal?.code ?? null;
  } catch (error) {
    // A chain that the rules cannot even be asked about is no chain of theirs.
    if (error instanceof Error && error.name === "InvariantError") return "CAPSULE_INVALID";
    if (error instanceof AppError && error.code === "EXECUTION_NOT_FOUND") return error.code;
    throw error;
  }
}

/** @returns the ids of the capsules that need not come again */
export async function takeInContinuations(engine: EngineContext, agent: ConnectedAgent): Promise<readonly string[]> {
  const settled: string[] = [];
  for (const packed of agent.hello.continuations) {
    const continuation = await readContinuation(engine, packed);
    const fault = continuation === undefined ? "CAPSULE_INVALID" : await takeIn(engine, agent, continuation);
    if (continuation !== undefined) settled.push(continuation.capsule.id);
    if (fault === null) continue;
    engine.logger.error({ agent: agent.agentId, code: fault }, "what was done without a server was not taken in");
    engine.lockSoon(agent.tenantId, outsideEveryPlan(agent, continuation?.capsule, fault));
  }
  return settled;
}
