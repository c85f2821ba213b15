// Messages of monitoring systems are kept for forensics, and not for ever: old ones are taken away with what each said about its alert. The alerts
// themselves stay, those too of which only the end came: what is late still meets them, and starts nothing.
import { type OpenDatabase, purgeDeliveries } from "../db/index.ts";

const dayMs = 24 * 3_600_000;
/** Few enough that a message which comes in meanwhile is not kept waiting. */
const atOnce = 500;

export interface ForgetOptions {
  readonly db: Pick<OpenDatabase, "withSystem">;
  readonly alertDeliveriesDays: number;
}

/** Returns how many went. */
export async function forgetDeliveries({ db, alertDeliveriesDays }: ForgetOptions, nowMs: number, stopping: AbortSignal): Promise<number> {
  const before = new Date(nowMs - alertDeliveriesDays * dayMs);
  let gone = 0;
  for (let last = atOnce; last === atOnce && !stopping.aborted; gone += last)
    last = await db.withSystem("schedule", (tx) => purgeDeliveries(tx, before, atOnce));
  return gone;
}
