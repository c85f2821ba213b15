// A cause goes in; the tenant is locked unless people have cleared this very cause before. For what stays broken for good once it is: people have
// looked at it, and finding it again every night would lock the tenant every night.
import { listPartyModes } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { lockTenant } from "./lock-tenant.ts";
import { type Cause, type CauseDetails, keyOf } from "./party-cause.ts";

export async function lockOnce(engine: EngineContext, tenantId: string, cause: Cause): Promise<void> {
  const records = await engine.db.withTenant(tenantId, (tx) => listPartyModes(tx, cause.cause));
  if (records.some(({ details }) => keyOf(details as CauseDetails) === cause.key)) return;
  await lockTenant(engine, tenantId, cause);
}
