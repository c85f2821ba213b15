// What the engine signs beforehand so that a run can go on at its agent's host while no server is there: the run as it stands, the exact
// texts that are left, whose code opens it and until when. In: state and renderings. Out: a document, its bytes, and back.
// It permits nothing by itself: a holder of the code, the gate and the agent's admission are all still asked.
import { canonicalJson } from "../../canonical-json.ts";
import type { Role } from "../../trust/actor.ts";
import type { VersionFacts } from "../../trust/approval-rules.ts";
import type { EffectivePolicy } from "../../trust/policy.ts";
import { utf8Bytes } from "../../utf8.ts";
import { isSettled } from "../decision.ts";
import { isCount, isOneOf, isText, readSigned, type Shape } from "../signed-shape.ts";
import type { ExecutionState, IssuedCapsule, PreparedStep, StepState } from "../types.ts";

export interface Capsule {
  readonly kind: "dd0c.capsule.v1";
  /** Of the recovery code; every state of the run that is signed for the same code has the same id. */
  readonly id: string;
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly holder: string;
  readonly role: Role;
  /** SPKI DER, base64: what is done under the capsule is signed with the other half, which only the code gives. */
  readonly holder_key: string;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly pattern_version: string;
  readonly policy: EffectivePolicy;
  readonly version_facts: VersionFacts;
  /** The run as it stood when this was signed. */
  readonly state: ExecutionState;
  /** First renderings of the steps that are still to come. */
  readonly prepared: readonly PreparedStep[];
}

export interface CapsuleFacts {
  readonly issued: IssuedCapsule;
  /** First renderings of the runbook's steps. */
  readonly prepared: readonly PreparedStep[];
  readonly policy: EffectivePolicy;
  readonly version: VersionFacts;
  readonly patternVersion: string;
  readonly nowMs: number;
}

/** Look-ups join a run and are announced on their own: without the server nobody can announce any. */
const withoutLooks = <T extends PreparedStep>(prepared: T): T => {
  const { looks: _looks, looked: _looked, ...rest } = prepared;
  return rest as T;
};

const plainStep = (step: StepState): StepState => ({
  ...step,
  prepared: step.prepared === null ? null : withoutLooks(step.prepared),
  looked: undefined,
});

/** The capsule for a run as it stands. */
export function capsuleOf(state: ExecutionState, { issued, prepared, policy, version, patternVersion, nowMs }: CapsuleFacts): Capsule {
  const open = new Set(state.steps.filter((step) => !isSettled(step)).map(({ stepExecutionId }) => stepExecutionId));
  return {
    kind: "dd0c.capsule.v1",
    id: issued.id,
    tenant: state.tenantId,
    agent: state.agentId ?? "",
    execution: state.id,
    holder: issued.holderId,
    role: issued.role,
    holder_key: issued.holderKey,
    issued_at: nowMs,
    expires_at: issued.expiresAtMs,
    pattern_version: patternVersion,
    policy,
    version_facts: version,
    state: { ...state, steps: state.steps.map(plainStep) },
    prepared: prepared.filter(({ stepExecutionId }) => open.has(stepExecutionId)).map(withoutLooks),
  };
}

/** The bytes that the engine signs and the agent verifies. */
export const capsuleBytes = (capsule: Capsule): Uint8Array => utf8Bytes(canonicalJson(capsule));

/**
 * The rendering of a step that the capsule vouches for, as the next attempt; null where it has none.
 * The text and its digest are the signed ones, whatever the attempt.
 */
export function vouchedRendering(capsule: Capsule, step: StepState): PreparedStep | null {
  const signed = capsule.state.steps.find(({ stepExecutionId }) => stepExecutionId === step.stepExecutionId);
  const first = capsule.prepared.find(({ stepExecutionId }) => stepExecutionId === step.stepExecutionId);
  const rendering = signed?.prepared ?? first;
  return rendering == null ? null : { ...rendering, attempt: step.attempt + 1 };
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const shape: Shape<Capsule> = {
  kind: isOneOf("dd0c.capsule.v1"),
  id: isText,
  tenant: isText,
  agent: isText,
  execution: isText,
  holder: isText,
  role: isOneOf("admin", "approver", "operator"),
  holder_key: isText,
  issued_at: isCount,
  expires_at: isCount,
  pattern_version: isText,
  policy: isObject,
  version_facts: isObject,
  state: isObject,
  prepared: Array.isArray,
};

/** The capsule in a payload whose signature is verified, or null when it is none to the letter. */
export const parseCapsule = (text: string): Capsule | null => readSigned(text, shape);
