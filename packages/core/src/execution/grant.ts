// A recorded human decision, bound to exactly one attempt of one step. Signed by the engine (in the server), checked by the agent.
// In: grant and what the checker found out by itself. Out: ok or the code of the refusal. Never trusts a field that it did not compare.
import type { Risk } from "@dd0c/scanner";
import { canonicalJson } from "../canonical-json.ts";
import { type Refusal, refuse } from "../errors.ts";
import { invariant } from "../invariant.ts";
import { exceeds } from "../risk.ts";
import { utf8Bytes } from "../utf8.ts";
import { isCount, isHash, isOneOf, isRisk, isText, readSigned, type Shape } from "./signed-shape.ts";
import type { ExecutionState, PreparedStep } from "./types.ts";

/** How the human decided: one click on the full text, or by typing every target. */
export type GrantMethod = "click" | "typed";

/** The payload that is signed. Snake case, because these are the bytes on the wire. Times are epoch milliseconds. */
export interface Grant {
  /** Tells grants from announcements, which the same key signs. */
  readonly kind: "dd0c.grant.v1";
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly step_execution: string;
  readonly attempt: number;
  readonly digest: string;
  readonly risk: Risk;
  readonly approver: string;
  readonly method: GrantMethod;
  readonly issued_at: number;
  readonly expires_at: number;
}

/** A grant lives ten minutes. */
export const grantLifetimeMs = 600_000;

/** How far the issuing clock may be ahead of the checking one. */
export const clockToleranceMs = 5_000;

/** What the checker knows from its own sources, never from the grant. `risk` is the strictest that it knows of. */
export interface GrantExpectation {
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly stepExecution: string;
  readonly attempt: number;
  readonly digest: string;
  readonly risk: Risk;
}

/** The signature of the check, so that a test can put a broken one in its place and see the engine's properties fail. */
export type CheckGrant = (grant: Grant, expectation: GrantExpectation, nowMs: number) => { readonly ok: true } | Refusal;

/**
 * Whether this grant (its signature already verified) covers exactly this attempt, now.
 * @param nowMs server time, by the checker's monotonic age of it
 * @returns ok, or GRANT_FOREIGN, GRANT_MISMATCH, GRANT_NOT_YET_VALID, GRANT_EXPIRED, GRANT_RISK_EXCEEDED, GRANT_METHOD
 */
export const checkGrant: CheckGrant = (grant, expectation, nowMs) => {
  if (isForeign(grant, expectation)) return refuse("GRANT_FOREIGN");
  if (grant.attempt !== expectation.attempt || grant.digest !== expectation.digest) return refuse("GRANT_MISMATCH");
  if (!(grant.issued_at <= nowMs + clockToleranceMs)) return refuse("GRANT_NOT_YET_VALID");
  // A grant that claims a longer life than the engine gives is no grant of the engine.
  if (!(nowMs < grant.expires_at) || grant.expires_at - grant.issued_at > grantLifetimeMs) return refuse("GRANT_EXPIRED");
  if (exceeds(expectation.risk, grant.risk)) return refuse("GRANT_RISK_EXCEEDED");
  if (expectation.risk === "dangerous" && grant.method !== "typed") return refuse("GRANT_METHOD");
  return { ok: true };
};

function isForeign(grant: Grant, expectation: GrantExpectation): boolean {
  return (
    grant.tenant !== expectation.tenant ||
    grant.agent !== expectation.agent ||
    grant.execution !== expectation.execution ||
    grant.step_execution !== expectation.stepExecution
  );
}

/** What the engine itself expects of a grant for this rendering. */
export const expectationOf = (state: ExecutionState, prepared: PreparedStep): GrantExpectation => ({
  tenant: state.tenantId,
  agent: state.agentId ?? "",
  execution: state.id,
  stepExecution: prepared.stepExecutionId,
  attempt: prepared.attempt,
  digest: prepared.digest ?? "",
  risk: prepared.risk,
});

/** A grant for exactly this rendering, from now on. */
export function grantFor(
  state: ExecutionState,
  prepared: PreparedStep,
  given: { readonly approver: string; readonly method: GrantMethod; readonly nowMs: number },
): Grant {
  invariant(prepared.digest !== null, "what has no plan is not granted");
  return {
    kind: "dd0c.grant.v1",
    tenant: state.tenantId,
    agent: prepared.run.agentId,
    execution: state.id,
    step_execution: prepared.stepExecutionId,
    attempt: prepared.attempt,
    digest: prepared.digest,
    risk: prepared.risk,
    approver: given.approver,
    method: given.method,
    issued_at: given.nowMs,
    expires_at: given.nowMs + grantLifetimeMs,
  };
}

/** The bytes that the engine signs and the agent verifies. */
export function grantBytes(grant: Grant): Uint8Array {
  return utf8Bytes(canonicalJson(grant));
}

const grantShape: Shape<Grant> = {
  kind: isOneOf("dd0c.grant.v1"),
  tenant: isText,
  agent: isText,
  execution: isText,
  step_execution: isText,
  attempt: isCount,
  digest: isHash,
  risk: isRisk,
  approver: isText,
  method: isOneOf("click", "typed"),
  issued_at: isCount,
  expires_at: isCount,
};

/** The grant in a signed payload, or null when it is no grant to the letter. */
export function parseGrant(text: string): Grant | null {
  return readSigned(text, grantShape);
}
