// Everything that a gate decision was made from, as it is recorded, and the decision made from it. The engine decides by this function and
// records what it gave it, so that anybody who has the audit log can decide again and must arrive at the same answer.
import type { Risk } from "@dd0c/scanner";
import { type GateDecision, gate, type TrustLevel } from "./gate.ts";
import type { PolicySource } from "./policy.ts";
import type { PolicyRecord, PolicySourceRecord } from "./policy-record.ts";
import { rollbackGate } from "./rollback-gate.ts";

/** Where the risk comes from. */
export interface ClassificationReference {
  readonly runbook_version: string;
  readonly step_id: string;
  /** Of the template, when the version was saved; null for a text that is not the runbook's. */
  readonly risk: Risk | null;
  /** SHA-256 of the template. */
  readonly sha256: string | null;
  /** Of the scan of the rendered text. */
  readonly pattern_version: string;
}

/** `data.inputs` of every event that holds a gate decision. */
export interface GateInputs {
  /** rollback: a way back as it was recorded is gated on risk alone. */
  readonly table: "step" | "rollback";
  readonly risk: Risk;
  /** Pinned at the start of the run. The policy's maximum counts where it is lower. */
  readonly pinned_trust_level: TrustLevel;
  /** A human edited the text: it never runs by itself. */
  readonly edited: boolean;
  readonly panic: boolean;
  readonly party: boolean;
  readonly policy: PolicyRecord;
  readonly policy_layers: PolicySourceRecord;
  readonly classification: ClassificationReference;
}

const strictestLast: readonly GateDecision[] = ["auto", "ask", "typed", "suggest", "blocked"];

/** The stricter of two answers of the gate. */
export function stricterGate(a: GateDecision, b: GateDecision): GateDecision {
  return strictestLast.indexOf(a) >= strictestLast.indexOf(b) ? a : b;
}

/** The level that counts: never above what the policy allows. */
export const countedTrust = (inputs: Pick<GateInputs, "pinned_trust_level" | "policy">): TrustLevel =>
  Math.min(inputs.pinned_trust_level, inputs.policy.max_trust_level) as TrustLevel;

/** @param rules only tests give others than the product's */
export function gateAnswer(inputs: GateInputs, rules = { gate, rollbackGate }): GateDecision {
  const { risk, panic, party, policy } = inputs;
  if (inputs.table === "rollback") return rules.rollbackGate(risk, panic, party);
  const read = { governanceMode: policy.governance_mode, dangerousSteps: policy.dangerous_steps };
  const answer = rules.gate(risk, countedTrust(inputs), read, panic, party);
  return inputs.edited ? stricterGate("ask", answer) : answer;
}

/** What held a step back: an alarm, one field of the policy, an edit, the runbook's trust, or nothing but its risk. */
export type GateCause = "panic" | "party" | "dangerous_steps" | "max_trust_level" | "governance_mode" | "edited" | "trust" | "risk";

export interface GateExplanation {
  readonly cause: GateCause;
  /** Of a field of the policy; null for every other cause. */
  readonly layer: PolicySource | null;
}

type Loosen = readonly [cause: GateCause, loosened: (inputs: GateInputs) => GateInputs];

// In the order of what a person can do something about.
const loosenings: readonly Loosen[] = [
  ["dangerous_steps", (inputs) => ({ ...inputs, policy: { ...inputs.policy, dangerous_steps: "typed" } })],
  ["max_trust_level", (inputs) => ({ ...inputs, policy: { ...inputs.policy, max_trust_level: 2 } })],
  ["governance_mode", (inputs) => ({ ...inputs, policy: { ...inputs.policy, governance_mode: "audit" } })],
  ["edited", (inputs) => ({ ...inputs, edited: false })],
  ["trust", (inputs) => ({ ...inputs, pinned_trust_level: 2 })],
];

/** The one input that, loosened alone, would have permitted more; for a dangerous step that policy blocks at any level, that policy. */
export function explainGate(inputs: GateInputs): GateExplanation {
  if (inputs.panic) return { cause: "panic", layer: null };
  if (inputs.party) return { cause: "party", layer: null };
  if (inputs.table === "rollback") return { cause: "risk", layer: null };
  const answer = gateAnswer(inputs);
  const found = loosenings.find(([, loosened]) => gateAnswer(loosened(inputs)) !== answer)?.[0];
  const blocked = inputs.risk === "dangerous" && inputs.policy.dangerous_steps === "block";
  const cause = found ?? (blocked ? "dangerous_steps" : "risk");
  return { cause, layer: cause in inputs.policy_layers ? inputs.policy_layers[cause as keyof PolicySourceRecord] : null };
}
