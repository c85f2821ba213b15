// Invitations as an admin makes and takes them back. A person and a role go in, a link comes out that is shown once; the database keeps its
// hash. The same kind of link signs a member in again. What happens when somebody opens one is accept-invitation.ts.
import { randomBytes } from "node:crypto";
import { AppError, type Role } from "@dd0c/core";
import {
  appendEvents,
  findMember,
  type InvitationRecord,
  insertInvitation,
  listInvitations,
  listMembers,
  revokeInvitation,
  type TenantTx,
} from "../db/index.ts";
import { noMailAddress, shownEmail } from "../identity/no-mail.ts";
import { auditDraft, type Deed } from "./audit-draft.ts";
import { type AppContext, textHash } from "./context.ts";

type InvitationApp = Pick<AppContext, "db" | "newId">;

export interface InvitedPerson {
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly role: Role;
}

export interface IssuedInvitation {
  readonly invitation: InvitationRecord;
  /** The secret of its link. */
  readonly token: string;
}

const lifetimeMs = 72 * 60 * 60_000;
/** More than a team needs, few enough for an admin to look through. */
const maxOpen = 100;

export const invitationPath = (token: string): string => `/invitation/${token}`;

/** Errors: MEMBER_EXISTS, PLAN_LIMIT_REACHED. An older link for the same address stops working. */
export async function inviteMember(app: InvitationApp, deed: Deed, person: InvitedPerson): Promise<IssuedInvitation> {
  const id = app.newId();
  const email = person.email?.toLowerCase() ?? noMailAddress(id);
  return app.db.withTenant(deed.tenantId, async (tx) => {
    if ((await listMembers(tx)).some((member) => member.email === email)) throw new AppError("MEMBER_EXISTS");
    return issue(tx, deed, { id, email, name: person.name ?? email, role: person.role, forMember: null });
  });
}

/** Errors: NOT_FOUND, PLAN_LIMIT_REACHED. */
export async function createSignInLink(app: InvitationApp, deed: Deed, userId: string): Promise<IssuedInvitation> {
  return app.db.withTenant(deed.tenantId, async (tx) => {
    const member = await findMember(tx, userId);
    if (member === undefined) throw new AppError("NOT_FOUND");
    const { email, name, role } = member;
    return issue(tx, deed, { id: app.newId(), email, name, role, forMember: userId });
  });
}

/** Errors: NOT_FOUND where none is open. */
export async function withdrawInvitation(app: Pick<AppContext, "db">, deed: Deed, id: string): Promise<void> {
  await app.db.withTenant(deed.tenantId, async (tx) => {
    if (!(await revoke(tx, deed, id, "revoked"))) throw new AppError("NOT_FOUND");
  });
}

/** Whatever links are open for this address: they would outlive what they were made for. */
export async function revokeLinksOf(tx: TenantTx, deed: Deed, email: string, why: "replaced" | "member_removed"): Promise<void> {
  for (const open of await listInvitations(tx, new Date(deed.atMs))) if (open.email === email) await revoke(tx, deed, open.id, why);
}

async function revoke(tx: TenantTx, deed: Deed, id: string, why: string): Promise<boolean> {
  const revoked = await revokeInvitation(tx, id, new Date(deed.atMs));
  if (revoked === undefined) return false;
  await appendEvents(tx, [auditDraft(deed, "invitation.revoked", { ...recordOf(revoked), why })]);
  return true;
}

type NewInvitation = Pick<InvitationRecord, "id" | "email" | "name" | "role" | "forMember">;

async function issue(tx: TenantTx, deed: Deed, made: NewInvitation): Promise<IssuedInvitation> {
  await revokeLinksOf(tx, deed, made.email, "replaced");
  if ((await listInvitations(tx, new Date(deed.atMs))).length >= maxOpen)
    throw new AppError("PLAN_LIMIT_REACHED", `There are ${maxOpen} open links already: revoke one first.`);
  const token = randomBytes(32).toString("base64url");
  const invitation: InvitationRecord = {
    ...made,
    tenantId: tx.tenantId,
    createdBy: deed.actor.id,
    createdAt: new Date(deed.atMs),
    expiresAt: new Date(deed.atMs + lifetimeMs),
  };
  await insertInvitation(tx, invitation, textHash(token));
  const data = { ...recordOf(invitation), expires_at: invitation.expiresAt.toISOString() };
  await appendEvents(tx, [auditDraft(deed, "invitation.created", data)]);
  return { invitation, token };
}

const recordOf = ({ id, name, email, role, forMember }: InvitationRecord) => ({
  invitation_id: id,
  name,
  email: shownEmail(email),
  role,
  for_member: forMember,
});
