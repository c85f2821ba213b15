// Tells the faces that are connected (chat, outbound webhooks) what becomes of an offer: one outbox row per face, written in the transaction in which
// it happened. A row names ids and no content: who performs it reads the offer as it is then (app/read-alerts.ts).
import { type AlertRecord, countAlerts, enqueueEffects, findOffers, type TenantTx } from "../db/index.ts";
import type { AlertParts } from "./alert-parts.ts";

/**
 * Payload of the rows. `alert.matched`: a runbook is offered, post it. `alert.more`: further alerts joined the offer. `alert.ended`: all of its
 * alerts are over. `offer.*`: somebody, or time, decided; buttons of a message are stale from now on.
 */
export interface AlertAnnouncement {
  readonly type: "alert.matched" | "alert.more" | "alert.ended" | "offer.started" | "offer.dismissed" | "offer.lapsed";
  readonly offerId: string;
  /** The offer's first alert. */
  readonly alertId: string;
  /** The run that waits for its start, or was started. */
  readonly executionId: string | null;
}

type Faces = Pick<AlertParts, "announceTo">;

export async function announce(faces: Faces, tx: TenantTx, announcements: readonly AlertAnnouncement[], nowMs: number): Promise<void> {
  const availableAt = new Date(nowMs);
  const rows = announcements.flatMap((payload) => faces.announceTo.map((kind) => ({ kind, payload, availableAt })));
  await enqueueEffects(tx, rows);
}

/** These alerts have just ended: offers of which none is left say so, once they were posted. */
export async function announceEnded(faces: Faces, tx: TenantTx, ended: readonly AlertRecord[], nowMs: number): Promise<void> {
  if (faces.announceTo.length === 0) return;
  const offerIds = [...new Set(ended.flatMap(({ offerId }) => offerId ?? []))];
  const counts = await countAlerts(tx, offerIds);
  const over = (await findOffers(tx, offerIds)).filter(({ id, postedAt }) => postedAt !== null && counts.get(id)?.open === 0);
  await announce(
    faces,
    tx,
    over.map(({ id, alertId, executionId }) => ({ type: "alert.ended", offerId: id, alertId, executionId })),
    nowMs,
  );
}
