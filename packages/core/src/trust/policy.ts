// The policy layers go in (policy.json of the installation, the tenant's policy, the runbook's lock); out comes the strictest of them, field by
// field, and which layer decided each. Read by the gate and by the checks before an approval. A layer may only tighten what the others allow.
import type { TrustLevel } from "./gate.ts";

/** strict: every step asks. audit: proven-safe steps run by themselves. */
export type GovernanceMode = "strict" | "audit";

/** typed: dangerous steps run after a typed confirmation where trust allows. block: they never run. */
export type DangerousSteps = "typed" | "block";

/** What the gate reads. */
export interface Policy {
  readonly governanceMode: GovernanceMode;
  readonly dangerousSteps: DangerousSteps;
}

/** Everything that a layer can say. */
export interface PolicyFields extends Policy {
  /** No execution is trusted with more, whatever the runbook's own level. */
  readonly maxTrustLevel: TrustLevel;
  /** not_the_starter: whoever started a run does not approve its dangerous steps. */
  readonly dangerousApprover: "anyone" | "not_the_starter";
  /** web: a dangerous step is confirmed in a signed-in browser session, never from a chat. */
  readonly dangerousStepUp: "not_needed" | "web";
  /** after_24_hours: whoever wrote a runbook version does not approve its dangerous steps before it is a day old. */
  readonly authorApproval: "at_once" | "after_24_hours";
  /** required: a version that a member wrote does not run before another one reviewed it. */
  readonly peerReview: "not_needed" | "required";
  /** More automatic steps than this share of all, in whole percent, bring a notice and a week later strict governance. */
  readonly maxAutoSharePercent: number;
}

export type PolicyField = keyof PolicyFields;

/** One layer; a field that is absent has no opinion. */
export type PolicyLayer = Partial<PolicyFields>;

/** Who decided a field. default: no layer said anything, the product's own value holds. */
export type PolicySource = "system" | "tenant" | "runbook" | "default";

export interface PolicyLayers {
  readonly system: PolicyLayer;
  readonly tenant: PolicyLayer;
  readonly runbook: PolicyLayer;
}

export interface EffectivePolicy extends PolicyFields {
  readonly decidedBy: Readonly<Record<PolicyField, PolicySource>>;
}

/** What holds where nobody chose. `governanceMode` is the one field whose default is not its loosest value: a human chooses audit. */
export const defaultPolicy: PolicyFields = {
  governanceMode: "strict",
  dangerousSteps: "typed",
  maxTrustLevel: 2,
  dangerousApprover: "anyone",
  dangerousStepUp: "not_needed",
  authorApproval: "at_once",
  peerReview: "not_needed",
  maxAutoSharePercent: 70,
};

/** The values of each field from the loosest to the strictest. */
export const policyScale = {
  governanceMode: ["audit", "strict"],
  dangerousSteps: ["typed", "block"],
  maxTrustLevel: [2, 1, 0],
  dangerousApprover: ["anyone", "not_the_starter"],
  dangerousStepUp: ["not_needed", "web"],
  authorApproval: ["at_once", "after_24_hours"],
  peerReview: ["not_needed", "required"],
  maxAutoSharePercent: Array.from({ length: 100 }, (_, index) => 100 - index),
} as const satisfies { readonly [F in PolicyField]: readonly PolicyFields[F][] };

/** The fields in the order in which they are shown and recorded. */
export const policyFields = Object.keys(policyScale) as readonly PolicyField[];

/** Each field at its strictest: what holds while a layer cannot be read. */
export const strictestLayer = Object.fromEntries(
  policyFields.map((field) => [field, policyScale[field].at(-1)]),
) as unknown as PolicyFields;

// The outermost layer is named where several say the same.
const sources = ["system", "tenant", "runbook"] as const;

interface Said {
  readonly rank: number;
  readonly source: PolicySource;
}

/** Position on the scale; a value that is not on it counts as the strictest. */
function rankOf(field: PolicyField, value: unknown): number {
  const scale: readonly unknown[] = policyScale[field];
  const rank = scale.indexOf(value);
  return rank === -1 ? scale.length - 1 : rank;
}

function decideField(field: PolicyField, layers: PolicyLayers): Said {
  const said = sources.flatMap((source): Said[] => {
    const value = layers[source][field];
    return value === undefined ? [] : [{ rank: rankOf(field, value), source }];
  });
  // Audit needs the tenant's own word: without it the product's strict value is one more opinion.
  const unsaid = field === "governanceMode" ? layers.tenant.governanceMode === undefined : said.length === 0;
  const all: readonly Said[] = unsaid ? [...said, { rank: rankOf(field, defaultPolicy[field]), source: "default" }] : said;
  return all.reduce((strictest, each) => (each.rank > strictest.rank ? each : strictest));
}

/** Strictest of system, tenant and runbook for each field, with the layer that decided it. */
export function effectivePolicy(layers: PolicyLayers): EffectivePolicy {
  const decided = policyFields.map((field) => [field, decideField(field, layers)] as const);
  const values = Object.fromEntries(decided.map(([field, { rank }]) => [field, policyScale[field][rank]])) as unknown as PolicyFields;
  const decidedBy = Object.fromEntries(decided.map(([field, { source }]) => [field, source])) as EffectivePolicy["decidedBy"];
  return { ...values, decidedBy };
}
