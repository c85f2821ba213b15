// A policy on the wire and in policy.json: every field with its allowed values, a layer (some of the fields), who decided each.
// The words are the same everywhere. What wins where layers differ is core's rule; nothing here decides.
import { z } from "zod";
import { dangerousSteps, governanceMode, settableTrustLevel } from "./primitives.ts";

const fields = {
  /** strict: every step asks. audit: proven-safe steps run by themselves. */
  governance_mode: governanceMode,
  /** typed: a person types every target's name. block: dangerous steps never run. */
  dangerous_steps: dangerousSteps,
  /** No execution is trusted with more, whatever its runbook's own level. */
  max_trust_level: settableTrustLevel,
  /** not_the_starter: whoever started a run does not approve its dangerous steps. */
  dangerous_approver: z.enum(["anyone", "not_the_starter"]),
  /** web: a dangerous step is confirmed in a signed-in browser session, never from a chat. */
  dangerous_step_up: z.enum(["not_needed", "web"]),
  /** after_24_hours: whoever wrote a version does not approve its dangerous steps before it is a day old. */
  author_approval: z.enum(["at_once", "after_24_hours"]),
  /** required: a version that a member wrote runs only after another one reviewed it. */
  peer_review: z.enum(["not_needed", "required"]),
  /** Above this share of automatic steps governance goes back to strict, a week after a notice. */
  max_auto_share_percent: z.int().min(1).max(100),
};

/** system is policy.json, default the product's own value where no layer said anything. */
export const policySource = z.enum(["system", "tenant", "runbook", "default"]);
const { max_auto_share_percent: _ofTenants, ...lockFields } = fields;

export const policyValues = z.object(fields);

/** What one layer says; a field that is absent has no opinion, and any other field is refused. */
export const policyLayer = z.strictObject(fields).partial();

/** What a runbook's lock can say: everything but what is counted over all runbooks. */
export const runbookLock = z.strictObject(lockFields).partial();

export const policySources = z.object({
  governance_mode: policySource,
  dangerous_steps: policySource,
  max_trust_level: policySource,
  dangerous_approver: policySource,
  dangerous_step_up: policySource,
  author_approval: policySource,
  peer_review: policySource,
  max_auto_share_percent: policySource,
} satisfies Readonly<Record<keyof typeof fields, unknown>>);

/** What holds, and which layer decided each field. */
export const effectivePolicy = z.object({ values: policyValues, decided_by: policySources });

export type WirePolicyValues = z.infer<typeof policyValues>;
export type WirePolicySource = z.infer<typeof policySource>;
export type WireRunbookLock = z.infer<typeof runbookLock>;
export type WireEffectivePolicy = z.infer<typeof effectivePolicy>;
