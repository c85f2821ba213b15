// An admin changes what another member may do, or ends a membership. Recorded first, then in force: each request of a session reads the
// membership, so the next one of that member already meets the change. What a fault cuts short is completed by repeating it or by the next start.
import { AppError, type Role } from "@dd0c/core";
import { appendEvents, changeRole, findMember, lockAdmins, type MemberRecord, removeMember, type TenantTx } from "../db/index.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";
import { revokeLinksOf } from "./invitations.ts";

type MemberApp = Pick<AppContext, "db" | "identity">;

export interface MemberChange {
  readonly userId: string;
  /** The caller knows that this is their own membership. */
  readonly myself: boolean;
}

/** Errors: NOT_FOUND, FORBIDDEN (no admin any more), SELF_UNACKNOWLEDGED, LAST_ADMIN. */
export async function giveRole(app: MemberApp, deed: Deed, change: MemberChange & { readonly role: Role }): Promise<MemberRecord> {
  const { userId, role } = change;
  const member = await app.db.withTenant(deed.tenantId, async (tx) => {
    const known = await changeable(tx, deed, change, role === "admin");
    if (known.role !== role) {
      await changeRole(tx, userId, role);
      const data = { user_id: userId, old_role: known.role, new_role: role };
      await appendEvents(tx, [auditDraft(deed, "member.role_changed", data)]);
    }
    return { ...known, role };
  });
  await app.identity.setMembership(deed.tenantId, userId, role);
  return member;
}

/** Errors: as for giveRole. Links that would sign the member in again work no more. */
export async function endMembership(app: MemberApp, deed: Deed, change: MemberChange): Promise<void> {
  const { userId } = change;
  await app.db.withTenant(deed.tenantId, async (tx) => {
    const { role, email } = await changeable(tx, deed, change, false);
    await removeMember(tx, userId, new Date(deed.atMs));
    await revokeLinksOf(tx, deed, email, "member_removed");
    await appendEvents(tx, [auditDraft(deed, "member.removed", { user_id: userId, role })]);
  });
  await app.identity.endMembership(deed.tenantId, userId);
}

/** The admins are locked: of two who take each other's role away one is refused. */
async function changeable(tx: TenantTx, deed: Deed, { userId, myself }: MemberChange, staysAdmin: boolean): Promise<MemberRecord> {
  const admins = await lockAdmins(tx);
  if (!admins.includes(deed.actor.id)) throw new AppError("FORBIDDEN", "You are not an admin any more.");
  const member = await findMember(tx, userId);
  if (member === undefined) throw new AppError("NOT_FOUND");
  if (userId === deed.actor.id && !myself) throw new AppError("SELF_UNACKNOWLEDGED");
  if (!staysAdmin && admins.length === 1 && admins[0] === userId) throw new AppError("LAST_ADMIN");
  return member;
}
