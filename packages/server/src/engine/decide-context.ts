// Gathers, inside one transaction, what a decision needs beside state and command: policy, trust, alarms, who is online.
import { type DecideContext, effectivePolicy, type ExecutionState, type TrustLevel } from "@dd0c/core";
import { activePartyModes, findRunbook, readSystemSetting, readTenantPolicy, type TenantTx } from "../db/index.ts";
import { type EngineContext, isOnline } from "./engine-context.ts";

export type Circumstances = Pick<DecideContext, "policy" | "panic" | "party" | "trustLevel" | "agentOnline">;

const isLayer = (value: unknown): value is object => typeof value === "object" && value !== null;

export async function circumstances(
  engine: EngineContext,
  tx: TenantTx,
  execution: Pick<ExecutionState, "runbookId" | "agentId">,
): Promise<Circumstances> {
  const runbook = await findRunbook(tx, execution.runbookId);
  const tenant = await readTenantPolicy(tx);
  const system = await readSystemSetting(tx, "policy");
  const party = await activePartyModes(tx);
  return {
    policy: effectivePolicy({
      system: isLayer(system) ? system : {},
      tenant: tenant.layer,
      runbook: runbook?.governanceOverride == null ? {} : { governanceMode: runbook.governanceOverride },
    }),
    panic: engine.panic.current().on,
    party: party.length > 0,
    // A runbook that was deleted meanwhile is trusted with nothing new.
    trustLevel: runbook?.trustLevel ?? (0 as TrustLevel),
    agentOnline: isOnline(engine, execution.agentId),
  };
}
