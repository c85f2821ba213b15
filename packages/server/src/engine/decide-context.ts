// Puts together, inside one transaction, what a decision needs beside state and command: policy, trust, the version, alarms, who is online.
import { type DecideContext, type EffectivePolicy, effectivePolicy, type ExecutionState, type TrustLevel } from "@dd0c/core";
import type { StoredCircumstances, TenantTx } from "../db/index.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";

export type Circumstances = Pick<DecideContext, "policy" | "version" | "panic" | "party" | "trustLevel" | "agentOnline">;

/** The strictest of the three layers, as they are now. */
export const policyNow = (
  engine: Pick<EngineContext, "systemPolicy">,
  { tenantPolicy, runbookLock }: Pick<StoredCircumstances, "tenantPolicy" | "runbookLock">,
): EffectivePolicy => effectivePolicy({ system: engine.systemPolicy.current(), tenant: tenantPolicy, runbook: runbookLock });

/** `stored`: read in this transaction, after the execution was locked. */
export function circumstances(
  engine: EngineContext,
  tx: TenantTx,
  execution: Pick<ExecutionState, "agentId">,
  stored: StoredCircumstances,
): Circumstances {
  const policy = policyNow(engine, stored);
  return {
    // Where a panic could go unheard nothing runs by itself; people still decide.
    policy: engine.panic.isCertain() ? policy : { ...policy, governanceMode: "strict" },
    version: stored.version,
    panic: engine.panic.current().on,
    // What this process knows counts before any record of it.
    party: stored.party || !engine.scanner.isSound() || engine.suspects.has(tx.tenantId),
    // A runbook that was deleted meanwhile is trusted with nothing new.
    trustLevel: stored.trustLevel ?? (0 as TrustLevel),
    agentOnline: isOnline(engine, execution.agentId),
  };
}
