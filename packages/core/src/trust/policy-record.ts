// A policy as it is written down: in policy.json, on the wire and in the audit log, in snake case. Both directions, by one table of names.
// Knows names only; what a value means and which are allowed is for policy.ts.
import { type EffectivePolicy, type PolicyField, type PolicyFields, type PolicyLayer, policyFields, type PolicySource } from "./policy.ts";

export const policyNames = {
  governanceMode: "governance_mode",
  dangerousSteps: "dangerous_steps",
  maxTrustLevel: "max_trust_level",
  dangerousApprover: "dangerous_approver",
  dangerousStepUp: "dangerous_step_up",
  authorApproval: "author_approval",
  peerReview: "peer_review",
  maxAutoSharePercent: "max_auto_share_percent",
} as const satisfies Readonly<Record<PolicyField, string>>;

type Names = typeof policyNames;
export type PolicyRecord = { readonly [F in PolicyField as Names[F]]: PolicyFields[F] };
export type PolicySourceRecord = { readonly [F in PolicyField as Names[F]]: PolicySource };

const renamed = <T>(value: (field: PolicyField) => unknown): T =>
  Object.fromEntries(policyFields.map((field) => [policyNames[field], value(field)])) as T;

export const policyRecord = (policy: PolicyFields): PolicyRecord => renamed((field) => policy[field]);

export const policySourceRecord = ({ decidedBy }: EffectivePolicy): PolicySourceRecord => renamed((field) => decidedBy[field]);

/** The fields that the layer has. */
export const layerRecord = (layer: PolicyLayer): Partial<PolicyRecord> =>
  Object.fromEntries(policyFields.flatMap((field) => (layer[field] === undefined ? [] : [[policyNames[field], layer[field]]])));

/** Absent and null mean no opinion; values are taken as they are. */
export const layerOfRecord = (record: Readonly<Record<string, unknown>>): PolicyLayer =>
  Object.fromEntries(
    policyFields.flatMap((field) => {
      const value = record[policyNames[field]] ?? undefined;
      return value === undefined ? [] : [[field, value]];
    }),
  );
