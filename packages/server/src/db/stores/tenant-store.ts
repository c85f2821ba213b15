// Tenants and their members. In: a transaction and plain values. Out: records. Identity itself (accounts, sessions) is in schema auth.
import type { Role } from "@dd0c/core";
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type TenantRecord = { id: string; name: string; slug: string; plan: string; createdAt: Date };

export type MemberRecord = {
  userId: string;
  role: Role;
  name: string;
  email: string;
  slackUserId: string | null;
  /** As Slack called them when the link was made, and since when; null without a link, and for links of earlier releases. */
  slackName: string | null;
  slackLinkedAt: Date | null;
  createdAt: Date;
};

export type NewMember = { userId: string; role: Role; name: string; email: string };

/** `id` is the identity library's organisation id. A slug that is taken violates a unique constraint (23505). */
export async function insertTenant(tx: SystemTx, tenant: { id: string; name: string; slug: string }): Promise<void> {
  await tx.query.insertInto("tenants").values(tenant).execute();
}

/** Every tenant's id, for work that visits all of them. */
export async function listTenantIds(tx: SystemTx): Promise<string[]> {
  const rows = await tx.query.selectFrom("tenants").select("id").orderBy("created_at").execute();
  return rows.map((row) => row.id);
}

/** The tenant of this transaction; undefined where it does not exist. */
export async function readTenant(tx: TenantTx): Promise<TenantRecord | undefined> {
  const row = await tx.query.selectFrom("tenants").selectAll().where("id", "=", tx.tenantId).executeTakeFirst();
  return row === undefined ? undefined : { id: row.id, name: row.name, slug: row.slug, plan: row.plan, createdAt: row.created_at };
}

/** Adds a member, or gives a removed one back the role. From a system transaction when the tenant was just created in it. */
export async function insertMember(tx: TenantTx | SystemTx, tenantId: string, member: NewMember): Promise<void> {
  const { userId, role, name, email } = member;
  const values = {
    tenant_id: tenantId,
    user_id: userId,
    role,
    name,
    email,
    slack_user_id: null,
    slack_name: null,
    slack_linked_at: null,
    removed_at: null,
  };
  const insertion = tx.query.insertInto("members").values(values);
  if (tx.scope === "system") await insertion.execute();
  else
    await insertion
      .onConflict((key) => key.columns(["tenant_id", "user_id"]).doUpdateSet({ role, name, email, removed_at: null }))
      .execute();
}

/** Undefined for a stranger and for a removed member. */
export async function findMember(tx: TenantTx, userId: string): Promise<MemberRecord | undefined> {
  return (await selectMembers(tx).where("user_id", "=", userId).execute()).map(memberRecord)[0];
}

/** Undefined where nobody is linked to this Slack user. */
export async function findMemberBySlackUser(tx: TenantTx, slackUserId: string): Promise<MemberRecord | undefined> {
  return (await selectMembers(tx).where("slack_user_id", "=", slackUserId).execute()).map(memberRecord)[0];
}

/** Members that were not removed, oldest first. */
export async function listMembers(tx: TenantTx): Promise<MemberRecord[]> {
  return (await selectMembers(tx).orderBy("created_at").execute()).map(memberRecord);
}

/** Names by user id, of removed members too: what they did keeps their name. */
export async function listMemberNames(tx: TenantTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query.selectFrom("members").select(["user_id", "name"]).where("tenant_id", "=", tx.tenantId).execute();
  return new Map(rows.map(({ user_id, name }) => [user_id, name]));
}

/** Ids of the admins. Until the transaction ends nobody else changes who they are. */
export async function lockAdmins(tx: TenantTx): Promise<readonly string[]> {
  const rows = await selectMembers(tx).where("role", "=", "admin").orderBy("user_id").forUpdate().execute();
  return rows.map(({ user_id }) => user_id);
}

export async function changeRole(tx: TenantTx, userId: string, role: Role): Promise<void> {
  await updateMember(tx, userId, { role });
}

export async function removeMember(tx: TenantTx, userId: string, at: Date): Promise<void> {
  await updateMember(tx, userId, { removed_at: at, slack_user_id: null, slack_name: null, slack_linked_at: null });
}

type NoSlack = { slack_user_id: null; slack_name: null; slack_linked_at: null };

const updateMember = (tx: TenantTx, userId: string, set: { role: Role } | ({ removed_at: Date } & NoSlack)) =>
  tx.query
    .updateTable("members")
    .set(set)
    .where("tenant_id", "=", tx.tenantId)
    .where("user_id", "=", userId)
    .where("removed_at", "is", null)
    .execute();

export type MembershipRecord = { tenantId: string; userId: string; role: Role; removed: boolean };

/** Every membership of every tenant, removed ones too. */
export async function listMemberships(tx: SystemTx): Promise<MembershipRecord[]> {
  const rows = await tx.query.selectFrom("members").select(["tenant_id", "user_id", "role", "removed_at"]).execute();
  return rows.map((row) => ({ tenantId: row.tenant_id, userId: row.user_id, role: row.role as Role, removed: row.removed_at !== null }));
}

const selectMembers = (tx: TenantTx) =>
  tx.query
    .selectFrom("members")
    .select(["user_id", "role", "name", "email", "slack_user_id", "slack_name", "slack_linked_at", "created_at"])
    .where("tenant_id", "=", tx.tenantId)
    .where("removed_at", "is", null);

type MemberRow = {
  user_id: string;
  role: string;
  name: string;
  email: string;
  slack_user_id: string | null;
  slack_name: string | null;
  slack_linked_at: Date | null;
  created_at: Date;
};

function memberRecord(row: MemberRow): MemberRecord {
  const { user_id, role, name, email, created_at } = row;
  const slack = { slackUserId: row.slack_user_id, slackName: row.slack_name, slackLinkedAt: row.slack_linked_at };
  return { userId: user_id, role: role as Role, name, email, ...slack, createdAt: created_at };
}
