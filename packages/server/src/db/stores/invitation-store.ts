// Invitations. Secrets never come in, only their SHA-256; one that was accepted, revoked or is too old is found no more.
import type { Role } from "@dd0c/core";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type InvitationRecord = {
  id: string;
  tenantId: string;
  name: string;
  email: string;
  role: Role;
  /** The member who may sign in with it; null where it makes a new member. */
  forMember: string | null;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
};

const columns = ["id", "tenant_id", "name", "email", "role", "for_member", "created_by", "created_at", "expires_at"] as const;

type InvitationRow = {
  id: string;
  tenant_id: string;
  name: string;
  email: string;
  role: string;
  for_member: string | null;
  created_by: string;
  created_at: Date;
  expires_at: Date;
};

const invitationRecord = (row: InvitationRow): InvitationRecord => ({
  id: row.id,
  tenantId: row.tenant_id,
  name: row.name,
  email: row.email,
  role: row.role as Role,
  forMember: row.for_member,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export async function insertInvitation(tx: TenantTx, invitation: InvitationRecord, tokenHash: string): Promise<void> {
  await tx.query
    .insertInto("invitations")
    .values({
      id: invitation.id,
      tenant_id: tx.tenantId,
      name: invitation.name,
      email: invitation.email,
      role: invitation.role,
      for_member: invitation.forMember,
      token_hash: tokenHash,
      created_by: invitation.createdBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
      accepted_at: null,
      revoked_at: null,
    })
    .execute();
}

/** Those that still work, oldest first. */
export async function listInvitations(tx: TenantTx, now: Date): Promise<InvitationRecord[]> {
  const rows = await tx.query
    .selectFrom("invitations")
    .select(columns)
    .where("tenant_id", "=", tx.tenantId)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at")
    .execute();
  return rows.map(invitationRecord);
}

/** Of any tenant. */
export async function findInvitation(tx: SystemTx, tokenHash: string, now: Date): Promise<InvitationRecord | undefined> {
  const row = await tx.query
    .selectFrom("invitations")
    .select(columns)
    .where("token_hash", "=", tokenHash)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row === undefined ? undefined : invitationRecord(row);
}

const change = (tx: TenantTx, id: string, set: { accepted_at: Date } | { revoked_at: Date }) =>
  tx.query
    .updateTable("invitations")
    .set(set)
    .where("tenant_id", "=", tx.tenantId)
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .returning(columns);

/** Uses it up. Undefined where somebody was faster, it was revoked, or it is too old: of two at once one gets it. */
export async function takeInvitation(tx: TenantTx, id: string, at: Date): Promise<InvitationRecord | undefined> {
  const row = await change(tx, id, { accepted_at: at }).where("expires_at", ">", at).executeTakeFirst();
  return row === undefined ? undefined : invitationRecord(row);
}

/** Undefined where there is none that is open. */
export async function revokeInvitation(tx: TenantTx, id: string, at: Date): Promise<InvitationRecord | undefined> {
  const row = await change(tx, id, { revoked_at: at }).executeTakeFirst();
  return row === undefined ? undefined : invitationRecord(row);
}
