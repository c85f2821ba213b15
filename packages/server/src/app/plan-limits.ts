// What a tenant's plan allows. A self-hosted install is "unlimited" (ruling 18); undefined means no limit.
import { AppError } from "@dd0c/core";
import { countRunbooks, readTenant, type TenantTx } from "../db/index.ts";

interface PlanLimits {
  readonly activeRunbooks?: number;
}

const limits: Readonly<Record<string, PlanLimits>> = { free: { activeRunbooks: 5 } };

/** Throws PLAN_LIMIT_REACHED when one more active runbook is too many. */
export async function checkRunbookLimit(tx: TenantTx): Promise<void> {
  const { activeRunbooks } = limits[(await readTenant(tx))?.plan ?? "unlimited"] ?? {};
  if (activeRunbooks !== undefined && (await countRunbooks(tx)) >= activeRunbooks) {
    throw new AppError("PLAN_LIMIT_REACHED", `The plan allows ${activeRunbooks} active runbooks.`, { limit: activeRunbooks });
  }
}
