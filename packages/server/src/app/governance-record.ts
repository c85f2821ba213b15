// Governance for people: the last seven days, the weekly reports, the notice that stands, the downgrade that can be taken back with one click.
// In: a tenant's transaction and the time. Taking back is an admin's, in a session, and is recorded with their reason.
import { AppError, autoSharePercent, type GovernanceCounts, stepsOf, weekMs } from "@dd0c/core";
import {
  appendEvents,
  countGovernance,
  type GovernanceNotice,
  type GovernanceReport,
  latestNotice,
  listGovernanceReports,
  lockGovernance,
  settleNotice,
  type TenantTx,
} from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";
import { changePolicy, readSettings } from "./update-settings.ts";

/** Counts as they are recorded and shown. */
export const recordCounts = (counts: GovernanceCounts) => ({
  steps: stepsOf(counts),
  auto_share_percent: autoSharePercent(counts),
  auto: counts.auto,
  approved: counts.approved,
  typed: counts.typed,
  rejected: counts.rejected,
  refused_by_agent: counts.refusedByAgent,
  blocked: counts.blocked,
  downgrades: counts.downgrades,
  overrides: counts.overrides,
});

export interface GovernanceView {
  readonly from: Date;
  readonly to: Date;
  readonly lastSevenDays: GovernanceCounts;
  readonly weeks: readonly GovernanceReport[];
  readonly maxAutoSharePercent: number;
  /** Stands, and nobody has chosen strict meanwhile. */
  readonly notice: GovernanceNotice | null;
  /** Governance went to strict by itself and is still there. */
  readonly downgrade: GovernanceNotice | null;
}

const weeksShown = 12;

export async function readGovernance(app: Pick<AppContext, "systemPolicy">, tx: TenantTx, nowMs: number): Promise<GovernanceView> {
  const [from, to] = [new Date(nowMs - weekMs), new Date(nowMs)];
  const { own, effective } = await readSettings(app, tx);
  const latest = await latestNotice(tx);
  return {
    from,
    to,
    lastSevenDays: await countGovernance(tx, from, to),
    weeks: await listGovernanceReports(tx, weeksShown),
    maxAutoSharePercent: effective.maxAutoSharePercent,
    notice: latest?.status === "open" && effective.governanceMode === "audit" ? latest : null,
    downgrade: latest?.status === "downgraded" && own.governanceMode === "strict" ? latest : null,
  };
}

/** Governance back to audit. Errors: NOT_FOUND where nothing was taken away. */
export async function restoreGovernance(app: Pick<AppContext, "systemPolicy">, tx: TenantTx, deed: Deed, reason: string): Promise<void> {
  await lockGovernance(tx);
  const { downgrade } = await readGovernance(app, tx, deed.atMs);
  if (downgrade === null) throw new AppError("NOT_FOUND", "Governance was not taken to strict by itself.");
  await settleNotice(tx, downgrade.id, { from: "downgraded", to: "restored", by: deed.actor.id, at: new Date(deed.atMs) });
  const { event } = await changePolicy(app, tx, deed, { governanceMode: "audit" }, reason);
  const data = { downgraded_at: downgrade.settledAt?.toISOString() ?? null, restored_by: deed.actor.id, reason };
  await appendEvents(tx, [auditDraft(deed, "governance.restored", data), event]);
}
