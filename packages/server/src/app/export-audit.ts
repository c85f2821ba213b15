// A tenant goes in, its whole chain comes out line by line, oldest first, in the form that `dd0c verify-audit` reads.
// The export itself is recorded before its first line: who took the log away is part of the log.
import { exportLine } from "@dd0c/core";
import { appendEvents, exportEvents } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import { auditDraft, deedOf } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";

export async function* exportAudit(app: AppContext, caller: Caller): AsyncGenerator<string> {
  const { tenantId } = caller;
  await app.db.withTenant(tenantId, (tx) =>
    appendEvents(tx, [auditDraft(deedOf(caller, app.clock.now()), "audit.exported", { format: "jsonl" })]),
  );
  for await (const { event, hash } of exportEvents((work) => app.db.withTenant(tenantId, work), tenantId)) {
    yield `${exportLine(event, hash)}\n`;
  }
}
