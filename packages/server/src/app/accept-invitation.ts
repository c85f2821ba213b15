// The secret of an invitation's link goes in. Reading says whom it is for and changes nothing; accepting uses it up, makes account and
// membership, and signs in. Null: the link is unknown, used, revoked or too old, and nobody learns which.
import type { Role } from "@dd0c/core";
import {
  appendEvents,
  findInvitation,
  findMember,
  type InvitationRecord,
  insertMember,
  listMemberNames,
  readTenant,
  takeInvitation,
  type TenantTx,
} from "../db/index.ts";
import type { SignInClient } from "../identity/identity.ts";
import { shownEmail } from "../identity/no-mail.ts";
import { auditDraft } from "./audit-draft.ts";
import { type AppContext, textHash } from "./context.ts";
import { recordSignIn } from "./redeem-sign-in-link.ts";

type AcceptApp = Pick<AppContext, "db" | "clock" | "identity">;

export interface ShownInvitation {
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly tenantName: string;
  readonly invitedBy: string;
  /** Null: the person becomes a member by it. */
  readonly forMember: string | null;
  readonly expiresAt: Date;
}

const find = (app: AcceptApp, token: string): Promise<InvitationRecord | undefined> =>
  app.db.withSystem("sign-in", (tx) => findInvitation(tx, textHash(token), new Date(app.clock.now())));

export async function readInvitation(app: AcceptApp, token: string): Promise<ShownInvitation | null> {
  const found = await find(app, token);
  if (found === undefined) return null;
  return app.db.readTenant(found.tenantId, async (tx) => {
    const { name, email, role, forMember, expiresAt } = found;
    const invitedBy = (await listMemberNames(tx)).get(found.createdBy) ?? "an admin";
    return { name, email: shownEmail(email), role, forMember, expiresAt, invitedBy, tenantName: (await readTenant(tx))?.name ?? "" };
  });
}

/** Values of Set-Cookie. What a fault cuts short after the membership was recorded is completed by the next start or link. */
export async function acceptInvitation(app: AcceptApp, token: string, client: SignInClient): Promise<string[] | null> {
  const found = await find(app, token);
  if (found === undefined) return null;
  const userId = found.forMember ?? (await app.identity.ensureUser(found.email, found.name));
  const role = await app.db.withTenant(found.tenantId, (tx) => join(app, tx, found.id, userId, client));
  if (role === null) return null;
  await app.identity.setMembership(found.tenantId, userId, role);
  const cookies = await app.identity.signInTo(found.tenantId, found.email, client);
  return recordSignIn(app, cookies, client, { method: "invitation", invitation_id: found.id });
}

/** The role of the member, who is one from here on. Null: somebody was faster, or whom it was for is no member any more. */
async function join(app: AcceptApp, tx: TenantTx, invitationId: string, userId: string, client: SignInClient): Promise<Role | null> {
  const atMs = app.clock.now();
  const taken = await takeInvitation(tx, invitationId, new Date(atMs));
  if (taken === undefined) return null;
  if (taken.forMember !== null) return (await findMember(tx, taken.forMember))?.role ?? null;
  const { name, email, role } = taken;
  await insertMember(tx, tx.tenantId, { userId, role, name, email });
  const deed = { tenantId: tx.tenantId, actor: { type: "user", id: userId, via: "web" }, sourceIp: client.ip, atMs } as const;
  const data = { user_id: userId, role, name, email: shownEmail(email), invitation_id: taken.id, invited_by: taken.createdBy };
  await appendEvents(tx, [auditDraft(deed, "member.added", data)]);
  return role;
}
