// One-time tokens that enrol agents. Secrets never come in, only their SHA-256; of two uses of one token exactly one succeeds.
import type { SystemTx, TenantTx } from "../tenancy.ts";

export type NewEnrolmentToken = { id: string; tokenHash: string; agentId: string; agentName: string; createdBy: string; expiresAt: Date };

export async function insertEnrolmentToken(tx: TenantTx, token: NewEnrolmentToken): Promise<void> {
  await tx.query
    .insertInto("enrolment_tokens")
    .values({
      id: token.id,
      tenant_id: tx.tenantId,
      token_hash: token.tokenHash,
      agent_id: token.agentId,
      agent_name: token.agentName,
      created_by: token.createdBy,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute();
}

export type EnrolmentTicketRecord = { tenantId: string; agentId: string; agentName: string };

/** Whom an unused, unexpired token enrols; of any tenant, because the caller has nothing else to be known by. */
export async function findEnrolmentToken(tx: SystemTx, tokenHash: string, at: Date): Promise<EnrolmentTicketRecord | undefined> {
  const row = await tx.query
    .selectFrom("enrolment_tokens")
    .select(["tenant_id", "agent_id", "agent_name"])
    .where("token_hash", "=", tokenHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return row === undefined ? undefined : { tenantId: row.tenant_id, agentId: row.agent_id, agentName: row.agent_name };
}

/** Uses a token up. False: it is unknown here, used or expired; of two uses at once exactly one is true. */
export async function useEnrolmentToken(tx: TenantTx, tokenHash: string, at: Date): Promise<boolean> {
  const result = await tx.query
    .updateTable("enrolment_tokens")
    .set({ used_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("token_hash", "=", tokenHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Tokens for this agent that nobody has used yet work no more. */
export async function voidEnrolmentTokens(tx: TenantTx, agentId: string, at: Date): Promise<void> {
  await tx.query
    .updateTable("enrolment_tokens")
    .set({ used_at: at })
    .where("tenant_id", "=", tx.tenantId)
    .where("agent_id", "=", agentId)
    .where("used_at", "is", null)
    .execute();
}
