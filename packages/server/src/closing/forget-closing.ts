// An integration's provider is not told anything any more: the token is gone, and what waits to be told is not told.
import { cancelOutbound, removeClosing, stopListening, type TenantTx } from "../db/index.ts";

/** False where nothing was set. */
export async function forgetClosing(tx: TenantTx, integrationId: string): Promise<boolean> {
  const was = await removeClosing(tx, integrationId);
  if (was) {
    await stopListening(tx, integrationId);
    await cancelOutbound(tx, integrationId);
  }
  return was;
}
