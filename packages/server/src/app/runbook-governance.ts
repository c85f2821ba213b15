// What governs the next execution of a runbook: the policy in force with its layers, whether its version is reviewed, what its runs suggest.
// Reads only. For people; the engine reads its own, in the transaction of the decision.
import { cleanRunsInARow, cleanRunsNeeded, type EffectivePolicy, effectivePolicy, type TrustLevel } from "@dd0c/core";
import {
  listJudgedRuns,
  listReviews,
  lockLayer,
  readTenantPolicy,
  type RunbookRecord,
  type TenantTx,
  type VersionRecord,
} from "../db/index.ts";
import type { AppContext } from "./context.ts";
import { versionHash } from "./review-version.ts";

export interface RunbookGovernance {
  readonly policy: EffectivePolicy;
  readonly review: { readonly required: boolean; readonly done: boolean; readonly versionHash: string };
  readonly trust: {
    readonly cleanRuns: number;
    readonly needed: number;
    readonly suggestion: { readonly level: TrustLevel; readonly at: Date } | null;
  };
}

export async function runbookGovernance(
  app: Pick<AppContext, "systemPolicy">,
  tx: TenantTx,
  { runbook, version }: { readonly runbook: RunbookRecord; readonly version: VersionRecord },
): Promise<RunbookGovernance> {
  const { layer: tenant } = await readTenantPolicy(tx);
  const policy = effectivePolicy({
    system: app.systemPolicy.current(),
    tenant,
    runbook: lockLayer(runbook.governanceOverride, runbook.policyLock),
  });
  const reviews = await listReviews(tx, [version.id]);
  const suggestion = runbook.suggestion;
  return {
    policy,
    review: {
      required: policy.peerReview !== "not_needed" && version.createdBy.type === "user",
      done: reviews.some(({ by }) => by !== version.createdBy.id),
      versionHash: versionHash(version),
    },
    trust: {
      cleanRuns: cleanRunsInARow(await listJudgedRuns(tx, runbook.id), runbook.trustLevel),
      needed: cleanRunsNeeded,
      // A policy that allows no more than the present level leaves nothing to suggest.
      suggestion: suggestion === null || suggestion.level > policy.maxTrustLevel ? null : suggestion,
    },
  };
}
