// The policy layers go in (system file, tenant, runbook lock), the effective policy comes out: the strictest of them.
// Read by the gate. A layer may only tighten what the tenant chose; it must never loosen it.

/** strict: every step asks. audit: proven-safe steps run by themselves. */
export type GovernanceMode = "strict" | "audit";

/** typed: dangerous steps run after a typed confirmation where trust allows. block: they never run. */
export type DangerousSteps = "typed" | "block";

/** What the gate reads. */
export interface Policy {
  readonly governanceMode: GovernanceMode;
  readonly dangerousSteps: DangerousSteps;
}

/** One layer; a field that is absent has no opinion. */
export type PolicyLayer = Partial<Policy>;

export interface PolicyLayers {
  readonly system: PolicyLayer;
  readonly tenant: PolicyLayer;
  readonly runbook: PolicyLayer;
}

/**
 * Strictest of system, tenant and runbook.
 * `audit` needs the tenant's own word (a human chose it) and no other layer against it; dangerous steps are typed unless some layer blocks them.
 */
export function effectivePolicy(layers: PolicyLayers): Policy {
  const others = [layers.system, layers.runbook];
  const audit = layers.tenant.governanceMode === "audit" && others.every((layer) => (layer.governanceMode ?? "audit") === "audit");
  const typed = [layers.tenant, ...others].every((layer) => (layer.dangerousSteps ?? "typed") === "typed");
  return { governanceMode: audit ? "audit" : "strict", dangerousSteps: typed ? "typed" : "block" };
}
