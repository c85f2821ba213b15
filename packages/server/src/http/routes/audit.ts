// Handlers for the audit log: pages for people, the export for auditors, the proof.
import { AppError } from "@dd0c/core";
import type { AppContext } from "../../app/context.ts";
import { exportAudit } from "../../app/export-audit.ts";
import { type MemberNames, memberNames } from "../../app/read-runbooks.ts";
import type { ChainReport } from "../../app/verify-audit.ts";
import { listEvents, type StoredEvent } from "../../db/index.ts";
import type { Handlers } from "../call.ts";
import { wireActor } from "../wire/runbook.ts";

type AuditHandlers = Pick<Handlers, "listAudit" | "exportAudit" | "verifyAudit">;

/** A cursor of this list is the sequence number after which the next page begins. */
const placeOf = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError("VALIDATION_FAILED", "The cursor is not one that this list gave out.");
  return Number(cursor);
};

const wireEvent = ({ event, hash }: StoredEvent, names: MemberNames) => ({
  seq: event.seq,
  chain: event.chain,
  type: event.type,
  schema_version: event.schema_version,
  execution_id: event.execution,
  step_execution_id: event.step_execution,
  runbook_id: event.runbook,
  actor: wireActor(event.actor, names),
  occurred_at: event.occurred_at,
  recorded_at: event.recorded_at,
  late: event.late,
  data: { ...event.data },
  prev_hash: event.prev_hash,
  hash,
});

export function auditHandlers(app: AppContext, checkChain: (tenantId: string) => Promise<ChainReport>): AuditHandlers {
  return {
    listAudit: async ({ caller, query }) => {
      const after = placeOf(query.cursor);
      const { page, names } = await app.db.readTenant(caller.tenantId, async (tx) => ({
        page: await listEvents(tx, {
          chain: caller.tenantId,
          limit: query.limit,
          order: "newest_first",
          ...(after === undefined ? {} : { after }),
          ...(query.execution_id === undefined ? {} : { executionId: query.execution_id }),
          ...(query.runbook_id === undefined ? {} : { runbookId: query.runbook_id }),
          ...(query.type === undefined ? {} : { type: query.type }),
        }),
        names: await memberNames(tx),
      }));
      return { items: page.events.map((event) => wireEvent(event, names)), next_cursor: page.next === null ? null : String(page.next) };
    },

    exportAudit: async ({ caller }) => exportAudit(app, caller),

    verifyAudit: async ({ caller }) => {
      const report = await checkChain(caller.tenantId);
      return {
        ok: report.broken === null,
        events: report.events,
        head_seq: report.headSeq,
        head_hash: report.headHash,
        broken: report.broken,
        duration_ms: report.durationMs,
      };
    },
  };
}
