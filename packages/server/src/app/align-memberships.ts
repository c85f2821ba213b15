// Runs at every start: sign-in's memberships are brought in line with the record in run.members, where a fault came between the two.
// Tenants that have no record yet are left alone: their creation was cut short and is repeated elsewhere.
import { listMemberships, type MembershipRecord } from "../db/index.ts";
import type { AppContext } from "./context.ts";

const keyOf = ({ tenantId, userId }: { readonly tenantId: string; readonly userId: string }): string => `${tenantId} ${userId}`;

export async function alignMemberships(app: Pick<AppContext, "db" | "identity">): Promise<void> {
  const recorded = await app.db.withSystem("start-up", listMemberships);
  const inForce = await app.identity.listMemberships();
  const roleInForce = new Map(inForce.map((one) => [keyOf(one), one.role]));
  const differs = (one: MembershipRecord): boolean => roleInForce.get(keyOf(one)) !== (one.removed ? undefined : one.role);
  for (const one of recorded.filter(differs)) {
    if (one.removed) await app.identity.endMembership(one.tenantId, one.userId);
    else await app.identity.setMembership(one.tenantId, one.userId, one.role);
  }
  const known = new Set(recorded.map(keyOf));
  const tenants = new Set(recorded.map(({ tenantId }) => tenantId));
  for (const one of inForce)
    if (tenants.has(one.tenantId) && !known.has(keyOf(one))) await app.identity.endMembership(one.tenantId, one.userId);
}
