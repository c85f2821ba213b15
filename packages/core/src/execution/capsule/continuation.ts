// What a person does at an agent's host under a capsule: a chain of commands, each signed with the key that the recovery code gives.
// The agent decides each of them as it is given, the server decides all of them again when it is back, both with the function below:
// what goes on record is what the engine's own rules make of the commands, never an event that an agent wrote.
import { canonicalJson } from "../../canonical-json.ts";
import { type Refusal, refuse } from "../../errors.ts";
import type { Actor, Role } from "../../trust/actor.ts";
import { type Sha256, utf8Bytes } from "../../utf8.ts";
import type { ExecutionCommand } from "../commands.ts";
import { type DecideContext, type Decision, nextMove } from "../decision.ts";
import type { ExecutionEvent } from "../events.ts";
import { evolve } from "../evolve.ts";
import { isCount, isHash, isOneOf, readSigned, type Shape } from "../signed-shape.ts";
import type { ExecutionState, PreparedStep } from "../types.ts";
import { type Capsule, capsuleBytes, vouchedRendering } from "./capsule.ts";

export type ContinuationBy = "person" | "engine" | "executor";

export interface ContinuationRecord {
  readonly kind: "dd0c.continuation.v1";
  /** SHA-256 of the capsule's bytes. */
  readonly capsule: string;
  /** 1, 2, 3, ... */
  readonly n: number;
  /** SHA-256 of the record before; of the capsule's bytes for the first. */
  readonly prev: string;
  /** Clock of the agent's host, milliseconds since 1970; never before the record before. */
  readonly at: number;
  readonly by: ContinuationBy;
  readonly command: ExecutionCommand;
}

export type DecideContinued = (state: ExecutionState, command: ExecutionCommand, context: DecideContext) => Decision;

/** How far the clocks of server and host may be apart. */
const clockToleranceMs = 300_000;

/** Everything else needs a server: new texts, new steps, other people. */
const allowed: Readonly<Record<ContinuationBy, readonly ExecutionCommand["type"][]>> = {
  person: ["approve", "skip", "report", "resume", "answer-branch", "abort"],
  engine: ["advance", "remind"],
  executor: ["agent-accepted", "agent-refused", "agent-output", "agent-result", "outcome-unknown"],
};

const rolesOf = (role: Role, by: ContinuationBy): readonly Role[] => (by === "person" ? [role] : []);

function actorOf(capsule: Capsule, by: ContinuationBy): Actor {
  if (by === "person") return { type: "user", id: capsule.holder, via: "agent" };
  return by === "engine" ? { type: "system", id: "engine", via: "system" } : { type: "agent", id: capsule.agent, via: "agent" };
}

/** The rendering that an advance takes: the signed one of the step that comes next. */
function renderingFor(capsule: Capsule, state: ExecutionState, command: ExecutionCommand): PreparedStep | Refusal | null {
  const move = command.type === "advance" ? nextMove(state) : undefined;
  if (move?.kind !== "take" || move.step.command === null) return null;
  return vouchedRendering(capsule, move.step) ?? refuse("NOT_ANNOUNCED");
}

function refuseOutside(capsule: Capsule, { by, command, at }: ContinuationRecord): Refusal | null {
  const reason = capsule.state.pause?.reason;
  if (reason === "panic" || reason === "party") return refuse(reason === "panic" ? "PANIC_ACTIVE" : "PARTY_MODE_ACTIVE");
  if (!allowed[by].includes(command.type)) return refuse("FORBIDDEN", "This cannot be done without the server.");
  if (at < capsule.issued_at - clockToleranceMs)
    return refuse("CAPSULE_INVALID", "The clock stands before the time at which the capsule was signed.");
  // What was begun in time may end later.
  return by !== "executor" && at >= capsule.expires_at ? refuse("CAPSULE_EXPIRED") : null;
}

/** Decides one record under the capsule. @returns events, or why not */
export function decideContinued(decide: DecideContinued, capsule: Capsule, state: ExecutionState, record: ContinuationRecord): Decision {
  const outside = refuseOutside(capsule, record);
  if (outside !== null) return outside;
  const { by, command, at } = record;
  const prepared = renderingFor(capsule, state, command);
  if (prepared !== null && "ok" in prepared) return prepared;
  return decide(state, command, {
    nowMs: at,
    actor: actorOf(capsule, by),
    roles: rolesOf(capsule.role, by),
    policy: capsule.policy,
    version: capsule.version_facts,
    panic: false,
    party: false,
    trustLevel: state.trustLevel ?? 0,
    // The executor is in the same process.
    agentOnline: true,
    prepared,
    // What a step printed at the host is no evidence for the server: a person answers every condition.
    lastOutput: { unusable: "No server has seen what was printed here." },
    lookIds: [],
  });
}

export interface Continued {
  readonly ok: true;
  readonly events: readonly ExecutionEvent[];
  /** As it stands at the host. */
  readonly state: ExecutionState;
}

/** Decides all records again, in order. @returns the first refusal where one is refused */
export function replayContinuation(decide: DecideContinued, capsule: Capsule, records: readonly ContinuationRecord[]): Continued | Refusal {
  const events: ExecutionEvent[] = [];
  let state = capsule.state;
  for (const record of records) {
    const decision = decideContinued(decide, capsule, state, record);
    if (!decision.ok) return decision;
    state = decision.events.reduce<ExecutionState>(evolve, state);
    events.push(...decision.events);
  }
  return { ok: true, events, state };
}

/** Whether the records are one chain from this capsule on: none left out in the middle, none put in, no time that goes back. */
export function isOneChain(capsule: Capsule, records: readonly ContinuationRecord[], sha256: Sha256): boolean {
  const hash = sha256(capsuleBytes(capsule));
  return records.every((record, index) => {
    const before = records[index - 1];
    const prev = before === undefined ? hash : sha256(continuationBytes(before));
    return record.capsule === hash && record.n === index + 1 && record.prev === prev && record.at >= (before?.at ?? 0);
  });
}

/** The bytes that the holder's key signs. */
export const continuationBytes = (record: ContinuationRecord): Uint8Array => utf8Bytes(canonicalJson(record));

const isCommand = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.values(allowed).some((types) => types.some((type) => type === (value as { type?: unknown }).type));

const shape: Shape<ContinuationRecord> = {
  kind: isOneOf("dd0c.continuation.v1"),
  capsule: isHash,
  n: isCount,
  prev: isHash,
  at: isCount,
  by: isOneOf("person", "engine", "executor"),
  command: isCommand,
};

/** The record in a payload whose signature is verified, or null when it is none to the letter. */
export const parseContinuation = (text: string): ContinuationRecord | null => readSigned(text, shape);
