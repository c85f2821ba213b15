// The weekly work of governance for every tenant: report the weeks that are over, give notice where too much ran by itself, go to strict when
// a notice is due. In: the time. Idempotent: what was reported is not reported again, and weeks missed while the server was down are made up for.
// One replica at a time per tenant. Never loosens anything.
import { type AuditDraft, nextGovernanceStep, weekMs, weekStartOf } from "@dd0c/core";
import {
  appendEvents,
  countGovernance,
  type GovernanceNotice,
  insertGovernanceReport,
  insertNotice,
  latestNotice,
  listGovernanceReports,
  listTenantIds,
  lockGovernance,
  readTenant,
  settleNotice,
  type TenantTx,
} from "../db/index.ts";
import { auditDraft, systemDeed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";
import { recordCounts } from "./governance-record.ts";
import { changePolicy, readSettings } from "./update-settings.ts";

export type GovernanceApp = Pick<AppContext, "db" | "newId" | "systemPolicy">;

const component = "governance";

/** Every tenant; one that fails does not keep the others from it. */
export async function runGovernance(app: GovernanceApp, nowMs: number, onFault: (tenantId: string, error: unknown) => void): Promise<void> {
  for (const tenantId of await app.db.withSystem("schedule", listTenantIds)) {
    await app.db
      .withTenant(tenantId, async (tx) => {
        await lockGovernance(tx);
        const reported = await reportWeeks(tx, nowMs);
        const step = await takeStep(app, tx, nowMs, reported.length > 0);
        if (reported.length + step.length > 0) await appendEvents(tx, [...reported, ...step]);
      })
      .catch((error: unknown) => onFault(tenantId, error));
  }
}

/** The weeks that ended and have no report. A tenant's first report is about the last week alone. */
async function weeksDue(tx: TenantTx, nowMs: number): Promise<readonly number[]> {
  const lastStart = weekStartOf(nowMs) - weekMs;
  const [latest] = await listGovernanceReports(tx, 1);
  const created = (await readTenant(tx))?.createdAt.getTime() ?? nowMs;
  const firstStart = latest === undefined ? lastStart : latest.weekStart.getTime() + weekMs;
  const starts: number[] = [];
  for (let start = firstStart; start <= lastStart; start += weekMs) if (created < start + weekMs) starts.push(start);
  return starts;
}

async function reportWeeks(tx: TenantTx, nowMs: number): Promise<readonly AuditDraft[]> {
  const deed = systemDeed(tx.tenantId, component, nowMs);
  const events: AuditDraft[] = [];
  for (const start of await weeksDue(tx, nowMs)) {
    const [from, to] = [new Date(start), new Date(start + weekMs)];
    const counts = await countGovernance(tx, from, to);
    if (!(await insertGovernanceReport(tx, { weekStart: from, counts }, new Date(nowMs)))) continue;
    events.push(auditDraft(deed, "governance.reported", { from: from.toISOString(), to: to.toISOString(), ...recordCounts(counts) }));
  }
  return events;
}

async function takeStep(app: GovernanceApp, tx: TenantTx, nowMs: number, weekReported: boolean): Promise<readonly AuditDraft[]> {
  const { effective } = await readSettings(app, tx);
  const latest = await latestNotice(tx);
  const notice = latest?.status === "open" ? latest : null;
  // The usual hour: nothing stands and nothing is new.
  if (notice === null && !weekReported) return [];
  const counts = await countGovernance(tx, new Date(nowMs - weekMs), new Date(nowMs));
  const maxPercent = effective.maxAutoSharePercent;
  const step = nextGovernanceStep({
    auditInForce: effective.governanceMode === "audit",
    counts,
    maxPercent,
    notice: notice === null ? null : { dueAtMs: notice.dueAt.getTime() },
    weekReported,
    nowMs,
  });
  const data = { ...recordCounts(counts), max_auto_share_percent: maxPercent };
  if (step === "give_notice") return giveNotice(app, tx, nowMs, { counts, maxSharePercent: maxPercent }, data);
  if (notice === null || step === "nothing") return [];
  return step === "downgrade" ? downgrade(app, tx, nowMs, notice, data) : withdraw(tx, nowMs, notice, data);
}

type Data = Readonly<Record<string, unknown>>;

async function giveNotice(
  app: GovernanceApp,
  tx: TenantTx,
  nowMs: number,
  why: Pick<GovernanceNotice, "counts" | "maxSharePercent">,
  data: Data,
): Promise<readonly AuditDraft[]> {
  const [givenAt, dueAt] = [new Date(nowMs), new Date(nowMs + weekMs)];
  await insertNotice(tx, { id: app.newId(), givenAt, dueAt, ...why });
  return [auditDraft(systemDeed(tx.tenantId, component, nowMs), "governance.notice_given", { ...data, due_at: dueAt.toISOString() })];
}

async function withdraw(tx: TenantTx, nowMs: number, notice: GovernanceNotice, data: Data): Promise<readonly AuditDraft[]> {
  await settleNotice(tx, notice.id, { from: "open", to: "withdrawn", by: component, at: new Date(nowMs) });
  return [auditDraft(systemDeed(tx.tenantId, component, nowMs), "governance.notice_withdrawn", data)];
}

async function downgrade(
  app: GovernanceApp,
  tx: TenantTx,
  nowMs: number,
  notice: GovernanceNotice,
  data: Data,
): Promise<readonly AuditDraft[]> {
  const deed = systemDeed(tx.tenantId, component, nowMs);
  await settleNotice(tx, notice.id, { from: "open", to: "downgraded", by: component, at: new Date(nowMs) });
  const reason = "more steps ran by themselves than the policy allows, a week after the notice";
  const { event } = await changePolicy(app, tx, deed, { governanceMode: "strict" }, reason);
  return [auditDraft(deed, "governance.downgraded", { ...data, notice_given_at: notice.givenAt.toISOString() }), event];
}
