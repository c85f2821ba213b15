// Somebody decided about an offer: started its runbook, or another one, or dismissed it. In the transaction of that decision.
import { type AlertBeginning, AppError, type ExecutionState, type InboundAlert } from "@dd0c/core";
import { auditDraft } from "../app/audit-draft.ts";
import {
  alertBeginning,
  type AlertRecord,
  appendEvents,
  decideOffer,
  findAlert,
  isUuid,
  lockOffer,
  type OfferRecord,
  type TenantTx,
} from "../db/index.ts";
import type { EngineContext } from "../engine/engine-context.ts";
import { type Asker, engineAsker, runCommandIn } from "../engine/run-command.ts";
import { announce } from "./announce.ts";

const findOwn = async (tx: TenantTx, alertId: string | null): Promise<AlertRecord | undefined> =>
  alertId !== null && isUuid(alertId) ? findAlert(tx, alertId) : undefined;

export interface OwnAlert {
  readonly alert: InboundAlert;
  readonly alertBegan: AlertBeginning;
  /** The run that waits, or was started, for the offer that this alert shares with others. */
  readonly offeredRunId: string | null;
}

/** The alert as we took it in, with the offer that it belongs to locked: whoever decides about it waits. Undefined: it is none of ours. */
export async function lockAlert(tx: TenantTx, alertId: string | null): Promise<OwnAlert | undefined> {
  const found = await findOwn(tx, alertId);
  if (found === undefined) return undefined;
  const offer = found.offerId === null ? undefined : await lockOffer(tx, found.offerId);
  return { alert: found.alert, alertBegan: await alertBeginning(tx, found), offeredRunId: offer?.executionId ?? null };
}

/** The open offer that this alert belongs to, locked. */
async function lockOpenOffer(tx: TenantTx, alertId: string): Promise<OfferRecord | undefined> {
  const alert = await findOwn(tx, alertId);
  const offer = alert?.offerId == null ? undefined : await lockOffer(tx, alert.offerId);
  return offer?.status === "open" ? offer : undefined;
}

/** The run that waited is of no use any more. */
async function expireWaiting(engine: EngineContext, tx: TenantTx, offer: OfferRecord): Promise<void> {
  if (offer.executionId !== null)
    await runCommandIn(engine, tx, offer.executionId, engineAsker(tx.tenantId), ({ state }) =>
      state.status === "pending" ? [{ command: { type: "expire" } }] : [],
    );
}

/** A run was started: the offer that its alert belongs to, if any, is answered. Of another runbook it counts as well. */
export async function settleOffer(engine: EngineContext, tx: TenantTx, asker: Asker, run: ExecutionState): Promise<void> {
  const offer = run.alertId === null ? undefined : await lockOpenOffer(tx, run.alertId);
  if (offer === undefined) return;
  const nowMs = engine.clock.now();
  if (offer.executionId !== run.id) await expireWaiting(engine, tx, offer);
  await decideOffer(tx, offer.id, { status: "started", by: asker.actor.id, at: new Date(nowMs), reason: null, executionId: run.id });
  await announce(engine, tx, [{ type: "offer.started", offerId: offer.id, alertId: offer.alertId, executionId: run.id }], nowMs);
}

/** Somebody says that no runbook is wanted for this alert. @throws AppError NOT_FOUND, EXECUTION_STATE_CONFLICT (decided already) */
export async function dismissOffer(engine: EngineContext, asker: Asker, alertId: string, reason: string | null): Promise<void> {
  await engine.db.withTenant(asker.tenantId, async (tx) => {
    if ((await findAlert(tx, alertId)) === undefined) throw new AppError("NOT_FOUND");
    const offer = await lockOpenOffer(tx, alertId);
    if (offer === undefined) throw new AppError("EXECUTION_STATE_CONFLICT", "No runbook is offered for this alert any more.");
    const nowMs = engine.clock.now();
    await expireWaiting(engine, tx, offer);
    await decideOffer(tx, offer.id, { status: "dismissed", by: asker.actor.id, at: new Date(nowMs), reason });
    await announce(engine, tx, [{ type: "offer.dismissed", offerId: offer.id, alertId: offer.alertId, executionId: null }], nowMs);
    const data = { offer_id: offer.id, alert_id: offer.alertId, reason };
    const deed = { tenantId: asker.tenantId, actor: asker.actor, sourceIp: asker.sourceIp, atMs: nowMs };
    await appendEvents(tx, [auditDraft(deed, "alert.dismissed", data, offer.runbookId)]);
  });
}
