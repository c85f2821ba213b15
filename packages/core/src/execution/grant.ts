// A recorded human decision, bound to exactly one attempt of one step. Signed by the engine (in the server), checked by the agent.
// In: grant and what the checker expects. Out: ok or the code of the refusal. Never trusts a field that it did not compare.
import type { Risk } from "@dd0c/scanner";
import { canonicalJson } from "../canonical-json.ts";
import { utf8Bytes } from "../utf8.ts";

/** How the human decided: one click on the full text, or by typing every target. */
export type GrantMethod = "click" | "typed";

/** The payload that is signed. Snake case, because these are the bytes on the wire. Times are epoch milliseconds. */
export interface Grant {
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

/** What the checker knows from its own sources, never from the grant. `risk` is the strictest that it found itself. */
export interface GrantExpectation {
  readonly tenant: string;
  readonly agent: string;
  readonly execution: string;
  readonly stepExecution: string;
  readonly attempt: number;
  readonly digest: string;
  readonly risk: Risk;
}

export type GrantRefusalCode =
  | "GRANT_FOREIGN"
  | "GRANT_MISMATCH"
  | "GRANT_EXPIRED"
  | "GRANT_NOT_YET_VALID"
  | "GRANT_RISK_EXCEEDED"
  | "GRANT_METHOD";

/** The bytes that the engine signs and the agent verifies. */
export function grantBytes(grant: Grant): Uint8Array {
  return utf8Bytes(canonicalJson(grant));
}
