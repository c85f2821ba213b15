// What a run's end means for its runbook's trust: after ten clean ones in a row the next level is suggested, once; a bad one takes that back.
// In: the run before and after a command. Out: the event to append. Trust itself is never raised here.
import { type AuditDraft, cleanRunsInARow, cleanRunsNeeded, type EffectivePolicy, type ExecutionState, suggestedLevel } from "@dd0c/core";
import { auditDraft, systemDeed } from "../app/audit-draft.ts";
import { findRunbook, listJudgedRuns, suggestTrust, type TenantTx, withdrawSuggestion } from "../db/index.ts";

export interface RunChange {
  readonly before: ExecutionState;
  readonly after: ExecutionState;
  readonly policy: EffectivePolicy;
  readonly nowMs: number;
}

export async function judgeTrust(tx: TenantTx, { before, after, policy, nowMs }: RunChange): Promise<readonly AuditDraft[]> {
  const { runbookId } = after;
  if (after.badRun && !before.badRun) await withdrawSuggestion(tx, runbookId);
  if (after.status !== "completed" || before.status === "completed" || after.badRun) return [];
  const runbook = await findRunbook(tx, runbookId);
  if (runbook === undefined || runbook.suggestion !== null) return [];
  const cleanRuns = cleanRunsInARow(await listJudgedRuns(tx, runbookId), runbook.trustLevel);
  const level = suggestedLevel(runbook.trustLevel, cleanRuns, policy.maxTrustLevel);
  if (level === null || !(await suggestTrust(tx, runbookId, level, new Date(nowMs)))) return [];
  const data = { level: runbook.trustLevel, suggested_level: level, clean_runs: cleanRuns, needed: cleanRunsNeeded };
  return [{ ...auditDraft(systemDeed(tx.tenantId, "engine", nowMs), "runbook.trust_suggested", data, runbookId), execution: after.id }];
}
