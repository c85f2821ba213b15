// Policies as the API shows them: the fields of a layer in the words of policy.json, and what holds with the layer that decided each.
import { type EffectivePolicy, type PolicyFields, policyRecord, policySourceRecord } from "@dd0c/core";
import type { WireEffectivePolicy, WirePolicyValues } from "@dd0c/protocol/http";

export const wirePolicyValues = (policy: PolicyFields): WirePolicyValues => ({ ...policyRecord(policy) });

export const wireEffectivePolicy = (policy: EffectivePolicy): WireEffectivePolicy => ({
  values: wirePolicyValues(policy),
  decided_by: { ...policySourceRecord(policy) },
});
