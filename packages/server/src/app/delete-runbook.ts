// A runbook's id goes in; it is gone from lists, its versions, executions and events stay. Errors: RUNBOOK_NOT_FOUND.
import { AppError } from "@dd0c/core";
import { appendEvents, deleteRunbook as markDeleted } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export async function deleteRunbook(app: AppContext, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    if (!(await markDeleted(tx, id, new Date(deed.atMs)))) throw new AppError("RUNBOOK_NOT_FOUND");
    await appendEvents(tx, [auditDraft(deed, "runbook.deleted", {}, id)]);
  });
}
