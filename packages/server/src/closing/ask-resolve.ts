// A person says that what a completed run repaired is to be resolved at its provider. Asked twice, it is told once; what was given up is sent again.
import { AppError } from "@dd0c/core";
import type { AppContext } from "../app/context.ts";
import { auditDraft, type Deed } from "../app/audit-draft.ts";
import { closingOf, resolveRefusal } from "../app/read-alerts.ts";
import { appendEvents, endedRunsOf, findAlert, insertOutbound, sendAgain } from "../db/index.ts";
import { closingDelivery, endedRun, isClosable } from "./closing-sender.ts";

/** Errors: NOT_FOUND, EXECUTION_STATE_CONFLICT (its message says why nothing can be resolved). */
export async function askResolve(
  { db, newId, clock, scanner }: Pick<AppContext, "db" | "newId" | "clock" | "scanner">,
  deed: Deed,
  alertId: string,
): Promise<void> {
  await db.withTenant(deed.tenantId, async (tx) => {
    const alert = await findAlert(tx, alertId);
    if (alert === undefined) throw new AppError("NOT_FOUND");
    const view = await closingOf(tx, alertId, await endedRunsOf(tx, alert));
    if (view === null)
      throw new AppError("EXECUTION_STATE_CONFLICT", "Its provider is told nothing: an admin turns that on in Settings, Integrations.");
    const refusal = resolveRefusal(view);
    const run = view.completedRunId === undefined ? undefined : await endedRun(tx, scanner, view.completedRunId);
    if (refusal !== null || run === undefined || !isClosable(view.closable))
      throw new AppError("EXECUTION_STATE_CONFLICT", refusal ?? "No run for it has completed.");
    const made = closingDelivery({ newId, clock }, run, view.closable, "resolve");
    if ((await insertOutbound(tx, [made])) === 0 && view.resolve !== undefined) await sendAgain(tx, view.resolve.id, made.createdAt);
    const data = { alert_id: alertId, integration_id: made.targetId, execution_id: made.executionId };
    await appendEvents(tx, [auditDraft(deed, "alert.resolve_asked", data, run.facts.runbook_id)]);
  });
}
