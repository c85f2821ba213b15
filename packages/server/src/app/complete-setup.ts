// The first page's two answers go in: governance of the tenant, trust of the demo runbooks. A human chose them, and that is recorded.
// Only runbooks that came from our templates are touched; the tenant's own keep what they have.
import type { AuditDraft, GovernanceMode, TrustLevel } from "@dd0c/core";
import { appendEvents, findRunbook, listRunbookIdsBySource, markSetupDone, type TenantTx } from "../db/index.ts";
import type { Deed } from "./audit-draft.ts";
import { changeTrust } from "./change-trust.ts";
import type { AppContext } from "./context.ts";
import { updateSettings } from "./update-settings.ts";

export interface SetupAnswers {
  readonly governanceMode: GovernanceMode;
  readonly demoTrustLevel: TrustLevel;
}

const reason = "chosen on the first page";

async function setDemoTrust(tx: TenantTx, deed: Deed, level: TrustLevel): Promise<readonly AuditDraft[]> {
  const events: AuditDraft[] = [];
  for (const id of await listRunbookIdsBySource(tx, "template")) {
    const runbook = await findRunbook(tx, id);
    if (runbook !== undefined) events.push(...(await changeTrust(tx, deed, runbook, { level, reason })));
  }
  return events;
}

export async function completeSetup(app: AppContext, deed: Deed, answers: SetupAnswers): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const trust = await setDemoTrust(tx, deed, answers.demoTrustLevel);
    await markSetupDone(tx, deed.actor.id, new Date(deed.atMs));
    await updateSettings(app, tx, deed, { governanceMode: answers.governanceMode }, reason);
    await appendEvents(tx, trust);
  });
}
