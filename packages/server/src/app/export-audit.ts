// A tenant goes in, its whole chain comes out line by line, oldest first, signed, in the form that `dd0c verify-audit` reads.
// The export itself is recorded before its first line: who took the log away is part of the log.
import { appendEvents } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";
import { exportLines } from "./export-lines.ts";

export async function* exportAudit(app: AppContext, caller: Caller): AsyncGenerator<string> {
  const { tenantId } = caller;
  await app.db.withTenant(tenantId, (tx) =>
    appendEvents(tx, [auditDraft(deedOf(caller, app.clock.now()), "audit.exported", { format: "jsonl" })]),
  );
  yield* exportLines(app, tenantId);
}
