// What the alerts' side announces (webhooks/announce.ts) becomes threads: a matched alert gets a message, what happens to its offer afterwards makes
// that message be drawn again. Rows of the outbox come at least once; a second one changes nothing.
import { z } from "zod";
import { claimEffects, completeEffect, findSlackThreadOfOffer, insertSlackThread, type TenantTx } from "../db/index.ts";
import type { Face } from "./face.ts";

/** The outbox kind that alerts.announceTo names for Slack. */
export const slackAnnouncements = "slack-alert";

const announcement = z.object({
  type: z.string(),
  offerId: z.uuid(),
  alertId: z.uuid(),
  executionId: z.uuid().nullable(),
});
type Announcement = z.infer<typeof announcement>;

const leaseMs = 30_000;
const batch = 50;

async function threadFor(face: Face, tx: TenantTx, { type, offerId, alertId, executionId }: Announcement) {
  const known = await findSlackThreadOfOffer(tx, offerId);
  if (known !== undefined || type !== "alert.matched" || face.channelId === undefined) return known;
  const id = face.app.newId();
  const alert = { alert_id: alertId, offer_id: offerId };
  await insertSlackThread(tx, { id, channelId: face.channelId, executionId, alert, createdAt: new Date(face.app.clock.now()) });
  return findSlackThreadOfOffer(tx, offerId);
}

/** Takes in what is due. Of another organisation: done with, its Slack is not this one. */
export async function takeAnnouncements(face: Face, worker: string): Promise<void> {
  const { app, tenantId } = face;
  const now = (): Date => new Date(app.clock.now());
  const options = { kinds: [slackAnnouncements], worker, now: now(), leaseMs, limit: batch };
  const rows = await app.db.withSystem("claim-outbox", (tx) => claimEffects(tx, options));
  for (const row of rows) {
    const read = announcement.safeParse(row.payload);
    if (row.tenantId === tenantId && read.success) {
      const thread = await app.db.withTenant(tenantId, (tx) => threadFor(face, tx, read.data));
      if (thread !== undefined) face.look(thread.id, thread.channelId);
    }
    await app.db.withSystem("claim-outbox", (tx) => completeEffect(tx, row.id, worker, now()));
  }
}
