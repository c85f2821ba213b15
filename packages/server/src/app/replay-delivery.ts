// A person has a delivery to the outside sent once more, under the id that it had: a receiver that took it the first time can tell.
import { AppError } from "@dd0c/core";
import { appendEvents, findEndpoint, lockOutbound, type OutboundDelivery, sendAgain } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { EndpointApp } from "./webhook-endpoints.ts";

/** Errors: NOT_FOUND, WEBHOOK_OFF. */
export async function replayDelivery(app: Pick<EndpointApp, "db" | "wake">, deed: Deed, id: string): Promise<OutboundDelivery> {
  const replayed = await app.db.withTenant(deed.tenantId, async (tx) => {
    const delivery = await lockOutbound(tx, id);
    if (delivery === undefined) throw new AppError("NOT_FOUND");
    const { kind, targetId, eventType, attempts } = delivery;
    if (kind === "webhook" && (await findEndpoint(tx, targetId))?.enabled !== true) throw new AppError("WEBHOOK_OFF");
    await sendAgain(tx, id, new Date(deed.atMs));
    const data = { delivery_id: id, kind, target_id: targetId, event_type: eventType, attempts };
    await appendEvents(tx, [auditDraft(deed, "outbound.replayed", data)]);
    return (await lockOutbound(tx, id)) ?? delivery;
  });
  app.wake();
  return replayed;
}
