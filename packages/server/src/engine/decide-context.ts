// Puts together, inside one transaction, what a decision needs beside state and command: policy, trust, alarms, who is online.
import { type DecideContext, effectivePolicy, type ExecutionState, type TrustLevel } from "@dd0c/core";
import type { StoredCircumstances, TenantTx } from "../db/index.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";

export type Circumstances = Pick<DecideContext, "policy" | "panic" | "party" | "trustLevel" | "agentOnline">;

const isLayer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** `stored`: read in this transaction, after the execution was locked. */
export function circumstances(
  engine: EngineContext,
  tx: TenantTx,
  execution: Pick<ExecutionState, "agentId">,
  stored: StoredCircumstances,
): Circumstances {
  return {
    policy: effectivePolicy({
      system: isLayer(stored.systemPolicy) ? stored.systemPolicy : {},
      tenant: stored.tenantPolicy,
      runbook: stored.governanceOverride === null ? {} : { governanceMode: stored.governanceOverride },
    }),
    panic: engine.panic.current().on,
    // What this process knows counts before any record of it.
    party: stored.party || !engine.scanner.isSound() || engine.suspects.has(tx.tenantId),
    // A runbook that was deleted meanwhile is trusted with nothing new.
    trustLevel: stored.trustLevel ?? (0 as TrustLevel),
    agentOnline: isOnline(engine, execution.agentId),
  };
}
