// A cause goes in, the tenant is locked when it returns: in memory first, then the record that every replica obeys, then each execution pauses.
// The affected runbook's trust falls to 0, everything is in the audit log, and a copy of the whole chain is written for the investigation.
import type { AuditDraft } from "@dd0c/core";
import { patternVersion } from "@dd0c/scanner";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import { activePartyModes, appendEvents, distrustRunbooks, enterPartyMode, type PartyModeRecord, type TenantTx } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { writeForensicExport } from "./forensic-export.ts";
import { haltExecutions } from "./halt-executions.ts";
import { type Cause, type CauseDetails, detailsOf, explain, keyOf } from "./party-cause.ts";

const isSame = (record: PartyModeRecord, { cause, key }: Cause): boolean =>
  record.cause === cause && keyOf(record.details as CauseDetails) === key;

/** Returns the id of a party mode that was not on before. */
async function record(engine: EngineContext, tx: TenantTx, cause: Cause): Promise<string | undefined> {
  if ((await activePartyModes(tx)).some((open) => isSame(open, cause))) return undefined;
  const deed = systemDeed(tx.tenantId, "canaries" in cause.facts ? "scanner-guard" : "invariant-watch", engine.clock.now());
  const at = new Date(deed.atMs);
  const id = engine.newId();
  const details = detailsOf(cause);
  await enterPartyMode(tx, { id, cause: cause.cause, details, enteredAt: at });
  const distrusted = await distrustRunbooks(tx, at, cause.runbookId);
  await appendEvents(tx, [
    auditDraft(
      deed,
      "party_mode.activated",
      { party_mode_id: id, cause: cause.cause, ...details, pattern_version: patternVersion },
      cause.runbookId,
    ),
    ...distrusted.map(
      ({ id: runbookId, trustLevel }): AuditDraft =>
        auditDraft(
          deed,
          "runbook.trust_downgraded",
          { old_level: trustLevel, new_level: 0, trigger_event: "party_mode.activated", reason: explain(cause.cause, details) },
          runbookId,
        ),
    ),
  ]);
  return id;
}

async function exportFor(engine: EngineContext, tenantId: string, id: string): Promise<void> {
  try {
    await writeForensicExport(engine, tenantId, id);
  } catch (error) {
    engine.logger.error({ error: error instanceof Error ? error.name : "unknown" }, "the forensic export could not be written");
  }
}

/** Safe to repeat. When it rejects the tenant stays locked, in this process or by the record, and the caller tries again. */
export async function lockTenant(engine: EngineContext, tenantId: string, cause: Cause): Promise<void> {
  const suspicion = { tenantId, cause };
  engine.suspects.add(suspicion);
  const id = await engine.db.withTenant(tenantId, (tx) => record(engine, tx, cause));
  if (id !== undefined) engine.logger.error({ tenant: tenantId, cause: cause.cause }, "an invariant broke: party mode");
  try {
    await haltExecutions(engine, tenantId, "party");
  } finally {
    // From here on the record speaks: nothing is decided against it, and what was decided before it does not leave.
    engine.suspects.settle(suspicion);
  }
  if (id !== undefined) await exportFor(engine, tenantId, id);
}
